"""The rows of the table: what should change, and what is met, each with the words that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codecheck.assess.quotes import DOCUMENT_NAMES, as_quoted
from codecheck.model import Assessment, Document, Evidence, Finding, ProvisionResult, Verdict
from codecheck.report.html.marks import Marks, RowLink, anchor_name
from codecheck.report.prose import Span, observation_paragraphs, recommendation_paragraphs
from codecheck.report.standing import standing, standing_label

_MOST_TITLES = 3  # a row on what a form leaves out may name thirty provisions


@dataclass(frozen=True, slots=True)
class Row:
    """One row: of a finding, or of a provision that has none. ``evidence`` is all that it rests on.

    ``standing`` says why the row does not count (it is accepted, or in the baseline), "" where it does.
    """

    anchor: str
    provisions: tuple[str, ...]
    titles: tuple[str, ...]
    verdict: Verdict
    requirements: tuple[str, ...]
    observation: str
    recommendation: str
    evidence: tuple[Evidence, ...]
    standing: str = ""
    standing_label: str = ""

    @property
    def link(self) -> RowLink:
        """The row as a document links to it."""
        return RowLink(self.anchor, ", ".join(self.provisions), self.verdict)


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a paragraph: ``quoted`` where it is a document's own words, with the anchor of those if they have one."""

    text: str
    quoted: bool = False
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """What the cells of a row show: paragraphs, and the quotations that no paragraph has."""

    observation: list[list[Piece]]
    recommendation: list[list[Piece]]
    beside: tuple[Evidence, ...]


def table_rows(assessment: Assessment) -> list[Row]:
    """Return a row for each finding and for each provision without one, in the order of the provisions."""
    first: dict[str, list[Row]] = {}
    for finding in assessment.findings:
        first.setdefault(finding.provisions[0], []).append(_finding_row(finding, assessment.provisions))
    rows: list[Row] = []
    for pid, result in assessment.provisions.items():
        rows += first.pop(pid, [])
        if not result.findings:
            rows.append(_provision_row(result))
    return [*rows, *(row for left in first.values() for row in left)]


def cells_of(row: Row, marks: Marks, documents: Sequence[Document]) -> Cells:
    """Return what the cells of a row show, each quotation linked to its words in the document."""
    kinds = {document.id: document.kind for document in documents}
    linked: list[Evidence] = []
    paragraphs = []
    for spans in observation_paragraphs(row.observation) if row.observation else ():
        pieces: list[Piece] = []
        told = ""
        for span in spans:
            if span.quoted:
                among = _of_document_named(told, row.evidence, kinds)
                pieces += _linked(span.text, [e for e in among if e not in linked] or among, marks, linked)
            else:
                pieces.append(Piece(span.text))
                told += span.text
        paragraphs.append(pieces)
    advice = recommendation_paragraphs(row.recommendation) if row.recommendation else []
    return Cells(
        paragraphs,
        [[_plain(span) for span in spans] for spans in advice],
        tuple(evidence for evidence in row.evidence if evidence not in linked),
    )


def _finding_row(finding: Finding, provisions: Mapping[str, ProvisionResult]) -> Row:
    results = [provisions[pid] for pid in finding.provisions if pid in provisions]
    # What some elements rest on is evidence of the row too, though the row is about those that are missing.
    supports = [item for result in results for item in result.supports]
    each = [f"{result.provision} - {result.requirement}" for result in results]
    said = {(item.document, item.clause, item.quote) for item in finding.evidence}
    beside = [item for item in supports if (item.document, item.clause, item.quote) not in said]
    return Row(
        anchor=anchor_name("row", finding.id),
        provisions=finding.provisions,
        titles=tuple(result.title for result in results) if len(results) <= _MOST_TITLES else (),
        verdict=finding.verdict,
        requirements=tuple(each) if " ".join(each) == finding.requirement else (finding.requirement,),
        observation=finding.observation,
        recommendation=finding.recommendation,
        evidence=tuple(dict.fromkeys((*finding.evidence, *beside))),
        standing=standing(finding),
        standing_label=standing_label(finding),
    )


def _provision_row(result: ProvisionResult) -> Row:
    return Row(
        anchor=anchor_name("row", result.provision),
        provisions=(result.provision,),
        titles=(result.title,),
        verdict=result.verdict,
        requirements=(result.requirement,),
        observation="",
        recommendation="",
        evidence=result.supports,
    )


def _plain(span: Span) -> Piece:
    return Piece(span.text, span.quoted)


def _of_document_named(told: str, evidence: Sequence[Evidence], kinds: Mapping[str, str]) -> list[Evidence]:
    """Return the evidence of the document that an introduction names last: two documents may use the same words."""
    at = {kind: told.rfind(name.removeprefix("landlord's ")) for kind, name in DOCUMENT_NAMES.items()}
    named = max(at, key=lambda kind: at[kind])
    found = [item for item in evidence if kinds.get(item.document) == named]
    return found if at[named] >= 0 and found else list(evidence)


def _linked(text: str, evidence: Sequence[Evidence], marks: Marks, linked: list[Evidence]) -> list[Piece]:
    """Cut a quotation where the words of ``evidence`` begin and end; what is linked is added to ``linked``."""
    places = []
    for item in evidence:
        words = as_quoted(item.quote)
        at = text.find(words)
        if words and at >= 0:
            places.append((at, -len(words), item))
    pieces: list[Piece] = []
    end = 0
    for at, length, item in sorted(places, key=lambda place: place[:2]):
        anchor = marks.anchor(item)
        if at < end or anchor is None:
            if at < end:
                linked.append(item)  # its words are shown, as part of others
            continue
        linked.append(item)
        pieces += [Piece(text[end:at], quoted=True), Piece(text[at : at - length], quoted=True, anchor=anchor)]
        end = at - length
    pieces.append(Piece(text[end:], quoted=True))
    return [piece for piece in pieces if piece.text]
