"""Facts: the lengths of time that a landlord's documents give, and whether two documents give the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codecheck.rules.match import UNIVERSAL, Match, Reading
from codecheck.rules.pack import Fact

# What a time is counted from, where two starting points are the same moment for a resident.
_SAME_START = {"receipt": "receipt", "request": "receipt", "logging": "receipt", "acknowledgement": "acknowledgement"}
_CLOSE = 0.01


@dataclass(frozen=True, slots=True)
class FactValue:
    """A time that a document gives for a fact: ``amount`` of ``unit`` (and in working days), counted from ``start``.

    ``start`` is "receipt", "acknowledgement" or None where the words name neither.
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


def fact_values(reading: Reading, fact: Fact) -> tuple[FactValue, ...]:
    """Return what a document says of ``fact``: each different time once, in the order of the pack's patterns."""
    matches = [
        match
        for pattern in fact.patterns
        for match in reading.matches(pattern, stage=fact.stage, unstaged=True, softened=True)
        if match.timescale is not None and _is_of_stage(match, fact.stage)
    ]
    # What is said of the stage alone goes before what is said of both in one breath.
    alone = [m for m in matches if fact.stage and m.statement.stages_at(m.anchor).stages == {fact.stage}]
    found: list[FactValue] = []
    for match in alone or matches:
        assert match.timescale is not None
        value = FactValue(
            match,
            match.timescale.amount,
            match.timescale.unit,
            match.timescale.working_days,
            _SAME_START.get(match.timescale.trigger or ""),
        )
        if not any(_same_time(value, other) and value.start == other.start for other in found):
            found.append(value)
    return tuple(found)


def _is_of_stage(match: Match, stage: int | None) -> bool:
    """Tell whether a time is that of the stage: words that name none are of stage 1, or of both where they say so."""
    if stage in (None, 1):
        return True
    return stage in match.statement.stages_at(match.anchor).stages or match.statement.run.has(UNIVERSAL)


def agree(ours: Sequence[FactValue], theirs: Sequence[FactValue], *, start: bool) -> bool:
    """Tell whether two documents share a time for one fact; with ``start`` it must also run from the same point.

    A time that names no starting point disagrees with none.
    """
    return any(
        _same_time(one, other) and (not start or None in (one.start, other.start) or one.start == other.start)
        for one in ours
        for other in theirs
    )


def _same_time(one: FactValue, other: FactValue) -> bool:
    if one.unit == other.unit:
        return abs(one.amount - other.amount) < _CLOSE
    # "10 days" is not known to mean ten working days; two weeks do.
    if "days" in (one.unit, other.unit):
        return False
    return abs(one.working_days - other.working_days) < _CLOSE
