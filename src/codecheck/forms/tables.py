"""Forms laid out as tables: which rows belong together, and to which provision."""

from __future__ import annotations

from collections.abc import Sequence

from codecheck.forms.answers import read_answer
from codecheck.forms.columns import Columns, Row, asks, guess_columns, header_of, is_title
from codecheck.forms.draft import Draft, Piece, piece_of
from codecheck.forms.labels import Part, part_of, split_labels
from codecheck.forms.numbers import read_number
from codecheck.forms.wording import Requirements, words
from codecheck.model import Clause

_MIN_WORDS = 4  # of a wording; a row with fewer is a title or a stray mark


class TableReader:
    """Reads rows into drafts, one table after another: a table without header goes on where the last one ended."""

    def __init__(self, code: Requirements, drafts: list[Draft]) -> None:
        self._code = code
        self._drafts = drafts
        self._columns: Columns = {}

    def read(self, number: int, rows: Sequence[Row]) -> bool:
        """Add the rows of table ``number`` to the drafts; return False for a table that is no part of a form."""
        columns = next((found for row in rows[:3] if (found := header_of(row))), None)
        if columns is None:
            columns = self._inherited(rows) or guess_columns(rows, self._code)
        if not columns or not asks(columns):
            return False
        self._columns = columns
        for row in rows:
            header = header_of(row)
            if header is not None:
                self._columns = header if asks(header) else self._columns
                continue
            if is_title(row):
                continue
            self._read_row(number, row)
        return True

    def _inherited(self, rows: Sequence[Row]) -> Columns:
        """Return the columns of the table before if this one looks like more of it."""
        width = max((column for row in rows for column in row), default=0)
        if not self._columns or width > max(self._columns) or not any(len(row) > 1 for row in rows):
            return {}
        answers = [column for column, (part, _) in self._columns.items() if part == "comply"]
        cells = [" ".join(c.text for c in row[column]) for row in rows for column in answers if column in row]
        return self._columns if cells and all(read_answer(text) for text in cells) else {}

    def _read_row(self, number: int, row: Row) -> None:
        draft = Draft(table=number)
        draft.asked = any(part in ("comply", "yes", "no") for part, _ in self._columns.values())
        loose: list[Piece] = []
        for column in sorted(row):
            part, label = self._part(column, row[column])
            pieces = [piece_of(clause) for clause in row[column]]
            if part == "provision":
                loose += pieces
                continue
            if part == "requirement" and draft.number is None and not loose:
                pieces = _take_number(draft, pieces, self._code)
            self._add(draft, part, label, pieces)
        self._add_provision(draft, loose)
        self._place(draft)

    def _part(self, column: int, cell: Sequence[Clause]) -> tuple[Part | None, str]:
        """Return what a cell holds: what its own header says, else the nearest header to the left."""
        own = cell[0].cell.column_header if cell[0].cell else ""
        if own and part_of(own) and column not in self._columns:
            return part_of(own), own
        known = [at for at in self._columns if at <= column]
        return self._columns[max(known)] if known else (None, own)

    @staticmethod
    def _add(draft: Draft, part: Part | None, label: str, pieces: list[Piece]) -> None:
        """Add a cell, unless labels in it say what its parts are ("Comply: Yes")."""
        if part not in ("evidence", "commentary", "requirement"):
            draft.add(part, label, pieces)
            return
        for piece in pieces:
            cut = split_labels(piece.text)
            fused = len(cut) > 1 or (cut and cut[0][0] == "comply")
            if fused and any(inner == "comply" for inner, _, _ in cut):
                for inner, name, text in cut:
                    draft.add(inner or part, name or label, [Piece(text, piece.clause)] if text else [])
            else:
                draft.add(part, label, [piece])

    def _add_provision(self, draft: Draft, pieces: list[Piece]) -> None:
        """Read the cell of the provision's number, in which its wording may stand as well."""
        if not pieces:
            return
        draft.first = pieces[0].clause
        whole = " ".join(piece.text for piece in pieces)
        read = read_number(whole, self._code.texts)
        if read is None:
            draft.requirement = [*pieces, *draft.requirement] if len(words(whole)) >= _MIN_WORDS else draft.requirement
            return
        draft.number, draft.suffix, rest = read
        if rest and len(words(rest)) >= _MIN_WORDS:
            draft.requirement = [*_take_number(Draft(), pieces, self._code), *draft.requirement]

    def _place(self, draft: Draft) -> None:
        """Put a row after the others: as a row of its own, or as more of the one before."""
        last = self._drafts[-1] if self._drafts else None
        if draft.number is not None:
            if last and last.number is None and last.table == draft.table and self._completes(last, draft):
                last.number, last.suffix = draft.number, draft.suffix
                last.take(draft)
            elif last and last.number == draft.number and last.table == draft.table:
                last.take(draft)
            else:
                self._drafts.append(draft)
            return
        if last is None:
            match = self._code.find(draft.wording)
            draft.guess = match.provision if match else None
            self._drafts.append(draft)
            return
        guess = self._guess(draft, last)
        if guess is None:
            last.take(draft)
        else:
            draft.guess = guess or None
            self._drafts.append(draft)

    def _guess(self, draft: Draft, last: Draft) -> str | None:
        """Return the provision that a row without number begins, "" for one not recognised, None for more of `last`."""
        text = draft.wording
        both_answer = draft.answer != "blank" and last.answer != "blank"
        if len(words(text)) < _MIN_WORDS:
            return None
        match = self._code.find(text, after=last.provision)
        own = self._code.held(text, last.provision) if last.provision else None
        other = match if match and match.provision != last.provision else None
        goes_on = own is not None and own.share >= 0.75 and (other is None or own.start > 2)
        if goes_on and (other is None or other.start > 2 or not both_answer):
            return None
        if other and (other.start <= 2 or both_answer):
            return other.provision
        return "" if both_answer else None

    def _completes(self, last: Draft, draft: Draft) -> bool:
        """Tell whether ``last``, a row without number, is the first half of ``draft``, which has one."""
        number = draft.number or ""
        if last.guess == number:
            return True
        if last.answer != "blank" or number not in self._code.texts:
            return False
        held = self._code.held(last.wording, number)
        return held is not None and held.share >= 0.75


def _take_number(draft: Draft, pieces: list[Piece], code: Requirements) -> list[Piece]:
    """Take the number off the front of a wording ("6.14 Landlords must ...") and give it to the draft."""
    if not pieces:
        return pieces
    read = read_number(pieces[0].text, code.texts)
    if read is None:
        return pieces
    draft.number, draft.suffix, rest = read
    draft.first = pieces[0].clause
    return ([Piece(rest, pieces[0].clause)] if rest else []) + pieces[1:]
