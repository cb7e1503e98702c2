"""Pages of lines and tables become the blocks of a PDF document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codecheck.documents.pdf_footnotes import footnote_groups, split_footnote, split_footnotes
from codecheck.documents.pdf_furniture import masked, repeated_grids, split_contents, split_furniture
from codecheck.documents.pdf_headings import Paragraph, heading_levels
from codecheck.documents.pdf_lines import Line
from codecheck.documents.pdf_marks import find_mark
from codecheck.documents.pdf_order import order_lines
from codecheck.documents.pdf_paragraphs import Layout, group_lines, measure
from codecheck.documents.pdf_tables import Grid, cell_pitch, continues_grid, fill_cells, table_blocks
from codecheck.documents.pdf_text import Vocabulary, join_lines
from codecheck.model import Block

_INDENT = 5.0  # points between two levels of a list, at the least


@dataclass(slots=True)
class Page:
    """A page as read: the lines outside tables in the file's order, and the tables with their lines."""

    number: int
    width: float
    height: float
    ruled: bool
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """Either lines, or the parts of one table."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


def build_blocks(pages: Sequence[Page]) -> tuple[list[Block], list[str]]:
    """Return the blocks of a document of `pages`, and warnings about what was left out of them."""
    warnings: list[str] = []
    heights = {page.number: page.height for page in pages}
    furniture = _drop_header_tables(pages, heights)
    lines, repeated = split_furniture([line for page in pages for line in page.lines], heights)
    furniture += repeated
    if furniture:
        shown = "; ".join(f'"{text}"' for text in furniture[:6]) + ("; ..." if len(furniture) > 6 else "")
        warnings.append(f"running headers and footers left out: {shown}")
    lines, contents = split_contents(lines)
    if contents:
        warnings.append(f"contents list left out ({contents} lines)")
    lines = [line for page in pages for line in order_lines([line for line in lines if line.page == page.number])]
    layout = measure(lines, {page.number: page.width for page in pages})
    lines, notes = split_footnotes(lines, layout, heights)
    cells = [line for page in pages for grid in page.grids for cell in grid.cells() for line in cell.lines]
    words = Vocabulary([*lines, *notes, *cells])
    all_grids = [grid for page in pages for grid in page.grids]
    pitch = cell_pitch(all_grids)
    for grid in all_grids:
        fill_cells(grid, layout, pitch, words)
    flow = _flow(pages, lines)
    return _with_notes(_flow_blocks(flow, layout, words), notes, layout, words), warnings


def _drop_header_tables(pages: Sequence[Page], heights: Mapping[int, float]) -> list[str]:
    """Drop the tables that are themselves running headers or footers; return their texts, each once."""
    shown: dict[str, str] = {}
    repeated = repeated_grids([grid for page in pages for grid in page.grids], heights)
    for page in pages:
        for grid in page.grids:
            if id(grid) in repeated:
                shown.setdefault(masked(grid.text), grid.text)
        page.grids = [grid for grid in page.grids if id(grid) not in repeated]
    return list(shown.values())


def _flow(pages: Sequence[Page], lines: Sequence[Line]) -> list[_Run]:
    """Return runs of lines and tables in reading order; the parts of a table on following pages are one."""
    flow: list[_Run] = []
    for page in pages:
        here: list[Line | Grid] = [line for line in lines if line.page == page.number]
        for grid in page.grids:
            here.insert(_place(here, grid), grid)
        for item in here:
            last = flow[-1] if flow else _Run()
            if isinstance(item, Line):
                if not last.lines:
                    flow.append(last := _Run())
                last.lines.append(item)
            else:
                if not last.grids or not continues_grid(last.grids[-1], item):
                    flow.append(last := _Run())
                last.grids.append(item)
    return flow


def _place(here: Sequence[Line | Grid], grid: Grid) -> int:
    """Return where in a page's lines a table belongs: before the first line below it in the same column."""
    place = len(here)
    for at in range(len(here) - 1, -1, -1):
        item = here[at]
        x0, x1, base = (
            (item.x0, item.x1, item.base) if isinstance(item, Line) else (item.box[0], item.box[2], item.box[3])
        )
        if x0 >= grid.box[2] or x1 <= grid.box[0]:
            continue
        if base < grid.box[1] + 2:
            return at + 1 if place == len(here) else place
        place = at
    return place


def _flow_blocks(flow: Sequence[_Run], layout: Layout, words: Vocabulary) -> list[Block]:
    paragraphs: list[list[Paragraph]] = []
    for run in flow:
        joined = ((join_lines(group, words), tuple(group)) for group in group_lines(run.lines, layout))
        paragraphs.append([Paragraph(text, lines) for text, lines in joined if text])
    levels = iter(heading_levels([paragraph for texts in paragraphs for paragraph in texts], layout.body_size))
    depths = _Depths()
    blocks: list[Block] = []
    tables = 0
    for run, texts in zip(flow, paragraphs, strict=True):
        if run.grids:
            blocks.extend(table_blocks(run.grids, table=tables))
            tables += 1
        blocks.extend(_block(paragraph, next(levels), depths) for paragraph in texts)
    return blocks


class _Depths:
    """How deep a list item is nested, from how far its marker is indented among those before it."""

    def __init__(self) -> None:
        self._open: list[tuple[tuple[int, int], float]] = []

    def item(self, line: Line) -> int:
        if self._open and self._open[-1][0] != line.column:
            self._open.clear()
        while self._open and self._open[-1][1] > line.x0 + _INDENT:
            self._open.pop()
        if not self._open or self._open[-1][1] < line.x0 - _INDENT:
            self._open.append((line.column, line.x0))
        return len(self._open)

    def other(self, line: Line) -> None:
        """A paragraph left of the markers' words ends the list."""
        if self._open and line.x0 <= self._open[0][1] + _INDENT:
            self._open.clear()


def _block(paragraph: Paragraph, level: int | None, depths: _Depths) -> Block:
    first = paragraph.lines[0]
    mark = first.mark if first.mark.kind else find_mark(paragraph.text)
    rest = paragraph.text[mark.length :]
    if level is not None:
        depths.other(first)
        return Block(paragraph.text, "heading", level, page=first.page)
    if mark.is_item and rest:
        return Block(rest, "item", depths.item(first), mark.label, first.page)
    depths.other(first)
    return Block(paragraph.text, page=first.page)


def _with_notes(blocks: list[Block], notes: Sequence[Line], layout: Layout, words: Vocabulary) -> list[Block]:
    """Put each page's footnotes after the last block that begins on that page or before it."""
    for group in reversed(footnote_groups(notes)):
        label, text = split_footnote(join_lines(group, words))
        page = group[0].page
        place = max((at + 1 for at, block in enumerate(blocks) if (block.page or 0) <= page), default=0)
        blocks.insert(place, Block(text, "footnote", label=label, page=page))
    return blocks
