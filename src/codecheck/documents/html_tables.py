"""Tables of web pages: cells are noted while the page is walked, their headers filled in when the table ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from codecheck.documents.grid import RawCell, locate
from codecheck.documents.html_parts import text_of
from codecheck.model import Block


@dataclass(slots=True)
class _Cell:
    start: int  # index of its first block
    row_span: int
    column_span: int
    marked: bool
    blocks: list[int] = field(default_factory=list)

    def raw(self, blocks: list[Block]) -> RawCell:
        text = " ".join(blocks[index].text for index in self.blocks)
        return RawCell(text, self.row_span, self.column_span, self.marked)


@dataclass(slots=True)
class Table:
    """A table of data that is being read."""

    number: int
    rows: list[list[_Cell]] = field(default_factory=list)
    in_head: bool = False

    def add_row(self, *, in_head: bool) -> None:
        """Begin a row, which stands in <thead> or not."""
        self.rows.append([])
        self.in_head = in_head

    def add_cell(self, element: Any, *, at: int) -> None:
        """Begin a cell with <td> or <th> `element`, whose first block will have the index `at`."""
        if not self.rows:
            self.add_row(in_head=False)
        is_row_header = element.get("scope") in ("row", "rowgroup")
        marked = (
            self.in_head or (element.tag == "th" and not is_row_header) or (element.tag == "td" and _is_bold(element))
        )
        self.rows[-1].append(_Cell(at, _span(element, "rowspan"), _span(element, "colspan"), marked))

    def finish(self, blocks: list[Block]) -> None:
        """Give the blocks of this table, the last of `blocks`, their place and headers."""
        cells = [cell for row in self.rows for cell in row]
        ends = [cell.start for cell in cells[1:]] + [len(blocks)]
        for cell, end in zip(cells, ends, strict=False):
            cell.blocks = [index for index in range(cell.start, end) if blocks[index].kind == "cell"]
        rows = [[cell.raw(blocks) for cell in row] for row in self.rows]
        places = [place for row in locate(rows, table=self.number) for place in row]
        for cell, place in zip(cells, places, strict=True):
            for index in cell.blocks:
                blocks[index] = replace(blocks[index], cell=place)


def is_layout(element: Any) -> bool:
    """Tell whether a <table> only arranges the page: one cell a row, or whole sections in its cells."""
    if element.get("role") in ("presentation", "none") or element.find(".//table") is not None:
        return True
    if element.find(".//th") is not None:
        return False
    if any(element.find(f".//{heading}") is not None for heading in ("h1", "h2", "h3")):
        return True
    return all(sum(1 for _ in row.iterchildren("td")) < 2 for row in element.iter("tr"))


def _is_bold(cell: Any) -> bool:
    """Tell whether all of a cell's text stands in bold."""
    text = text_of(cell)
    return bool(text) and text == " ".join(text_of(bold) for bold in cell.iter("b", "strong"))


def _span(element: Any, name: str) -> int:
    value = element.get(name, "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
