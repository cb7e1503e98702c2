"""From what a document says to a verdict, with what one provision implies for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from codecheck.assess.evaluate import ContraryOutcome, ElementOutcome, ProvisionOutcome
from codecheck.model import Verdict

GRAVEST_FIRST: tuple[Verdict, ...] = ("contrary", "not_met", "partly_met", "inconsistent", "met", "not_evidenced")


def resolve_implied(outcomes: Mapping[str, ProvisionOutcome], *, policy: bool = True) -> dict[str, ProvisionOutcome]:
    """Satisfy the elements that are implied by satisfied elements of other provisions (or of their own).

    What is raised only beside gaps is then left out where a ``policy`` has none, and of other documents. Where nothing
    else against a provision is found, raise what goes with an entry of another that is raised.
    """
    raised = {f"{pid}/{found.contrary.id}": found for pid, outcome in outcomes.items() for found in outcome.contrary}
    states = {f"{pid}/{found.element.id}": found for pid, outcome in outcomes.items() for found in outcome.elements}
    resolved = {}
    for pid, outcome in outcomes.items():
        elements = tuple(_implied(found, states) for found in outcome.elements)
        whole = replace(outcome, elements=elements)
        gaps = policy and not whole.complete
        standing = tuple(found for found in outcome.contrary if gaps or not found.contrary.beside_gaps)
        resolved[pid] = replace(whole, contrary=standing or tuple(_raised_with(outcome, raised)))
    return resolved


def _raised_with(outcome: ProvisionOutcome, raised: Mapping[str, ContraryOutcome]) -> Iterator[ContraryOutcome]:
    for entry in outcome.provision.contrary:
        found = next((raised[source] for source in entry.raised_with if source in raised), None)
        if found is not None:
            yield ContraryOutcome(entry, found.matches)


def _implied(found: ElementOutcome, states: Mapping[str, ElementOutcome]) -> ElementOutcome:
    if found.state == "satisfied":
        return found
    for source in found.element.implied_by:
        other = states.get(source)
        if other is not None and other.state == "satisfied":
            return ElementOutcome(found.element, "satisfied", other.matches)
    return found


def verdict_of(outcome: ProvisionOutcome) -> Verdict:
    """Return the verdict on one provision from one document: met, partly_met, not_met, contrary or not_evidenced.

    A tier B provision is about practice and governance: a policy that is silent on it, or says half, shows nothing
    against the landlord, so that it is "not_evidenced" unless something contrary is said.
    """
    if any(found.contrary.verdict == "contrary" for found in outcome.contrary):
        return "contrary"
    if outcome.complete:
        return "partly_met" if outcome.contrary else "met"
    if outcome.provision.tier == "B" and not outcome.contrary:
        return "not_evidenced"
    counted = (found for found in outcome.elements if not found.element.optional)
    nothing_said = all(found.state == "missing" or not found.matches for found in counted)
    return "not_met" if nothing_said and not outcome.contrary else "partly_met"


def joint_verdict(outcome: ProvisionOutcome, others: Sequence[Verdict]) -> Verdict:
    """Return the verdict on one provision from all documents.

    ``others`` are the verdicts of what the other documents say. They count where the policy alone makes no row, the
    gravest first: a policy that is short keeps its own verdict.
    """
    own = verdict_of(outcome)
    if own not in ("met", "not_evidenced"):
        return own
    return next((verdict for verdict in GRAVEST_FIRST if verdict in others), own)
