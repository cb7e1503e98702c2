"""The second pass over a Word document: from the flattened tree to plain facts about paragraphs and tables.

Going through the tree in order is also what counts the numbers, so each paragraph comes out with its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from codecheck.documents.cleaning import clean
from codecheck.documents.docx_flatten import is_on
from codecheck.documents.docx_formats import readable, symbol, write_number
from codecheck.documents.docx_numbering import Counters, Number, Numbering
from codecheck.documents.docx_package import W
from codecheck.documents.docx_styles import ParagraphStyle, Styles, number

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FOOTNOTE, ENDNOTE = f"{W}footnoteReference", f"{W}endnoteReference"
_TEXT_BOX = f"{W}txbxContent"
_SPACES = frozenset(f"{W}{tag}" for tag in ("tab", "ptab", "br", "cr"))
_DRAWINGS = frozenset(f"{W}{tag}" for tag in ("drawing", "pict", "object"))


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a note: the tag of its element, the note's id, and whether its mark is typed by hand."""

    tag: str
    identity: str
    own_mark: bool = False


@dataclass(slots=True)
class Paragraph:
    """One paragraph as a reader sees it. ``bold`` says that all of its text is; ``number`` is what Word computes.

    ``notes`` are the footnotes and endnotes it refers to, as (number, text); ``boxes`` the text boxes anchored in it.
    """

    text: str
    style: ParagraphStyle
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
        style = self._styles.paragraph(_value(properties, "pStyle"))
        runs = _Runs(self._styles, style)
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
        column = number(_value(element.find(f"{W}trPr"), "gridBefore")) or 0
        cells: list[TableCell] = []
        for cell in element.iterfind(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = min(max(number(_value(properties, "gridSpan")) or 1, 1), 63)
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
        return wanted and self._styles.first_row_is_bold(_value(properties, "tblStyle"))


class _Runs:
    """Reads the runs of one paragraph: text, notes and boxes, with hidden text and field codes left out."""

    def __init__(self, styles: Styles, style: ParagraphStyle) -> None:
        self._styles = styles
        self._style = style
        self._fields: list[bool] = []  # for each open field, whether its result has begun
        self.text: list[str] = []
        self.all_bold = True
        self.is_contents_entry = False
        self.references: list[Reference] = []
        self.boxes: list[ET.Element] = []

    def read(self, paragraph: ET.Element) -> None:
        for element in paragraph:
            if element.tag == f"{W}r":
                self._run(element)
            elif element.tag.endswith("}r"):  # a run of a formula
                self.text.extend(part.text or "" for part in element.iter(_MATH_TEXT))

    def _run(self, run: ET.Element) -> None:
        properties = run.find(f"{W}rPr")
        bold, hidden = self._format(properties)
        if hidden:
            return
        font = _font(properties)
        for element in run:
            text = self._text(element, font)
            if text and all(self._fields):
                self.text.append(text)
                if not bold and text.strip():
                    self.all_bold = False

    def _text(self, element: ET.Element, font: str) -> str:
        """Return the text of one part of a run, noting fields, notes and text boxes on the way."""
        tag = element.tag
        if tag == f"{W}t":
            return readable(element.text or "", font)
        if tag in _SPACES:
            return " "
        if tag == f"{W}noBreakHyphen":
            return "-"
        if tag == f"{W}sym":
            code = element.get(f"{W}char", "")
            return symbol(int(code, 16), element.get(f"{W}font", "")) if _is_hexadecimal(code) else ""
        if tag == f"{W}fldChar":
            return self._field(element)
        if tag == f"{W}instrText":
            self.is_contents_entry |= "PAGEREF _Toc" in (element.text or "")
        elif tag in (FOOTNOTE, ENDNOTE):
            own_mark = element.get(f"{W}customMarkFollows", "0") in ("1", "true", "on")
            self.references.append(Reference(tag, element.get(f"{W}id", ""), own_mark))
        elif tag in _DRAWINGS:
            self.boxes.extend(_text_boxes(element))
        return ""

    def _field(self, element: ET.Element) -> str:
        """Follow a complex field: its code is not shown, its result is, and a form's tick box has no other text."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                ticked = box.find(f"{W}checked")
                return "☒" if is_on(ticked if ticked is not None else box.find(f"{W}default")) else "☐"
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
        return ""

    def _format(self, properties: ET.Element | None) -> tuple[bool, bool]:
        """Return whether a run is (bold, hidden): what it says itself, else its character style, else its paragraph."""
        bold, hidden = self._style.bold, self._style.hidden
        if properties is None:
            return bold, hidden
        styled = self._styles.run(_value(properties, "rStyle"))
        own_bold, own_hidden = properties.find(f"{W}b"), properties.find(f"{W}vanish")
        # In the chain of styles these are toggles: bold within bold is plain again.
        return (
            is_on(own_bold) if own_bold is not None else bold != styled[0],
            is_on(own_hidden) if own_hidden is not None else hidden != styled[1],
        )


def _text_boxes(drawing: ET.Element) -> Iterator[ET.Element]:
    """Yield the text boxes of a drawing; a box within a box is found when the paragraphs of the outer one are read."""
    for element in drawing:
        if element.tag == _TEXT_BOX:
            yield element
        else:
            yield from _text_boxes(element)


def _heading(properties: ET.Element | None, style: ParagraphStyle) -> int | None:
    """Return the heading level from the paragraph's own outline level, else from its style."""
    own = number(_value(properties, "outlineLvl"))
    if own is None:
        return style.heading
    return own + 1 if 0 <= own <= 8 else None


def _font(properties: ET.Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def _merge(properties: ET.Element | None, kind: str) -> bool:
    """Return whether a cell continues the one before it (hMerge) or above it (vMerge)."""
    merge = properties.find(f"{W}{kind}") if properties is not None else None
    return merge is not None and merge.get(f"{W}val") != "restart"


def _bit(hexadecimal: str | None, mask: int) -> bool:
    return hexadecimal is not None and _is_hexadecimal(hexadecimal) and bool(int(hexadecimal, 16) & mask)


def _is_hexadecimal(text: str) -> bool:
    return 0 < len(text) <= 6 and all(character in "0123456789abcdefABCDEF" for character in text)


def _value(element: ET.Element | None, child: str) -> str | None:
    found = element.find(f"{W}{child}") if element is not None else None
    return None if found is None else found.get(f"{W}val")
