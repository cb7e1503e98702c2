"""Timescales: how long, of what unit, for which act, counted from what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from codecheck.language.lexicon import Hit, Run
from codecheck.language.tokens import SENTENCE_END, Token

Unit = Literal["working days", "days", "calendar days", "weeks", "months", "years", "hours"]

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_NUMBERS = {word: value for value, word in enumerate((_ONES + " eighteen nineteen").split())}
_TENS = {w: v * 10 for v, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_WORKING = frozenset({"working", "business", "work", "office"})
_FURTHER = frozenset({"further", "additional", "extra", "more", "another", "added"})
_UNITS: dict[str, Unit] = {
    "day": "days", "weekday": "working days", "workday": "working days", "week": "weeks", "fortnight": "weeks",
    "month": "months", "year": "years", "hour": "hours",
}  # fmt: skip
_WORKING_DAYS_IN: dict[str, float] = {
    "working days": 1, "days": 5 / 7, "calendar days": 5 / 7, "weeks": 5, "months": 21, "years": 252, "hours": 1 / 24,
}  # fmt: skip
_CONNECTIVES = frozenset("of from after following since once when upon beginning starting counted counting on".split())
_SEGMENT_ENDS = frozenset({",", ";", ":", "and", "but", "or", "then", "if", "where"})
_TRIGGER_REACH = 9


@dataclass(frozen=True, slots=True)
class Timescale:
    """A length of time in a run of tokens.

    ``act`` and ``trigger`` are names of lexicon concepts without their prefix ("respond", "acknowledgement").
    ``exceeded`` marks a time spoken of as passed ("more than 10 working days"); ``further`` one that is added to
    another. ``working_days`` converts for comparison (a week is five, a month 21; plain days at five in seven).
    """

    amount: float
    unit: Unit
    start: int
    end: int
    further: bool = False
    exceeded: bool = False
    act: str | None = None
    act_hit: Hit | None = None
    trigger: str | None = None

    @property
    def working_days(self) -> float:
        """The length in working days, for comparison with a limit."""
        return self.amount * _WORKING_DAYS_IN[self.unit]


def timescales(run: Run, *, acts: Sequence[str], triggers: Sequence[str], days_are_working: bool) -> list[Timescale]:
    """Return the timescales of ``run`` with act and trigger.

    ``acts`` and ``triggers`` are the lexicon's concept names ("act.respond", "from.receipt"); ``days_are_working``
    says that the document defines its days as working days.
    """
    raw = _find(run.tokens, days_are_working)
    if not raw:
        return []
    act_hits = sorted(((hit, name) for name in acts for hit in run.concept(name)), key=lambda pair: pair[0].start)
    trigger_hits = [(hit, name) for name in triggers for hit in run.concept(name)]
    regions = []
    triggered = []
    for one in raw:
        trigger, region = _trigger(run.tokens, one, trigger_hits)
        triggered.append(trigger)
        regions.append(region)
    found = []
    for one, trigger in zip(raw, triggered, strict=True):
        hit, act = _act(run.tokens, one, [pair for pair in act_hits if not _inside(pair[0], regions)], raw)
        found.append(_with(one, act=act, act_hit=hit, trigger=trigger))
    return found


def _with(one: Timescale, *, act: str | None, act_hit: Hit | None, trigger: str | None) -> Timescale:
    return Timescale(
        one.amount, one.unit, one.start, one.end, one.further, one.exceeded, _bare(act), act_hit, _bare(trigger)
    )


def _bare(name: str | None) -> str | None:
    return name.partition(".")[2] if name else None


def _inside(hit: Hit, regions: Sequence[tuple[int, int] | None]) -> bool:
    return any(region is not None and region[0] <= hit.start and hit.end <= region[1] for region in regions)


def _find(tokens: Sequence[Token], days_are_working: bool) -> list[Timescale]:
    found = []
    at = 0
    while at < len(tokens):
        one = _at(tokens, at, days_are_working)
        if one is None:
            at += 1
        else:
            found.append(one)
            at = one.end
    return found


def _at(tokens: Sequence[Token], at: int, days_are_working: bool) -> Timescale | None:
    word = tokens[at].word
    if word == "fortnight":
        return Timescale(2, "weeks", at, at + 1, exceeded=_exceeded(tokens, at))
    if word in {"same", "next", "following"} and at + 1 < len(tokens):
        end = at + 1 + (tokens[at + 1].word in _WORKING)
        if end < len(tokens) and tokens[end].word == "day":
            return Timescale(1, "working days", at, end + 1)
        return None
    amount, end = _number(tokens, at)
    if amount is None:
        return None
    if end + 1 < len(tokens) and tokens[end].word == "to":
        upper, upper_end = _number(tokens, end + 1)
        if upper is not None:
            amount, end = upper, upper_end
    further = at > 0 and tokens[at - 1].word in _FURTHER
    if at > 1 and tokens[at - 1].word == "of" and tokens[at - 2].word in {"maximum", "total"}:
        further = further or (at > 2 and tokens[at - 3].word in _FURTHER)
    working = calendar = False
    while end < len(tokens) and tokens[end].word in _WORKING | _FURTHER | {"calendar", "full", "clear", "consecutive"}:
        working |= tokens[end].word in _WORKING
        further |= tokens[end].word in _FURTHER
        calendar |= tokens[end].word in {"calendar", "consecutive"}
        end += 1
    if end >= len(tokens):
        return None
    unit = _UNITS.get(tokens[end].key, _UNITS.get(tokens[end].word.rstrip("s")))
    if unit is None:
        return None
    end += 1
    if tokens[end - 1].key == "fortnight":
        amount *= 2
    if unit == "days":
        unit = "calendar days" if calendar else "working days" if working or days_are_working else "days"
    further |= end < len(tokens) and tokens[end].word in {"more", "longer", "extra"}
    return Timescale(amount, unit, at, end, further=bool(further), exceeded=_exceeded(tokens, at))


def _number(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Read a number at ``at``: digits, words, or both ("ten (10)"); return it and the position after it."""
    word = tokens[at].word
    value: float | None = None
    if word.isdigit():
        value = float(word)
    elif word in _NUMBERS:
        value = float(_NUMBERS[word])
    elif word in _TENS:
        value = float(_TENS[word])
        if at + 1 < len(tokens) and 0 < _NUMBERS.get(tokens[at + 1].word, 0) < 10:
            value += _NUMBERS[tokens[at + 1].word]
            at += 1
    elif word in {"a", "an"} and at + 1 < len(tokens) and tokens[at + 1].word in {"week", "month", "year", "day"}:
        return 1.0, at + 1
    elif len(word) > 2 and word[:-2].isdigit() and word[-2:] in {"st", "nd", "rd", "th"}:
        value = float(word[:-2])
    if value is None or value > 400:
        return None, at
    at += 1
    if at < len(tokens) and tokens[at].word.isdigit() and float(tokens[at].word) == value:
        at += 1
    return value, at


def _exceeded(tokens: Sequence[Token], at: int) -> bool:
    before = [t.word for t in tokens[max(0, at - 5) : at]]
    if not before:
        return False
    if "than" in before[-2:] and {"more", "longer", "later", "greater", "older"} & set(before):
        return not {"no", "not", "never"} & set(before)
    return before[-1] in {"over", "beyond", "past", "exceeds", "exceeding"} or before[-2:] in (
        ["beyond", "the"], ["over", "the"], ["exceeds", "the"], ["exceed", "the"],
    )  # fmt: skip


def _trigger(
    tokens: Sequence[Token], one: Timescale, hits: Sequence[tuple[Hit, str]]
) -> tuple[str | None, tuple[int, int] | None]:
    """Return what the time is counted from, and the token region in which that is said."""
    limit = one.end
    while limit < len(tokens) and limit - one.end <= _TRIGGER_REACH + 4 and tokens[limit].word not in SENTENCE_END:
        limit += 1
    after = [
        (hit, name)
        for hit, name in hits
        if one.end <= hit.start < limit
        and hit.start - one.end <= _TRIGGER_REACH
        and any(tokens[k].word in _CONNECTIVES for k in range(one.end, hit.start + 1))
        and not any(tokens[k].word in {",", "and", "but", ":"} for k in range(one.end, hit.start))
    ]
    if after:
        hit, name = min(after, key=lambda pair: (pair[0].start, -pair[0].end))
        return name, (one.end, hit.end)
    before = [
        (hit, name)
        for hit, name in hits
        if hit.end <= one.start
        and any(tokens[k].word in {"after", "once", "from", "following", "when", "upon", "since"} for k in
                range(max(0, hit.start - 4), hit.start + 1))
        and not any(tokens[k].word in SENTENCE_END for k in range(hit.end, one.start))
    ]  # fmt: skip
    if before:
        hit, name = max(before, key=lambda pair: pair[0].start)
        return name, (max(0, hit.start - 1), hit.end)
    return None, None


def _act(
    tokens: Sequence[Token], one: Timescale, hits: Sequence[tuple[Hit, str]], raw: Sequence[Timescale]
) -> tuple[Hit | None, str | None]:
    """Return the act that is to be done in the time: in the same part of the sentence, before rather than after."""
    before = [pair for pair in hits if pair[0].start < one.start]
    after = [pair for pair in hits if pair[0].start >= one.end]
    near_before = [pair for pair in before if not _parted(tokens, pair[0].end, one.start)]
    if near_before:
        return max(near_before, key=lambda pair: (pair[0].end, pair[0].start))
    taken = [other.start for other in raw if other.start > one.start]
    near_after = [pair for pair in after if not any(t < pair[0].start for t in taken)]
    opens = one.start == 0 or any(
        tokens[k].word in _SEGMENT_ENDS | SENTENCE_END for k in range(max(0, one.start - 5), one.start)
    )
    if near_after and (opens or not before or not _parted(tokens, one.end, near_after[0][0].start)):
        return min(near_after, key=lambda pair: (pair[0].start, -pair[0].end))
    if before:
        return max(before, key=lambda pair: (pair[0].end, pair[0].start))
    return near_after[0] if near_after else (None, None)


def _parted(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(tokens[k].word in _SEGMENT_ENDS | SENTENCE_END for k in range(start, end))
