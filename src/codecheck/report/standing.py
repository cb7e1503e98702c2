"""How a report says that a finding does not count: it is accepted, or it is in the baseline."""

from __future__ import annotations

from datetime import date

from codecheck.model import Finding

IN_BASELINE = "in the baseline"


def standing(finding: Finding) -> str:
    """Return why a finding does not count, as a sentence; "" where it counts."""
    accepted = finding.accepted
    if accepted is not None:
        until = date.fromisoformat(accepted.expires)
        reason = accepted.reason.rstrip()
        end = "" if reason.endswith((".", "!", "?")) else "."
        return f"Accepted by {accepted.owner} until {until.day} {until:%B %Y}: {reason}{end}"
    return "Known: this row is in the baseline." if finding.in_baseline else ""


def standing_label(finding: Finding) -> str:
    """Return the same as one or three words, to stand after a verdict; "" where the finding counts."""
    return "accepted" if finding.accepted is not None else IN_BASELINE if finding.in_baseline else ""
