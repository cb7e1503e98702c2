"""Recognising what a document is by what it says, before any rule is held against it."""

from __future__ import annotations

from dataclasses import dataclass

from codecheck.errors import InputError
from codecheck.forms import is_form
from codecheck.language.stream import Run
from codecheck.language.tokens import words
from codecheck.model import Document
from codecheck.rules.pack import RulePack

_FEWEST_WORDS = 40
_SIGNS = ("kind.process", "ombudsman", "kind.stage", "kind.handling")


@dataclass(frozen=True, slots=True)
class Signs:
    """What was counted to decide whether a document is about complaints; ``share`` is complaint words in 100."""

    words: int
    complaint_words: int
    share: float
    titled: bool
    signs: int
    employment: int


def complaint_signs(document: Document, pack: RulePack) -> Signs:
    """Count the signs that a document is about how a landlord handles complaints."""
    run = Run.of(words(document.text), pack.lexicon)
    complaints = len(run.concept("kind.complaint"))
    heading = " ".join([document.title, *(c.text for c in document.clauses[:6])])
    return Signs(
        words=document.words,
        complaint_words=complaints,
        share=100 * complaints / max(1, document.words),
        titled=Run.of(words(heading), pack.lexicon).has("kind.title"),
        signs=sum(run.has(name) for name in _SIGNS),
        employment=len(run.concept("kind.employment")),
    )


def require_complaints_document(document: Document, pack: RulePack) -> None:
    """Raise InputError, saying what to do, if ``document`` is not about complaints or has next to no text."""
    name = document.path
    if document.words == 0:
        raise InputError(f"{name}: no text could be read in it. Save it again from the program it was written in.")
    signs = complaint_signs(document, pack)
    if signs.employment > signs.complaint_words / 2 and signs.employment >= 5:
        raise InputError(
            f"{name}: this reads like a staff grievance or employment policy, not a complaints policy. Give codecheck "
            "the policy on residents' complaints."
        )
    if is_self_assessment(document):
        raise InputError(
            f"{name}: this reads like a self-assessment form, not a policy. Give the policy first, and this with "
            f"--self-assessment."
        )
    enough = signs.complaint_words >= 5 and signs.share >= (0.35 if signs.titled else 0.7)
    if signs.words < _FEWEST_WORDS or not enough or signs.signs < 2:
        raise InputError(
            f"{name}: this does not look like a complaints policy ({signs.complaint_words} mentions of complaints in "
            f"{signs.words} words). Check that it is the right file; --kind {_short(name)}=policy assesses it anyway."
        )


def is_self_assessment(document: Document) -> bool:
    """Tell whether a document is the Code's self-assessment form, in whatever layout."""
    return is_form(document)


def _short(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1] or name
