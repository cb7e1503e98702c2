"""The look of the Word report: the page, and the styles that everything in it is set in.

All formatting is in styles, so that whoever edits the table changes the look in one place.
"""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml import etree

LANGUAGE = "en-GB"
FONT = "Arial"
PROVISION, CELL, HEADER, QUOTED = "Appendix Provision", "Appendix Text", "Appendix Column Heading", "Quoted Words"
DOCUMENT_LINE, DOCUMENT_NOTE = "Assessed Document", "Assessed Document Note"
TABLE = "Appendix Table"
COLUMN_WIDTHS = (Mm(24), Mm(58), Mm(114), Mm(71))
LETTERS_A_LINE = (32, 66, 40)  # in the last three columns, roughly, as rendered

_INK, _LINES, _SHADE = RGBColor(0x1F, 0x2A, 0x44), "8A93A5", "DCE2EC"
_TABLE_LOOK = f"""
<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/></w:tcPr>
</w:tblStylePr>"""
_TABLE_PROPERTIES = f"""
<w:tblPr {nsdecls("w")}><w:tblInd w:w="85" w:type="dxa"/><w:tblBorders>{{borders}}</w:tblBorders>
<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>
<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def prepare(word: WordDocument) -> None:
    """Give a new document landscape A4 pages, British English and the styles of the report."""
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(15), Mm(18)
    section.header_distance = section.footer_distance = Mm(9)
    _languages(word)
    _base(word, "Normal", size=10, after=4)
    _base(word, "Heading 1", size=18, after=2, bold=True)
    _base(word, "Heading 2", size=12, before=8, after=3, bold=True)
    _base(word, "Subtitle", size=12, after=4)
    _base(word, "Footer", size=8)
    _paragraph(word, CELL, "Normal", size=9, after=4)
    _paragraph(word, PROVISION, CELL, size=9, after=0, bold=True)
    _paragraph(word, HEADER, CELL, size=9, after=2, bold=True).paragraph_format.keep_with_next = True
    _paragraph(word, DOCUMENT_LINE, "Normal", size=10, after=2)
    note = _paragraph(word, DOCUMENT_NOTE, "Normal", size=9, after=2)
    note.paragraph_format.left_indent = Mm(6)
    quoted = word.styles.add_style(QUOTED, WD_STYLE_TYPE.CHARACTER)
    assert isinstance(quoted, CharacterStyle)
    quoted.font.italic = True
    quoted.font.color.rgb = RGBColor(0x1B, 0x3F, 0x7A)
    quoted.quick_style = True
    table = word.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINES}"/>' for side in _SIDES)
    table.element.append(parse_xml(_TABLE_PROPERTIES.format(borders=borders)))
    table.element.append(parse_xml(_TABLE_LOOK))


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Append a field (PAGE, NUMPAGES) that Word and LibreOffice compute."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)


def _base(
    word: WordDocument, name: str, *, size: float, before: float = 0, after: float = 0, bold: bool = False
) -> None:
    """Set a style that the template has in our typeface, without the template's theme fonts and colours."""
    _set(word.styles[name], size=size, before=before, after=after, bold=bold)


def _paragraph(
    word: WordDocument, name: str, base: str, *, size: float, after: float, bold: bool = False
) -> ParagraphStyle:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles[base]
    style.quick_style = True
    return _set(style, size=size, before=0, after=after, bold=bold)


def _set(style: BaseStyle, *, size: float, before: float, after: float, bold: bool) -> ParagraphStyle:
    assert isinstance(style, ParagraphStyle)
    style.element.get_or_add_rPr().clear()
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    fonts = style.element.rPr.rFonts
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    if bold and style.name != HEADER:
        style.font.color.rgb = _INK
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.08
    shape.widow_control = True
    for border in style.element.iter(qn("w:pBdr")):
        etree._Element.remove(border.getparent(), border)
    return style


def _languages(word: WordDocument) -> None:
    for part in (word.styles.element, word.settings.element):
        for element in part.iter(qn("w:lang"), qn("w:themeFontLang")):
            element.set(qn("w:val"), LANGUAGE)
