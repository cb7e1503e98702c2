"""The self-assessment held against the policy: its answers, what it cites, and what it says is done in practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from codecheck.assess.citations import CitationFault, citation_faults
from codecheck.assess.compare import difference
from codecheck.assess.evaluate import evaluate_contrary, read_statements
from codecheck.assess.facts import FactValue, agree, fact_values
from codecheck.assess.quotes import Quote, evidence_of, quote_of
from codecheck.assess.remarks import Remark
from codecheck.assess.verdicts import GRAVEST_FIRST
from codecheck.assess.views import View
from codecheck.errors import InputError
from codecheck.forms import FormEntry, SelfAssessmentForm, read_form
from codecheck.language.stream import Run
from codecheck.language.tokens import sentences, words
from codecheck.model import Clause, Document, Evidence, Role, Verdict
from codecheck.rules.match import Reading
from codecheck.rules.pack import Fact, Provision, RulePack

_MOST_QUOTES = 3
_FEWEST_WORDS = 5
_ADMITS = "form.admits-gap"
# What is left of "Statement in the complaints policy, section 2.1" says nothing of practice.
_POINTING = frozenset(
    (
        "a an and are as at by complaint complaints contained customer customer's detailed document evidence evidenced "
        "for found from handling in included is it of on our out outlined page para paragraph part please policy "
        "procedure refer reference resident residents tenant tenants s section sections see set shown stated statement "
        "states the this to under within yes"
    ).split()
)


_COMPLY = (
    "The landlord should set out in its self-assessment what it will do to comply with this provision, and by when."
)
_SUPPORT = "The landlord should complete its self-assessment, and support its answer with evidence."
_CORRECT = "The landlord should correct the reference in its self-assessment."
_AGREE = "The landlord should ensure that its self-assessment, its policy and its practice agree."


@dataclass(frozen=True, slots=True)
class _Point:
    """One thing that is wrong with an entry, what to do about it, and the verdict that it makes by itself, if any."""

    text: str
    advice: str
    verdict: Verdict | None


class FormView:
    """One self-assessment, beside the policy that it speaks of; InputError if it is no self-assessment."""

    def __init__(self, document: Document, pack: RulePack, policy: View) -> None:
        self.document = document
        self.policy = policy
        self._pack = pack
        self.form: SelfAssessmentForm = read_form(
            document, {pid: provision.requirement for pid, provision in pack.provisions.items()}
        )
        if not self.form.entries and self.form.edition != "2022":
            raise InputError(
                f"{document.path}: no provision of the Code was found in it. Give the completed self-assessment form, "
                "or leave it out."
            )

    def remark(self, provision: Provision) -> Remark | None:
        """Return what the form adds to the row of a provision, None where it says nothing of it.

        A form made against the superseded Code of 2022 numbers its provisions otherwise, and adds nothing.
        """
        entry = self.form.entries.get(provision.id)
        if entry is None or self.form.edition == "2022":
            return None
        faults = tuple(citation_faults(f"{entry.evidence}\n{entry.commentary}", self.policy, provision))
        # What the form cites and is not there: for practice (Tier B) a row, else said in a row that is due.
        wrongly_cited: Verdict | None = "partly_met" if provision.tier == "B" else None
        points = [
            *self._answer(entry, provision),
            *(_Point(str(fault), _CORRECT, wrongly_cited) for fault in faults),
            *self._contradictions(entry, provision),
        ]
        verdicts = [point.verdict for point in points if point.verdict is not None]
        if not verdicts and provision.tier == "B" and (entry.evidence or entry.commentary):
            verdicts = ["met"]
        role: Role = "conflicts" if {"contrary", "inconsistent"} & set(verdicts) else "cited"
        return Remark(
            self.document,
            self._practice(entry, role),
            tuple(dict.fromkeys(point.text for point in points)),
            tuple(dict.fromkeys(point.advice for point in points)),
            verdict=min(verdicts, key=GRAVEST_FIRST.index) if verdicts else None,
            rests_on=tuple(self._cited(entry, faults)),
        )

    def times(self, provision: Provision, fact: Fact) -> tuple[tuple[FactValue, Quote], ...]:
        """Return the times that the landlord's words under a provision give for a fact, each with its quotation."""
        entry = self.form.entries.get(provision.id)
        if entry is None or not entry.clauses or self.form.edition == "2022":
            return ()
        found = []
        for value in fact_values(self._reading(entry, provision), fact):
            quote = quote_of(value.match, "cited")
            clause = self.document.clauses[entry.clauses[quote.clause.index]]
            found.append((value, replace(quote, clause=clause, lead="")))
        return tuple(found)

    def _answer(self, entry: FormEntry, provision: Provision) -> Iterator[_Point]:
        """What the answer itself gives away: "No", "Partial", or "Yes" with nothing to show for it."""
        practice = provision.tier == "B"
        answers = f'In its self-assessment the landlord answers "{entry.answer_text}" to provision {provision.id}'
        if entry.answer in ("no", "partial"):
            short: Verdict = "not_met" if entry.answer == "no" else "partly_met"
            yield _Point(f"{answers}.", _COMPLY, short if practice else "inconsistent")
        elif not (entry.evidence or entry.commentary):
            if entry.answer != "not_applicable":
                said = (
                    answers if entry.answer_text else f"In its self-assessment provision {provision.id} is not answered"
                )
                silent = self.policy.silent_on(provision)
                none: Verdict = "not_met" if silent else "partly_met"
                yield _Point(f"{said}, and no evidence is given.", _SUPPORT, none if practice else None)
        elif self._admits(entry):
            yield _Point(
                f"{answers}, and its own words show that this is not fully in place.",
                _COMPLY,
                "partly_met" if practice else None,
            )

    def _admits(self, entry: FormEntry) -> bool:
        if _ADMITS not in self._pack.lexicon.names():
            return False
        return Run.of(words(f"{entry.evidence}. {entry.commentary}"), self._pack.lexicon).has(_ADMITS)

    def _cited(self, entry: FormEntry, faults: Sequence[CitationFault]) -> Iterator[Evidence]:
        """Yield the words of the form that cite wrongly, and what stands in the policy where they point to."""
        if not faults:
            return
        for index in entry.clauses[:_MOST_QUOTES]:
            clause = self.document.clauses[index]
            yield evidence_of(Quote(clause, clause.text, "cited"), self.document)
        for fault in faults:
            there = next((clause for clause in fault.clauses if clause.kind != "heading"), None)
            if there is not None:
                first = sentences(there.text)[0].text_in(there.text)
                yield evidence_of(Quote(there, first, "cited"), self.policy.document)

    def _contradictions(self, entry: FormEntry, provision: Provision) -> Iterator[_Point]:
        """What the landlord says it does, where that is not what its policy says or the Code allows."""
        if not entry.clauses or not (provision.compare.facts or provision.contrary):
            return
        reading = self._reading(entry, provision)
        for fact in provision.compare.facts:
            ours, theirs = self.policy.facts(provision, fact), fact_values(reading, fact)
            if ours and theirs and not agree(ours, theirs, start=fact.trigger):
                text = difference(fact, self.policy.document, ours, self.document, theirs)
                yield _Point(text, _AGREE, "inconsistent")
        for contrary in provision.contrary:
            if contrary.verdict == "contrary" and evaluate_contrary(reading, contrary) is not None:
                verdict: Verdict = "contrary" if provision.tier == "B" else "inconsistent"
                yield _Point(contrary.observation, _AGREE, verdict)

    def _reading(self, entry: FormEntry, provision: Provision) -> Reading:
        """Read the landlord's words on one provision by themselves, under a heading that names its stage."""
        stage = provision.compare.stage or next((e.stage for e in provision.elements if e.stage), None)
        clauses: list[Clause] = []
        text = ""
        for index in entry.clauses:
            clause = self.document.clauses[index]
            clauses.append(
                replace(
                    clause,
                    index=len(clauses),
                    start=len(text),
                    end=len(text) + len(clause.text),
                    kind="paragraph",
                    headings=(f"Stage {stage}",) if stage else (),
                    lead=None,
                    cell=None,
                )
            )
            text += clause.text + "\n"
        return read_statements(replace(self.document, text=text, clauses=tuple(clauses)), self._pack)

    def _practice(self, entry: FormEntry, role: Role) -> tuple[Quote, ...]:
        """Return what the landlord says of its practice, without what only points to a document."""
        told = [self.document.clauses[index] for index in entry.clauses]
        return tuple(
            Quote(clause, clause.text, role) for clause in told if len(_telling(clause.text)) >= _FEWEST_WORDS
        )[:_MOST_QUOTES]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The provisions of the pack that the form leaves out, in the Code's order."""
        return tuple(pid for pid in self._pack.provisions if pid[0].isdigit() and pid not in self.form.entries)


def _telling(text: str) -> list[str]:
    return [token.word for token in words(text) if token.word.isalpha() and token.word not in _POINTING]
