"""The assessment: one landlord's documents against a rule pack."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codecheck.assess.compare import compare, wrong_contacts
from codecheck.assess.evaluate import ElementOutcome, ProvisionOutcome
from codecheck.assess.quotes import evidence_of, quotes_of
from codecheck.assess.remarks import Remark
from codecheck.assess.step_times import step_times
from codecheck.assess.verdicts import joint_verdict
from codecheck.assess.views import View
from codecheck.assess.wording import Wording, one_row, write_row
from codecheck.model import Assessment, Document, DocumentKind, Finding, ProvisionResult, Severity, Verdict
from codecheck.rules.load import provision_order
from codecheck.rules.pack import Provision, RulePack

if TYPE_CHECKING:
    from codecheck.assess.self_assessment import FormView

_SEVERITY: Mapping[Verdict, Severity] = {
    "contrary": "error", "not_met": "error", "partly_met": "warning", "inconsistent": "warning",
    "not_evidenced": "note", "met": "note",
}  # fmt: skip


# The kinds of document that are held against the policy, in the order in which a row quotes them.
_COMPARED: tuple[DocumentKind, ...] = ("procedure", "website")
_QUOTED: tuple[DocumentKind, ...] = ("self-assessment", "policy", *_COMPARED)


def assess(
    documents: Sequence[Document], pack: RulePack, *, wanted: Callable[[str], bool] = lambda provision: True
) -> Assessment:
    """Assess a landlord's documents.

    ``documents`` holds one policy, first, and any others; ``wanted`` chooses provisions by id. The policy is held
    against every provision, the other documents against the policy. A rule that fails makes its provision "could not
    be assessed" (``Assessment.errors``), never met.
    """
    policy = View(documents[0], pack)
    others = [View(document, pack) for document in documents[1:] if document.kind in _COMPARED]
    forms = _forms(documents, pack, policy)
    entries, failed = _entries(policy, others, forms)
    chosen = {pid: entry for pid, entry in entries.items() if wanted(pid)}
    findings = _findings(chosen, entries, policy.document)
    findings += _of_forms(forms, pack, wanted)
    findings = tuple(sorted(findings, key=lambda finding: provision_order(finding.provisions[0])))
    errors = {pid: error for view in (policy, *others) for pid, error in view.errors.items()} | failed
    remarks = {form.document.id: form.form.warnings for form in forms}
    return Assessment(
        documents=tuple(replace(d, warnings=(*d.warnings, *remarks.get(d.id, ()))) for d in documents),
        rule_packs=(pack.info, *pack.joined),
        findings=findings,
        provisions={pid: _result(entry, findings, policy) for pid, entry in chosen.items()},
        errors=tuple(error for pid, error in errors.items() if wanted(pid)),
        timescales=step_times(pack, (policy, *others), forms, lambda pid: pid in chosen),
    )


def _forms(documents: Sequence[Document], pack: RulePack, policy: View) -> list[FormView]:
    forms = [document for document in documents[1:] if document.kind == "self-assessment"]
    if not forms:
        return []
    # Imported late, as below: most runs have no form, and need not wait for what reads one.
    from codecheck.assess.self_assessment import FormView

    return [FormView(document, pack, policy) for document in forms]


def _of_forms(forms: Sequence[FormView], pack: RulePack, wanted: Callable[[str], bool]) -> tuple[Finding, ...]:
    if not forms:
        return ()
    from codecheck.assess.form_findings import form_findings

    return tuple(finding for form in forms for finding in form_findings(form, pack.provisions, wanted))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of one provision: what the policy says, and what the other documents add."""

    outcome: ProvisionOutcome
    remarks: tuple[Remark, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict of all documents together."""
        return joint_verdict(self.outcome, [remark.verdict for remark in self.remarks if remark.verdict is not None])


def _entries(
    policy: View, others: Sequence[View], forms: Sequence[FormView]
) -> tuple[dict[str, _Entry], dict[str, str]]:
    """Return what is known of each provision, and the provisions that could not be assessed."""
    entries: dict[str, _Entry] = {}
    failed: dict[str, str] = {}
    for pid, outcome in policy.outcomes.items():
        try:
            remarks = _remarks(policy, others, forms, outcome.provision)
        except Exception as error:  # as with a broken rule: reported, and the other provisions go on
            failed[pid] = f"{pid} could not be assessed: {type(error).__name__}: {error}"
            continue
        entries[pid] = _Entry(_shown(outcome, others), remarks)
    return entries, failed


def _remarks(
    policy: View, others: Sequence[View], forms: Sequence[FormView], provision: Provision
) -> tuple[Remark, ...]:
    """Return what the other documents add, in the order in which they are quoted."""
    found = [
        *(form.remark(provision) for form in forms),
        wrong_contacts(policy, provision),
        *(compare(policy, other, provision) for other in others),
    ]
    remarks = [remark for remark in found if remark is not None]
    return tuple(sorted(remarks, key=lambda remark: _QUOTED.index(remark.document.kind)))


def _shown(outcome: ProvisionOutcome, others: Sequence[View]) -> ProvisionOutcome:
    """Count as said what another document shows in fact: the policy is on the website if the website has it."""
    elements = []
    for found in outcome.elements:
        is_shown = found.state != "satisfied" and any(view.shows(found.element) for view in others)
        elements.append(ElementOutcome(found.element, "satisfied") if is_shown else found)
    return replace(outcome, elements=tuple(elements))


def _findings(chosen: Mapping[str, _Entry], entries: Mapping[str, _Entry], policy: Document) -> tuple[Finding, ...]:
    due = [pid for pid, entry in chosen.items() if entry.verdict != "met"]
    findings, done = [], set()
    for pid in due:
        if pid in done:
            continue
        twins = [twin for twin in chosen[pid].outcome.provision.row_with if twin in due and twin not in done]
        group = [pid, *twins]
        done.update(group)
        rows = [_row(chosen[one], chosen, entries, policy) for one in group]
        findings.append(_finding({one: chosen[one] for one in group}, one_row(rows), policy))
    return tuple(findings)


def _row(entry: _Entry, chosen: Mapping[str, _Entry], entries: Mapping[str, _Entry], policy: Document) -> Wording:
    back = entry.outcome.provision.refers_to
    # Only a row that is in the table can be referred to.
    has_row = back is not None and back in chosen and _SEVERITY[chosen[back].verdict] != "note"
    twins = [entries[pid] for pid in entry.outcome.provision.row_with if pid in entries]
    met = [twin.outcome for twin in twins if twin.verdict == "met"]
    return write_row(entry.outcome, policy, refers_to=back if has_row else None, remarks=entry.remarks, beside=met)


def _finding(group: Mapping[str, _Entry], row: Wording, policy: Document) -> Finding:
    verdict = _shared_verdict([entry.verdict for entry in group.values()])
    first = next(iter(group))
    return Finding(
        id=f"{first}/{policy.id}",
        provisions=tuple(group),
        severity=_SEVERITY[verdict],
        verdict=verdict,
        requirement=_requirement([entry.outcome.provision for entry in group.values()]),
        observation=row.observation,
        recommendation=row.recommendation,
        missing=row.missing,
        evidence=tuple(dict.fromkeys(row.evidence)),
        fingerprint=_fingerprint(policy, list(group), row),
        suggested=tuple(dict.fromkeys(row.suggested)),
        points=tuple(dict.fromkeys(row.points)),
    )


def _shared_verdict(found: Sequence[Verdict]) -> Verdict:
    """One row for several provisions is contrary if any is; silence on one and half on another is "partly"."""
    if "contrary" in found:
        return "contrary"
    return found[0] if len(set(found)) == 1 else "partly_met"


def _requirement(provisions: Sequence[Provision]) -> str:
    if len(provisions) == 1:
        return provisions[0].requirement
    return " ".join(f"{provision.id} - {provision.requirement}" for provision in provisions)


def _fingerprint(policy: Document, group: Sequence[str], row: Wording) -> str:
    parts = [policy.kind, *group]
    parts += sorted(item.element for item in row.missing)
    parts += sorted(" ".join(item.quote.split()).lower() for item in row.evidence)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _result(entry: _Entry, findings: Sequence[Finding], view: View) -> ProvisionResult:
    outcome, policy = entry.outcome, view.document
    pid = outcome.provision.id
    quotes = [quote for e in outcome.elements for m in e.matches[:1] for quote in quotes_of(m, "supports")]
    supports = [evidence_of(quote, policy) for quote in quotes]
    if entry.verdict == "met":
        supports += [evidence_of(quote, remark.document) for remark in entry.remarks for quote in remark.quotes]
    return ProvisionResult(
        provision=pid,
        verdict=entry.verdict,
        elements={found.element.id: found.state == "satisfied" for found in outcome.elements},
        findings=tuple(finding.id for finding in findings if pid in finding.provisions),
        supports=tuple(dict.fromkeys(supports)),
        title=outcome.provision.title,
        requirement=outcome.provision.requirement,
        opinions=view.opinions.get(pid, ()),
    )
