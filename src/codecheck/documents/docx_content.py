"""The second pass over a Word document: from the flattened tree to plain facts about paragraphs and tables.

Going through the tree in order is also what counts the numbers, so each paragraph comes out with its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from codecheck.documents.cleaning import clean
from codecheck.documents.docx_flatten import PLACE, is_on
from codecheck.documents.docx_formats import write_number
from codecheck.documents.docx_numbering import Counters, Number, Numbering
from codecheck.documents.docx_package import W, value_of
from codecheck.documents.docx_runs import ENDNOTE, Reference, Runs, is_hexadecimal
from codecheck.documents.docx_styles import ParagraphStyle, Styles, number


@dataclass(slots=True)
class Paragraph:
    """One paragraph as a reader sees it. ``bold`` says that all of its text is; ``number`` is what Word computes.

    ``place`` counts the paragraphs of the document part as stored, from 0; a note's has none.
    ``notes`` are the footnotes and endnotes it refers to, as (number, text); ``boxes`` the text boxes anchored in it.
    """

    text: str
    style: ParagraphStyle
    place: int | None = None
    heading: int | None = None
    number: Number | None = None
    bold: bool = False
    notes: list[tuple[str | None, str]] = field(default_factory=list)
    boxes: list[list[Paragraph | Table]] = field(default_factory=list)


@dataclass(slots=True)
class TableCell:
    """A cell: the grid column it starts in, how many it spans, what it holds. ``goes_on``: merged with that above."""

    column: int
    span: int
    items: list[Paragraph | Table]
    goes_on: bool = False


@dataclass(slots=True)
class Table:
    """A table as rows of cells. ``repeated`` counts the rows at the top that Word repeats on each page."""

    rows: list[list[TableCell]]
    repeated: int = 0
    bold_first_row: bool = False


Item = Paragraph | Table


class Collector:
    """Collects the facts of one document. `notes` maps (kind, id) to the element of a footnote or endnote."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], ET.Element]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._body = Counters(numbering)
        # In Word all text boxes share one count, apart from that of the body, and so do the notes.
        self._boxes = Counters(numbering)
        self._note_counters = Counters(numbering)
        self._notes_seen: dict[str, int] = {}

    def body(self, element: ET.Element) -> list[Item]:
        """Return the facts of the document's body in reading order."""
        return self._items(element, self._body)

    def _items(self, container: ET.Element, counters: Counters) -> list[Item]:
        items: list[Item] = []
        for element in container:
            if element.tag == f"{W}p":
                paragraph = self._paragraph(element, counters)
                if paragraph is not None:
                    items.append(paragraph)
            elif element.tag == f"{W}tbl":
                items.append(self._table(element, counters))
        return items

    def _paragraph(self, element: ET.Element, counters: Counters) -> Paragraph | None:
        """Return the facts of a paragraph, or None for an entry of a table of contents."""
        properties = element.find(f"{W}pPr")
        style = self._styles.paragraph(value_of(properties, "pStyle"))
        runs = Runs(self._styles, style)
        runs.read(element)
        if style.is_contents or runs.is_contents_entry:
            return None
        text = clean("".join(runs.text))
        place = self._numbering.place(properties, style)
        hidden_end = properties is not None and is_on(properties.find(f"{W}rPr/{W}vanish"))
        # A paragraph that cannot be seen at all is not counted either.
        shown = None if not text and (hidden_end or style.hidden) else counters.count(place)
        return Paragraph(
            text=text,
            style=style,
            place=number(element.get(PLACE)),
            heading=_heading(properties, style),
            number=shown,
            bold=bool(text) and runs.all_bold,
            notes=[note for reference in runs.references for note in self._note(reference)],
            boxes=[self._items(box, self._boxes) for box in runs.boxes],
        )

    def _note(self, reference: Reference) -> Iterator[tuple[str | None, str]]:
        """Yield the paragraphs of a note, its number with the first. It is read once, however often it is cited."""
        element = self._notes.pop((reference.tag, reference.identity), None)
        if element is None:
            return
        label = None
        if not reference.own_mark:
            count = self._notes_seen[reference.tag] = self._notes_seen.get(reference.tag, 0) + 1
            label = write_number(count, "lowerRoman" if reference.tag == ENDNOTE else "decimal")
        for paragraph in element.iter(f"{W}p"):
            found = self._paragraph(paragraph, self._note_counters)
            if found is not None and found.text:
                text = found.text if found.number is None else f"{found.number.label} {found.text}"
                yield label, text
                label = None

    def _table(self, element: ET.Element, counters: Counters) -> Table:
        properties = element.find(f"{W}tblPr")
        table = Table([], bold_first_row=self._first_row_is_bold(properties))
        for row in element.iterfind(f"{W}tr"):
            header = is_on(row.find(f"{W}trPr/{W}tblHeader"))
            if header and table.repeated == len(table.rows):
                table.repeated += 1
            table.rows.append(self._row(row, counters))
        return table

    def _row(self, element: ET.Element, counters: Counters) -> list[TableCell]:
        column = number(value_of(element.find(f"{W}trPr"), "gridBefore")) or 0
        cells: list[TableCell] = []
        for cell in element.iterfind(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = min(max(number(value_of(properties, "gridSpan")) or 1, 1), 63)
            across = _merge(properties, "hMerge") and bool(cells)
            down = _merge(properties, "vMerge")
            if across:
                cells[-1].span += span
            else:
                items = [] if down else self._items(cell, counters)
                cells.append(TableCell(column, span, items, goes_on=down))
            column += span
        return cells

    def _first_row_is_bold(self, properties: ET.Element | None) -> bool:
        look = properties.find(f"{W}tblLook") if properties is not None else None
        if look is None:
            return False
        first = look.get(f"{W}firstRow")
        wanted = first in ("1", "true", "on") if first is not None else _bit(look.get(f"{W}val"), 0x20)
        return wanted and self._styles.first_row_is_bold(value_of(properties, "tblStyle"))


def _heading(properties: ET.Element | None, style: ParagraphStyle) -> int | None:
    """Return the heading level from the paragraph's own outline level, else from its style."""
    own = number(value_of(properties, "outlineLvl"))
    if own is None:
        return style.heading
    return own + 1 if 0 <= own <= 8 else None


def _merge(properties: ET.Element | None, kind: str) -> bool:
    """Return whether a cell continues the one before it (hMerge) or above it (vMerge)."""
    merge = properties.find(f"{W}{kind}") if properties is not None else None
    return merge is not None and merge.get(f"{W}val") != "restart"


def _bit(hexadecimal: str | None, mask: int) -> bool:
    return hexadecimal is not None and is_hexadecimal(hexadecimal) and bool(int(hexadecimal, 16) & mask)
