"""Ruled tables of a PDF: pdfplumber finds the cells, pypdfium2's lines fill them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from codecheck.documents.grid import RawCell, locate
from codecheck.documents.pdf_bands import cut_into_columns
from codecheck.documents.pdf_glyphs import Box
from codecheck.documents.pdf_lines import Line
from codecheck.documents.pdf_order import order_lines
from codecheck.documents.pdf_paragraphs import Layout, ends_sentence, group_lines, typical_pitch
from codecheck.documents.pdf_text import Vocabulary, join_lines
from codecheck.model import Block

_THIN = 3.0
_SAME_EDGE = 3.0
_FULL = 0.6  # of a cell's width
_MANY_SEGMENTS = 8
_FEWEST_SIDES = 3  # of a row of two cells


@dataclass(slots=True)
class Entry:
    """One paragraph of a cell. `full`: its last line reaches so far right that it may go on over the page."""

    text: str
    label: str | None
    page: int
    full: bool


@dataclass(slots=True)
class GridCell:
    """A cell, its place in its own grid, and what stands in it."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[Line] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All paragraphs of the cell as one text."""
        return " ".join(entry.text for entry in self.entries)

    @property
    def bold(self) -> bool:
        """Whether everything in the cell is bold."""
        return bool(self.lines) and all(line.bold for line in self.lines)


@dataclass(slots=True)
class Grid:
    """The part of a table that stands on one page. `edges` are the x of its columns' sides."""

    page: int
    box: Box
    edges: list[float]
    rows: list[list[GridCell]]

    @property
    def text(self) -> str:
        """All lines of the table as one text."""
        return " ".join(line.text for cell in self.cells() for line in cell.lines)

    def cells(self) -> list[GridCell]:
        """Return all cells, row by row."""
        return [cell for row in self.rows for cell in row]


def has_rules(page: pdfium.PdfPage) -> bool:
    """Tell cheaply whether a page may hold a ruled table: lines across and lines down, or many boxes."""
    across = down = boxes = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        width, height = right - left, top - bottom
        if width < _THIN and height < _THIN:
            continue
        if height < _THIN:
            across += 1
        elif width < _THIN:
            down += 1
        elif raw.FPDFPath_CountSegments(item.raw) > _MANY_SEGMENTS:
            return True
        else:
            boxes += 1
    return (across >= 2 and down >= 2) or boxes >= 4


def find_grids(data: bytes, pages: Sequence[int]) -> dict[int, list[Grid]]:
    """Return the ruled tables of two columns or more on each of `pages` (numbers from 1)."""
    import pdfplumber  # slow to import, and most policies have no ruled table

    found: dict[int, list[Grid]] = {}
    with pdfplumber.open(io.BytesIO(data), pages=list(pages)) as document:
        for page in document.pages:
            settings = {"explicit_horizontal_lines": _open_ends(page.edges)}
            grids = [_grid(table, page.page_number) for table in page.find_tables(settings)]
            found[page.page_number] = [grid for grid in grids if len(grid.edges) > 2]
            page.close()
    return found


def _open_ends(edges: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return the heights at which the sides of a row end without a line across: a row cut by the page is left open."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _THIN]
    across = [edge["top"] for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _THIN]
    found: list[float] = []
    for end in sorted({round(edge[side]) for edge in upright for side in ("top", "bottom")}):
        places = {round(edge["x0"]) for edge in upright if end in (round(edge["top"]), round(edge["bottom"]))}
        apart = _distinct(sorted(places))
        if len(apart) >= _FEWEST_SIDES and not any(abs(height - end) <= _SAME_EDGE for height in (*across, *found)):
            found.append(float(end))
    return found


def take_lines(grids: Sequence[Grid], lines: Sequence[Line]) -> list[Line]:
    """Put the lines that stand in a cell into it; return the others."""
    others: list[Line] = []
    for line in lines:
        x, y = (line.x0 + line.x1) / 2, line.base - 0.3 * line.size
        home = next((cell for grid in grids for cell in grid.cells() if _holds(cell.box, x, y)), None)
        if home is None:
            others.append(line)
        else:
            home.lines.append(line)
    for grid in grids:
        grid.rows = [_apart(row, grid.edges) for row in grid.rows]
    return others


def _apart(row: list[GridCell], edges: Sequence[float]) -> list[GridCell]:
    """Return the cells of a row that has no sides between them, where its lines stand in the table's columns."""
    if len(row) != 1 or row[0].column_span != len(edges) - 1 or row[0].column_span < 3:
        return row
    columns = cut_into_columns(row[0].lines, edges)
    if columns is None:
        return row
    _, top, _, bottom = row[0].box
    return [
        GridCell((edges[at], top, edges[at + 1], bottom), row[0].row, at, row[0].row_span, 1, lines)
        for at, lines in enumerate(columns)
    ]


def cell_pitch(grids: Sequence[Grid]) -> float:
    """Return the usual distance of two lines in the cells of `grids`, relative to their size."""
    return typical_pitch([pair for grid in grids for cell in grid.cells() for pair in pairwise(cell.lines)])


def fill_cells(grid: Grid, layout: Layout, pitch: float, words: Vocabulary) -> None:
    """Make paragraphs of the lines of each cell of `grid`."""
    for cell in grid.cells():
        if not cell.lines:
            continue
        cell.lines = order_lines(sorted(cell.lines, key=lambda line: (round(line.base), line.x0)))
        padding = max(0.0, min(line.x0 for line in cell.lines) - cell.box[0])
        narrow = Layout(layout.body_size, pitch, right=cell.box[2] - min(padding, 10.0))
        for group in group_lines(cell.lines, narrow):
            text, mark = join_lines(group, words), group[0].mark
            full = group[-1].x1 > cell.box[0] + _FULL * (cell.box[2] - cell.box[0])
            if mark.is_item and text[mark.length :]:
                cell.entries.append(Entry(text[mark.length :], mark.label, grid.page, full))
            else:
                cell.entries.append(Entry(text, None, grid.page, full))


def continues_grid(upper: Grid, lower: Grid) -> bool:
    """Tell whether `lower`, first thing on a page, has the columns of `upper`, last thing on the page before."""
    return (
        lower.page == upper.page + 1
        and len(upper.edges) == len(lower.edges)
        and all(abs(one - other) <= _SAME_EDGE for one, other in zip(upper.edges, lower.edges, strict=True))
    )


def table_blocks(grids: Sequence[Grid], *, table: int) -> list[Block]:
    """Return the blocks of one table, whose parts on following pages are `grids`, filled."""
    rows = _joined_rows(grids)
    raw_rows = [[RawCell(cell.text, cell.row_span, cell.column_span, marked=cell.bold) for cell in row] for row in rows]
    located = locate(raw_rows, table=table)
    return [
        Block(text=entry.text, kind="cell", label=entry.label, page=entry.page, cell=place)
        for row, places in zip(rows, located, strict=True)
        for cell, place in zip(row, places, strict=True)
        for entry in cell.entries
    ]


def _joined_rows(grids: Sequence[Grid]) -> list[list[GridCell]]:
    """Return the rows of all parts of a table, without repeated headers, rows cut by a page break made whole."""
    rows = [list(row) for row in grids[0].rows]
    header = [cell.text for cell in rows[0]] if rows else []
    for grid in grids[1:]:
        added = [list(row) for row in grid.rows]
        if added and [cell.text for cell in added[0]] == header:
            added = added[1:]
        if added and rows and _is_cut(rows[-1], added[0]):
            for cell, rest in zip(rows[-1], added[0], strict=True):
                _append_rest(cell, rest)
            added = added[1:]
        rows.extend(added)
    return rows


def _is_cut(row: Sequence[GridCell], rest: Sequence[GridCell]) -> bool:
    """Tell whether `rest` is the other half of `row`: the same columns, nothing in the first, something elsewhere."""
    return (
        [cell.column for cell in row] == [cell.column for cell in rest]
        and not rest[0].entries
        and bool(row[0].entries)
        and any(cell.entries for cell in rest)
    )


def _append_rest(cell: GridCell, rest: GridCell) -> None:
    entries = list(rest.entries)
    last = cell.entries[-1] if cell.entries else None
    if last and entries and entries[0].label is None and not ends_sentence(last.text):
        if not (last.full or entries[0].text[0].islower()):
            cell.entries.extend(entries)
            return
        last.text = f"{last.text} {entries.pop(0).text}"
    cell.entries.extend(entries)


def _grid(table: Any, page: int) -> Grid:
    """Turn pdfplumber's table, which knows its cells only as boxes, into rows with spans."""
    boxes: list[Box] = [tuple(cell) for cell in table.cells]
    lefts, tops = _distinct([box[0] for box in boxes]), _distinct([box[1] for box in boxes])
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    rows: list[list[GridCell]] = [[] for _ in tops]
    taken: set[tuple[int, int]] = set()
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        row, column = _index(tops, box[1]), _index(lefts, box[0])
        row_span = sum(box[1] - 1 < top < box[3] - 1 for top in tops)
        column_span = sum(box[0] - 1 < left < box[2] - 1 for left in lefts)
        rows[row].append(GridCell(box, row, column, max(1, row_span), max(1, column_span)))
        taken.update((y, x) for y in range(row, row + row_span) for x in range(column, column + column_span))
    ends_x, ends_y = [*lefts[1:], right], [*tops[1:], bottom]
    for y, row_cells in enumerate(rows):
        for x in range(len(lefts)):
            if (y, x) not in taken:  # a side is not drawn: keep the place, so that columns do not shift
                row_cells.append(GridCell((lefts[x], tops[y], ends_x[x], ends_y[y]), y, x, 1, 1))
        row_cells.sort(key=lambda cell: cell.column)
    box = (min(lefts), min(tops), right, bottom)
    return Grid(page, box, [*lefts, right], rows)


def _distinct(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _THIN:
            found.append(value)
    return found


def _index(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda at: abs(values[at] - value))


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1
