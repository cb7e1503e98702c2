"""A document's own text, block by block as the page shows it, with the words marked that rows rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from codecheck.model import Clause, Document
from codecheck.report.html.marks import Mark, Marks, anchor_name

BlockKind = Literal["heading", "paragraph", "footnote", "list", "table", "page"]
_TOP, _DEEPEST = 4, 6  # the headings of a document stand below its title on the page


@dataclass(frozen=True, slots=True)
class Line:
    """A clause as it is shown: the number or marker in front of it, and its text in parts, some of them marked."""

    number: str
    parts: tuple[tuple[str, Mark | None], ...]
    level: int = 0

    @property
    def marked(self) -> bool:
        """Whether a row rests on any of its words."""
        return any(mark is not None for _, mark in self.parts)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its lines, whether it heads its row or column, and the header of its column."""

    lines: tuple[Line, ...] = ()
    is_header: bool = False
    header: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table."""

    cells: tuple[TableCell, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all its cells."""
        return tuple(line for cell in self.cells for line in cell.lines)

    @property
    def heads(self) -> bool:
        """Whether all of its cells are headers."""
        return all(cell.is_header for cell in self.cells)

    @property
    def marked(self) -> bool:
        """Whether a row of the report rests on any of its words."""
        return any(line.marked for line in self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list, a table, or the beginning of a page.

    ``level`` is that of a heading on the page; it ``leads_to_marks`` where words below it are marked. ``page`` is the
    number of the page that begins.
    """

    kind: BlockKind
    lines: tuple[Line, ...] = ()
    rows: tuple[TableRow, ...] = ()
    level: int = 0
    anchor: str = ""
    leads_to_marks: bool = False
    page: int = 0

    @property
    def marked(self) -> bool:
        """Whether a row of the report rests on any of its words."""
        return any(line.marked for line in self.lines) or any(row.marked for row in self.rows)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document and its headings, with the number of marks in it."""

    blocks: tuple[Block, ...]
    marks: int
    headings: tuple[Block, ...] = field(default=())


def text_of(document: Document, marks: Marks) -> Text:
    """Return the text of a document as the page shows it."""
    blocks = _with_lead(list(_blocks(document, marks)))
    count = sum(len(marks.of_clause(document.id, clause.index)) for clause in document.clauses)
    return Text(blocks, count, tuple(block for block in blocks if block.kind == "heading"))


def _with_lead(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks, each heading told whether it has marked words, or stands above some."""
    found: list[Block] = []
    marked_from = 0  # headings of a level above this one stand above the marked words that come next
    for block in reversed(blocks):
        if block.kind != "heading":
            marked_from = _DEEPEST + 1 if block.marked else marked_from
        elif block.level < marked_from or block.marked:
            # Its own level is taken up: only higher headings stand above it.
            marked_from = block.level if marked_from > block.level else marked_from
            block = replace(block, leads_to_marks=True)
        found.append(block)
    return tuple(reversed(found))


def _blocks(document: Document, marks: Marks) -> Iterator[Block]:
    page, level = None, _TOP - 1
    for kind, group in groupby(document.clauses, key=_kind_and_table):
        clauses = list(group)
        if clauses[0].page is not None and clauses[0].page != page:
            page = clauses[0].page
            yield Block("page", page=page)
        if kind[0] == "table":
            yield Block("table", rows=_table(document, clauses, marks))
        elif kind[0] == "list":
            yield Block("list", tuple(_line(document, clause, marks) for clause in clauses))
        else:
            for clause in clauses:
                if clause.page is not None and clause.page != page:
                    page = clause.page
                    yield Block("page", page=page)
                line = _line(document, clause, marks)
                if clause.kind == "heading":
                    # Levels follow one another without a gap, whatever the document does.
                    level = min(level + 1, _TOP - 1 + max(clause.level, 1), _DEEPEST)
                    yield Block("heading", (line,), level=level, anchor=anchor_name("text", document.id, clause.index))
                else:
                    yield Block("footnote" if clause.kind == "footnote" else "paragraph", (line,))


def _kind_and_table(clause: Clause) -> tuple[str, int]:
    if clause.cell is not None:
        return "table", clause.cell.table
    return ("list" if clause.kind == "item" else "text"), 0


def _line(document: Document, clause: Clause, marks: Marks) -> Line:
    parts: list[tuple[str, Mark | None]] = []
    end = 0
    for mark in marks.of_clause(document.id, clause.index):
        parts += [(clause.text[end : mark.start], None), (clause.text[mark.start : mark.end], mark)]
        end = mark.end
    parts.append((clause.text[end:], None))
    return Line(clause.number or "", tuple(part for part in parts if part[0]), clause.level)


def _table(document: Document, clauses: list[Clause], marks: Marks) -> tuple[TableRow, ...]:
    found: dict[tuple[int, int], TableCell] = {}
    for clause in clauses:
        if clause.cell is None:
            continue
        key = (clause.cell.row, clause.cell.column)
        before = found.get(key, TableCell())
        lines = (*before.lines, _line(document, clause, marks))
        found[key] = TableCell(lines, clause.cell.is_header, clause.cell.column_header)
    columns = 1 + max(column for _, column in found)
    rows = sorted({row for row, _ in found})
    return tuple(TableRow(tuple(found.get((row, column), TableCell()) for column in range(columns))) for row in rows)
