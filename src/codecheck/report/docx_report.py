"""The Appendix 1 table as a Word file that assessors sign, edit and send.

A cell's text is its paragraphs joined by one space; a line break within a paragraph is a line feed. So read, a cell
equals the finding's, but for characters that XML does not allow, which stand as U+FFFD.
"""

from __future__ import annotations

from collections.abc import Sequence

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from codecheck.model import Assessment
from codecheck.report import docx_layout as layout
from codecheck.report.appendix import HEADER, cells, rows
from codecheck.report.documents_line import file_name, kind_name, short_hash
from codecheck.report.docx_package import package_bytes
from codecheck.report.prose import Span, observation_paragraphs, recommendation_paragraphs
from codecheck.report.xml_text import legal_xml

TITLE = "Appendix 1"
_MOST_LINES_KEPT = 12  # about a third of a page
_MOST_IN_A_PROPERTY = 255  # characters: what Word allows


def docx_report(assessment: Assessment, *, notes: bool = False) -> bytes:
    """Return the table as the bytes of a .docx file: landscape A4, the same bytes for the same assessment."""
    word = docx.Document()
    layout.prepare(word)
    subject = legal_xml(next((d.title for d in assessment.documents if d.kind == "policy"), "")).strip()
    _properties(word, subject)
    word.add_heading(TITLE, level=1)
    if subject:
        word.add_paragraph(subject, style="Subtitle")
    _about(word, assessment)
    findings = list(rows(assessment, notes=notes))
    if not findings:
        word.add_paragraph(
            f"Nothing to change was found in what was assessed (provisions: {len(assessment.provisions)})."
        )
    table = _table(word)
    for finding in findings:
        provisions, requirement, observation, recommendation = (legal_xml(cell) for cell in cells(finding))
        added = table.add_row()  # type: ignore[no-untyped-call]
        row = added.cells
        _fill(row[0], [[Span(provisions)]], style=layout.PROVISION)
        _fill(row[1], [[Span(requirement)]])
        _fill(row[2], observation_paragraphs(observation))
        _fill(row[3], recommendation_paragraphs(recommendation))
        if _short(requirement, observation, recommendation):
            added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    word.add_paragraph()  # Word wants one after a table that ends a document
    _footer(word, subject)
    return package_bytes(word)


def _properties(word: WordDocument, subject: str) -> None:
    properties = word.core_properties
    properties.title = TITLE
    properties.subject = subject[:_MOST_IN_A_PROPERTY]
    properties.author = properties.last_modified_by = "codecheck"
    properties.comments = properties.keywords = properties.category = ""
    properties.language = layout.LANGUAGE
    properties.revision = 1


def _about(word: WordDocument, assessment: Assessment) -> None:
    """Write what was assessed, and against what."""
    if assessment.documents:
        word.add_heading("Documents assessed", level=2)
    for document in assessment.documents:
        title = f", “{document.title}”" if document.title else ""
        line = f"{kind_name(document)}: {file_name(document)}{title} (SHA-256 {short_hash(document)})"
        word.add_paragraph(legal_xml(line), style=layout.DOCUMENT_LINE)
        for warning in document.warnings:
            word.add_paragraph(legal_xml(f"Note: {warning}"), style=layout.DOCUMENT_NOTE)
    packs = "; ".join(f"{pack.title}, {pack.version}" for pack in assessment.rule_packs)
    word.add_paragraph(legal_xml(f"Assessed against: {packs}"), style=layout.DOCUMENT_LINE)
    for error in assessment.errors:
        word.add_paragraph(legal_xml(f"Note: {error}"), style=layout.DOCUMENT_NOTE)
    word.add_heading("Observations and recommendations", level=2)


def _table(word: WordDocument) -> Table:
    table: Table = word.add_table(rows=1, cols=len(HEADER), style=layout.TABLE)
    table.autofit = False
    for column, width in zip(table.columns, layout.COLUMN_WIDTHS, strict=True):
        column.width = width
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    for name, value in (("val", "0620"), ("firstRow", "1"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), "One row for each provision of the Code where something should change.")
    properties.append(look)
    properties.append(description)
    for cell, text, width in zip(table.rows[0].cells, HEADER, layout.COLUMN_WIDTHS, strict=True):
        cell.width = width  # a column's width reaches only the rows added later
        _fill(cell, [[Span(text)]], style=layout.HEADER)
    # Repeated on each page, and never broken.
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:cantSplit"))
    row.append(OxmlElement("w:tblHeader"))
    return table


def _short(*texts: str) -> bool:
    """Tell whether a row is kept on one page: breaking a few lines helps nobody, keeping a long row leaves a gap."""
    lines = [1 + len(text) // letters for text, letters in zip(texts, layout.LETTERS_A_LINE, strict=True)]
    return max(lines) <= _MOST_LINES_KEPT


def _fill(cell: _Cell, paragraphs: Sequence[Sequence[Span]], style: str = layout.CELL) -> None:
    for at, spans in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.style = style
        for span in spans:
            paragraph.add_run(span.text, style=layout.QUOTED if span.quoted else None)


def _footer(word: WordDocument, subject: str) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{TITLE}{f' – {subject}' if subject else ''} – page ")
    layout.add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    layout.add_field(paragraph, "NUMPAGES")
