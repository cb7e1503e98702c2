"""A view: one document held against the whole pack, each thing looked for once and only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from codecheck.assess.contacts import ContactProblem, check_contacts
from codecheck.assess.deciders import NamedPosts, named_posts
from codecheck.assess.evaluate import ProvisionOutcome, evaluate_provision, read_statements, with_topic
from codecheck.assess.facts import FactValue, fact_values, gives_somewhere
from codecheck.assess.second_opinion import reconsider
from codecheck.assess.verdicts import resolve_implied
from codecheck.language.statements import Statement
from codecheck.model import Document, SecondOpinion
from codecheck.rules.contacts import load_contacts
from codecheck.rules.match import UNIVERSAL, Reading
from codecheck.rules.pack import Deciders, Element, Fact, Provision, RulePack
from codecheck.second_reader.reader import SecondReader, load_network

# A longer header of a row is itself a cell of a table with a column for each stage.
_LABEL = 4


class View:
    """One document held against the whole pack."""

    def __init__(self, document: Document, pack: RulePack) -> None:
        self.document = document
        self.pack = pack
        self.reading: Reading = read_statements(document, pack)
        self.errors: dict[str, str] = {}
        self.opinions: dict[str, tuple[SecondOpinion, ...]] = {}
        network = load_network(pack.second_reader) if pack.second_reader else None
        self._second = SecondReader(network, self.reading.sentences) if network is not None else None
        self._facts: dict[tuple[str, str], tuple[FactValue, ...]] = {}
        self._deciders: dict[str, NamedPosts] = {}

    @cached_property
    def outcomes(self) -> Mapping[str, ProvisionOutcome]:
        """What the document says of each provision; a rule that fails is in ``errors`` and has no outcome."""
        found: dict[str, ProvisionOutcome] = {}
        policy = self.document.kind == "policy"
        provisions = self.pack.provisions
        self._each(lambda pid: evaluate_provision(self.reading, provisions[pid], policy=policy), provisions, found)
        if self._second is not None and policy:
            self._second.get_used_to(
                [
                    (f"{pid}/{one.element.id}", one.element.stage)
                    for pid, outcome in found.items()
                    for one in outcome.elements
                    if outcome.provision.tier == "A" and one.state != "satisfied" and not one.element.optional
                ]
            )
        self._each(lambda pid: self._second_opinion(found[pid]), tuple(found), found)
        return resolve_implied(found, policy=policy)

    def _each(
        self,
        outcome_of: Callable[[str], ProvisionOutcome],
        provisions: Iterable[str],
        found: dict[str, ProvisionOutcome],
    ) -> None:
        """Put the outcome of each provision into ``found``; of one whose rule fails, say so and take it out."""
        for pid in provisions:
            try:
                found[pid] = outcome_of(pid)
            except Exception as error:  # a broken rule must be reported, and must not take the others with it
                found.pop(pid, None)
                self.errors[pid] = f"{pid} could not be assessed: {type(error).__name__}: {error}"

    def _second_opinion(self, outcome: ProvisionOutcome) -> ProvisionOutcome:
        if self._second is None:
            return outcome
        again = reconsider(outcome, self._second, self.reading, short=self.document.kind != "policy")
        self.opinions[outcome.provision.id] = again.opinions
        return with_topic(self.reading, again.outcome)

    def facts(self, provision: Provision, fact: Fact) -> tuple[FactValue, ...]:
        """What the document says of a fact."""
        key = (provision.id, fact.id)
        if key not in self._facts:
            self._facts[key] = fact_values(self.reading, fact, self.speaks_for)
        return self._facts[key]

    def deciders(self, provision: Provision, wanted: Deciders) -> NamedPosts:
        """Who decides, by the document, at the stage of ``wanted``, which is the provision's own."""
        if provision.id not in self._deciders:
            self._deciders[provision.id] = named_posts(self.reading, wanted, self.speaks_for)
        return self._deciders[provision.id]

    def gives(self, fact: Fact, lengths: Sequence[FactValue], *, own: bool) -> bool:
        """Tell whether the document gives one of ``lengths`` in words that may be meant for ``fact``."""
        return gives_somewhere(self.reading, fact, lengths, self.speaks_for, own=own)

    def mentions(self, element: Element, stage: int | None) -> bool:
        """Tell whether the document shows signs of the step that ``element`` describes, at ``stage`` if it has one."""
        return any(
            self.speaks_for(match.statement, match.anchor, pattern.stage or stage)
            for pattern in element.mentioned
            for match in self.reading.matches(pattern, stage=stage, unstaged=True, softened=True)
            if not self._is_label(match.statement)
            # The cells of a table stand side by side: that one names a thing says nothing of the next.
            and not (pattern.section_has and match.statement.clause.cell)
        )

    def _is_label(self, statement: Statement) -> bool:
        """Tell whether a statement is a heading or the header of a row or column, which promises nothing by itself."""
        clause = statement.clause
        if clause.cell is None:
            return clause.kind == "heading"
        is_row_header = (clause.cell.table, clause.cell.row, clause.text) in self._row_headers
        return clause.cell.is_header or (is_row_header and len(clause.text.split()) <= _LABEL)

    @cached_property
    def _row_headers(self) -> frozenset[tuple[int, int, str]]:
        cells = [s.clause.cell for s in self.reading.sentences if s.clause.cell is not None]
        return frozenset((cell.table, cell.row, cell.row_header) for cell in cells if cell.row_header)

    def speaks_for(self, statement: Statement, position: int, stage: int | None) -> bool:
        """Tell whether the words at a token position speak for ``stage``.

        Words that name no stage speak for both where they say so ("every complaint"), or stand outside the parts of a
        document that tells its stages apart; in a page told in order they are those of stage 1 until it comes to stage
        2.
        """
        if stage is None:
            return True
        reading = statement.stages_at(position)
        if stage in reading.stages:
            return True
        if statement.run.has(UNIVERSAL) and reading.how in ("unknown", "carried"):
            return True
        if reading.how != "unknown":
            return False
        return stage == 1 or self._has_stage_1_part or statement.clause.index > self._first_of_stage_2

    @cached_property
    def _first_of_stage_2(self) -> int:
        """The index of the first clause that speaks of stage 2 and not of both; a very large one if there is none."""
        found = (s.clause.index for s in self.reading.sentences if s.stage.stages == {2} and s.stage.how != "carried")
        return min(found, default=1 << 30)

    @cached_property
    def _has_stage_1_part(self) -> bool:
        """Whether the document has a part of its own for stage 1: a heading, or a row or column of a table."""
        return any(
            s.stage.stages == {1} and (s.stage.how == "context" or s.clause.kind == "heading" or s.clause.cell)
            for s in self.reading.sentences
        )

    @cached_property
    def stages_described(self) -> frozenset[int]:
        """The stages whose process the document describes, and does not only mention."""
        return frozenset(
            stage
            for stage, patterns in self.pack.describes.items()
            if any(
                self.reading.matches(
                    pattern, stage=stage, unstaged=stage == 1 and pattern.time is not None, softened=True
                )
                for pattern in patterns
            )
        )

    @cached_property
    def contact_problems(self) -> tuple[ContactProblem, ...]:
        """What is certainly wrong in the Ombudsman's contact details that the document gives."""
        details = load_contacts(Path(self.pack.path)) if self.pack.path else None
        return check_contacts(self.document, details) if details is not None else ()

    def silent_on(self, provision: Provision) -> bool:
        """Tell whether the document says nothing of any element of a provision."""
        outcome = self.outcomes.get(provision.id)
        return outcome is None or not any(found.matches for found in outcome.elements)

    def shows(self, element: Element) -> bool:
        """Tell whether the document shows in fact what ``element`` asks for ("the policy is on the website")."""
        return any(
            self.reading.matches(pattern, stage=None, unstaged=True, softened=True)
            for pattern in element.shown_by.get(self.document.kind, ())
        )
