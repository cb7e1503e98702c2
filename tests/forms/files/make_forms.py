"""Make the PDF forms that the tests read. Needs python-docx, reportlab, LibreOffice (soffice)
and Chromium.

Run it from this folder: python make_forms.py. The wording of the provisions comes from the rule pack, the answers are
made up. Beside each PDF, a JSON file says what stands in its rows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.table import _Cell
from reportlab.lib.utils import simpleSplit  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

PROVISIONS = Path(__file__).resolve().parents[3] / "rules" / "housing-ombudsman-2024" / "provisions"
SENTENCES = [
    "Our tenancy team records each case on the day it reaches us and the manager looks at the list every Friday.",
    "See section 4.2 of the complaints policy.",
    "Colleagues were trained in the spring and new starters have a session in their first month with us.",
    "The template letter has a paragraph for this",
    "Residents told us in a survey that they find the page easy to use, and we keep it under review with the panel.",
]
NOTES = ["", "Reviewed with the residents' panel.", "", "We will look at this again when the new system is in use."]
ANSWERS = ["Yes", "Yes", "Partial", "Yes", "No", "Yes", ""]
Row = dict[str, str]


def requirement(provision: str) -> str:
    return str(yaml.safe_load((PROVISIONS / f"{provision}.yaml").read_text(encoding="utf-8"))["requirement"]).strip()


def form_rows(provisions: list[str]) -> list[Row]:
    """Made-up rows: answers, evidence of one to three paragraphs, some commentary."""
    rows = []
    for at, provision in enumerate(provisions):
        evidence = [SENTENCES[(at + more) % len(SENTENCES)] for more in range(1 + at % 3)]
        rows.append(
            {
                "provision": provision,
                "requirement": requirement(provision),
                "answer": ANSWERS[at % len(ANSWERS)],
                "evidence": "\n".join(evidence) if at % 6 != 5 else "",
                "commentary": NOTES[at % len(NOTES)],
            }
        )
    return rows


def fill(cell: _Cell, text: str, *, size: float, middle: bool = False) -> None:
    lines = text.split("\n")
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)
        for run in paragraph.runs:
            run.font.size = Pt(size)
    if middle:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def build(
    sections: dict[str, list[Row]], headers: list[str], keys: list[str], widths: list[float], height: float
) -> Docx:
    """A form with one table a section, on landscape pages ``height`` cm high, numbers in the middle of their cells."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(height)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header.paragraphs[0].text = "Elm Bank Homes: self-assessment"
    document.add_heading("Self-assessment against the Complaint Handling Code", 1)
    for title, rows in sections.items():
        document.add_heading(title, 2)
        table = document.add_table(rows=1, cols=len(headers), style="Table Grid")
        table.autofit = False
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for cell, text in zip(table.rows[0].cells, headers, strict=True):
            fill(cell, text, size=9)
            cell.paragraphs[0].runs[0].bold = True
        for row in rows:
            cells = table.add_row().cells
            for cell, key in zip(cells, keys, strict=True):
                fill(cell, row[key], size=9, middle=key in ("provision", "answer"))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for line in table.rows:
            for cell, width in zip(line.cells, widths, strict=True):
                cell.width = Cm(width)
    return document


def broken_rows(height: float) -> tuple[Docx, list[Row]]:
    """Rows that break across pages, header rows repeated on each."""
    sections = {
        "Section 1: Definition of a complaint": form_rows(["1.2", "1.3", "1.4", "1.5", "1.6"]),
        "Section 2: Exclusions": form_rows(["2.1", "2.2", "2.3", "2.4", "2.5"]),
        "Section 5: The Complaint Handling Process": form_rows([f"5.{n}" for n in range(1, 16)]),
        "Section 6: Complaints Stages": form_rows([f"6.{n}" for n in range(1, 21)]),
    }
    headers = ["Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary / explanation"]
    keys = ["provision", "requirement", "answer", "evidence", "commentary"]
    document = build(sections, headers, keys, [2.0, 9.5, 2.0, 8.0, 5.0], height)
    return document, [row for rows in sections.values() for row in rows]


def actions() -> tuple[Docx, list[Row]]:
    """Columns for actions, and one so narrow that 6.14 breaks into "6.1" and "4"."""
    rows = form_rows([f"6.{n}" for n in range(9, 17)])
    for at, row in enumerate(rows):
        del row["commentary"]
        row["action"] = "Rewrite the letter.\nTell the team." if at % 2 else ""
        row["owner"] = "Head of Customer Care" if at % 2 else ""
        row["date"] = "30 June 2025" if at % 2 else "Complete"
        row["answer"] = ["Compliant", "Non-compliant", "Partly compliant", "N/A"][at % 4]
    headers = [
        "Ref",
        "Code requirement",
        "Compliant?",
        "Evidence",
        "Action required",
        "Action Owner",
        "Completion Date",
    ]
    keys = ["provision", "requirement", "answer", "evidence", "action", "owner", "date"]
    document = build({"Section 6": rows}, headers, keys, [0.98, 8.2, 2.6, 5.8, 3.3, 2.6, 3.1], 21.0)
    return document, rows


def banded() -> tuple[Docx, list[Row]]:
    """Every second row has neither lines between its cells nor a colour of its own."""
    rows = form_rows(["1.2", "1.3", "1.4", "1.5", "1.6"])
    headers = ["Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary / explanation"]
    keys = ["provision", "requirement", "answer", "evidence", "commentary"]
    document = build({"Section 1: Definition of a complaint": rows}, headers, keys, [2.0, 9.5, 2.0, 8.0, 5.0], 21.0)
    for table in document.tables:
        table.style = "Light List Accent 2"
    return document, rows


def print_page(path: Path) -> list[Row]:
    """A web page as a browser prints it: a row cut by the page is left open there, and what is short stands midway."""
    rows = form_rows(["1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "2.4"])
    keys = ["provision", "requirement", "answer", "evidence", "commentary"]
    headers = ("Code provision", "Code requirement", "Comply", "Evidence", "Commentary")
    lines = "".join(
        "<tr>" + "".join("<td>" + "".join(f"<p>{text}</p>" for text in row[key].split("\n")) for key in keys)
        for row in rows
    )
    style = "td, th {border: 1px solid #999; padding: 4px; font: 12px sans-serif} @page {size: A5 landscape}"
    head = "".join(f"<th>{text}" for text in headers)
    page = f"<style>{style}</style><h1>Self-assessment</h1><table><thead><tr>{head}</thead><tbody>{lines}</table>"
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "page.html"
        source.write_text(f"<!doctype html><meta charset=utf-8><title>Self-assessment</title>{page}", encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run([*command, f"--print-to-pdf={path}", str(source)], check=True, stderr=subprocess.DEVNULL)
    return rows


def middle_numbers(path: Path) -> list[Row]:
    """Pages drawn line by line, as Word makes them of tall rows: the number and the answer, in the middle of a row that
    breaks, stand in its second half. One row begins at the top of page 2, another at the foot of page 3.
    """
    rows = form_rows(["1.2", "1.3", "1.4", "1.5"])
    halves: list[list[tuple[Row, str]]] = [
        [(rows[0], "whole")],
        [(rows[1], "first")],
        [(rows[1], "second"), (rows[2], "first")],
        [(rows[2], "second"), (rows[3], "first")],
        [(rows[3], "second")],
    ]
    edges = [40.0, 90.0, 360.0, 430.0, 640.0, 800.0]
    keys = ["provision", "requirement", "answer", "evidence", "commentary"]
    canvas = Canvas(str(path), pagesize=(842, 595), invariant=True)
    for page in halves:
        canvas.setFont("Helvetica", 9)
        top = 550.0
        for row, half in page:
            texts = [_half(row[key], key, half) for key in keys]
            lines = [
                [line for part in text.split("\n") for line in simpleSplit(part, "Helvetica", 9, right - left - 8)]
                for text, left, right in zip(texts, edges, edges[1:], strict=False)
            ]
            height = 12.0 * max(len(cell) for cell in lines) + 10
            for cell, left, right in zip(lines, edges, edges[1:], strict=False):
                canvas.rect(left, top - height, right - left, height)
                for at, line in enumerate(cell):
                    canvas.drawString(left + 4, top - 13 - 12 * at, line)
            top -= height
        canvas.showPage()
    canvas.save()
    return rows


def _half(text: str, key: str, half: str) -> str:
    """The part of a cell that stands in one half of its row: numbers and answers in the second."""
    if half == "whole":
        return text
    if key in ("provision", "answer"):
        return text if half == "second" else ""
    words = text.split(" ")
    cut = len(words) // 2
    return " ".join(words[:cut] if half == "first" else words[cut:])


def save(document: Docx, rows: list[Row], name: str, folder: Path) -> None:
    (folder / f"{name}.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / f"{name}.docx"
        document.save(str(source))
        command = ["soffice", f"-env:UserInstallation=file://{temporary}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, stdout=sys.stderr)


def main() -> None:
    folder = Path(__file__).parent
    save(*broken_rows(17.0), "broken-rows", folder)
    save(*actions(), "actions", folder)
    save(*banded(), "banded", folder)
    for name, make in (("middle-numbers", middle_numbers), ("printed-page", print_page)):
        rows = make(folder / f"{name}.pdf")
        text = json.dumps(rows, indent=1, ensure_ascii=False)
        (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
