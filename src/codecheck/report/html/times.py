"""Timescales side by side: the days that each document gives for each step, against the Code's limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codecheck.assess.facts import CLOSE
from codecheck.model import Document, GivenTime, StepTimes


@dataclass(frozen=True, slots=True)
class Bar:
    """A time that a document gives: its length in percent of the scale, the words for it, and what to note of it."""

    percent: float
    label: str
    over: bool
    remarks: tuple[str, ...]
    given: GivenTime


@dataclass(frozen=True, slots=True)
class Track:
    """What one document gives for one step; no bars where it gives no time."""

    document: Document
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a stage, with the Code's limit in percent of the scale."""

    times: StepTimes
    limit_percent: float
    tracks: tuple[Track, ...]


def steps_by_stage(timescales: Sequence[StepTimes], documents: Sequence[Document]) -> dict[int, list[Step]]:
    """Return the steps of each stage, each with a track for every document that was held against the Code.

    A self-assessment need not give times: it has tracks only where it gives one.
    """
    giving = {given.evidence.document for times in timescales for given in times.given}
    shown = [d for d in documents if d.id in giving or d.kind not in ("other", "self-assessment")]
    lengths = [given.working_days for times in timescales for given in times.given]
    scale = max([*lengths, *(times.limit for times in timescales), 1])
    stages: dict[int, list[Step]] = {}
    for times in timescales:
        tracks = tuple(_track(document, times, scale) for document in shown)
        stages.setdefault(times.stage, []).append(Step(times, _percent(times.limit, scale), tracks))
    return stages


def _track(document: Document, times: StepTimes, scale: float) -> Track:
    own = [given for given in times.given if given.evidence.document == document.id]
    return Track(document, tuple(_bar(given, times.limit, scale) for given in own))


def _bar(given: GivenTime, limit: float, scale: float) -> Bar:
    over = given.working_days > limit + CLOSE
    remarks = []
    if over:
        remarks.append("over the Code's limit")
    if given.unit == "days":
        remarks.append("not said to be working days")
    if given.start == "a later point":
        remarks.append("counted from a later point")
    amount = f"{given.amount:g}"
    unit = given.unit.removesuffix("s") if amount == "1" else given.unit
    return Bar(_percent(given.working_days, scale), f"{amount} {unit}", over, tuple(remarks), given)


def _percent(days: float, scale: float) -> float:
    return round(100 * days / scale, 2)
