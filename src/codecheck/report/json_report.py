"""The assessment as JSON, schema_version 1: what macros, pipelines and scorers rely on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from codecheck import __version__
from codecheck.model import Assessment, Document, Evidence, Finding, StepTimes

SCHEMA_VERSION = 1
_VERDICTS = ("met", "partly_met", "not_met", "contrary", "inconsistent", "not_evidenced")


def json_report(assessment: Assessment, *, suggest: bool = False) -> str:
    """Return the assessment as JSON text; the same input gives the same bytes."""
    return json.dumps(as_data(assessment, suggest=suggest), ensure_ascii=False, indent=1) + "\n"


def as_data(assessment: Assessment, *, suggest: bool = False) -> dict[str, Any]:
    """Return the assessment as plain data of schema_version 1; with ``suggest`` a list of model clauses a finding."""
    counts: Counter[str] = Counter(result.verdict for result in assessment.provisions.values())
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "codecheck", "version": __version__},
        "rule_packs": [{"id": p.id, "version": p.version, "title": p.title} for p in assessment.rule_packs],
        "documents": [_document(document) for document in assessment.documents],
        "findings": [_finding(finding, suggest=suggest) for finding in assessment.findings],
        "provisions": {
            pid: {
                "verdict": result.verdict,
                "elements": dict(result.elements),
                "findings": list(result.findings),
                "evidence": [_evidence(item) for item in result.supports],
                # Only where the second reader decided something.
                **({"second_reader": [asdict(item) for item in result.opinions]} if result.opinions else {}),
            }
            for pid, result in assessment.provisions.items()
        },
        "timescales": [_step(step) for step in assessment.timescales],
        "summary": {verdict: counts.get(verdict, 0) for verdict in _VERDICTS},
        "errors": list(assessment.errors),
    }


def _document(document: Document) -> dict[str, Any]:
    # Only a page that was fetched has an address that it came from.
    origin = {} if document.retrieved_from is None else {"retrieved_from": document.retrieved_from}
    return {
        "id": document.id,
        "kind": document.kind,
        "path": document.path,
        "title": document.title,
        "sha256": document.sha256,
        **origin,
        "words": document.words,
        "pages": document.pages,
        "clauses": len(document.clauses),
        "warnings": list(document.warnings),
    }


def _finding(finding: Finding, *, suggest: bool) -> dict[str, Any]:
    return {
        "id": finding.id,
        "provisions": list(finding.provisions),
        "severity": finding.severity,
        "verdict": finding.verdict,
        "requirement": finding.requirement,
        "observation": finding.observation,
        "recommendation": finding.recommendation,
        "missing": [{"element": item.element, "text": item.text} for item in finding.missing],
        "evidence": [_evidence(item) for item in finding.evidence],
        "accepted": None if finding.accepted is None else asdict(finding.accepted),
        "in_baseline": finding.in_baseline,
        "fingerprint": finding.fingerprint,
        **({"suggested_wording": list(finding.suggested)} if suggest else {}),
    }


def _step(step: StepTimes) -> dict[str, Any]:
    return {
        "provision": step.provision,
        "stage": step.stage,
        "step": step.step,
        "limit_working_days": step.limit,
        "given": [
            {
                "amount": given.amount,
                "unit": given.unit,
                "working_days": round(given.working_days, 2),
                "from": given.start,
                "evidence": _evidence(given.evidence),
            }
            for given in step.given
        ],
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "document": item.document,
        "section": item.section,
        "heading": item.heading,
        "page": item.page,
        "quote": item.quote,
        "role": item.role,
    }
