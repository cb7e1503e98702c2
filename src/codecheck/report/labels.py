"""The words for verdicts, the same in every format."""

from __future__ import annotations

from collections import Counter

from codecheck.model import Assessment, Verdict
from codecheck.report.appendix import rows
from codecheck.report.standing import IN_BASELINE

VERDICT_LABELS: dict[Verdict, str] = {
    "met": "met",
    "partly_met": "partly met",
    "not_met": "not met",
    "contrary": "contrary to the Code",
    "inconsistent": "inconsistent",
    "not_evidenced": "not evidenced",
}
VERDICT_MEANINGS: dict[Verdict, str] = {
    "met": "every element of the provision is said",
    "partly_met": "some elements are said, or too weakly",
    "not_met": "the documents are silent",
    "contrary": "the words say what the Code does not allow",
    "inconsistent": "the policy meets it, another document disagrees",
    "not_evidenced": "practice that no document shows",
}


def summary_line(assessment: Assessment) -> str:
    """Return one sentence on how many provisions have each verdict, and how many rows the table has."""
    counts: Counter[str] = Counter(result.verdict for result in assessment.provisions.values())
    said = ", ".join(f"{counts[verdict]} {label}" for verdict, label in VERDICT_LABELS.items() if counts[verdict])
    table = sum(1 for _ in rows(assessment))
    provisions = f"{len(assessment.provisions)} provision{'' if len(assessment.provisions) == 1 else 's'}"
    count = f"{table} row{'' if table == 1 else 's'} for Appendix 1{_uncounted(assessment)}"
    return f"{provisions}: {said or 'none assessed'}. {count}."


def _uncounted(assessment: Assessment) -> str:
    """Return how many rows do not count, and why."""
    accepted = sum(1 for finding in rows(assessment) if finding.accepted is not None)
    known = sum(1 for finding in rows(assessment) if finding.in_baseline)
    parts = [f"{accepted} accepted"] * bool(accepted) + [f"{known} {IN_BASELINE}"] * bool(known)
    return f" ({', '.join(parts)})" if parts else ""
