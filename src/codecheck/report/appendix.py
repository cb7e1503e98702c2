"""The Appendix 1 table: the four columns that assessors sign, whatever the format that carries them."""

from __future__ import annotations

from collections.abc import Iterable

from codecheck.model import Assessment, Finding
from codecheck.report.standing import standing

HEADER = ("Code Provision", "Code Requirement", "Commentary / Observations", "Recommendation")
IN_TABLE = frozenset({"error", "warning"})


def rows(assessment: Assessment, *, notes: bool = False) -> Iterable[Finding]:
    """Yield the findings that belong in the table, in the Code's order; with ``notes`` the notes too."""
    for finding in assessment.findings:
        if finding.severity in IN_TABLE or notes:
            yield finding


def cells(finding: Finding) -> tuple[str, str, str, str]:
    """Return the four cells of a finding's row; the recommendation of one that does not count begins with why."""
    recommendation = " ".join(part for part in (standing(finding), finding.recommendation) if part)
    return "\n".join(finding.provisions), finding.requirement, finding.observation, recommendation
