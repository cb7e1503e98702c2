"""Forms laid out as tables: which column is which, and which rows belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from codecheck.forms.answers import read_answer
from codecheck.forms.draft import Draft, Piece, piece_of
from codecheck.forms.labels import Part, part_of, split_labels
from codecheck.forms.numbers import read_number
from codecheck.forms.wording import Requirements, words
from codecheck.model import Clause

Row = dict[int, list[Clause]]
Columns = dict[int, tuple[Part | None, str]]

_TITLE = re.compile(
    r"(?:stage|section|part|appendix)\b|\W*(?:mandatory|best practice)\b|[A-Z][\w ,&:'’-]{0,80}$", re.IGNORECASE
)
_MIN_WORDS = 4  # of a wording; a row with fewer is a title or a stray mark
_FORM_PARTS = ("provision", "requirement", "comply", "yes", "no")


def table_rows(clauses: Sequence[Clause]) -> list[Row]:
    """Return the rows of one table, each with the clauses of its cells by column."""
    rows = []
    for _, group in groupby(clauses, key=lambda clause: clause.cell.row if clause.cell else 0):
        row: Row = {}
        for clause in group:
            if clause.cell is not None:
                row.setdefault(clause.cell.column, []).append(clause)
        rows.append(row)
    return rows


def header_of(row: Row) -> Columns | None:
    """Return what the columns below a header row hold, or None for a row that is no header."""
    texts = {column: " ".join(clause.text for clause in cell) for column, cell in row.items()}
    columns: Columns = {column: (part_of(text), text) for column, text in texts.items()}
    parts = [part for part, _ in columns.values() if part]
    if len(parts) < 2 or not any(part in _FORM_PARTS for part in parts):
        return None
    if any(read_number(text) for text in texts.values()) or any(len(words(text)) > 14 for text in texts.values()):
        return None
    answered = sum(read_answer(text) is not None for text in texts.values() if part_of(text) == "comply")
    if answered and len(parts) - answered < 2:
        return None  # "Compliant" is an answer as well as a header
    return columns


def guess_columns(rows: Sequence[Row], code: Requirements) -> Columns:
    """Return what the columns of a table without header hold, from what stands in them; {} where that is no form."""
    texts: dict[int, list[str]] = {}
    for row in rows:
        for column, cell in row.items():
            texts.setdefault(column, []).append(" ".join(clause.text for clause in cell))
    columns: Columns = {}
    for column in sorted(texts):
        cells = texts[column]
        most = max(1, len(cells) / 2)
        taken = {part for part, _ in columns.values()}
        part: Part
        if "provision" not in taken and sum(_is_number(text) for text in cells) >= most:
            part = "provision"
        elif "comply" not in taken and sum(_is_answer(text) for text in cells) >= most:
            part = "comply"
        elif "requirement" not in taken and sum(_is_wording(text, code) for text in cells) >= most:
            part = "requirement"
        elif "evidence" not in taken:
            part = "evidence"
        else:
            part = "commentary"
        columns[column] = (part, "")
    known = {part for part, _ in columns.values()}
    return columns if "comply" in known and known & {"provision", "requirement"} else {}


def is_vertical(rows: Sequence[Row]) -> bool:
    """Tell whether a table has its labels in the first column ("Comply | Yes"), as one table a provision has."""
    named = [part_of(row[0][0].text) for row in rows if 0 in row and len(row) <= 2]
    return len(set(named) - {None}) >= 3 and len(named) == len(rows) and "comply" in named


def vertical_pieces(rows: Sequence[Row]) -> Iterator[tuple[Part | None, str, list[Piece]]]:
    """Yield part, label and contents of each row of a vertical table."""
    for row in rows:
        label = row[0][0].text if 0 in row else ""
        pieces = [piece_of(clause) for column in sorted(row) if column for clause in row[column]]
        yield part_of(label), label, pieces


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
        if not columns or not _asks(columns):
            return False
        self._columns = columns
        for row in rows:
            header = header_of(row)
            if header is not None:
                self._columns = header if _asks(header) else self._columns
                continue
            if _is_title(row):
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


def _asks(columns: Columns) -> bool:
    """Tell whether columns are those of a form: a provision or its wording, and an answer to it."""
    parts = {part for part, _ in columns.values()}
    return bool(parts & {"provision", "requirement"}) and bool(parts & {"comply", "yes"})


def _is_title(row: Row) -> bool:
    """Tell whether a row is a title across the table ("Stage 1"), or empty."""
    if len(row) != 1:
        return not row
    cell = next(iter(row.values()))
    text = " ".join(clause.text for clause in cell)
    return len(cell) == 1 and 0 in row and len(words(text)) <= 10 and not read_number(text) and bool(_TITLE.match(text))


def _is_number(text: str) -> bool:
    read = read_number(text)
    return read is not None and not read[2]


def _is_answer(text: str) -> bool:
    read = read_answer(text)
    return read is not None and len(words(text)) <= 12


def _is_wording(text: str, code: Requirements) -> bool:
    return read_number(text) is not None or code.find(text) is not None
