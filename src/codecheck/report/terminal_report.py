"""The assessment for a person at a terminal."""

from __future__ import annotations

import io
from collections import Counter

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from codecheck.model import Assessment, Document
from codecheck.report.appendix import rows

_STYLES = {"contrary": "bold red", "not_met": "red", "partly_met": "yellow", "inconsistent": "magenta", "met": "green"}
_LABELS = {
    "met": "met",
    "partly_met": "partly met",
    "not_met": "not met",
    "contrary": "contrary to the Code",
    "inconsistent": "inconsistent",
    "not_evidenced": "not evidenced",
}


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
        label = _LABELS[finding.verdict]
        console.print()
        console.print(Rule(Text(f"{' and '.join(finding.provisions)}  {label}", style=_STYLES.get(finding.verdict, "")),
                           align="left", characters="─"))  # fmt: skip
        for name, text in (("Observation", finding.observation), ("Recommendation", finding.recommendation)):
            console.print(Text(name, style="dim"))
            console.print(Padding(Text(text), (0, 0, 0, 2)))
    console.print()
    console.print(Text(_summary(assessment), style="bold"))
    return out.getvalue()


def _about(document: Document) -> str:
    pages = f", {document.pages} pages" if document.pages else ""
    return f"{document.path}: read as a {document.kind}, {document.words:,} words{pages}"


def _summary(assessment: Assessment) -> str:
    counts: Counter[str] = Counter(result.verdict for result in assessment.provisions.values())
    said = ", ".join(f"{counts[verdict]} {label}" for verdict, label in _LABELS.items() if counts[verdict])
    table = sum(1 for _ in rows(assessment))
    return f"{len(assessment.provisions)} provisions: {said}. {table} row{'' if table == 1 else 's'} for Appendix 1."
