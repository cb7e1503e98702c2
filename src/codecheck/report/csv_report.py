"""The Appendix 1 table as CSV (RFC 4180): one row a finding, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from codecheck.model import Assessment
from codecheck.report.appendix import HEADER, cells, rows

# A spreadsheet takes a cell that begins so for a formula; the quotation in it is a stranger's text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_report(assessment: Assessment, *, notes: bool = False) -> str:
    """Return the table as CSV text with CRLF line ends; cells that begin like a formula get an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for finding in rows(assessment, notes=notes):
        writer.writerow([_neutral(cell) for cell in cells(finding)])
    return out.getvalue()


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
