"""The findings as workflow commands, which GitHub shows beside the changed files, and as the summary of a job."""

from __future__ import annotations

from collections.abc import Mapping

from codecheck.model import Assessment
from codecheck.report.appendix import cells, rows
from codecheck.report.labels import VERDICT_LABELS, summary_line
from codecheck.report.markdown_report import markdown_report
from codecheck.report.places import described, place_of
from codecheck.report.standing import standing_label

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_MOST_IN_A_SUMMARY = 1_000_000  # bytes: GitHub refuses more than a mebibyte


def github_report(assessment: Assessment, *, notes: bool = False, sources: Mapping[str, str] | None = None) -> str:
    """Return one ::error, ::warning or (with ``notes``, and where it is accepted) ::notice line a finding.

    What is in the baseline gets none; the summary of the job has it.

    ``sources`` are the texts of the files that have lines, by document id; see ``places.place_of``. In other files the
    line is 1 and the place is in the message.
    """
    documents = {document.id: document for document in assessment.documents}
    lines = []
    for finding in rows(assessment, notes=notes):
        if finding.in_baseline:
            continue  # GitHub shows ten annotations of a kind: they are for what is new
        place = place_of(finding, assessment, sources or {})
        label = standing_label(finding)
        title = f"{' and '.join(finding.provisions)} {VERDICT_LABELS[finding.verdict]}{f', {label}' if label else ''}"
        stands = f"{described(place.evidence, documents[place.evidence.document])}: " if place.evidence else ""
        properties = f"file={_property(place.path)},line={place.line},title={_property(title)}"
        message = _message(f"{stands}{finding.observation}\n{cells(finding)[-1]}")
        command = _COMMANDS["note"] if finding.accepted is not None else _COMMANDS[finding.severity]
        lines.append(f"::{command} {properties}::{message}\n")
    lines += [f"::error title=codecheck::{_message(error)}\n" for error in assessment.errors]
    return "".join(lines)


def job_summary(assessment: Assessment, *, notes: bool = False) -> str:
    """Return the summary of a job as Markdown: counts and the table, the counts alone where the table is too long."""
    head = f"## Complaint Handling Code\n\n{summary_line(assessment)}\n"
    if assessment.errors:
        head += "\n" + "".join(f"- {_message(error)}\n" for error in assessment.errors)
    whole = f"{head}\n{markdown_report(assessment, notes=notes)}\n"
    if len(whole.encode("utf-8", errors="replace")) <= _MOST_IN_A_SUMMARY:
        return whole
    return f"{head}\nThe table is too long to be shown here: `--format docx` or `--format csv` writes it to a file.\n"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
