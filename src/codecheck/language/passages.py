"""Passages: the pieces of a document that are read as one, before anything is known of what they say.

A sentence is a passage; a bullet is read together with the sentence it finishes, a table cell with the headers of its
row and column, an answer with the question that stands above it. A paragraph of several sentences, and a list with its
lead-in, are passages too, for what is said only over several sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from codecheck.language.bare_cells import rest_of_bare_cell
from codecheck.language.tokens import SENTENCE_ENDS, Sentence, Token, sentences, words
from codecheck.model import Clause, Document

Tokens = tuple[Token, ...]
Again = Literal["", "defined", "referring", "applied"]

_COLON = Token(":", ":", 0, 0)
# Between a question and its answer: no gap of a phrase runs from one into the other, unless one means nothing without
# the other ("Do I have to say why?", "No.").
_SEMICOLON = Token(";", ";", 0, 0)
_YES_OR_NO = frozenset({"yes", "no", "always", "never"})
_FULL_STOP = Token(".", ".", 0, 0)
_BARE_LEAD = 4
_OPEN_END = re.compile(r"\b(?:if|where|when|unless|because|either)\s*[-–—:]?$", re.IGNORECASE)
_STAGE_NUMBERS = frozenset({"1", "2", "one", "two"})
_STAGE = re.compile(r"\bstages?\b", re.IGNORECASE)
_STAGE_COLUMN = re.compile(r"\W*(?:stage|tier|level|phase)s?\W*", re.IGNORECASE)
_TIME = re.compile(r"\b(?:working\s+)?(?:days?|weeks?|months?)\b", re.IGNORECASE)
_LONGEST_STEP = 20
_NUMBER_OF_STEP = re.compile(r"\W*(?:step\s+)?(?:\d{1,2}|[a-z]|[ivx]{1,4})\W*", re.IGNORECASE)
_LONGEST_CELL = 110  # words
_STAGE_ALONE = re.compile(
    r"(?:(?:our|the)\s+)?(?:stage\s+(?:1|2|one|two)|(?:first|second)\s+stage)\b[^.?!]{0,40}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens to be read as one. From token ``own`` on they are the clause's own words, ``quote`` in the document.

    ``lead`` is the clause that this one completes. ``parts`` are the positions, in the list of all passages, of the
    sentences or list items of which a paragraph or list is made; empty for a single sentence. A passage that other
    clauses make clear, ``also``, is read again, and ``plain`` is then the position of the passage as written: "defined"
    with the meaning in place of each term, "referring" after the clauses that it refers to, "applied" in the words of a
    clause that it says applies here.
    """

    clause: Clause
    quote: str
    tokens: tuple[Token, ...]
    own: int
    lead: Clause | None = None
    parts: tuple[int, ...] = ()
    plain: int | None = None
    also: tuple[Clause, ...] = ()
    again: Again = ""

    @property
    def span(self) -> int:
        """The number of sentences or list items joined."""
        return len(self.parts) or 1


class PassageReader:
    """Cuts one document into passages. ``meant`` gives the tokens by which those of a sentence are to be replaced."""

    def __init__(self, document: Document, meant: Callable[[Clause, Tokens], Tokens] | None = None) -> None:
        self._document = document
        self._meant = meant
        self._sentences: dict[int, tuple[Sentence, ...]] = {}
        self._tables: dict[int, tuple[Token, ...]] = {}
        self._corners: dict[int, tuple[Token, ...]] = {}

    def read(self) -> list[Passage]:
        """Return the passages in document order, each paragraph after its sentences, the lists at the end."""
        found: list[Passage] = []
        for clause in self._document.clauses:
            first = len(found)
            found += self._sentences_of(clause)
            if len(found) - first > 1:
                members = tuple(range(first, len(found)))
                parts = self._split(clause)
                quote = clause.text[parts[0].start : parts[-1].end].strip()
                found.append(_joined(clause, quote, found, members, found[first].own, found[first].lead))
        return [*found, *self._lists(found), *self._cells(found)]

    def _sentences_of(self, clause: Clause) -> Iterator[Passage]:
        lead, before = self._before(clause)
        rest = rest_of_bare_cell(clause, self._document.clauses)
        for part in self._split(clause):
            tokens = (*before, *part.tokens, *rest, _FULL_STOP) if rest else before + _closed(part)
            yield Passage(clause, part.text_in(clause.text), tokens, len(before), lead)

    def _lists(self, found: list[Passage]) -> Iterator[Passage]:
        items: dict[int, list[int]] = {}
        for at, passage in enumerate(found):
            if passage.lead is not None and not passage.parts:
                items.setdefault(passage.lead.index, []).append(at)
        for index, members in items.items():
            if len(members) > 1:
                lead = self._document.clauses[index]
                parts = self._split(lead)
                quote = parts[-1].text_in(lead.text) if parts else lead.text
                yield _joined(lead, quote, found, tuple(members), 0, None)

    def _cells(self, found: list[Passage]) -> Iterator[Passage]:
        """Join the paragraphs of a cell that has a row's header, where they are no longer than one usually is."""
        members: dict[tuple[int, int, int], list[int]] = {}
        for at, passage in enumerate(found):
            cell = passage.clause.cell
            if cell is not None and cell.row_header and not cell.is_header and not passage.parts:
                members.setdefault((cell.table, cell.row, cell.column), []).append(at)
        for inside in members.values():
            paragraphs = {found[at].clause.index: found[at].clause for at in inside}
            led = any(found[at].lead is not None for at in inside)
            # Counted as written: whatever terms mean, the same passages are joined (see ``readings``).
            length = sum(len(paragraph.text.split()) for paragraph in paragraphs.values())
            if len(paragraphs) > 1 and not led and length <= _LONGEST_CELL:
                first = found[inside[0]]
                yield _joined(first.clause, first.quote, found, tuple(inside), first.own, None)

    def _before(self, clause: Clause) -> tuple[Clause | None, tuple[Token, ...]]:
        """Return the clause that this one completes, and the tokens of all that is to be read before it."""
        before: list[Token] = []
        lead = self._document.clauses[clause.lead] if clause.lead is not None else None
        if lead is not None:
            outer = self._document.clauses[lead.lead] if lead.lead is not None else None
            for one in (outer, lead):
                if one is not None:
                    before += self._opening(one)
            before = before[:-1] if before and before[-1].word == ":" else before
            opened = self._opened_by_sibling(clause)
            if opened is not None:
                before += [_COLON, *self._opening(opened)]
                before = before[:-1] if before[-1].word == ":" else before
            return lead, (*before, _COLON)
        if clause.cell is not None:
            before += self._above_table(clause)
            before += self._corner(clause) or self._stage_in_corner(clause)
            for header in (clause.cell.column_header, self._row_header(clause)):
                if header and header != clause.text:
                    before += [token for token in words(header) if token.word not in SENTENCE_ENDS]
                    before.append(_COLON)
            before += self._step_beside(clause)
        elif clause.kind in ("paragraph", "item") and clause.headings and clause.headings[-1].rstrip().endswith("?"):
            previous = self._document.clauses[clause.index - 1] if clause.index else None
            if previous is not None and previous.kind == "heading":
                before += [token for token in words(clause.headings[-1]) if token.word not in SENTENCE_ENDS]
                opening = self._split(clause)[:1]
                before.append(_COLON if opening and opening[0].tokens[0].word in _YES_OR_NO else _SEMICOLON)
        return None, tuple(before)

    def _opened_by_sibling(self, clause: Clause) -> Clause | None:
        """Return the item of the same list that this one completes: "it is logged as a new complaint if", then "...".

        So where a document indents both alike. What the item opened ends with a full stop or a semicolon.
        """
        for at in range(clause.index - 1, -1, -1):
            other = self._document.clauses[at]
            if other.lead != clause.lead or other.kind != clause.kind:
                return None
            text = other.text.rstrip(" *_")
            if _OPEN_END.search(text):
                return other
            if text.endswith((".", ";")):
                return None
        return None

    def _above_table(self, clause: Clause) -> tuple[Token, ...]:
        """Return what the cells of a table complete: the sentence above it that ends in a colon, or its title row.

        Not where that names a stage: the cells say themselves which stage they are about.
        """
        if clause.cell is None or clause.cell.is_header:
            return ()
        table = clause.cell.table
        if table not in self._tables:
            clauses = self._document.clauses
            first = clause.index
            while first and (cell := clauses[first - 1].cell) is not None and cell.table == table:
                first -= 1
            found: tuple[Token, ...] = ()
            above = clauses[first - 1] if first else None
            title = clauses[first]
            if above is not None and above.kind == "paragraph" and above.text.rstrip().endswith(":"):
                found = self._split(above)[-1].tokens if self._split(above) else ()
            elif title.cell is not None and title.cell.is_header and not self._in_row(first + 1, title):
                found = words(title.text)
            found = tuple(token for token in found if token.word not in {*SENTENCE_ENDS, ":"})
            staged = any(token.word in {"stage", "stages"} or token.key == "escalat" for token in found)
            self._tables[table] = (*found, _COLON) if found and not staged else ()
        return self._tables[table]

    def _corner(self, clause: Clause) -> tuple[Token, ...]:
        """Return the header in the corner of the table, which says what its rows list: "What our letter covers"."""
        if clause.cell is None or clause.cell.is_header or not clause.cell.column:
            return ()
        table, clauses = clause.cell.table, self._document.clauses
        if table not in self._corners:
            first = clause.index
            while first and (cell := clauses[first - 1].cell) is not None and cell.table == table:
                first -= 1
            corner = clauses[first]
            found: tuple[Token, ...] = ()
            if (
                corner.cell is not None
                and corner.cell.is_header
                and not corner.cell.column
                and self._in_row(first + 1, corner)
            ):
                found = tuple(token for token in words(corner.text) if token.word not in SENTENCE_ENDS)
            # One word ("Step", "Situation") says nothing of its own.
            staged = any(token.word in {"stage", "stages"} or token.key == "escalat" for token in found)
            self._corners[table] = (*found, _COLON) if len(found) > 1 and not staged else ()
        return self._corners[table]

    def _stage_in_corner(self, clause: Clause) -> tuple[Token, ...]:
        """Return the header of the first column where it names the stage of all rows below it ("Stage 1 | What we do").

        A table may have such a header for each stage. Not where a header of the cell's own names a stage.
        """
        cell = clause.cell
        if (
            cell is None
            or cell.is_header
            or not cell.column
            or _STAGE.search(f"{cell.column_header} {cell.row_header}")
        ):
            return ()
        corner = self._first_header(clause)
        return (*words(corner), _COLON) if _STAGE_ALONE.fullmatch(corner.strip()) else ()

    def _first_header(self, clause: Clause) -> str:
        """Return the header of the first column, read from the first cell of a cell's row; "" if it has none."""
        first = clause.index
        while first and self._in_row(first - 1, clause):
            first -= 1
        cell = self._document.clauses[first].cell
        return cell.column_header if cell is not None and not cell.column else ""

    def _step_beside(self, clause: Clause) -> tuple[Token, ...]:
        """Return the step in the cells before one that gives its time: "Stage 1 | We write to you | Five working days".

        Who takes it may stand between. Only where the row's header is no more than a stage or the number of a step,
        which does not say what is done.
        """
        cell = clause.cell
        if cell is None or cell.is_header or cell.column < 2 or _TIME.search(clause.text) is None:
            return ()
        numbered = _NUMBER_OF_STEP.fullmatch(cell.row_header) is not None
        # "Stage 1", or a name for a stage in a column of these.
        staged = _STAGE_ALONE.fullmatch(cell.row_header.strip()) or _STAGE_COLUMN.fullmatch(self._first_header(clause))
        if not numbered and not staged:
            return ()
        found: tuple[Token, ...] = ()
        at = clause.index
        while self._in_row(at := at - 1, clause):
            before = self._document.clauses[at]
            if before.cell is None or not before.cell.column or before.cell.column == cell.column:
                break
            step = self._step_in(before)
            if _TIME.search(before.text) is not None or not step:
                return ()
            found = (*step, _COLON, *found)
        return found

    def _step_in(self, clause: Clause) -> tuple[Token, ...]:
        """Return the words of a cell that say in short what is done: of a longer one the first sentences.

        Of a first sentence that is longer itself, what stands before its first colon or comma.
        """
        found: tuple[Token, ...] = ()
        for sentence in self._split(clause):
            own = tuple(token for token in sentence.tokens if token.word not in SENTENCE_ENDS)
            if len(found) + len(own) > _LONGEST_STEP:
                break
            found += own
        if not found and self._split(clause):
            opening = tuple(takewhile(lambda token: token.word not in {":", ","}, self._split(clause)[0].tokens))
            found = opening if len(opening) <= _LONGEST_STEP else ()
        return found

    def _row_header(self, clause: Clause) -> str:
        """Return the header of a cell's row; of the row "2" of a table whose rows are stages, "Stage 2"."""
        header = clause.cell.row_header if clause.cell is not None else ""
        if clause.cell is None or header.strip().lower() not in _STAGE_NUMBERS:
            return header
        table, clauses = clause.cell.table, self._document.clauses
        first = clause.index
        while first and (cell := clauses[first - 1].cell) is not None and cell.table == table:
            first -= 1
        return f"Stage {header}" if clauses[first].text.strip().lower() in {"stage", "stages"} else header

    def _in_row(self, index: int, beside: Clause) -> bool:
        cell = self._document.clauses[index].cell if 0 <= index < len(self._document.clauses) else None
        if cell is None or beside.cell is None:
            return False
        return (cell.table, cell.row) == (beside.cell.table, beside.cell.row)

    def _opening(self, lead: Clause) -> tuple[Token, ...]:
        """Return the words that a list completes: the last sentence above it, and the one before a mere "It is:".

        So too where the sentence before is the one that points to the list: "We have five days to do these things. We
        start counting on the day your complaint arrives."
        """
        parts = self._split(lead)
        if len(parts) > 1 and (len(parts[-1].tokens) <= _BARE_LEAD or parts[-1].tokens[-1].word == "."):
            return parts[-2].tokens + parts[-1].tokens
        return parts[-1].tokens if parts else ()

    def _split(self, clause: Clause) -> tuple[Sentence, ...]:
        known = self._sentences.get(clause.index)
        if known is None:
            known = sentences(clause.text)
            if self._meant is not None:
                known = tuple(replace(one, tokens=self._meant(clause, one.tokens)) for one in known)
            self._sentences[clause.index] = known
        return known


def _joined(
    clause: Clause, quote: str, found: list[Passage], members: tuple[int, ...], own: int, lead: Clause | None
) -> Passage:
    """Join passages that share what is read before them: the first in full, of the others their own words."""
    tokens = found[members[0]].tokens
    for at in members[1:]:
        tokens += found[at].tokens[found[at].own :]
    return Passage(clause, quote, tokens, own, lead, members)


def _closed(sentence: Sentence) -> tuple[Token, ...]:
    """Return the sentence's tokens, ended by a full stop, so that no pattern runs on into the next one."""
    if sentence.tokens[-1].word in {*SENTENCE_ENDS, ":"}:
        return sentence.tokens
    return (*sentence.tokens, _FULL_STOP)
