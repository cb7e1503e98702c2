"""The formats of an assessment: which are wanted, where each goes, and who writes it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from codecheck.cli.console import say, to_file
from codecheck.config.check import nearest
from codecheck.config.settings import Settings
from codecheck.documents.encoding import decode
from codecheck.errors import InputError
from codecheck.model import Assessment, Document
from codecheck.report.csv_report import csv_report
from codecheck.report.json_report import json_report
from codecheck.report.markdown_report import markdown_report
from codecheck.report.places import LINED_FORMATS
from codecheck.report.suggestions import with_suggestions

_SUMMARY_FILE = "GITHUB_STEP_SUMMARY"


class Format(StrEnum):
    """The formats of an assessment."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    DOCX = "docx"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


# The ends of file names by which a format is known where none is asked for.
_SUFFIXES = {
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".csv": Format.CSV, ".json": Format.JSON,
    ".docx": Format.DOCX, ".html": Format.HTML, ".htm": Format.HTML, ".sarif": Format.SARIF, ".xml": Format.JUNIT,
    "": Format.TERMINAL, ".txt": Format.TERMINAL, ".log": Format.TERMINAL,
}  # fmt: skip


def plan(formats: Sequence[Format], outputs: Sequence[Path]) -> list[tuple[Format, Path | None]]:
    """Return each format with its file, None for standard output; raise InputError if they do not fit together."""
    wanted = list(formats) or [_default() if to_file(path) is None else _format_of(path) for path in outputs]
    wanted = wanted or [_default()]
    if len(outputs) > len(wanted):
        raise InputError(
            f"There are {len(outputs)} --output files for {len(wanted)} formats: give one --format for each."
        )
    places = [to_file(path) for path in outputs]
    if len(wanted) - len(outputs) + places.count(None) > 1:
        raise InputError("Only one format can go to standard output: give the others an --output each.")
    if len(set(outputs)) < len(outputs):
        raise InputError("Two formats would be written to the same --output file.")
    pairs = [(form, places[at] if at < len(places) else None) for at, form in enumerate(wanted)]
    for form, path in pairs:
        _refuse_mismatch(form, path)
    return pairs


def configured(settings: Settings) -> list[tuple[Format, Path | None]]:
    """Return each format that the configuration asks for with its file; the usual one where it asks for none."""
    entries = sorted(settings.outputs, key=lambda entry: entry.file is None)
    formats = [
        _format_named(entry.format, settings) if entry.format else _format_of(entry.file or Path()) for entry in entries
    ]
    return plan(formats, [entry.file for entry in entries if entry.file is not None])


def render(
    assessment: Assessment, form: Format, *, notes: bool = False, suggest: bool = False, path: Path | None = None
) -> str | bytes:
    """Return an assessment in one format; the terminal's width and colours only where a terminal reads it.

    With ``suggest`` recommendations end with model wording, which JSON has in a field of its own.
    """
    if form is Format.JSON:
        return json_report(assessment, suggest=suggest)
    if suggest:
        assessment = with_suggestions(assessment)
    if form is Format.CSV:
        return csv_report(assessment, notes=notes)
    if form is Format.MARKDOWN:
        return markdown_report(assessment, notes=notes)
    if form is Format.DOCX:
        # Imported late: python-docx takes longer than the small formats take to write.
        from codecheck.report.docx_report import docx_report

        return docx_report(assessment, notes=notes)
    if form is Format.HTML:
        from codecheck.report.html.page import html_report  # late, as above

        return html_report(assessment)
    if form is Format.SARIF:
        from codecheck.report.sarif_report import sarif_report

        return sarif_report(assessment, notes=notes, sources=source_texts(assessment.documents))
    if form is Format.JUNIT:
        from codecheck.report.junit_report import junit_report

        return junit_report(assessment)
    if form is Format.GITHUB:
        from codecheck.report.github_report import github_report

        return github_report(assessment, notes=notes, sources=source_texts(assessment.documents))
    # Imported late: machine formats should not wait for rich.
    from codecheck.report.terminal_report import terminal_report

    live = path is None and sys.stdout.isatty()
    width = max(40, min(shutil.get_terminal_size().columns, 120)) if live else 100
    return terminal_report(assessment, notes=notes, width=width, colour=live and not os.environ.get("NO_COLOR"))


def source_texts(documents: Sequence[Document]) -> dict[str, str]:
    """Return, by document id, the texts of those files that have lines, where the file is still the one that was read.

    A file that cannot be read again is left out: it is only wanted for line numbers.
    """
    texts = {}
    for document in documents:
        if document.format not in LINED_FORMATS:
            continue
        with suppress(OSError, ValueError):
            data = Path(document.path).read_bytes()
            if hashlib.sha256(data).hexdigest() == document.sha256:
                texts[document.id], _ = decode(data)
    return texts


def add_job_summary(assessment: Assessment, *, notes: bool = False, suggest: bool = False) -> None:
    """Append the summary to the file that GitHub names, if it names one; a line on standard error where that fails."""
    assessment = with_suggestions(assessment) if suggest else assessment
    name = os.environ.get(_SUMMARY_FILE)
    if not name:
        return
    from codecheck.report.github_report import job_summary

    try:
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(job_summary(assessment, notes=notes))
    except OSError as error:
        say(f"codecheck: the job summary could not be written to {name}: {error.strerror}")


def _default() -> Format:
    return Format.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else Format.TERMINAL


def _format_named(name: str, settings: Settings) -> Format:
    if name not in list(Format):
        raise InputError(f"{settings.path}: there is no format {name}. {nearest(name, list(Format))}")
    return Format(name)


def _format_of(path: Path) -> Format:
    name = path.name.lower()
    form = Format.SARIF if name.endswith(".sarif.json") else _SUFFIXES.get(path.suffix.lower())
    if form is None:
        known = ", ".join(suffix for suffix in _SUFFIXES if suffix)
        raise InputError(f"{path}: no format is known by that name ({known} are). Say which with --format.")
    return form


def _refuse_mismatch(form: Format, path: Path | None) -> None:
    """Raise InputError where a Word file would go to a terminal, or a file would not be what its name says."""
    if form is Format.DOCX and path is None and sys.stdout.isatty():
        raise InputError("A Word file cannot be shown on a terminal: add --output FILE.docx.")
    if path is not None and (form is Format.DOCX) != (path.suffix.lower() == ".docx"):
        remedy = "name it FILE.docx" if form is Format.DOCX else "use --format docx, or another name"
        raise InputError(f"{path} would hold {form.value}, and Word could not open it by that name: {remedy}.")
