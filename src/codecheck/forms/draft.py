"""A row of a form while it is being put together from cells, pages and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from codecheck.forms.answers import combine, read_answer
from codecheck.forms.form import Answer, FormEntry
from codecheck.forms.labels import Part
from codecheck.model import Clause

_LONG_ANSWER = 6  # words; more, and not one of the known answers, is evidence in the wrong column
_SENTENCE_END = (".", "!", "?", ":", ";")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the form and the clause that holds it."""

    text: str
    clause: Clause


@dataclass(slots=True)
class Draft:
    """What has been read of one row. ``number`` is the printed provision, ``guess`` the one its wording points to."""

    number: str | None = None
    guess: str | None = None
    suffix: str = ""
    table: int | None = None
    first: Clause | None = None
    requirement: list[Piece] = field(default_factory=list)
    evidence: list[Piece] = field(default_factory=list)
    commentary: list[Piece] = field(default_factory=list)
    actions: list[tuple[str, list[Piece]]] = field(default_factory=list)
    answer: Answer = "blank"
    answer_text: str = ""
    asked: bool = False  # there is a place for the answer, filled in or not

    @property
    def provision(self) -> str | None:
        """The provision, printed or recognised."""
        return self.number or self.guess

    @property
    def wording(self) -> str:
        """The form's own wording of the provision so far."""
        return joined(self.requirement)

    def add(self, part: Part | None, label: str, pieces: Sequence[Piece]) -> None:
        """Add what a cell or a paragraph says; ``label`` is the header as printed."""
        if pieces and self.first is None:
            self.first = pieces[0].clause
        if part == "comply":
            self.asked = True
            self._add_answer(pieces)
        elif part in ("yes", "no", "partial", "not_applicable"):
            self.asked = True
            if pieces:
                self.answer = combine(self.answer, part)
                self.answer_text = " / ".join(filter(None, (self.answer_text, label)))
        elif part in ("requirement", "provision"):
            self.requirement.extend(pieces)
        elif part == "evidence":
            self.evidence.extend(pieces)
        elif part == "commentary":
            self.commentary.extend(pieces)
        elif pieces:
            self._add_action(label, pieces)

    def add_before(self, label: str, pieces: list[Piece]) -> None:
        """Put more of an action column in front of what is there."""
        first = next((known for name, known in self.actions if name == label), None)
        if first is not None and _goes_on(pieces[-1].text, first[0].text):
            first[:0] = pieces
        else:
            self.actions.insert(0, (label, pieces))

    def take(self, other: Draft) -> None:
        """Add all that ``other``, a later part of the same row, says."""
        self.requirement += other.requirement
        self.evidence += other.evidence
        self.commentary += other.commentary
        for label, pieces in other.actions:
            self._add_action(label, pieces)
        if other.answer != "blank" or (other.answer_text and not self.answer_text):
            same = other.answer_text.casefold() == self.answer_text.casefold()
            self.answer = combine(self.answer, other.answer)
            self.answer_text = (
                other.answer_text if same else " / ".join(filter(None, (self.answer_text, other.answer_text)))
            )
        self.asked |= other.asked
        self.first = self.first or other.first

    def finish(self, provision: str) -> FormEntry:
        """Return the row as an entry of the form."""
        quoted = [piece.clause.index for piece in (*self.evidence, *self.commentary)]
        clause = self.first
        return FormEntry(
            provision=provision,
            answer=self.answer,
            answer_text=self.answer_text,
            requirement=joined(self.requirement),
            evidence=joined(self.evidence),
            commentary=joined(self.commentary),
            actions=tuple((label, joined(pieces)) for label, pieces in self.actions),
            clauses=tuple(sorted(dict.fromkeys(quoted))),
            clause=clause.index if clause else 0,
            page=clause.page if clause else None,
        )

    def _add_answer(self, pieces: Sequence[Piece]) -> None:
        for at, piece in enumerate(pieces):
            read = read_answer(piece.text) if self.answer == "blank" else None
            if read is None:
                if at == 0 and self.answer == "blank" and len(piece.text.split()) <= _LONG_ANSWER:
                    self.answer_text = piece.text
                else:
                    self.evidence.append(piece)
                continue
            self.answer, shown, rest = read
            self.answer_text = shown or self.answer_text
            if rest:
                self.evidence.append(Piece(rest, piece.clause))

    def _add_action(self, label: str, pieces: Sequence[Piece]) -> None:
        for name, known in reversed(self.actions):
            if name == label:
                if _goes_on(known[-1].text, pieces[0].text):
                    known.extend(pieces)
                    return
                break
        self.actions.append((label, list(pieces)))


def joined(pieces: Sequence[Piece]) -> str:
    """Join pieces to one text: a sentence cut by the end of a page goes on, a new paragraph begins a new line."""
    text = ""
    for piece in pieces:
        if text:
            text += " " if not _is_item(piece.clause) and _goes_on(text, piece.text) else "\n"
        text += piece.text
    return text


def _is_item(clause: Clause) -> bool:
    return clause.kind == "item" or clause.level > 0 or clause.number is not None


def _goes_on(before: str, after: str) -> bool:
    return not before.rstrip("’”'\"").endswith(_SENTENCE_END) and after[:1].islower()


def piece_of(clause: Clause, text: str | None = None) -> Piece:
    """Return the text of a clause as a reader sees it: numbers and letters in front, but no bullets."""
    shown = clause.text if text is None else text
    if (
        clause.number
        and clause.number[-1:].isalnum() | (clause.number[-1:] in ".)")
        and any(sign.isalnum() for sign in clause.number)
    ):
        shown = f"{clause.number} {shown}"
    return Piece(shown, clause)
