"""Forms without a table: a heading for each provision, and labels for the answer, the evidence and the commentary."""

from __future__ import annotations

import re

from codecheck.forms.answers import read_answer
from codecheck.forms.draft import Draft, Piece, piece_of
from codecheck.forms.labels import Part, part_of, split_labels
from codecheck.forms.numbers import read_number
from codecheck.forms.wording import Requirements, order, words
from codecheck.model import Clause

_ENDS = re.compile(r"(?:section|stage|part|appendix|chapter)\s+\w+\b|\W*(?:mandatory|best practice)\b", re.IGNORECASE)
_SURE = 0.6


class FlowReader:
    """Reads paragraphs and headings into drafts, one after another."""

    def __init__(self, code: Requirements, drafts: list[Draft]) -> None:
        self._code = code
        self._drafts = drafts
        self._current: Draft | None = None
        self._part: Part | None = None
        self._label = ""
        self._level = 0

    def leave(self) -> None:
        """End the provision that is being read: a table of another layout follows."""
        self._current, self._part = None, None

    def read(self, clause: Clause) -> None:
        """Add one heading, paragraph or item."""
        piece = piece_of(clause)
        if self._begins(clause, piece):
            return
        if clause.kind == "heading" and self._ends(clause):
            self.leave()
            return
        if self._current is None:
            return
        if self._is_bare_answer(piece.text):
            self.add("comply", "", [piece])
            return
        for part, label, text in split_labels(piece.text):
            self.add(part, label, [Piece(text, clause)] if text else [])

    def _is_bare_answer(self, text: str) -> bool:
        """Tell whether a line is the answer itself: in a table that lost its lines, cells follow each other."""
        if self._current is None or self._current.asked or self._part != "requirement" or not self._current.requirement:
            return False
        if any(part is not None for part, _, _ in split_labels(text)):
            return False
        read = read_answer(text)
        return read is not None and read[0] != "blank" and not read[2] and len(words(text)) <= 3

    def add(self, part: Part | None, label: str, pieces: list[Piece]) -> None:
        """Add what stands under a label, or (``part`` None without label) more of what was there before."""
        if part == "provision":
            self._provision(pieces)
            return
        if self._current is None:
            return
        if part is None and not label:
            part, label = self._part or "requirement", self._label
            if part == "comply" and self._current.answer != "blank" and not any(read_answer(p.text) for p in pieces):
                part = "evidence"  # text that follows the answer without a label of its own
        else:
            self._part, self._label = part, label
        self._current.add(part, label, pieces)

    def _provision(self, pieces: list[Piece]) -> None:
        """Begin the provision named in a row or line "Code provision: 1.2"."""
        if not pieces:
            self._part, self._label = "provision", ""
            return
        read = read_number(pieces[0].text, self._code.texts)
        if read is None:
            if self._current is not None:
                self._current.add("requirement", "", pieces)
            return
        self._start(read[0], read[1], read[2], pieces[0].clause)
        if self._current is not None:
            self._current.requirement += pieces[1:]

    def _begins(self, clause: Clause, piece: Piece) -> bool:
        """Begin a new provision if this clause is the heading or the first line of one."""
        if clause.kind == "footnote":
            return False
        read = read_number(piece.text, self._code.texts)
        if read is None:
            return self._begins_by_wording(clause, piece)
        number, suffix, rest = read
        if not self._is_next(clause, number, rest):
            return False
        if self._current is not None and number == self._current.number and suffix and rest:
            return False
        cut = split_labels(rest) if rest else []
        self._start(number, suffix, "", clause)
        self._level = clause.level if clause.kind == "heading" else 0
        for part, label, text in cut:
            self.add(part, label, [Piece(text, clause)] if text else [])
        return True

    def _begins_by_wording(self, clause: Clause, piece: Piece) -> bool:
        """A provision without its number is known by its wording, where it stands in the place of one."""
        if self._current is not None and self._current.number and not self._current.requirement:
            return False  # the wording below its number
        if self._part in ("evidence", "commentary", "action") and clause.kind != "heading":
            match = self._code.find(piece.text) if len(words(piece.text)) >= 12 else None
        else:
            match = self._code.find(piece.text) if len(words(piece.text)) >= 8 else None
        if match is None or match.start > 2 or match.share < 0.85:
            return False
        last = next((draft.provision for draft in reversed(self._drafts) if draft.provision), None)
        match = self._code.find(piece.text, after=last) or match
        if self._current is not None and self._current.provision == match.provision:
            return False
        self._start(None, "", "", clause)
        if self._current is not None:
            self._current.guess = match.provision
            for part, label, text in split_labels(piece.text):
                self.add(part, label, [Piece(text, clause)] if text else [])
        return True

    def _start(self, number: str | None, suffix: str, rest: str, clause: Clause) -> None:
        self._current = Draft(number=number, suffix=suffix, first=clause)
        self._drafts.append(self._current)
        self._part, self._label = "requirement", ""
        if rest:
            self._current.add("requirement", "", [Piece(rest, clause)])

    def _is_next(self, clause: Clause, number: str, rest: str) -> bool:
        """Tell a provision's own number from one in its evidence ("2.1 of our policy says ...")."""
        if not rest or clause.kind == "heading":
            return True
        held = self._code.held(rest, number)
        if held is not None and held.share >= _SURE and held.start <= 2:
            return True
        if any(part == "comply" for part, _, _ in split_labels(rest)):
            return True
        last = self._current.provision if self._current else None
        done = self._current is None or self._current.asked
        return (
            done
            and number not in self._code.texts
            and (last is None or order(last) < order(number))
            and not (self._part in ("evidence", "commentary") and bool(self._code))
        )

    def _ends(self, clause: Clause) -> bool:
        """Tell whether a heading ends the provision above it: one of a section, a stage, or of a higher level."""
        if part_of(clause.text) and len(words(clause.text)) <= 6:
            return False
        if _ENDS.match(clause.text) or (clause.number and clause.number.isdigit()):
            return True
        return bool(clause.level) and clause.level <= self._level
