"""The columns of a form's table: what each holds, by its header or, where there is none, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from codecheck.forms.answers import read_answer
from codecheck.forms.draft import Piece, piece_of
from codecheck.forms.labels import Part, part_of
from codecheck.forms.numbers import read_number
from codecheck.forms.wording import Requirements, words
from codecheck.model import Clause

Row = dict[int, list[Clause]]
Columns = dict[int, tuple[Part | None, str]]

_TITLE = re.compile(
    r"(?:stage|section|part|appendix)\b|\W*(?:mandatory|best practice)\b|[A-Z][\w ,&:'’-]{0,80}$", re.IGNORECASE
)
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


def asks(columns: Columns) -> bool:
    """Tell whether columns are those of a form: a provision or its wording, and an answer to it."""
    parts = {part for part, _ in columns.values()}
    return bool(parts & {"provision", "requirement"}) and bool(parts & {"comply", "yes"})


def is_title(row: Row) -> bool:
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
