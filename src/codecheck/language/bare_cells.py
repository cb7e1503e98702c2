"""Cells that hold a time and no more: "5" under the header "Working days" is read as "5 working days".

Where a cell of the same row says from when a time is counted, under a header such as "Counted from", that is read after
it: "5 working days from receipt of the complaint".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from codecheck.language.numbers import number_at
from codecheck.language.tokens import Token, words
from codecheck.model import Clause

_UNIT = re.compile(r"\b(?:(?:working|business|calendar)\s+days|days|weeks|months)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"^(?:time\s+|days\s+|clock\s+)?(?:is\s+|are\s+)?(?:counted|counting|counts|computed|reckoned|measured|runs?|running|"
    r"starts?|starting|from)(?:\s+(?:from|on|when|at|with))?[\s:]*$",
    re.IGNORECASE,
)
_FROM = Token("from", "from", 0, 0)


_BARE_TIME = re.compile(
    r"\W*(?:within|in|up to|no (?:more|later) than|not more than|at most|maximum(?: of)?)?\s*(?:a |the )?(?:further |"
    r"additional |extra )?[\w-]+(?: \(\d+\))?(?: further| additional| extra| more)?\s+"
    rf"{_UNIT.pattern}\W*",
    re.IGNORECASE,
)


def rest_of_bare_cell(clause: Clause, document: Iterable[Clause]) -> tuple[Token, ...]:
    """Return the tokens to be read after those of a cell that is a bare number or time; none for any other clause."""
    cell = clause.cell
    if cell is None or cell.is_header:
        return ()
    found: tuple[Token, ...] = ()
    if _BARE_TIME.fullmatch(clause.text) is None:
        unit = _UNIT.search(cell.column_header) or _UNIT.search(cell.row_header)
        if unit is None or not _is_number(clause.text):
            return ()
        found = words(unit.group())
    for other in document:
        beside = other.cell
        if beside is None or (beside.table, beside.row) != (cell.table, cell.row) or beside.column == cell.column:
            continue
        if _COUNTED.match(beside.column_header.strip()):
            text = words(other.text)
            return (*found, *(() if text and text[0].word in {"from", "on"} else (_FROM,)), *text)
    return found


def _is_number(text: str) -> bool:
    tokens = words(text)
    return bool(tokens) and number_at(tokens, 0)[1] == len(tokens)
