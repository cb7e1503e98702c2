"""The assessment: one landlord's documents against a rule pack."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from codecheck.assess.evaluate import ProvisionOutcome, evaluate_provision, read_statements
from codecheck.assess.quotes import evidence_of, quote_of
from codecheck.assess.verdicts import resolve_implied, verdict_of
from codecheck.assess.wording import Wording, write_row
from codecheck.model import Assessment, Document, Finding, ProvisionResult, Severity, Verdict
from codecheck.rules.match import Reading
from codecheck.rules.pack import Provision, RulePack

_SEVERITY: Mapping[Verdict, Severity] = {
    "contrary": "error", "not_met": "error", "partly_met": "warning", "inconsistent": "warning",
    "not_evidenced": "note", "met": "note",
}  # fmt: skip


def assess(
    documents: Sequence[Document], pack: RulePack, *, wanted: Callable[[str], bool] = lambda provision: True
) -> Assessment:
    """Assess a landlord's documents.

    ``documents`` holds one policy, first, and any others; ``wanted`` chooses provisions by id. Only the policy is held
    against the provisions. A rule that fails makes its provision "could not be assessed" (``Assessment.errors``),
    never met.
    """
    policy = documents[0]
    reading = read_statements(policy, pack)
    outcomes, errors = _outcomes(reading, pack)
    verdicts = {pid: verdict_of(outcome) for pid, outcome in outcomes.items()}
    chosen = {pid: outcome for pid, outcome in outcomes.items() if wanted(pid)}
    findings = _findings(chosen, verdicts, policy)
    return Assessment(
        documents=tuple(documents),
        rule_packs=(pack.info,),
        findings=findings,
        provisions={pid: _result(outcome, verdicts[pid], findings, policy) for pid, outcome in chosen.items()},
        errors=tuple(error for pid, error in errors.items() if wanted(pid)),
    )


def _outcomes(reading: Reading, pack: RulePack) -> tuple[dict[str, ProvisionOutcome], dict[str, str]]:
    outcomes: dict[str, ProvisionOutcome] = {}
    errors: dict[str, str] = {}
    for pid, provision in pack.provisions.items():
        try:
            outcomes[pid] = evaluate_provision(reading, provision)
        except Exception as error:  # a broken rule must be reported, and must not take the others with it
            errors[pid] = f"{pid} could not be assessed: {type(error).__name__}: {error}"
    return resolve_implied(outcomes), errors


def _findings(
    outcomes: Mapping[str, ProvisionOutcome], verdicts: Mapping[str, Verdict], policy: Document
) -> tuple[Finding, ...]:
    due = [pid for pid in outcomes if verdicts[pid] != "met"]
    findings, done = [], set()
    for pid in due:
        if pid in done:
            continue
        twins = [twin for twin in outcomes[pid].provision.row_with if twin in due and twin not in done]
        group = [pid, *twins]
        done.update(group)
        rows = [_row(outcomes[one], outcomes, verdicts, policy) for one in group]
        findings.append(_finding(group, rows, outcomes, verdicts, policy))
    return tuple(findings)


def _row(
    outcome: ProvisionOutcome,
    outcomes: Mapping[str, ProvisionOutcome],
    verdicts: Mapping[str, Verdict],
    policy: Document,
) -> Wording:
    back = outcome.provision.refers_to
    has_row = back is not None and back in outcomes and verdicts[back] != "met"
    return write_row(outcome, policy, refers_to=back if has_row else None)


def _finding(
    group: Sequence[str],
    rows: Sequence[Wording],
    outcomes: Mapping[str, ProvisionOutcome],
    verdicts: Mapping[str, Verdict],
    policy: Document,
) -> Finding:
    found = [verdicts[pid] for pid in group]
    # One row for several provisions is contrary if any is; otherwise silence on one and half on another is "partly".
    if "contrary" in found:
        verdict: Verdict = "contrary"
    else:
        verdict = found[0] if len(set(found)) == 1 else "partly_met"
    provisions = [outcomes[pid].provision for pid in group]
    evidence = tuple(dict.fromkeys(item for row in rows for item in row.evidence))
    return Finding(
        id=f"{group[0]}/{policy.id}",
        provisions=tuple(group),
        severity=_SEVERITY[verdict],
        verdict=verdict,
        requirement=_requirement(provisions),
        observation=_joined([row.observation for row in rows]),
        recommendation=_joined([row.recommendation for row in rows]),
        missing=tuple(item for row in rows for item in row.missing),
        evidence=evidence,
        fingerprint=_fingerprint(policy, group, rows),
    )


def _requirement(provisions: Sequence[Provision]) -> str:
    if len(provisions) == 1:
        return provisions[0].requirement
    return " ".join(f"{provision.id} - {provision.requirement}" for provision in provisions)


def _joined(texts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(text for text in texts if text))


def _fingerprint(policy: Document, group: Sequence[str], rows: Sequence[Wording]) -> str:
    parts = [policy.kind, *group]
    parts += sorted(item.element for row in rows for item in row.missing)
    parts += sorted(" ".join(item.quote.split()).lower() for row in rows for item in row.evidence)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _result(
    outcome: ProvisionOutcome, verdict: Verdict, findings: Sequence[Finding], policy: Document
) -> ProvisionResult:
    pid = outcome.provision.id
    supports = [quote_of(m, "supports") for e in outcome.elements for m in e.matches[:1]]
    return ProvisionResult(
        provision=pid,
        verdict=verdict,
        elements={found.element.id: found.state == "satisfied" for found in outcome.elements},
        findings=tuple(finding.id for finding in findings if pid in finding.provisions),
        supports=tuple(dict.fromkeys(evidence_of(quote, policy) for quote in supports)),
    )
