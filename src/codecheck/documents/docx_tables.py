"""Tables of a Word document: what the shared grid needs to know to say which headers govern a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from codecheck.documents.docx_content import Item, Paragraph, Table, TableCell
from codecheck.documents.grid import RawCell, locate
from codecheck.model import Cell

# A table of two columns that starts with one of these lists facts about the document, and has no header row.
_FACT = re.compile(
    r"(?:(?:policy|document|procedure)\s+)?(?:owner|author|version|date|approved|approval|review|status|title|"
    r"reference|department|team|contact|phone|telephone|email|e-mail|address|post|online|name|website|write|call|"
    r"next|lead)\b|.*:$",
    re.IGNORECASE,
)


def place_cells(table: Table, index: int) -> Iterator[tuple[Cell, list[Item]]]:
    """Yield the place and contents of each cell, row by row. A merged cell comes once; `index` numbers the table."""
    rows = [_row(table, at) for at in range(len(table.rows))]
    located = locate([[raw for raw, _ in row] for row in rows], table=index, guess=not _lists_facts(table))
    for row, places in zip(rows, located, strict=True):
        for (_, cell), place in zip(row, places, strict=True):
            if cell is not None:
                yield place, cell.items


def _row(table: Table, at: int) -> list[tuple[RawCell, TableCell | None]]:
    """Return a row as the grid wants it: gaps filled, and no cells that belong to one above."""
    row: list[tuple[RawCell, TableCell | None]] = []
    column = 0
    for cell in table.rows[at]:
        if cell.column > column:
            row.append((RawCell("", column_span=cell.column - column), None))
        column = cell.column + cell.span
        if not cell.goes_on:
            row.append((_raw(table, at, cell), cell))
        elif at == 0 or not _above(table, at, cell):
            row.append((RawCell("", column_span=cell.span), None))
    return row


def _raw(table: Table, at: int, cell: TableCell) -> RawCell:
    below = at + 1
    while below < len(table.rows) and any(other.goes_on and other.column == cell.column for other in table.rows[below]):
        below += 1
    is_header = at < table.repeated or (at == 0 and table.bold_first_row)
    return RawCell(_text(cell), below - at, cell.span, marked=is_header or _is_bold([cell]))


def _above(table: Table, at: int, cell: TableCell) -> bool:
    """Return whether there is a cell above that `cell` goes on."""
    return any(other.column == cell.column for other in table.rows[at - 1])


def _text(cell: TableCell) -> str:
    """Return the text of a cell on one line, with numbers but not bullets; tables within it are left out."""
    return " ".join(shown for item in cell.items if isinstance(item, Paragraph) and (shown := _shown(item)))


def _shown(paragraph: Paragraph) -> str:
    number = paragraph.number
    label = "" if number is None or number.is_bullet else number.label
    return f"{label} {paragraph.text}".strip()


def _is_bold(cells: Sequence[TableCell]) -> bool:
    paragraphs = [item for cell in cells for item in cell.items if isinstance(item, Paragraph) and item.text]
    return bool(paragraphs) and all(item.bold or item.heading is not None for item in paragraphs)


def _lists_facts(table: Table) -> bool:
    """Return whether the first column holds the headers: bold throughout, or two columns of names and facts."""
    first = [row[0] for row in table.rows if row and row[0].column == 0 and not row[0].goes_on]
    if len(first) > 1 and all(_is_bold([cell]) for cell in first):
        return True
    narrow = all(cell.column + cell.span <= 2 for row in table.rows for cell in row)
    return narrow and bool(first) and _FACT.match(_text(first[0])) is not None
