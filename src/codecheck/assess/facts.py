"""Facts: the lengths of time that a landlord's documents give, and whether two documents give the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from codecheck.language.statements import Statement
from codecheck.language.timescales import Timescale
from codecheck.rules.match import UNIVERSAL, Match, Reading, time_outcome
from codecheck.rules.pack import Fact, Pattern

# What a time is counted from, where two starting points are the same moment for a resident.
_SAME_START = {
    "receipt": "receipt", "request": "receipt", "logging": "receipt", "acknowledgement": "acknowledgement",
    "activity": "a later point", "other": "a later point",
}  # fmt: skip
CLOSE = 0.01  # working days: a length in calendar days is not a whole number of them
# Acts that leave no doubt what a time is for.
_CLEAR = frozenset({"acknowledge", "respond", "extend", "update", "repair", "remedy", "pay", "escalate"})

OfStage = Callable[[Statement, int, int | None], bool]


@dataclass(frozen=True, slots=True)
class FactValue:
    """A time that a document gives for a fact: ``amount`` of ``unit`` (and in working days), counted from ``start``.

    ``start`` is "receipt", "acknowledgement", "a later point" or None where the words name none.
    """

    match: Match
    amount: float
    unit: str
    working_days: float
    start: str | None

    def __str__(self) -> str:
        amount = f"{self.amount:g}"
        unit = self.unit.removesuffix("s") if amount == "1" else self.unit
        return f"{amount} {unit}" + (f" from {self.start}" if self.start else "")


def of_named_stage(statement: Statement, position: int, stage: int | None) -> bool:
    """Tell whether the words at a token position are of ``stage``: words that name none are of stage 1, or of both."""
    if stage in (None, 1):
        return True
    return stage in statement.stages_at(position).stages or statement.run.has(UNIVERSAL)


def fact_values(reading: Reading, fact: Fact, of_stage: OfStage = of_named_stage) -> tuple[FactValue, ...]:
    """Return what a document says of ``fact``: each different time once, in the order of the pack's patterns.

    ``of_stage`` tells whether the words at a token position of a statement speak for a stage.
    """
    times = [
        (match, timescale)
        for pattern in fact.patterns
        for match in reading.matches(_widened(pattern), stage=fact.stage, unstaged=True, softened=True)
        for timescale in _times(match, pattern, fact, of_stage)
    ]
    # What is said of the stage alone goes before what is said of both in one breath.
    alone = [(m, t) for m, t in times if fact.stage and m.statement.stages_at(t.start).stages == {fact.stage}]
    found: list[FactValue] = []
    for match, timescale in alone or times:
        value = _value(match, timescale)
        if not any(_same_time(value, other) and value.start == other.start for other in found):
            found.append(value)
    return tuple(found)


def _value(match: Match, timescale: Timescale) -> FactValue:
    start = _SAME_START.get(timescale.trigger or "")
    return FactValue(match, timescale.amount, timescale.unit, timescale.working_days, start)


def _times(match: Match, pattern: Pattern, fact: Fact, of_stage: OfStage) -> Iterator[Timescale]:
    """Yield every time of the statement that the pattern asks for, and not only the first."""
    statement = match.statement
    for timescale in statement.timescales:
        if pattern.time is None or time_outcome(pattern.time, _plain(statement, timescale)) is None:
            continue
        if not of_stage(statement, timescale.start, pattern.stage or fact.stage):
            continue
        if fact.close is None or _is_close(statement, pattern, timescale, fact.close):
            yield timescale


def _widened(pattern: Pattern) -> Pattern:
    """Return the pattern without its test of what is further: that is made of each time, once it is read plainly."""
    if pattern.time is None or pattern.time.further is not False:
        return pattern
    return replace(pattern, time=replace(pattern.time, further=None))


def _plain(statement: Statement, timescale: Timescale) -> Timescale:
    """Read "our answer follows ten working days later" as the time of the answer, not as time added to another."""
    tokens = statement.run.tokens
    follows = timescale.end < len(tokens) and tokens[timescale.end].word == "later"
    return replace(timescale, further=False) if follows and timescale.act == "respond" else timescale


def _is_close(statement: Statement, pattern: Pattern, timescale: Timescale, words: int) -> bool:
    """Tell whether each thing that the pattern asks for has a hit within so many words of the time."""
    return all(
        any(
            hit.start - timescale.end <= words and timescale.start - hit.end <= words
            for term in group
            for hit in statement.run.hits(term.phrase)
        )
        for group in pattern.all_of[:1]
    )


def gives_somewhere(
    reading: Reading, fact: Fact, lengths: Sequence[FactValue], of_stage: OfStage, *, own: bool
) -> bool:
    """Tell whether a document gives one of ``lengths`` at the stage for something that is not plainly another act.

    It may then be the same time in words that were not understood, and nothing is to be made of it. With ``own`` the
    fact's own acts count too. A time that several make up is taken to keep to the limit of an extension.
    """
    tests = [pattern.time for pattern in fact.patterns if pattern.time is not None]
    acts = {act for test in tests for act in test.acts if act != "none"} if own else set()
    # "Tell us within four weeks" is the resident's time.
    others = _CLEAR - acts if own else _CLEAR | {"accept"}
    further = any(test.further for test in tests)
    for statement in reading.sentences:
        for timescale in (_plain(statement, one) for one in statement.timescales):
            if timescale.act in others and not _by_the_way(statement, timescale, acts):
                continue
            if timescale.exceeded or timescale.recurring or statement.off_topic:
                continue
            if further and timescale.total and own and of_stage(statement, timescale.start, fact.stage):
                return True
            added = timescale.further or timescale.act == "extend"
            unsaid = further and own and timescale.act in (None, "contact")
            if further != added and not (unsaid and _beside_extension(reading, statement)):
                continue
            value = FactValue(
                Match(statement, timescale.start), timescale.amount, timescale.unit, timescale.working_days, None
            )
            if of_stage(statement, timescale.start, fact.stage) and any(_same_time(value, one) for one in lengths):
                return True
    return False


def _beside_extension(reading: Reading, statement: Statement) -> bool:
    """Tell whether the clause of a time speaks of an extension: "Extension needed? Max. 10 working days."."""
    return any(
        other.run.has("act.extend") for other in reading.sentences if other.clause.index == statement.clause.index
    )


def _by_the_way(statement: Statement, timescale: Timescale, acts: Iterable[str]) -> bool:
    """Tell whether a time is bound to works that are named beside the act itself: "reply before work is finished"."""
    return timescale.act in ("repair", "remedy") and statement.run.has(*(f"act.{act}" for act in acts))


def agree(ours: Sequence[FactValue], theirs: Sequence[FactValue], *, start: bool) -> bool:
    """Tell whether two documents give the same time for one fact; with ``start`` it must also run from the same point.

    A time that names no starting point disagrees with none. Of a document that gives several times each sentence or
    cell must have one that agrees: a summary that says otherwise than the table below it disagrees.
    """
    by_clause: dict[int, bool] = {}
    for other in theirs:
        at = other.match.statement.clause.index
        by_clause[at] = by_clause.get(at, False) or any(_agrees(one, other, start=start) for one in ours)
    return bool(by_clause) and all(by_clause.values())


def _agrees(one: FactValue, other: FactValue, *, start: bool) -> bool:
    return _same_time(one, other) and (not start or None in (one.start, other.start) or one.start == other.start)


def _same_time(one: FactValue, other: FactValue) -> bool:
    if one.unit == other.unit:
        return abs(one.amount - other.amount) < CLOSE
    # "10 days" is not known to mean ten working days; two weeks do.
    if "days" in (one.unit, other.unit):
        return False
    return abs(one.working_days - other.working_days) < CLOSE
