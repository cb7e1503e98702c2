"""The one model that every layer shares: documents, clauses, evidence, findings.

Nothing here reads a file or knows a rule. Everything is frozen, so that a finding can be handed from layer to
layer without anybody changing it on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

DocumentKind = Literal["policy", "procedure", "website", "self-assessment", "other"]
BlockKind = Literal["heading", "paragraph", "item", "cell", "footnote"]
Verdict = Literal["met", "partly_met", "not_met", "contrary", "inconsistent", "not_evidenced"]
Severity = Literal["error", "warning", "note"]
Role = Literal["supports", "conflicts", "cited", "near"]
ElementState = Literal["satisfied", "weak", "missing"]
Decision = Literal["found", "raised", "dismissed"]
Step = Literal["acknowledgement", "response", "extension"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a block stands in a table: which table, row and column (from 0), and the headers that govern it.

    ``band`` is the nearest title across the whole table above its row ("Stage 1").
    """

    table: int
    row: int
    column: int
    row_header: str = ""
    column_header: str = ""
    is_header: bool = False
    band: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader yields: one paragraph, heading, list item, table cell or footnote, in reading order.

    ``label`` is the number or marker that a reader of the document *sees* but that is not part of the text, such as
    Word's automatic "2.3.5", "(a)" or "•"; a number typed by hand stays in ``text``. ``level`` is 1, 2, 3 ... for a
    heading whose level is known and 0 where it is not; for a list item it is the depth of nesting, from 1.
    ``paragraph`` is the place of a Word paragraph among all those of the file's main part, from 0.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    label: str | None = None
    page: int | None = None
    cell: Cell | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One block in its place.

    ``section`` is the number that a person would cite for it ("2.3.5"), its own or that of the nearest numbered
    clause above it, or None where the document has no numbers. ``headings`` is the path of headings above it,
    outermost first, without numbers. ``lead`` is the index of the clause whose sentence this list item completes.
    ``document.text[start:end] == text`` always holds. ``paragraph`` is that of its block.
    """

    index: int
    text: str
    start: int
    end: int
    kind: BlockKind
    number: str | None = None
    section: str | None = None
    headings: tuple[str, ...] = ()
    page: int | None = None
    level: int = 0
    lead: int | None = None
    cell: Cell | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as codecheck reads it. ``path`` is the name given by the user, ``sha256`` that of its bytes.

    ``format`` is what its bytes are (docx, pdf, html, markdown or text); ``retrieved_from`` is the final address of a
    page that was fetched, after redirects.
    """

    id: str
    kind: DocumentKind
    path: str
    title: str
    sha256: str
    text: str
    clauses: tuple[Clause, ...]
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    format: str = ""
    retrieved_from: str | None = None

    @property
    def words(self) -> int:
        """Number of words, counted on white space."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Evidence:
    """The document's own words and where they stand. ``quote`` is exact, apart from white space."""

    document: str
    quote: str
    role: Role
    section: str | None = None
    heading: str | None = None
    page: int | None = None
    clause: int | None = None


@dataclass(frozen=True, slots=True)
class MissingElement:
    """An element of a provision that the documents do not say, or say too weakly."""

    element: str
    text: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a landlord lives with a finding for now, who decided so, and the last day (ISO date) on which it holds."""

    reason: str
    owner: str
    expires: str


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that an observation finds wrong, and the clauses of the policy, by index, whose words it is about.

    ``clauses`` is empty for what is not said at all.
    """

    text: str
    clauses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: what a provision asks, what the documents say, and what should change.

    ``points`` are what the observation finds wrong, one by one. ``suggested`` are model clauses for what is missing, or
    to stand in place of what is contrary.
    An accepted finding, and one that is in the baseline, is shown but does not count for the exit status.
    """

    id: str
    provisions: tuple[str, ...]
    severity: Severity
    verdict: Verdict
    requirement: str
    observation: str
    recommendation: str
    missing: tuple[MissingElement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fingerprint: str = ""
    suggested: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    accepted: Acceptance | None = None
    in_baseline: bool = False

    @property
    def counts(self) -> bool:
        """Whether the finding is neither accepted nor in the baseline."""
        return self.accepted is None and not self.in_baseline


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What the second reader decided of one point ("6.13/different-person") of a document, and on which words.

    ``decision`` is "found" (an element that no pattern finds), "raised" (something against the Code that none finds) or
    "dismissed" (words that a pattern took against it). ``like`` is the example that the words are likest to.
    """

    point: str
    decision: Decision
    quote: str
    like: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionResult:
    """The verdict on one provision, whether or not it makes a row."""

    provision: str
    verdict: Verdict
    elements: Mapping[str, bool]
    findings: tuple[str, ...] = ()
    supports: tuple[Evidence, ...] = ()
    title: str = ""
    requirement: str = ""
    opinions: tuple[SecondOpinion, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenTime:
    """A length of time that a document gives: ``amount`` of ``unit`` ("working days", "weeks"), in its own words.

    ``working_days`` is the same in working days, for comparison; ``start`` is what it is counted from ("receipt",
    "acknowledgement", "a later point"), None where the words name nothing.
    """

    amount: float
    unit: str
    working_days: float
    start: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class StepTimes:
    """The times that the documents give for one step of a stage; ``limit`` is the Code's, in working days."""

    provision: str
    stage: int
    step: Step
    limit: float
    given: tuple[GivenTime, ...]


@dataclass(frozen=True, slots=True)
class PackInfo:
    """The identity of a rule pack, as printed in an assessment; ``sections`` are the titles of the Code's sections."""

    id: str
    version: str
    title: str
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome of one run over one landlord's documents."""

    documents: tuple[Document, ...]
    rule_packs: tuple[PackInfo, ...]
    findings: tuple[Finding, ...]
    provisions: Mapping[str, ProvisionResult]
    errors: tuple[str, ...] = field(default=())
    timescales: tuple[StepTimes, ...] = ()
