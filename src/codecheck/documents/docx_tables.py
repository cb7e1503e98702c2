"""Tables of a Word document: which rows are headers, and which headers govern a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codecheck.documents.docx_content import Paragraph, Table, TableCell

_SHORT = 60  # characters in the longest usual column header: "Comply: Yes / No", "Commentary / explanation"
# A two-column table that starts with one of these is a list of facts about the document, without a header row.
_FACT = re.compile(
    r"(policy|document|procedure)?\s*(owner|author|version|date|approved|approval|review|status|title|reference|"
    r"department|team|contact|phone|telephone|email|e-mail|address|post|online|name|website|write|call|next|lead)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with what governs it; cells merged with the one above are not placed again."""

    cell: TableCell
    row: int
    row_header: str
    column_header: str
    is_header: bool


def place_cells(table: Table) -> Iterator[PlacedCell]:
    """Yield the cells of `table` row by row with their headers."""
    headers = _header_rows(table)
    columns = _column_headers(table, headers)
    first = ""
    for at, row in enumerate(table.rows):
        leading = next((cell for cell in row if cell.column == 0), None)
        if leading is None:
            first = ""
        elif not leading.goes_on:
            first = cell_text(leading)
        for cell in row:
            if cell.goes_on:
                continue
            header = at in headers
            yield PlacedCell(
                cell,
                at,
                row_header="" if header or cell.column == 0 else first,
                column_header="" if header or _width(table) == 1 else columns.get(cell.column, ""),
                is_header=header,
            )


def cell_text(cell: TableCell) -> str:
    """Return the text of a cell on one line, with numbers but not bullets; tables within it are left out."""
    return " ".join(shown for item in cell.items if isinstance(item, Paragraph) and (shown := _shown(item)))


def _shown(paragraph: Paragraph) -> str:
    number = paragraph.number
    label = "" if number is None or number.is_bullet else number.label
    return f"{label} {paragraph.text}".strip()


def _width(table: Table) -> int:
    return max((cell.column + cell.span for row in table.rows for cell in row), default=0)


def _header_rows(table: Table) -> frozenset[int]:
    """Return the rows that are headers: those that Word repeats, else a first row that is bold or looks like one.

    A first row that is one cell across the whole table is a caption; the row below it is then looked at.
    """
    width = _width(table)
    if table.repeated:
        return frozenset(range(table.repeated))
    if width < 2 or len(table.rows) < 2:
        return frozenset()
    at = 0
    while at < len(table.rows) - 2 and len(table.rows[at]) == 1 and table.rows[at][0].span == width:
        at += 1
    if at > 1 or not _looks_like_header(table, at):
        return frozenset()
    short_captions = all(len(cell_text(row[0])) <= _SHORT for row in table.rows[:at])
    return frozenset(range(at + 1)) if short_captions else frozenset({at})


def _looks_like_header(table: Table, at: int) -> bool:
    row = table.rows[at]
    texts = [cell_text(cell) for cell in row]
    filled = [text for text in texts if text]
    if len(row) < 2 or not filled or any(len(text) > 2 * _SHORT for text in filled):
        return False
    # A table whose first column is bold throughout has its headers there.
    if table.bold_first_row or (_bold(row) and not all(_bold(other[:1]) for other in table.rows[at + 1 :])):
        return True
    if _bold(row) and len(row) > 2:
        return True
    plain = (
        len(filled) >= len(texts) - 1  # the corner may be empty
        and len(set(filled)) == len(filled)
        and not any(text.endswith((".", ";", ":")) or len(text) > _SHORT for text in filled)
        and not any(re.match(r"[\d(]", text) for text in filled)
        and not any(_has_list(cell) for cell in row)
    )
    if not plain or _bold(row[:1]):
        return False
    return len(texts) > 2 or not _FACT.match(texts[0])


def _bold(cells: Sequence[TableCell]) -> bool:
    paragraphs = [item for cell in cells for item in cell.items if isinstance(item, Paragraph) and item.text]
    return bool(paragraphs) and all(item.bold or item.heading for item in paragraphs)


def _has_list(cell: TableCell) -> bool:
    return any(isinstance(item, Table) or (item.number is not None and item.number.is_bullet) for item in cell.items)


def _column_headers(table: Table, headers: frozenset[int]) -> Mapping[int, str]:
    """Return the header text of each column, outermost first; captions across the whole table do not count."""
    width = _width(table)
    columns: dict[int, list[str]] = {}
    for at in sorted(headers):
        for cell in table.rows[at]:
            text = cell_text(cell)
            if text and cell.span < width:
                for column in range(cell.column, cell.column + cell.span):
                    columns.setdefault(column, []).append(text)
    return {column: " / ".join(dict.fromkeys(texts)) for column, texts in columns.items()}
