"""Recognising what a document is by what it says, before any rule is held against it.

The words that decide are in the rule pack (``lexicon/kinds.yaml``, concepts ``kind.*``); how much each counts is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codecheck.errors import InputError
from codecheck.language.stream import Run
from codecheck.language.tokens import SENTENCE_END, all_words, words
from codecheck.model import Document, DocumentKind
from codecheck.rules.pack import RulePack

_FEWEST_WORDS = 40
# Mentions of complaints: in a policy, and in what stands beside one, which may be a short page.
_FEWEST_MENTIONS, _FEWEST_BESIDE = 5, 3
_PROVISION = re.compile(r"[1-9]\.\d{1,2}")
_SIGNS = ("kind.process", "ombudsman", "kind.stage", "kind.handling")

# A title stands among the first lines, and is a line and not a sentence.
_TITLE_LINES = 4
_TITLE_WORDS = 12
# So many words outside its tables make a policy of one that has the form in an appendix.
_PROSE = 400
# What a title, the name that a document gives itself, and its manner count for.
_BY_TITLE, _BY_NAME, _BY_MANNER = 3, 2, 2
# Orders to staff: so many in all, and one in so many words, are a manner.
_FEWEST_ORDERS, _WORDS_AN_ORDER = 6, 90
# A page speaks to its reader: "you" at least once in so many words.
_WORDS_A_YOU = 50


@dataclass(frozen=True, slots=True)
class Signs:
    """What was counted to decide whether a document is about complaints; ``share`` is complaint words in 100."""

    words: int
    complaint_words: int
    share: float
    titled: bool
    signs: int
    employment: int
    ombudsman: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, and the concepts said in them. A concept that the pack does not have is said nowhere."""

    run: Run
    pack: RulePack

    @classmethod
    def of_document(cls, document: Document, pack: RulePack) -> _Words:
        return cls(Run.of(all_words(document.clauses), pack.lexicon), pack)

    @classmethod
    def of(cls, text: str, pack: RulePack) -> _Words:
        return cls(Run.of(words(text), pack.lexicon), pack)

    def places(self, name: str) -> list[int]:
        """Return the tokens at which the concept ``name`` is said, once each."""
        return sorted({hit.start for hit in self.run.concept(name)}) if name in self.pack.lexicon else []

    def has(self, name: str) -> bool:
        """Tell whether the concept ``name`` is said."""
        return name in self.pack.lexicon and self.run.has(name)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a document was recognised as.

    ``certain`` is False where a policy could look like this too: a document that is called a procedure, or a web page,
    and that speaks of no policy beside itself may be all the policy that a landlord has.
    """

    kind: DocumentKind
    certain: bool


def complaint_signs(document: Document, pack: RulePack) -> Signs:
    """Count the signs that a document is about how a landlord handles complaints."""
    return _complaint_signs(document, _Words.of_document(document, pack))


def recognise(document: Document, pack: RulePack) -> Recognition:
    """Return what a document is by its content, and whether it could be the policy all the same.

    It is "other" where it is not about complaints at all. Its title counts most, then the name that it gives itself and
    the manner in which it speaks.
    """
    said = _Words.of_document(document, pack)
    title = _titled_kind(document, pack)
    if _is_form(document, title):
        return Recognition("self-assessment", True)
    signs = _complaint_signs(document, said)
    if not _about_complaints(signs, fewest=_FEWEST_BESIDE, titled=True):
        return Recognition("other", True)
    found = _by_manner(document, said, title)
    # What would be assessed must be about complaints more plainly than what stands beside it.
    return found if found.kind != "policy" or _about_complaints(signs) else Recognition("other", True)


def require_complaints_document(document: Document, pack: RulePack) -> None:
    """Raise InputError, saying what to do, if ``document`` is not about complaints or has next to no text."""
    name = document.path
    if document.words == 0:
        raise InputError(f"{name}: no text could be read in it. Save it again from the program it was written in.")
    signs = complaint_signs(document, pack)
    if _about_employment(signs):
        raise InputError(
            f"{name}: this reads like a staff grievance or employment policy, not a complaints policy. Give codecheck "
            "the policy on residents' complaints."
        )
    if _is_form(document, _titled_kind(document, pack)):
        raise InputError(
            f"{name}: this reads like a self-assessment form, not a policy. Give the policy first, and this with "
            "--self-assessment."
        )
    if not _about_complaints(signs):
        raise InputError(
            f"{name}: this does not look like a complaints policy (words that speak of complaints: "
            f"{signs.complaint_words} of {signs.words}). Check that it is the right file; "
            f"--kind {_short(name)}=policy assesses it anyway."
        )


def _by_manner(document: Document, said: _Words, title: DocumentKind | None) -> Recognition:
    own_policy, own_procedure = len(said.places("kind.own-policy")), len(said.places("kind.own-procedure"))
    policy = _BY_TITLE * (title == "policy") + _BY_NAME * (own_policy > own_procedure)
    procedure = _BY_TITLE * (title == "procedure") + _BY_NAME * (own_procedure > own_policy)
    for_staff = _is_for_staff(document, said)
    beside_policy = said.has("kind.other-policy") and not own_policy
    leads_to_policy = said.has("kind.linked-policy") and not own_policy
    if document.format == "html":
        # A page may well be headed "Our complaints process": that alone does not make a procedure of it.
        if policy:
            return Recognition("policy", title == "policy")
        called = procedure > _BY_TITLE
        return Recognition("procedure", True) if for_staff or called else Recognition("website", leads_to_policy)
    procedure += _BY_MANNER * for_staff
    website = _BY_TITLE * _is_printed_page(document, said, leads_to_policy=leads_to_policy)
    if website > max(policy, procedure - 1):
        return Recognition("website", leads_to_policy)
    if procedure > policy:
        return Recognition("procedure", for_staff or beside_policy)
    return Recognition("policy", title == "policy")


def _complaint_signs(document: Document, said: _Words) -> Signs:
    complaints = len(said.places("kind.complaint"))
    heading = " ".join([document.title, *(c.text for c in document.clauses[:6])])
    return Signs(
        words=document.words,
        complaint_words=complaints,
        share=100 * complaints / max(1, document.words),
        titled=_Words.of(heading, said.pack).has("kind.title"),
        signs=sum(said.has(name) for name in _SIGNS),
        employment=len(said.places("kind.employment")),
        ombudsman=said.has("ombudsman"),
    )


def _about_employment(signs: Signs) -> bool:
    # "Grievance" is also what a landlord may call a resident's complaint in a policy that names the Ombudsman.
    residents = signs.titled and signs.ombudsman
    return signs.employment > signs.complaint_words / 2 and signs.employment >= 5 and not residents


def _about_complaints(signs: Signs, *, fewest: int = _FEWEST_MENTIONS, titled: bool = False) -> bool:
    enough = signs.complaint_words >= fewest and signs.share >= (0.35 if titled or signs.titled else 0.7)
    return signs.words >= _FEWEST_WORDS and enough and signs.signs >= 2 and not _about_employment(signs)


def _titled_kind(document: Document, pack: RulePack) -> DocumentKind | None:
    """Return the kind that the title names. What a reader sees at the top comes before what the file says it is."""
    for line in (*_title_lines(document), document.title):
        said = _Words.of(line, pack)
        if said.has("kind.title-self-assessment"):
            return "self-assessment"
        if said.has("kind.title-policy") and not said.has("kind.title-beyond-policy"):
            return "policy"
        if said.has("kind.title-procedure"):
            return "procedure"
    return None


def _title_lines(document: Document) -> Iterator[str]:
    outside_tables = [clause for clause in document.clauses if clause.cell is None]
    for clause in outside_tables[:_TITLE_LINES]:
        if len(clause.text.split()) > _TITLE_WORDS or clause.text.rstrip().endswith("."):
            return
        yield clause.text


def _is_form(document: Document, title: DocumentKind | None) -> bool:
    """Tell whether a document is a self-assessment, and not a policy that has the form in an appendix."""
    if title == "self-assessment" and any(_PROVISION.fullmatch(c.text.strip()) for c in document.clauses):
        return True
    if title == "policy" and sum(len(c.text.split()) for c in document.clauses if c.cell is None) >= _PROSE:
        return False
    # Imported late: most documents are policies that say so, and need not wait for what reads a form.
    from codecheck.forms import is_form

    return is_form(document)


def _is_printed_page(document: Document, said: _Words, *, leads_to_policy: bool) -> bool:
    """Tell whether a document is a web page that was printed or copied: it has the furniture of one."""
    furniture = len(said.places("kind.web-page"))
    to_you = len(said.places("kind.second-person")) * _WORDS_A_YOU >= document.words
    return furniture > 1 or (furniture == 1 and leads_to_policy and to_you)


def _is_for_staff(document: Document, said: _Words) -> bool:
    """Tell whether a document speaks to those who handle complaints: "Log it and send the letter"."""
    starts = {clause.start for clause in document.clauses if clause.kind != "heading"}
    to_us = set(said.places("kind.addressed-to-us"))
    # Several orders on one place count once.
    places = set(said.places("kind.staff"))
    for at in said.places("kind.staff-order"):
        if _begins(said.run, at, starts) and to_us.isdisjoint(range(at, at + 4)):
            places.add(at)
    return len(places) >= max(_FEWEST_ORDERS, document.words / _WORDS_AN_ORDER)


def _begins(run: Run, at: int, starts: set[int]) -> bool:
    """Tell whether the token ``at`` begins a sentence, or a clause after its typed number."""
    while at and run.tokens[at].start not in starts:
        at -= 1
        word = run.tokens[at].word
        if word in SENTENCE_END:
            return True
        if not word[0].isdigit():
            return False
    return True


def _short(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1] or name
