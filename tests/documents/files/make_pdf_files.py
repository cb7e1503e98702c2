"""Make the PDF files that the tests of the PDF reader read. Needs python-docx and LibreOffice (soffice).

Run it from this folder: python make_pdf_files.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

SENTENCES = [
    "We will acknowledge every complaint in writing and record what the resident asks us to put right.",
    "The complaints officer has authority to act quickly and has no earlier involvement in the matter.",
    "Where something has gone wrong we apologise, explain what happened and set out how we will remedy it.",
    "Residents may ask a friend, a relative or an advocate to speak for them at any meeting.",
    "We keep the resident informed about progress and agree suitable intervals for further updates.",
    "Outstanding actions are tracked after the decision and the resident is told when each is complete.",
]


def prose(start: int, count: int) -> str:
    return " ".join(SENTENCES[(start + at) % len(SENTENCES)] for at in range(count))


def set_columns(document: Docx, count: int) -> None:
    columns = document.sections[-1]._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        document.sections[-1]._sectPr.append(columns)
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "500")


def add_page_field(paragraph: Paragraph) -> None:
    paragraph.add_run("Page ")
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def hyphenate(document: Docx) -> None:
    document.settings.element.insert(0, parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))


def two_columns() -> Docx:
    """A title across the page, two columns of prose with headings and bullets, header, footer, hyphenation."""
    document = Document()
    hyphenate(document)
    document.sections[0].header.paragraphs[0].text = "Elm Bank Homes complaints leaflet"
    add_page_field(document.sections[0].footer.paragraphs[0])
    document.add_heading("Making a complaint", 0)
    document.add_paragraph("A short guide for residents, to be read with our full complaints policy and procedure.")
    document.add_section(WD_SECTION.CONTINUOUS)
    set_columns(document, 2)
    for number in range(1, 8):
        document.add_heading(f"{number}. Part {['one', 'two', 'three', 'four', 'five', 'six', 'seven'][number - 1]}", 1)
        document.add_paragraph(f"Opening {number}. " + prose(number, 4))
        for item in range(2):
            document.add_paragraph(f"item {number}.{item} of the list: {prose(number + item, 1)}", style="List Bullet")
        document.add_paragraph(f"Closing {number}. " + prose(number + 2, 3))
    return document


def plain() -> Docx:
    """No spacing between paragraphs, wide lines, no heading styles, typed numbers, first lines indented."""
    document = Document()
    style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.5
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(3)
    for number, title in ((1, "Purpose"), (2, "Scope of this policy"), (3, "Stage one")):
        document.add_paragraph(f"{number}. {title}")
        document.add_paragraph(f"{number}.1 {prose(number, 2)}")
        document.add_paragraph(f"{number}.2 {prose(number + 1, 3)}")
        document.add_paragraph(f"{number}.2.1 The period is 10 working days. {prose(number, 2)}")
        paragraph = document.add_paragraph(f"Indented {number}. {prose(number + 3, 2)}")
        paragraph.paragraph_format.first_line_indent = Cm(1)
        paragraph = document.add_paragraph(f"Second {number}. {prose(number + 2, 3)}")
        paragraph.paragraph_format.first_line_indent = Cm(1)
    return document


def lists() -> Docx:
    """Nested bullets, letters, roman numbers, dashes, and paragraphs back at the margin."""
    document = Document()
    document.add_heading("Remedies", 1)
    document.add_paragraph("We put things right by:")
    document.add_paragraph("apologising, " + prose(2, 1), style="List Bullet")
    document.add_paragraph("doing one of the following:", style="List Bullet")
    document.add_paragraph("paying money, " + prose(4, 1), style="List Bullet 2")
    document.add_paragraph("mending what is broken", style="List Bullet 2")
    document.add_paragraph("changing our policies.", style="List Bullet")
    document.add_paragraph("Back at the margin. " + prose(1, 2))
    for marker, text in (
        ("(a)", "writing to the resident; " + prose(3, 1)),
        ("(b)", "telephoning the resident; or"),
        ("(c)", "visiting."),
    ):
        paragraph = document.add_paragraph(f"{marker}\t{text}")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(2), Cm(-1)
    for marker, text in (
        ("i.", "first roman item"),
        ("ii.", "second roman item"),
        ("-", "a dash item"),
        ("o", "a round item"),
    ):
        paragraph = document.add_paragraph(f"{marker}\t{text}")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1), Cm(-1)
    document.add_paragraph("The end of the list of remedies, in a well-known place.")
    return document


def table() -> Docx:
    """A ruled table with a repeated header over two pages, a cell with bullets, a row cut by the page break."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Elm Bank Homes timescales"
    document.add_paragraph("The table shows how long each step takes.")
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell, text in zip(table.rows[0].cells, ("Step", "What we do", "Time limit"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for number in range(1, 15):
        cells = table.add_row().cells
        cells[0].text = f"Step {number}"
        cells[1].text = f"Row {number}. " + prose(number, 2)
        cells[2].text = f"{number} working days"
        if number == 2:
            cells[1].add_paragraph("call the resident", style="List Bullet")
            cells[1].add_paragraph("write to the resident", style="List Bullet")
    document.add_paragraph("After the table the text goes on.")
    return document


def short() -> Docx:
    """One sentence, for the copies with passwords."""
    document = Document()
    document.add_paragraph(SENTENCES[0])
    return document


def export_filter(**options: bool | str) -> str:
    values = {
        key: {"type": "boolean" if isinstance(value, bool) else "string", "value": str(value).lower()}
        for key, value in options.items()
    }
    return "pdf:writer_pdf_Export:" + json.dumps(values)


FILTERS = {
    "password": export_filter(EncryptFile=True, DocumentOpenPassword="elm"),
    "permissions": export_filter(RestrictPermissions=True, PermissionPassword="elm", Printing="0"),
}
MAKERS = {
    "two-columns": two_columns,
    "plain": plain,
    "lists": lists,
    "table": table,
    "password": short,
    "permissions": short,
}


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        for name, make in MAKERS.items():
            source = Path(folder) / f"{name}.docx"
            make().save(str(source))
            command = [
                "soffice",
                "--headless",
                "--convert-to",
                FILTERS.get(name, "pdf"),
                "--outdir",
                str(target),
                str(source),
            ]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
