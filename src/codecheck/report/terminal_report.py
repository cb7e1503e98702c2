"""The assessment for a person at a terminal."""

from __future__ import annotations

import io

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from codecheck.model import Assessment, Document
from codecheck.report.appendix import rows
from codecheck.report.labels import VERDICT_LABELS, summary_line
from codecheck.report.standing import IN_BASELINE, standing

_STYLES = {"contrary": "bold red", "not_met": "red", "partly_met": "yellow", "inconsistent": "magenta", "met": "green"}


def terminal_report(assessment: Assessment, *, notes: bool = False, width: int = 100, colour: bool = False) -> str:
    """Return the rows and a summary as text ``width`` columns wide, with ANSI colours if ``colour``."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False,
        legacy_windows=False,
    )  # fmt: skip
    for document in assessment.documents:
        console.print(Text(_about(document), style="bold"))
        for warning in document.warnings:
            console.print(Padding(Text(f"note: {warning}", style="dim"), (0, 0, 0, 2)))
    for finding in rows(assessment, notes=notes):
        if finding.in_baseline:
            continue  # named in one line below; the other formats have its text
        label = VERDICT_LABELS[finding.verdict]
        if finding.accepted is not None:
            label = f"{label} (accepted)"
        console.print()
        console.print(Rule(Text(f"{' and '.join(finding.provisions)}  {label}", style=_STYLES.get(finding.verdict, "")),
                           align="left", characters="─"))  # fmt: skip
        if finding.accepted is not None:
            console.print(Padding(Text(standing(finding), style="dim"), (0, 0, 0, 2)))
        for name, text in (("Observation", finding.observation), ("Recommendation", finding.recommendation)):
            console.print(Text(name, style="dim"))
            console.print(Padding(Text(text), (0, 0, 0, 2)))
    known = [" and ".join(finding.provisions) for finding in rows(assessment, notes=notes) if finding.in_baseline]
    if known:
        console.print()
        console.print(Text(f"Known, {IN_BASELINE}: {', '.join(known)}", style="dim"))
    console.print()
    console.print(Text(summary_line(assessment), style="bold"))
    return out.getvalue()


def _about(document: Document) -> str:
    pages = f", {document.pages} pages" if document.pages else ""
    return f"{document.path}: read as a {document.kind}, {document.words:,} words{pages}"
