"""The Appendix 1 table as one GitHub-flavoured Markdown table."""

from __future__ import annotations

import re

from codecheck.model import Assessment
from codecheck.report.appendix import HEADER, cells, rows

# Whatever in a quotation could be taken for markup is shown as it stands.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def markdown_report(assessment: Assessment, *, notes: bool = False) -> str:
    """Return the table as Markdown that ends with a line feed."""
    lines = [_row(HEADER), "|" + " --- |" * len(HEADER)]
    lines += [_row([_escaped(cell) for cell in cells(finding)]) for finding in rows(assessment, notes=notes)]
    return "\n".join(lines) + "\n"


def _row(row: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(row) + " |"


def _escaped(cell: str) -> str:
    return _SPECIAL.sub(r"\\\1", cell).replace("\r", "").replace("\n", "<br>")
