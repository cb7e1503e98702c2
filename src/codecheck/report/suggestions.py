"""Model wording in the recommendations, for those who ask for it."""

from __future__ import annotations

from dataclasses import replace

from codecheck.model import Assessment, Finding

SUGGESTED = "Suggested wording:"


def with_suggestions(assessment: Assessment) -> Assessment:
    """Return the assessment with the model clauses of each finding, if it has any, at the end of its recommendation."""
    return replace(assessment, findings=tuple(_with_suggestion(finding) for finding in assessment.findings))


def _with_suggestion(finding: Finding) -> Finding:
    if not finding.suggested:
        return finding
    said = f'{finding.recommendation} {SUGGESTED} "{" ".join(finding.suggested)}"'
    return replace(finding, recommendation=said.strip())
