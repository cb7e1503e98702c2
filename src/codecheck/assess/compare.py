"""Documents held against each other: what a procedure or a web page says otherwise than the policy, or leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codecheck.assess.deciders import differ
from codecheck.assess.evaluate import ElementOutcome, ProvisionOutcome
from codecheck.assess.facts import FactValue, agree
from codecheck.assess.quotes import DOCUMENT_NAMES, Quote, distinct, not_said, quote_of
from codecheck.assess.remarks import Remark
from codecheck.assess.views import View
from codecheck.model import Document, Role, Verdict
from codecheck.rules.pack import Fact, Provision

_MOST_QUOTES = 2
_FEWEST_WORDS = 3
_DETAILS = {"address": "address", "telephone": "telephone number", "email": "e-mail address", "website": "web address"}


def compare(policy: View, other: View, provision: Provision) -> Remark | None:
    """Hold a procedure or web page against the policy under one provision; None where it has nothing to add."""
    ours, theirs = policy.outcomes.get(provision.id), other.outcomes.get(provision.id)
    if ours is None or theirs is None:
        return None
    parts = [
        _contrary(theirs, other.document, "contrary"),
        *(_fact(policy, other, provision, fact) for fact in provision.compare.facts),
        _left_out(ours, theirs, policy, other, provision),
        _deciders(policy, other, provision),
        wrong_contacts(other, provision),
    ]
    found = [part for part in parts if part is not None]
    unclear = _contrary(theirs, other.document, "partly_met")
    if not found:
        quotes = _beside(ours, theirs, provision)
        if unclear is not None:
            # Too little for a row by itself, but to be said in one that is due.
            return replace(unclear, quotes=tuple(distinct([*unclear.quotes, *quotes], _MOST_QUOTES + 1)), verdict=None)
        return Remark(other.document, quotes) if quotes else None
    verdict = _verdict(provision, found)
    found += [unclear] if unclear is not None else []
    quotes = tuple(distinct([q for part in found for q in part.quotes], _MOST_QUOTES + 2))
    return Remark(
        other.document,
        quotes or _nearest(theirs),
        tuple(dict.fromkeys(s for part in found for s in part.differs)),
        tuple(dict.fromkeys(s for part in found for s in part.advice)),
        verdict,
        tuple(dict.fromkeys(q for part in found for q in part.own_words)),
    )


def _verdict(provision: Provision, found: Sequence[Remark]) -> Verdict:
    if provision.tier == "B" and any(part.verdict == "contrary" for part in found):
        return "contrary"
    return "inconsistent"


def _contrary(theirs: ProvisionOutcome, document: Document, verdict: Verdict) -> Remark | None:
    """What the other document says against the Code, by entries of one verdict: contrary, or only unclear."""
    entries = [entry for entry in theirs.contrary if entry.contrary.verdict == verdict]
    if not entries:
        return None
    return Remark(
        document,
        tuple(quote_of(match, "conflicts") for entry in entries for match in entry.matches[: entry.contrary.quotes]),
        tuple(entry.contrary.observation for entry in entries),
        tuple(entry.contrary.recommendation for entry in entries),
        verdict,
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
    if (
        fact.decides is not None
        and other.gives(fact, ours, own=not theirs)
        and not (fact.trigger and _only_starts(ours, theirs))
    ):
        return None
    return Remark(
        other.document,
        tuple(quote_of(value.match, "conflicts") for value in theirs),
        (difference(fact, policy.document, ours, other.document, theirs),),
        own_words=tuple(quote_of(value.match, "supports") for value in ours),
    )


def _only_starts(ours: Sequence[FactValue], theirs: Sequence[FactValue]) -> bool:
    """Tell whether two documents give the same lengths of time and differ only on what they are counted from."""
    return agree(ours, theirs, start=False)


def difference(
    fact: Fact, policy: Document, ours: Sequence[FactValue], other: Document, theirs: Sequence[FactValue]
) -> str:
    """Write how two documents differ on a fact, with the times that each gives."""
    return _differ_on(fact.says, "gives", [(policy, list(map(str, ours))), (other, list(map(str, theirs)))])


def _differ_on(says: str, verb: str, given: Sequence[tuple[Document, Sequence[str]]]) -> str:
    told = [f"the {DOCUMENT_NAMES[document.kind]} {verb} {' and '.join(said) or 'none'}" for document, said in given]
    return f"The documents differ on {says}: {', '.join(told)}."


def _deciders(policy: View, other: View, provision: Provision) -> Remark | None:
    wanted = provision.compare.deciders
    if wanted is None:
        return None
    ours, theirs = policy.deciders(provision, wanted), other.deciders(provision, wanted)
    if not differ(ours, theirs):
        return None
    given = [(policy.document, sorted(ours.posts)), (other.document, sorted(theirs.posts))]
    return Remark(
        other.document,
        tuple(quote_of(match, "conflicts") for match in theirs.matches[:1]),
        (_differ_on(wanted.says, "names", given),),
        own_words=tuple(quote_of(match, "supports") for match in ours.matches[:1]),
    )


def _left_out(
    ours: ProvisionOutcome, theirs: ProvisionOutcome, policy: View, other: View, provision: Provision
) -> Remark | None:
    """What the policy promises of a step that the other document describes, and does not mention."""
    stated = {found.element.id: found.state != "missing" for found in theirs.elements}
    for fact in provision.compare.facts:
        times = policy.facts(provision, fact)
        if fact.decides is not None and times:
            stated[fact.decides] = bool(other.facts(provision, fact)) or other.gives(fact, times, own=True)
    lacking: list[ElementOutcome] = []
    for found in ours.elements:
        element = found.element
        stage = element.stage or provision.compare.stage
        if element.id not in provision.compare.promised or found.state != "satisfied":
            continue
        described = stage in other.stages_described if stage else bool(other.stages_described)
        if described and not stated[element.id] and not other.mentions(element, stage):
            lacking.append(found)
    if not lacking:
        return None
    return Remark(
        other.document,
        _nearest(theirs),
        (not_said([found.element.says for found in lacking], other.document),),
        own_words=tuple(quote_of(match, "supports") for found in lacking for match in found.matches[:1]),
    )


def wrong_contacts(view: View, provision: Provision) -> Remark | None:
    """Return what is wrong in the Ombudsman's contact details that a document gives, under the provision on them.

    Where the provision's own rules have raised them, nothing is added.
    """
    outcome = view.outcomes.get(provision.id)
    if not provision.compare.contacts or outcome is None or outcome.contrary:
        return None
    problems = view.contact_problems
    if not problems:
        return None
    name = DOCUMENT_NAMES[view.document.kind]
    right = " and ".join(dict.fromkeys(problem.right for problem in problems))
    return Remark(
        view.document,
        tuple(Quote(problem.clause, problem.quote, "conflicts") for problem in problems[:_MOST_QUOTES]),
        tuple(
            f"The {_DETAILS[problem.detail]} for the Housing Ombudsman in the {name} is not right"
            + (f": that was {problem.was}." if problem.was else ".")
            for problem in problems
        ),
        (f"The landlord should correct the Housing Ombudsman's contact details in its complaints policy: {right}.",),
        "contrary",
    )


def _beside(ours: ProvisionOutcome, theirs: ProvisionOutcome, provision: Provision) -> tuple[Quote, ...]:
    """What a document that does not differ is quoted with, should a row be due: what it says of the same step.

    Of what is no step of the process, only what the policy lacks.
    """
    if provision.tier == "B":
        return ()
    if provision.compare.promised:
        return _nearest(theirs)
    lacking = {found.element.id for found in ours.elements if found.state != "satisfied"}
    said = [e for e in theirs.elements if e.element.id in lacking and e.state == "satisfied"]
    return tuple(distinct([quote_of(match, "supports") for e in said for match in e.matches[:1]], _MOST_QUOTES))


def _nearest(outcome: ProvisionOutcome) -> tuple[Quote, ...]:
    """What the document says on the provision, to be quoted beside the policy."""
    elements = [match for element in outcome.elements for match in element.matches[:1]]
    contrary = [match for entry in outcome.contrary for match in entry.matches[:1]]
    near = [match for element in outcome.elements for match in element.near[:1]]
    chosen = contrary or elements or near or list(outcome.topic[:_MOST_QUOTES])
    role: Role = "conflicts" if contrary else "supports" if elements else "near"
    quotes = [quote_of(match, role) for match in chosen]
    return tuple(distinct([q for q in quotes if len(q.text.split()) >= _FEWEST_WORDS], _MOST_QUOTES))
