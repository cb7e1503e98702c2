"""Windows: what the second reader reads at a time, one to three sentences with what stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codecheck.language.statements import Statement
from codecheck.model import Clause

MOST_SENTENCES = 3
_MOST_WORDS = 75
_NUMBER = re.compile(r"^[\d.]+\s*")
_STAGE_CODES = {frozenset[int](): 0, frozenset({1}): 1, frozenset({2}): 2}
_BOTH_STAGES = 3


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that follow one another under one heading.

    ``heading`` is the nearest, without its number; ``parts`` are the sentences with the lead-in that they complete and
    the headers of their table cell, each once. ``stage`` is 0 where they name no stage, 1, 2, or 3 for both.
    """

    stage: int
    heading: str
    parts: tuple[str, ...]
    statements: tuple[Statement, ...]

    def speaks_for(self, stage: int | None) -> bool:
        """Tell whether the window may speak for a stage: each of its sentences names it, or none."""
        named = (statement.stage.stages for statement in self.statements)
        return stage is None or all(not stages or stage in stages for stages in named)


def windows(sentences: Iterable[Statement]) -> Iterator[Window]:
    """Yield every window of a document, given its sentences in order."""
    for headings, together in _sections(sentences):
        heading = bare_heading(headings[-1]) if headings else ""
        for first in range(len(together)):
            for last in range(first + 1, min(first + MOST_SENTENCES, len(together)) + 1):
                chosen = together[first:last]
                if len(chosen) > 1 and sum(len(one.quote.split()) for one in chosen) > _MOST_WORDS:
                    break
                yield window_of(chosen, heading)


def window_of(chosen: Sequence[Statement], heading: str) -> Window:
    """Return the window of some sentences under a heading."""
    parts = dict.fromkeys(part for statement in chosen for part in (*_above(statement), statement.quote))
    return Window(_stage_code(chosen), heading, tuple(parts), tuple(chosen))


def bare_heading(heading: str) -> str:
    """Return a heading without its number and what ends it."""
    return _NUMBER.sub("", heading).rstrip(".:")


def is_read(statement: Statement) -> bool:
    """Tell whether a sentence is read at all: as it is written, and no header of a table."""
    cell = statement.clause.cell
    return statement.as_written and not (cell is not None and cell.is_header)


def _sections(sentences: Iterable[Statement]) -> Iterator[tuple[tuple[str, ...], list[Statement]]]:
    """Yield the sentences that stand together under the same headings; a heading stands for itself."""
    place: tuple[str, ...] | None = None
    together: list[Statement] = []
    for statement in sentences:
        if not is_read(statement):
            continue
        clause = statement.clause
        if clause.kind == "heading" or clause.headings != place:
            if together:
                yield place or (), together
            together = []
        if clause.kind == "heading":
            yield clause.headings, [statement]
            place = None
        else:
            place = clause.headings
            together.append(statement)
    if together:
        yield place or (), together


def _above(statement: Statement) -> Iterator[str]:
    """Yield what a sentence is read with: the headers of its cell, the lead-in that it completes."""
    clause: Clause = statement.clause
    if clause.cell is not None:
        row, column = clause.cell.row_header, clause.cell.column_header
        if row and row != clause.text:
            yield row
        if column:
            yield column
    if statement.lead is not None:
        yield statement.lead.text


def _stage_code(chosen: Sequence[Statement]) -> int:
    stages = frozenset[int]().union(*(statement.stage.stages for statement in chosen))
    return _STAGE_CODES.get(stages, _BOTH_STAGES)
