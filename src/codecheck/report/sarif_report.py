"""The findings as SARIF 2.1.0, for code scanning on GitHub and other viewers.

GitHub refuses a whole upload when one result has no physical location, and gives all findings in a binary file one
fingerprint unless we give our own: so every result has a relative path, a line and a ``primaryLocationLineHash``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from codecheck import __version__
from codecheck.model import Assessment, Document, Finding
from codecheck.report.appendix import rows
from codecheck.report.labels import VERDICT_LABELS
from codecheck.report.places import described, place_of, relative_path
from codecheck.report.standing import standing

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_LONGEST_DESCRIPTION = 1024  # characters that GitHub takes


def sarif_report(assessment: Assessment, *, notes: bool = False, sources: Mapping[str, str] | None = None) -> str:
    """Return the findings of the table (with ``notes`` the notes too) as SARIF text.

    ``sources`` are the texts of the files that have lines, by document id; see ``places.place_of``.
    """
    findings = list(rows(assessment, notes=notes))
    rules: dict[str, dict[str, Any]] = {}
    for finding in findings:
        rules.setdefault(_rule_id(finding), _rule(finding))
    order = {rule: at for at, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    # The standard wants them on every result of a run, or on none.
    suppressing = not all(finding.counts for finding in findings)
    run = {
        "tool": {
            "driver": {
                "name": "codecheck",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": list(rules.values()),
                "properties": {"rulePacks": [{"id": p.id, "version": p.version} for p in assessment.rule_packs]},
            }
        },
        "automationDetails": {"id": "/".join(["codecheck", *(pack.id for pack in assessment.rule_packs), ""])},
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(document) for document in assessment.documents if "://" not in document.path],
        "invocations": [
            {
                "executionSuccessful": not assessment.errors,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": error}} for error in assessment.errors
                ],
            }
        ],
        "results": [
            _result(finding, assessment, sources or {}, order, seen) | (_suppressions(finding) if suppressing else {})
            for finding in findings
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule_id(finding: Finding) -> str:
    return finding.provisions[0]


def _rule(finding: Finding) -> dict[str, Any]:
    requirement = finding.requirement.strip() or _rule_id(finding)
    return {
        "id": _rule_id(finding),
        "shortDescription": {"text": f"Provision {_rule_id(finding)}"},
        "fullDescription": {"text": requirement[:_LONGEST_DESCRIPTION]},
        "help": {"text": requirement},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": ["complaints"]},
    }


def _artifact(document: Document) -> dict[str, Any]:
    return {
        "location": {"uri": _uri(relative_path(document.path))},
        "hashes": {"sha-256": document.sha256},
        "properties": {"id": document.id, "kind": document.kind},
    }


def _result(
    finding: Finding,
    assessment: Assessment,
    sources: Mapping[str, str],
    order: Mapping[str, int],
    seen: Counter[str],
) -> dict[str, Any]:
    place = place_of(finding, assessment, sources)
    documents = {document.id: document for document in assessment.documents}
    where = [described(item, documents[item.document]) for item in finding.evidence if item.document in documents]
    label = f"{' and '.join(finding.provisions)} {VERDICT_LABELS[finding.verdict]}"
    stands = f" ({described(place.evidence, documents[place.evidence.document])})" if place.evidence else ""
    fingerprint = finding.fingerprint or finding.id
    seen[fingerprint] += 1
    return {
        "ruleId": _rule_id(finding),
        "ruleIndex": order[_rule_id(finding)],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{label}{stands}: {finding.observation}\n\n{finding.recommendation}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.path)},
                    "region": {"startLine": place.line, "startColumn": 1},
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"},
        "properties": {
            "id": finding.id,
            "provisions": list(finding.provisions),
            "verdict": finding.verdict,
            "missing": [item.element for item in finding.missing],
            "places": list(dict.fromkeys(where)),
        },
    }


def _suppressions(finding: Finding) -> dict[str, Any]:
    """Return what says that a finding does not count: who accepted it and why, or that it is in the baseline."""
    why = {"kind": "external", "status": "accepted", "justification": standing(finding)}
    return {"suppressions": [] if finding.counts else [why]}


def _uri(path: str) -> str:
    return quote(path, safe="/")
