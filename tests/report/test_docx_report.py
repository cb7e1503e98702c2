"""The Word report: what python-docx reads back from it, and what Word needs in it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import Assessment, Document, Finding, PackInfo, ProvisionResult
from codecheck.report.csv_report import csv_report
from codecheck.report.docx_report import docx_report
from codecheck.rules.pack import RulePack

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.fixture(scope="module")
def middling(pack: RulePack) -> Assessment:
    path = FIXTURES / "middling" / "policy.pdf"
    document = read_document(path.read_bytes(), "some/folder/policy.pdf", document_id="policy", kind="policy")
    return assess((document,), pack)


def opened(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def text_of(cell: _Cell) -> str:
    return " ".join(paragraph.text for paragraph in cell.paragraphs)


def table_of(data: bytes) -> list[list[str]]:
    return [[text_of(cell) for cell in row.cells] for row in opened(data).tables[0].rows]


def one_row(**changes: object) -> Assessment:
    values: dict[str, object] = {
        "id": "6.2/policy", "provisions": ("6.2",), "severity": "warning", "verdict": "partly_met",
        "requirement": "Complaints must be logged.", "observation": 'It states: "Maybe."', "recommendation": "Log it.",
    }  # fmt: skip
    finding = Finding(**{**values, **changes})  # type: ignore[arg-type]
    return Assessment(
        (), (PackInfo("p", "1", "P"),), (finding,), {"6.2": ProvisionResult("6.2", "partly_met", {"logged": False})}
    )


def test_table_reads_back_equal_to_the_csv(middling: Assessment) -> None:
    expected = list(csv.reader(io.StringIO(csv_report(middling))))
    assert len(expected) > 5
    assert table_of(docx_report(middling)) == expected


def test_notes_are_rows_too_if_asked_for(middling: Assessment) -> None:
    expected = list(csv.reader(io.StringIO(csv_report(middling, notes=True))))
    assert table_of(docx_report(middling, notes=True)) == expected
    assert len(expected) > len(table_of(docx_report(middling)))


def test_same_assessment_gives_the_same_bytes_without_a_time(middling: Assessment) -> None:
    data = docx_report(middling)
    assert data == docx_report(middling)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"dcterms:created" not in archive.read("docProps/core.xml")


def test_pages_are_landscape_a4(middling: Assessment) -> None:
    section = opened(docx_report(middling)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)  # type: ignore[union-attr]
    assert section.orientation == 1


def test_columns_fill_the_page(middling: Assessment) -> None:
    word = opened(docx_report(middling))
    section = word.sections[0]
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert abs(sum(column.width or 0 for column in word.tables[0].columns) - room) < Mm(1)


def test_every_row_has_the_widths_of_the_columns(middling: Assessment) -> None:
    table = opened(docx_report(middling)).tables[0]
    widths = [column.width for column in table.columns]
    assert len(set(widths)) == 4
    assert all([cell.width for cell in row.cells] == widths for row in table.rows)


def test_header_row_is_repeated_and_long_rows_may_break(middling: Assessment) -> None:
    rows = opened(docx_report(one_row(observation="It is long. " * 200))).tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None  # type: ignore[union-attr]
    assert not list(rows[1]._tr.iter(qn("w:tblHeader"), qn("w:cantSplit")))


def test_short_rows_are_kept_whole() -> None:
    row = opened(docx_report(one_row())).tables[0].rows[1]
    assert list(row._tr.iter(qn("w:cantSplit")))


def test_heading_title_documents_and_hashes_come_first(middling: Assessment) -> None:
    word = opened(docx_report(middling))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert said[:3] == ["Appendix 1", "Complaints Policy", "Documents assessed"]
    assert word.paragraphs[0].style.name == "Heading 1"  # type: ignore[union-attr]
    sha = middling.documents[0].sha256[:12]
    assert said[3] == f"Complaints policy: policy.pdf, “Complaints Policy” (SHA-256 {sha})"


def test_quotations_have_a_style_and_nothing_is_formatted_directly(middling: Assessment) -> None:
    word = opened(docx_report(middling))
    runs = [run for row in word.tables[0].rows for cell in row.cells for p in cell.paragraphs for run in p.runs]
    quoted = [run.text for run in runs if run.style.name == "Quoted Words"]
    assert quoted and all(text[0] == text[-1] == '"' for text in quoted)
    assert not [run for run in runs if run.bold is not None or run.italic is not None or run.font.size is not None]


def test_footer_has_page_number_fields(middling: Assessment) -> None:
    footer = opened(docx_report(middling)).sections[0].footer.paragraphs[0]._p
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_language_is_british_english(middling: Assessment) -> None:
    word = opened(docx_report(middling))
    assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert word.core_properties.language == "en-GB"


def test_without_rows_the_report_says_so() -> None:
    word = opened(docx_report(one_row(severity="note")))
    assert len(word.tables[0].rows) == 1
    assert word.paragraphs[-2].text == "Nothing to change was found in what was assessed (provisions: 1)."


def test_a_long_title_does_not_overflow_the_properties() -> None:
    title = "A policy with a title " * 30
    document = Document("policy", "policy", "policy.md", title, "0" * 64, "", ())
    data = docx_report(Assessment((document,), (), (), {}))
    assert len(opened(data).core_properties.subject) == 255


TEXTS = st.text(alphabet=st.characters(codec=None), max_size=60) | st.text(
    alphabet="\"': .aA\t\n\r\x00\x0b\x0c\x1f\x7f\ufffe\ud800", max_size=60
)


@settings(max_examples=60, deadline=None)
@given(observation=TEXTS, requirement=TEXTS, recommendation=TEXTS)
def test_any_text_is_kept_apart_from_what_xml_cannot_hold(
    observation: str, requirement: str, recommendation: str
) -> None:
    assessment = one_row(observation=observation, requirement=requirement, recommendation=recommendation)
    expected = [
        ILLEGAL.sub("\ufffd", re.sub("\r\n?", "\n", text)) for text in (requirement, observation, recommendation)
    ]
    assert table_of(docx_report(assessment))[1][1:] == expected
