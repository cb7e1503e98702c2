"""Statements: the passages of a document, each with its stage and its timescales."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from codecheck.language import stages as stage_layer
from codecheck.language.definitions import Definitions
from codecheck.language.headings import ABOUT_COMPLAINTS, LISTING_OUT, NOT_LISTING_OUT, Headings
from codecheck.language.lexicon import Lexicon
from codecheck.language.passages import Passage
from codecheck.language.places import members
from codecheck.language.readings import read_passages
from codecheck.language.residents_time import is_the_residents
from codecheck.language.stream import Run, Stream
from codecheck.language.table_rows import TableRows
from codecheck.language.timescales import Timescale, timescales
from codecheck.language.tokens import SENTENCE_ENDS, sentence_ends_between, words
from codecheck.model import Cell, Clause, Document

_OTHER_PROCESS = "scope.other-process"
# What is said of the past, or of somebody else, is off the topic whatever else it speaks of.
_PAST, _OTHERS = "scope.past", "scope.others"
_UNSAID = (None, "contact")
_UNITS_OF_STEPS = ("working days", "days", "calendar days", "weeks")
_IN_WORKING_DAYS = re.compile(r"\bin (?:working|business) days\b|\((?:working|business) days\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StageReading:
    """The stages a statement speaks for, and how that is known: "explicit", "context", "carried" or "unknown"."""

    stages: frozenset[int]
    how: str


class Statement:
    """One passage in its context. ``own`` is the token position at which its own words begin.

    Where it is read with what other clauses say of it, it is not ``as_written``, and ``also`` are these clauses.
    """

    def __init__(
        self,
        passage: Passage,
        *,
        run: Run,
        mentions: tuple[stage_layer.Mention, ...],
        stage: StageReading,
        reader: StatementReader,
    ) -> None:
        self.clause = passage.clause
        self.quote = passage.quote
        self.own = passage.own
        self.lead = passage.lead
        self.span = passage.span
        self.as_written = passage.plain is None
        self.also = passage.also
        self.run = run
        self.mentions = mentions
        self.stage = stage
        self._passage = passage
        self._reader = reader

    def __repr__(self) -> str:
        return f"Statement({self.quote!r}, section={self.clause.section!r}, stage={self.stage})"

    @cached_property
    def timescales(self) -> tuple[Timescale, ...]:
        """The timescales that the statement's own words give, or the header of a cell for what its words promise."""
        found = timescales(
            self.run,
            acts=self._reader.acts,
            triggers=self._reader.triggers,
            days_are_working=self._reader.days_are_working or self._in_table_of_working_days,
        )
        own = [one for one in found if one.end > self.own or self._heads_act(one)]
        return tuple(self._under_heading(one) for one in own)

    @property
    def _in_table_of_working_days(self) -> bool:
        """Whether this is a cell under a caption such as "Timescales in working days"."""
        return self.clause.cell is not None and any(_IN_WORKING_DAYS.search(one) for one in self.clause.headings[-1:])

    def _under_heading(self, one: Timescale) -> Timescale:
        """Add what is done in a time according to the heading: "Acknowledgement. Five working days from receipt."."""
        if one.act not in _UNSAID or one.unit not in _UNITS_OF_STEPS or one.recurring or one.exceeded:
            return one
        act = self._reader.headings.act(self.clause)
        return one if act is None or is_the_residents(self.run.tokens, one) else replace(one, heading_act=act)

    def _heads_act(self, one: Timescale) -> bool:
        """Tell whether a time in a header or lead-in is of an act said below: "Within five days, we: reply"."""
        led = self.clause.cell is not None or self.lead is not None
        return led and one.act_hit is not None and one.act_hit.start >= self.own

    @cached_property
    def listed_out(self) -> bool:
        """Whether the statement stands in a list of what is not a complaint, or is not accepted as one.

        What is kept out says nothing of how a complaint is dealt with: "matters that have another right of appeal".
        """
        if self.lead is not None:
            end = self.own
        elif self.span > 1 and self.own == 0:
            first = self._reader.members(self._passage)[0]
            end = first.own if first.lead is not None and first.lead.index == self.clause.index else 0
        else:
            return self.clause.kind == "item" and self._reader.headings.lists_out(self.clause)
        said = [hit for hit in self.run.concept(LISTING_OUT) if hit.start < end]
        return bool(said) and not any(hit.start < end for hit in self.run.concept(NOT_LISTING_OUT))

    def denied_beside(self, stage: int | None) -> bool:
        """Tell whether this is the header of a table's row whose cell, in the column of ``stage``, says "not given"."""
        return self._reader.rows.deny(self.clause, stage, self._reader.headings.stages)

    @cached_property
    def off_topic(self) -> bool:
        """Whether the statement is about another process (repairs, staff grievances), the past or others."""
        if self.run.has(_PAST, _OTHERS) or (self.run.has(_OTHER_PROCESS) and not self.run.has(ABOUT_COMPLAINTS)):
            return True
        return self._reader.headings.off_topic(self.clause)

    def stages_at(self, position: int) -> StageReading:
        """Return the stages for which the words at a token position speak."""
        reading = self.stage
        explicit = [mention for mention in self.mentions if mention.explicit]
        if self.lead is not None and explicit and all(mention.start < self.own for mention in explicit):
            # A bullet that names no stage belongs to every stage that its lead-in names.
            return reading
        if reading.how == "explicit" and self._before_a_staged_item(position, explicit):
            return StageReading(frozenset(), "explicit")
        if reading.how == "explicit" and self.span > 1 and explicit and position < self._edge(explicit[0].start, -1):
            # "A reply is sent within ten days. It says how to ask for stage 2", under a heading of stage 1.
            above = self._reader.stages_above(self.clause)
            if above:
                return StageReading(above, "context")
        if reading.how == "explicit" and len(self.mentions) > 1:
            if self._follows_both(position):
                return StageReading(frozenset({1, 2}), "explicit")
            reading = StageReading(stage_layer.stages_at(self.mentions, position, self.run.tokens), "explicit")
        if reading.stages == {1, 2}:
            for one in self.timescales:
                if one.rank and one.start == position:
                    return StageReading(frozenset({one.rank}), reading.how)
        return reading

    def _before_a_staged_item(self, position: int, named: Sequence[stage_layer.Mention]) -> bool:
        """Tell whether a position is in an item of a list that names no stage, where only a later item names one."""
        if self.span == 1 or self.own != 0 or self._passage.lead is not None or not named:
            return False
        members = self._reader.members(self._passage)
        if members[0].lead is None or position < members[0].own or named[0].start < position:
            return False
        return _member_at(members, position) < _member_at(members, named[0].start)

    def _follows_both(self, position: int) -> bool:
        """Tell whether a sentence that names no stage follows one, in its paragraph, that gives a time for each."""
        before = [mention for mention in self.mentions if mention.end <= position]
        if self.span == 1 or not before or not sentence_ends_between(self.run.tokens, before[-1].end, position):
            return False
        start, end = (self._edge(before[-1].start, -1), before[-1].end)
        timed = [one.start for one in self.timescales if start <= one.start < end + 8]
        said = [stage_layer.stages_at(self.mentions, at, self.run.tokens) for at in timed]
        own_end = self._edge(position, 1)
        named = any(position <= mention.start < own_end for mention in self.mentions)
        return {1} in said and {2} in said and not named

    def _edge(self, position: int, step: int) -> int:
        """Return where the sentence around a token position begins (``step`` -1) or ends (1)."""
        while position + min(step, 0) >= 0 and position < len(self.run.tokens):
            if self.run.tokens[position + min(step, 0)].word in SENTENCE_ENDS:
                break
            position += step
        return position

    def quotation(self, positions: Sequence[int]) -> Passage:
        """Return the passage to quote for words at token ``positions``: of a paragraph the sentences from the first to
        the last concerned, of a list the item concerned, else this statement's own."""
        members = self._reader.members(self._passage)
        if not members:
            return self._passage
        concerned = sorted({_member_at(members, position) for position in positions}) or [0]
        if self.own == 0 and members[0].lead is not None:
            return members[concerned[-1]]
        if members[0].clause.index != members[-1].clause.index:  # paragraphs of one cell
            return members[concerned[0]]
        first, last = members[concerned[0]].quote, members[concerned[-1]].quote
        start = self.clause.text.find(first)
        end = self.clause.text.find(last, start) + len(last)
        return replace(members[0], quote=self.clause.text[start:end])

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Return the number of the sentence or item of a list in which a token stands, and its position in that."""
        members = self._reader.members(self._passage)
        if not members:
            return self.run.number, position
        at = _member_at(members, position)
        before = sum(len(member.tokens) - (member.own if number else 0) for number, member in enumerate(members[:at]))
        return self._passage.parts[at], position - before + (members[at].own if at else 0)

    def named_stages(self, position: int) -> frozenset[int]:
        """Return the stages that the statement or its heading names, leaving out those that are only implied."""
        if any(mention.explicit for mention in self.mentions) or self.stage.how == "context":
            return self.stages_at(position).stages
        return frozenset()


_KINDS_OF_DAY = frozenset({"working", "business", "clear", "calendar", "of"})


class StatementReader:
    """Reads the statements of one document with one lexicon."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        definitions = Definitions(document, lexicon)
        self.headings = Headings(document, lexicon, definitions.names_of("complaint"))
        self._passages = read_passages(document, definitions)
        self._first_of_list = _first_items(self._passages)
        self.rows = TableRows(document.clauses)
        self.stream = Stream(self._passages, lexicon)
        self.acts = tuple(name for name in lexicon.names() if name.startswith("act."))
        self.triggers = tuple(name for name in lexicon.names() if name.startswith("from."))
        self.days_are_working = definitions.day_is_working or self._says_days_are_working()

    def _says_days_are_working(self) -> bool:
        """Tell whether the document says that its days are working days; what a working day is, is another thing."""
        return any(
            hit.start == 0 or run.tokens[hit.start - 1].word not in _KINDS_OF_DAY
            for number in members(self.stream.concept("days-are-working").runs)
            if (run := self.stream.run(number))
            for hit in run.concept("days-are-working")
        )

    def read(self) -> tuple[Statement, ...]:
        """Return the document's statements: sentences and paragraphs in order, then whole lists."""
        found: list[Statement] = []
        carried: frozenset[int] = frozenset()
        place: tuple[str, ...] = ()
        cell: Cell | None = None
        opened, opener = frozenset[int](), -1
        for number, passage in enumerate(self._passages):
            clause = passage.clause
            if passage.plain is not None:
                found.append(self._again(number, passage, found[passage.plain]))
                continue
            if passage.parts and passage.parts[-1] < number - 1:
                # A whole list, or cell, comes after all sentences: it goes on where its first item does.
                first = found[passage.parts[0]].stage
                found.append(self._statement(number, passage, first.stages if first.how == "carried" else frozenset()))
                continue
            # A cell speaks for the stage of its own row or column, never for that of the cell before it; nor does what
            # follows a table speak for that of its last cell.
            next_cell, cell = clause.cell != cell, clause.cell
            if clause.kind == "heading" or clause.headings != place or next_cell:
                carried = frozenset()
            place = clause.headings
            if clause.index != opener and (passage.lead is None or passage.lead.index != opener):
                opened = frozenset()
            statement = self._statement(number, passage, carried, opened)
            found.append(statement)
            if clause.kind == "paragraph" and clause.cell is None and statement.span == 1:
                opened = stage_layer.run_in(statement.mentions, statement.run.tokens, passage.own) or opened
                opener = clause.index
            last = [m for m in statement.mentions if (len(m.stages) == 1 or m.explicit) and not m.aside]
            if statement.span == 1 and last and clause.kind != "heading":
                carried = _both_timed(statement) or last[-1].stages
        return tuple(found)

    def _statement(
        self, number: int, passage: Passage, carried: frozenset[int], opened: frozenset[int] = frozenset()
    ) -> Statement:
        """Read one passage: ``carried`` is the stage of what stands before it, ``opened`` that of its paragraph."""
        run = self.stream.run(number)
        mentions = self._column_first(passage, self.headings.mentions(run))
        clause = self._first_of_list.get(passage.clause.index, passage.clause) if passage.own == 0 else passage.clause
        above = self.stages_above(clause if passage.span > 1 else passage.clause)
        mentions = stage_layer.looking_back(mentions, run.tokens, passage.own, above, carried)
        stage = self._stage(above, mentions, carried, opened)
        return Statement(passage, run=run, mentions=mentions, stage=stage, reader=self)

    def _again(self, number: int, passage: Passage, written: Statement) -> Statement:
        """Return a passage that is read again: at its own stage, or at the one that the words added to it name."""
        statement = self._statement(number, passage, frozenset())
        own = [mention for mention in statement.mentions if mention.start >= passage.own]
        if passage.again == "applied":
            statement.mentions = ()
            statement.stage = StageReading(written.stage.stages - {1} or written.stage.stages, "context")
        elif written.stage.how in ("explicit", "context") or statement.stage.how == "unknown":
            statement.stage = written.stage
            statement.mentions = tuple(own) if passage.again == "referring" else statement.mentions
        elif passage.again == "referring":
            statement.mentions = tuple(own)
        return statement

    def _column_first(
        self, passage: Passage, found: tuple[stage_layer.Mention, ...]
    ) -> tuple[stage_layer.Mention, ...]:
        """Leave out what the header of a cell's row says of stages where its column is that of a stage.

        In a table with a column for each stage, the cell "First response" heads the row of "Final response".
        """
        cell = passage.clause.cell
        if cell is None or not cell.row_header or not found or not self.headings.stages(cell.column_header):
            return found
        row = passage.own - len(words(cell.row_header)) - 1
        return tuple(m for m in found if m.start < row or m.start >= passage.own)

    def stages_above(self, clause: Clause) -> frozenset[int]:
        """Return the stages that the nearest heading above a clause names, of those that name any.

        Of a table's cell, the header of its row or column comes first where it is the name of a stage; then the title
        across the table above its row.
        """
        above = clause.headings
        if clause.cell is not None:
            headers = (clause.cell.row_header, clause.cell.column_header)
            named = [stage for text in headers if (stage := self.headings.names.get(text.strip(" :").lower()))]
            if named:
                return frozenset(named)
            above = (*above, clause.cell.band)
        return next(filter(None, map(self.headings.stages, reversed(above))), frozenset())

    def _stage(
        self,
        above: frozenset[int],
        mentions: tuple[stage_layer.Mention, ...],
        carried: frozenset[int],
        opened: frozenset[int],
    ) -> StageReading:
        explicit = [m for m in mentions if m.explicit]
        if explicit:
            return StageReading(frozenset().union(*(m.stages for m in explicit)), "explicit")
        if opened:
            return StageReading(opened, "context")
        if above:
            return StageReading(above, "context")
        if mentions and not (carried and all(m.aside for m in mentions)):
            return StageReading(frozenset().union(*(m.stages for m in mentions)), "explicit")
        if carried:
            return StageReading(carried, "carried")
        return StageReading(frozenset(), "unknown")

    def members(self, passage: Passage) -> list[Passage]:
        """Return the sentences or list items of which a joined passage is made."""
        return [self._passages[part] for part in passage.parts]


def _both_timed(statement: Statement) -> frozenset[int]:
    """Return both stages where a sentence gives a time for each: what follows it is said of the one and the other."""
    if statement.stage.stages != {1, 2} or len(statement.timescales) < 2:
        return frozenset()
    stages = [statement.stages_at(one.start).stages for one in statement.timescales]
    return frozenset({1, 2}) if {1} in stages and {2} in stages else frozenset()


def _first_items(passages: Iterable[Passage]) -> dict[int, Clause]:
    """Return, for each clause that leads a list, the first clause that completes it."""
    first: dict[int, Clause] = {}
    for passage in passages:
        if passage.lead is not None:
            first.setdefault(passage.lead.index, passage.clause)
    return first


def _member_at(members: Sequence[Passage], position: int) -> int:
    """Return which member of a joined passage holds the token at ``position``."""
    end = 0
    for at, member in enumerate(members):
        end += len(member.tokens) if at == 0 else len(member.tokens) - member.own
        if position < end:
            return at
    return len(members) - 1
