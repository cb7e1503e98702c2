"""What a self-assessment form holds, whatever it looks like on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from codecheck.model import Document

Answer = Literal["yes", "no", "partial", "not_applicable", "blank"]
Edition = Literal["2024", "2022", "unknown"]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """What the form says about one provision.

    ``answer_text`` is the answer as printed, ``requirement`` the form's own wording of the provision. ``actions`` are
    the other columns in order, as (label, text): ("Action owner", "Complaints Manager"). ``clauses`` are the indices
    of the clauses of evidence and commentary, for quoting; ``clause`` is that of the provision's number or wording.
    Texts are "" where the form says nothing; paragraphs of a cell stand on lines of their own.
    """

    provision: str
    answer: Answer
    answer_text: str
    requirement: str
    evidence: str
    commentary: str
    actions: tuple[tuple[str, str], ...]
    clauses: tuple[int, ...]
    clause: int
    page: int | None


@dataclass(frozen=True, slots=True)
class SelfAssessmentForm:
    """A form as read. ``entries`` are by provision, in the Code's order; in a form made against the superseded 2022
    Code (``edition``) they carry that Code's numbers. ``warnings`` are one-line remarks for the assessor.
    """

    document: Document
    entries: Mapping[str, FormEntry]
    edition: Edition
    warnings: tuple[str, ...] = ()
