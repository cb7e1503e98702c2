"""The runs of one paragraph of a Word document: its text, its footnote marks and the text boxes anchored in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from codecheck.documents.docx_flatten import is_on
from codecheck.documents.docx_formats import readable, symbol
from codecheck.documents.docx_package import W, value_of
from codecheck.documents.docx_styles import ParagraphStyle, Styles

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


class Runs:
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
        """Read all runs of the paragraph element into this object's attributes."""
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
            return symbol(int(code, 16), element.get(f"{W}font", "")) if is_hexadecimal(code) else ""
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
        styled = self._styles.run(value_of(properties, "rStyle"))
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


def _font(properties: ET.Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def is_hexadecimal(text: str) -> bool:
    """Return whether `text` is a short hexadecimal number."""
    return 0 < len(text) <= 6 and all(character in "0123456789abcdefABCDEF" for character in text)
