"""The page: template, style and script put together with what they show."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from codecheck import __version__
from codecheck.model import Assessment, Document, Evidence
from codecheck.report import appendix
from codecheck.report.documents_line import file_name, kind_name, short_hash
from codecheck.report.html.marks import Marks, RowLink, anchor_name
from codecheck.report.html.rows import Row, cells_of, table_rows
from codecheck.report.html.summary import section_of, sections, verdict_counts
from codecheck.report.html.texts import text_of
from codecheck.report.html.times import steps_by_stage
from codecheck.report.labels import VERDICT_LABELS, VERDICT_MEANINGS
from codecheck.report.xml_text import legal_xml

_ASSETS = "assets"


def html_report(assessment: Assessment) -> str:
    """Return the assessment as one HTML file that needs nothing else: no network, no other files.

    Every provision that was assessed is in its table, met ones too, beside the text of the documents. Texts of the
    documents are escaped, and the page allows no script but its own. The same assessment gives the same bytes.
    """
    rows = table_rows(assessment)
    marks = Marks(assessment.documents, _uses(assessment, rows))
    documents = {document.id: document for document in assessment.documents}
    script = _asset("report.js")
    page = _environment().get_template("page.html.j2")
    return page.render(
        version=__version__,
        assessment=assessment,
        documents=documents,
        names=_short_names(assessment.documents),
        subject=next((d.title or file_name(d) for d in assessment.documents if d.kind == "policy"), ""),
        to_change=sum(1 for _ in appendix.rows(assessment)),
        sections=sections(assessment, rows),
        counts=verdict_counts(assessment),
        labels=VERDICT_LABELS,
        meanings=VERDICT_MEANINGS,
        stages=steps_by_stage(assessment.timescales, assessment.documents),
        rows=[(row, cells_of(row, marks, assessment.documents), _concerned(row)) for row in rows],
        texts={document.id: text_of(document, marks) for document in assessment.documents},
        place=lambda evidence: _place(evidence, documents),
        anchor=marks.anchor,
        style=Markup(_asset("report.css")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, _ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_legal,
    )
    environment.filters.update(
        anchor_name=anchor_name, file_name=file_name, kind_name=kind_name, short_hash=short_hash, section_of=section_of
    )
    return environment


def _legal(value: Any) -> Any:
    """Replace characters that HTML does not allow; what is markup already is ours."""
    return legal_xml(value) if type(value) is str else value


def _asset(name: str) -> str:
    return (resources.files(__package__) / _ASSETS / name).read_text(encoding="utf-8")


def _uses(assessment: Assessment, rows: Sequence[Row]) -> Iterator[tuple[Evidence, RowLink]]:
    """Yield the words to be marked, each with a row that rests on them or, for a time, is about its step."""
    about: dict[str, RowLink] = {}
    for row in rows:
        for provision in row.provisions:
            about.setdefault(provision, row.link)
        yield from ((evidence, row.link) for evidence in row.evidence)
    for step in assessment.timescales:
        yield from ((given.evidence, about[step.provision]) for given in step.given if step.provision in about)


def _short_names(documents: Sequence[Document]) -> dict[str, str]:
    """Return a word for each document, by id: what it is, with its file name where another is the same."""
    kinds = Counter(document.kind for document in documents)
    return {
        document.id: document.kind.capitalize() + (f" {file_name(document)}" if kinds[document.kind] > 1 else "")
        for document in documents
    }


def _concerned(row: Row) -> list[str]:
    """Return the documents that a row quotes."""
    return list(dict.fromkeys(evidence.document for evidence in row.evidence))


def _place(evidence: Evidence, documents: dict[str, Document]) -> str:
    """Return where quoted words stand: "Complaints policy, section 2.3.5"."""
    document = documents.get(evidence.document)
    name = kind_name(document) if document is not None else evidence.document
    if evidence.section:
        return f"{name}, section {evidence.section}"
    if evidence.page is not None:
        return f"{name}, page {evidence.page}"
    return f"{name}, “{evidence.heading}”" if evidence.heading else name
