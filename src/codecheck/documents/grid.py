"""Tables: which row is the header, and which headers govern a cell. Shared by web pages, Markdown and plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from codecheck.documents.lines import mentions_time_limit
from codecheck.model import Cell

_MAX_SPAN = 200  # a typing error in colspan must not cost memory
_MAX_HEADER = 60
_DATE = re.compile(r"\b(?:19|20)\d\d\b")
_ANSWER = re.compile(r"(?:yes|no|n/?a|partly|partial|compliant|comply|[\d.,£%+ ()-]+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file gives it. `marked` means that the file itself calls it a header (th, thead, bold)."""

    text: str
    row_span: int = 1
    column_span: int = 1
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    column: int
    width: int


def locate(rows: Sequence[Sequence[RawCell]], *, table: int, guess: bool = True) -> list[list[Cell]]:
    """Return, for each cell of `rows`, its place in the table and the headers that govern it.

    Rows in which every filled cell is marked are header rows, wherever they stand; the nearest group of them above a
    cell governs it. Where no row is marked and `guess` is true, a first row of short labels is taken for the header.
    """
    places, row_headers = _place(rows)
    header_rows = {index for index, row in enumerate(rows) if _is_marked(row)}
    if len(header_rows) == len(rows):
        header_rows = {0} if len(rows) > 1 else set()
    if not header_rows and guess and looks_like_header([[cell.text for cell in row] for row in rows[:2]], len(rows)):
        header_rows = {0}
    shown = {tuple(cell.text for cell in rows[index]) for index in header_rows}
    header_rows |= {
        index for index, row in enumerate(rows) if tuple(cell.text for cell in row) in shown
    }  # on each page
    columns: dict[int, list[str]] = {}
    last_header, band = -1, ""
    width = max((place.column + place.width for row in places for place in row), default=0)
    located: list[list[Cell]] = []
    for index, row in enumerate(rows):
        is_header = index in header_rows
        goes_across = sum(place.width for place in places[index]) == width > 1
        if goes_across and _is_title(row) and _names_what_follows(row[0].text):
            band = row[0].text
            located.append([_cell(place, table, "", {}, is_header) for place in places[index]])
            continue
        if is_header and not _is_title(row):
            if last_header != index - 1:
                columns = {}
            _add_headers(columns, row, places[index])
            last_header = index
        cells = [_cell(place, table, row_headers[index], columns, is_header) for place in places[index]]
        located.append([replace(cell, band=band) for cell in cells] if band else cells)
    return located


def looks_like_header(first_rows: Sequence[Sequence[str]], height: int) -> bool:
    """Tell from the texts of the first two rows whether the first is a header: short labels, and no answers."""
    if height < 2 or len(first_rows) < 2:
        return False
    first = first_rows[0]
    filled = [text for text in first if text]
    if len(filled) < 2 or len(set(filled)) < len(filled) or not all(first[1:]):
        return False
    if any(_is_content(text) for text in filled):
        return False
    return not begins_series(first_rows)


def begins_series(first_rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first of these rows is one of a kind with the second ("Stage 1" above "Stage 2")."""
    masked = [re.sub(r"\d+|\b(?:one|two)\b", "#", row[0].lower()) for row in first_rows[:2] if row]
    return len(masked) == 2 and "#" in masked[0] and masked[0] == masked[1]


def _is_content(text: str) -> bool:
    return (
        len(text) > _MAX_HEADER
        or text[-1] in ".;"
        or bool(_ANSWER.match(text))
        or "@" in text
        or bool(_DATE.search(text))
        or mentions_time_limit(text)
    )


def _is_marked(row: Sequence[RawCell]) -> bool:
    filled = [cell for cell in row if cell.text]
    return bool(filled) and all(cell.marked for cell in filled)


def _is_title(row: Sequence[RawCell]) -> bool:
    """A row with nothing after its first cell is a title across the table ("Section 2: Exclusions")."""
    return not any(cell.text for cell in row[1:])


def _names_what_follows(text: str) -> bool:
    return 0 < len(text) <= _MAX_HEADER and text[-1] not in ".;:?!"


def _place(rows: Sequence[Sequence[RawCell]]) -> tuple[list[list[_Place]], list[str]]:
    """Give each cell its row and column, and each row the text of its first column, as spans have it."""
    places: list[list[_Place]] = []
    row_headers: list[str] = []
    open_until: dict[int, int] = {}  # column -> first row that a cell from above no longer covers
    first_column = ""
    for index, row in enumerate(rows):
        if open_until.get(0, 0) <= index:
            first_column = row[0].text if row else ""
        row_headers.append(first_column)
        column = 0
        placed: list[_Place] = []
        for cell in row:
            while open_until.get(column, 0) > index:
                column += 1
            width = max(1, min(cell.column_span, _MAX_SPAN))
            placed.append(_Place(index, column, width))
            if cell.row_span != 1:
                height = min(cell.row_span, _MAX_SPAN) if cell.row_span > 0 else _MAX_SPAN  # 0: to the end
                open_until.update(dict.fromkeys(range(column, column + width), index + height))
            column += width
        places.append(placed)
    return places, row_headers


def _add_headers(columns: dict[int, list[str]], row: Sequence[RawCell], places: Sequence[_Place]) -> None:
    for cell, place in zip(row, places, strict=True):
        for column in range(place.column, place.column + place.width):
            texts = columns.setdefault(column, [])
            if cell.text and cell.text not in texts:
                texts.append(cell.text)


def _cell(place: _Place, table: int, row_header: str, columns: dict[int, list[str]], is_header: bool) -> Cell:
    if is_header:
        return Cell(table, place.row, place.column, is_header=True)
    covered = islice((columns.get(column, []) for column in range(place.column, place.column + place.width)), _MAX_SPAN)
    texts = dict.fromkeys(text for column in covered for text in column)
    return Cell(table, place.row, place.column, row_header if place.column else "", " ".join(texts))
