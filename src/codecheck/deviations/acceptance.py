"""Accepted deviations: a reason, an owner and an expiry for what a landlord does not mend for now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from codecheck.config.settings import Deviation
from codecheck.deviations.issues import owners
from codecheck.errors import InputError
from codecheck.model import Acceptance, Assessment, Finding, Verdict
from codecheck.rules.pack import RulePack

# Only what is left unsaid can be accepted element by element; words against the Code belong to no element.
_BY_ELEMENT: frozenset[Verdict] = frozenset({"partly_met", "not_met", "not_evidenced"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """An assessment with its accepted findings marked, and remarks on acceptances that do nothing, each one line."""

    assessment: Assessment
    remarks: tuple[str, ...]


def check_deviations(deviations: Sequence[Deviation], pack: RulePack) -> None:
    """Raise InputError where a deviation names a provision or an element that the rules do not have."""
    for one in deviations:
        provision = pack.provisions.get(one.provision)
        if provision is None:
            raise InputError(
                f"{one.place}: there is no provision {one.provision}.{_near(one.provision, pack.provisions)}"
            )
        elements = [element.id for element in provision.elements]
        if one.element is not None and one.element not in elements:
            hint = _near(one.element, elements) or f" It has {', '.join(elements)}."
            raise InputError(f"{one.place}: provision {one.provision} has no element {one.element}.{hint}")


def accept(assessment: Assessment, deviations: Sequence[Deviation], pack: RulePack, *, today: date) -> Accepted:
    """Mark the findings that deviations cover; the one that expires first says until when.

    A finding is covered when every provision in it is: by a deviation from the whole provision or, where only elements
    are missing, by one for each of them. A deviation holds up to and including its last day. Provisions that were not
    assessed get no remark.
    """
    live = [one for one in deviations if one.expires >= today]
    findings, used = [], set()
    for finding in assessment.findings:
        covering = _covering(finding, live, pack)
        if covering is not None:
            used.update(covering)
            finding = replace(finding, accepted=_acceptance(covering))
        findings.append(finding)
    marked = replace(assessment, findings=tuple(findings))
    remarks = [
        _remark(one, marked, pack, expired=one.expires < today)
        for one in deviations
        if one not in used and one.provision in assessment.provisions
    ]
    return Accepted(marked, tuple(remarks))


def _covering(finding: Finding, deviations: Sequence[Deviation], pack: RulePack) -> list[Deviation] | None:
    """Return the deviations that cover a finding together, None where something in it is left."""
    covering: list[Deviation] = []
    for provision in finding.provisions:
        own = [one for one in deviations if one.provision == provision]
        whole = [one for one in own if one.element is None]
        missing = [item.element for item in finding.missing if provision in owners(item, finding, pack)]
        by_element = [one for one in own if one.element in missing]
        if whole:
            covering += whole
        elif finding.verdict in _BY_ELEMENT and missing and {one.element for one in by_element} == set(missing):
            covering += by_element
        else:
            return None
    return covering


def _acceptance(deviations: Sequence[Deviation]) -> Acceptance:
    return Acceptance(
        reason="; ".join(dict.fromkeys(one.reason.strip() for one in deviations)),
        owner=", ".join(dict.fromkeys(one.owner.strip() for one in deviations)),
        expires=min(one.expires for one in deviations).isoformat(),
    )


def _remark(one: Deviation, assessment: Assessment, pack: RulePack, *, expired: bool) -> str:
    named = f"{one.provision}{f' ({one.element})' if one.element else ''}"
    rows = [finding for finding in assessment.findings if one.provision in finding.provisions]
    if one.element is not None:
        rows = [row for row in rows if one.element in [item.element for item in row.missing]]
    counting = [row for row in rows if row.accepted is None]
    if not counting:
        why = "is accepted by another entry already" if rows else "is no longer found"
        return f"{one.place}: the accepted deviation from {named} {why}: take the entry out."
    if expired:
        return (
            f"{one.place}: the accepted deviation from {named} expired on {one.expires.isoformat()} (owner: "
            f"{one.owner}); its row counts again. Mend the document, or have it accepted anew."
        )
    return (
        f"{one.place}: the row on {' and '.join(counting[0].provisions)} still counts: the accepted deviation from "
        f"{named} does not cover all of it."
    )


def _near(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]}?" if near else ""
