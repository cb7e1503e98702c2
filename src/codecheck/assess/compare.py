"""Documents held against each other: what a procedure or a web page says otherwise than the policy, or leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from codecheck.assess.evaluate import (
    ElementOutcome,
    ProvisionOutcome,
    evaluate_provision,
    read_statements,
)
from codecheck.assess.facts import FactValue, agree, fact_values
from codecheck.assess.quotes import DOCUMENT_NAMES, Quote, distinct, not_said, quote_of
from codecheck.assess.verdicts import resolve_implied
from codecheck.model import Document, Role, Verdict
from codecheck.rules.match import Match, Reading
from codecheck.rules.pack import Element, Fact, Provision, RulePack

_MOST_QUOTES = 2
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """What one document adds to the row of a provision.

    ``quotes`` are its words. ``differs`` are sentences on how it differs from the policy and ``advice`` what to do
    about it; a remark without them is only quoted, where a row is due anyway. ``own_words`` are the words of the policy
    from which it differs. ``verdict`` is that of the row it makes by itself, None if it makes none.
    """

    document: Document
    quotes: tuple[Quote, ...] = ()
    differs: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    verdict: Verdict | None = None
    own_words: tuple[Quote, ...] = ()


class View:
    """One document held against the whole pack."""

    def __init__(self, document: Document, pack: RulePack) -> None:
        self.document = document
        self.pack = pack
        self.reading: Reading = read_statements(document, pack)
        self.errors: dict[str, str] = {}
        self._facts: dict[tuple[str, str], tuple[FactValue, ...]] = {}

    @cached_property
    def outcomes(self) -> Mapping[str, ProvisionOutcome]:
        """What the document says of each provision; a rule that fails is in ``errors`` and has no outcome."""
        found: dict[str, ProvisionOutcome] = {}
        for pid, provision in self.pack.provisions.items():
            try:
                found[pid] = evaluate_provision(self.reading, provision)
            except Exception as error:  # a broken rule must be reported, and must not take the others with it
                self.errors[pid] = f"{pid} could not be assessed: {type(error).__name__}: {error}"
        return resolve_implied(found)

    def facts(self, provision: Provision, fact: Fact) -> tuple[FactValue, ...]:
        """What the document says of a fact."""
        key = (provision.id, fact.id)
        if key not in self._facts:
            self._facts[key] = fact_values(self.reading, fact)
        return self._facts[key]

    @cached_property
    def stages_described(self) -> frozenset[int]:
        """The stages whose process the document describes, and does not only mention."""
        return frozenset(
            stage
            for stage, patterns in self.pack.describes.items()
            if any(
                self.reading.matches(pattern, stage=stage, unstaged=stage == 1, softened=True) for pattern in patterns
            )
        )

    def shows(self, element: Element) -> Match | None:
        """Return where the document shows in fact what ``element`` asks for ("the policy is on the website")."""
        for pattern in element.shown_by.get(self.document.kind, ()):
            found = self.reading.matches(pattern, stage=None, unstaged=True, softened=True)
            if found:
                return found[0]
        return None


def compare(policy: View, other: View, provision: Provision) -> Remark | None:
    """Hold a procedure or web page against the policy under one provision; None where it has nothing to add."""
    ours, theirs = policy.outcomes.get(provision.id), other.outcomes.get(provision.id)
    if ours is None or theirs is None:
        return None
    parts = [
        _contrary(theirs, other.document),
        *(_fact(policy, other, provision, fact) for fact in provision.compare.facts),
        _left_out(ours, theirs, policy, other, provision),
    ]
    found = [part for part in parts if part is not None]
    if not found:
        quotes = _nearest(theirs)
        return Remark(other.document, quotes) if quotes else None
    quotes = tuple(distinct([q for part in found for q in part.quotes], _MOST_QUOTES + 2))
    return Remark(
        other.document,
        quotes or _nearest(theirs),
        tuple(dict.fromkeys(s for part in found for s in part.differs)),
        tuple(dict.fromkeys(s for part in found for s in part.advice)),
        _verdict(provision, found),
        tuple(dict.fromkeys(q for part in found for q in part.own_words)),
    )


def _verdict(provision: Provision, found: Sequence[Remark]) -> Verdict:
    if provision.tier == "B" and any(part.verdict == "contrary" for part in found):
        return "contrary"
    return "inconsistent"


def _contrary(theirs: ProvisionOutcome, document: Document) -> Remark | None:
    entries = [entry for entry in theirs.contrary if entry.contrary.verdict == "contrary"]
    if not entries:
        return None
    return Remark(
        document,
        tuple(quote_of(match, "conflicts") for entry in entries for match in entry.matches[: entry.contrary.quotes]),
        tuple(entry.contrary.observation for entry in entries),
        tuple(entry.contrary.recommendation for entry in entries),
        "contrary",
    )


def _fact(policy: View, other: View, provision: Provision, fact: Fact) -> Remark | None:
    ours, theirs = policy.facts(provision, fact), other.facts(provision, fact)
    stage = fact.stage or provision.compare.stage
    if not (ours or theirs) or (not fact.silence and not (ours and theirs)):
        return None
    if not theirs and stage not in other.stages_described:
        return None
    if ours and theirs and agree(ours, theirs, start=fact.trigger):
        return None
    return Remark(
        other.document,
        tuple(quote_of(value.match, "conflicts") for value in theirs),
        (_difference(fact, policy.document, ours, other.document, theirs),),
        own_words=tuple(quote_of(value.match, "supports") for value in ours),
    )


def _difference(
    fact: Fact, policy: Document, ours: Sequence[FactValue], other: Document, theirs: Sequence[FactValue]
) -> str:
    given = [
        f"the {DOCUMENT_NAMES[document.kind]} gives {' and '.join(map(str, values)) or 'none'}"
        for document, values in ((policy, ours), (other, theirs))
    ]
    return f"The documents differ on {fact.says}: {', '.join(given)}."


def _left_out(
    ours: ProvisionOutcome, theirs: ProvisionOutcome, policy: View, other: View, provision: Provision
) -> Remark | None:
    """What the policy promises of a step that the other document describes, and does not mention."""
    stated = {found.element.id: found.state != "missing" for found in theirs.elements}
    for fact in provision.compare.facts:
        if fact.decides is not None and policy.facts(provision, fact):
            stated[fact.decides] = bool(other.facts(provision, fact))
    lacking: list[ElementOutcome] = []
    for found in ours.elements:
        element = found.element
        stage = element.stage or provision.compare.stage
        if element.id not in provision.compare.promised or found.state != "satisfied":
            continue
        described = stage in other.stages_described if stage else bool(other.stages_described)
        if described and not stated[element.id]:
            lacking.append(found)
    if not lacking:
        return None
    return Remark(
        other.document,
        _nearest(theirs),
        (not_said([found.element.says for found in lacking], other.document),),
        own_words=tuple(quote_of(match, "supports") for found in lacking for match in found.matches[:1]),
    )


def _nearest(outcome: ProvisionOutcome) -> tuple[Quote, ...]:
    """What the document says on the provision, to be quoted beside the policy."""
    elements = [match for element in outcome.elements for match in element.matches[:1]]
    contrary = [match for entry in outcome.contrary for match in entry.matches[:1]]
    near = [match for element in outcome.elements for match in element.near[:1]]
    chosen = contrary or elements or near or list(outcome.topic[:_MOST_QUOTES])
    role: Role = "conflicts" if contrary else "supports" if elements else "near"
    quotes = [quote_of(match, role) for match in chosen]
    return tuple(distinct([q for q in quotes if len(q.text.split()) >= _FEWEST_WORDS], _MOST_QUOTES))
