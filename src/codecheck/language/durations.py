"""Lengths of time in a sentence, and what the words around them say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from codecheck.language.numbers import is_number_word, number_at, ordinal_at
from codecheck.language.stream import Hit
from codecheck.language.tokens import SENTENCE_END, Token

Unit = Literal["working days", "days", "calendar days", "weeks", "months", "years", "hours"]

_WORKING = frozenset({"working", "workings", "business", "work", "office", "week"})
_OPENINGS = frozenset({"fortnight", "same", "next", "following", "day"})
_FURTHER = frozenset({"further", "additional", "extra", "another", "added", "more", "+", "plus"})
_UNITS: dict[str, Unit] = {
    "day": "days", "weekday": "working days", "workday": "working days", "wd": "working days", "week": "weeks",
    "wk": "weeks", "fortnight": "weeks", "month": "months", "mth": "months", "year": "years", "hour": "hours",
    "hr": "hours",
}  # fmt: skip
WORKING_DAYS_IN: dict[str, float] = {
    "working days": 1, "days": 5 / 7, "calendar days": 5 / 7, "weeks": 5, "months": 21, "years": 252, "hours": 1 / 24,
}  # fmt: skip
_BEFORE_UNIT = frozenset({"calendar", "full", "clear", "consecutive", "whole", "complete"})
WITHIN_FURTHER = frozenset(
    (
        "a an the period of up to maximum max no not than exceeding exceed longer for at most time by over "
        "only limit be is are may must will shall days"
    ).split()
)
_NUMBERED = frozenset({"stage", "stages", "section", "tier", "step", "part", "appendix", "paragraph"})
_IN_ALL = ("in all", "in total", "altogether", "overall", "all told", "all in")
_BARE_AFTER = frozenset("after from to for at in following , . ; and or more extra is on which allowed days".split())
_BARE_BEFORE = frozenset(
    "e within than to and plus another additional extra further usual normal standard ie of is inside".split()
)


@dataclass(frozen=True, slots=True)
class Timescale:
    """A length of time in a run of tokens.

    ``act`` and ``trigger`` are names of lexicon concepts without their prefix ("respond", "acknowledgement").
    ``exceeded`` marks a time spoken of as passed ("more than 10 working days"); ``capped`` one that must not be
    ("not more than ..."); ``further`` one that is added to another, ``total`` one that several make up;
    ``recurring`` an interval ("every 10 working days"). ``rank`` is 1 or 2 in "10 and 20 working days", else 0.
    ``heading_act`` is the act that the heading names, where the words themselves name none that is plainly another.
    """

    amount: float
    unit: Unit
    start: int
    end: int
    further: bool = False
    exceeded: bool = False
    capped: bool = False
    total: bool = False
    recurring: bool = False
    rank: int = 0
    act: str | None = None
    act_hit: Hit | None = None
    heading_act: str | None = None
    trigger: str | None = None

    @property
    def working_days(self) -> float:
        """The length in working days, for comparison (a week is five, a month 21; plain days at five in seven)."""
        return self.amount * WORKING_DAYS_IN[self.unit]


def lengths_of_time(tokens: Sequence[Token], days_are_working: bool) -> list[Timescale]:
    """Return the lengths of time in ``tokens`` in order, without act and trigger."""
    found: list[Timescale] = []
    at = 0
    while at < len(tokens):
        if not _may_begin(tokens[at].word):
            at += 1
            continue
        several = list(_at(tokens, at, days_are_working)) or list(_bare_number(tokens, at, found))
        found += several
        at = several[-1].end if several else at + 1
    return [replace(one, total=True, further=False) if _is_sum(one, found) else one for one in found]


def _is_sum(one: Timescale, found: Sequence[Timescale]) -> bool:
    """Tell whether two others that follow on one another make up ``one``: "15: up to five, and ten after that"."""
    if one.total or one.further:
        return one.total
    others = [o.amount for o in found if o is not one and o.unit == one.unit and o.amount < one.amount]
    return any(abs(a + b - one.amount) < 0.01 for i, a in enumerate(others) for b in others[i + 1 :])


@lru_cache(maxsize=20_000)
def _may_begin(word: str) -> bool:
    """Tell whether a length of time, or a number, may begin with a word; most words need no closer look."""
    return is_number_word(word) or word in _WORKING or word in _OPENINGS


def _at(tokens: Sequence[Token], at: int, days_are_working: bool) -> Iterator[Timescale]:
    word = tokens[at].word
    if word == "fortnight":
        yield _described(tokens, Timescale(2, "weeks", at, at + 1))
        return
    if word in {"same", "next", "following"} and at + 1 < len(tokens):
        end = at + 1 + (tokens[at + 1].word in _WORKING)
        if end < len(tokens) and tokens[end].word in {"day", "weekday"}:
            yield Timescale(1, "working days", at, end + 1)
        return
    numbered = _numbered_day(tokens, at, days_are_working)
    if numbered is not None:
        yield numbered
        return
    if at and tokens[at - 1].word in _NUMBERED:
        return
    amount, end = ordinal_at(tokens, at)
    if amount is None:
        amount, end = number_at(tokens, at)
    if amount is None:
        return
    first: float | None = None
    total = False
    if end + 1 < len(tokens) and tokens[end].word in {"to", "and", "or"}:
        second, second_end = number_at(tokens, end + 1)
        if second is not None and _unit(tokens, second_end)[0] is not None:
            before = tokens[at - 1].word if at else ""
            if tokens[end].word == "and" and before != "between" and second != amount:
                first = amount
            total = tokens[end].word == "to" and before == "from"
            amount, end = second, second_end
    unit, unit_end = _unit(tokens, end)
    if unit is None or (unit_end < len(tokens) and tokens[unit_end].word == "old"):
        return  # "a home less than two years old" gives no time for anything
    if unit == "days" and days_are_working:
        unit = "working days"
    weeks = 2 if tokens[unit_end - 1].key == "fortnight" else 1
    one = _described(tokens, Timescale(amount * weeks, unit, at, unit_end, total=total))
    further = one.further or any(tokens[k].word in _FURTHER for k in range(at, unit_end))
    one = replace(one, further=further)
    if first is not None:
        middle = end - 1
        yield replace(one, amount=first * weeks, end=middle, rank=1)
        yield replace(one, start=middle, rank=2)
        return
    yield one


def _unit(tokens: Sequence[Token], at: int) -> tuple[Unit | None, int]:
    """Return the unit of time whose words begin at ``at``, and the position after them."""
    working = calendar = False
    while at < len(tokens) and tokens[at].word in _WORKING | _FURTHER | _BEFORE_UNIT:
        if tokens[at].word == "week" and not (at + 1 < len(tokens) and tokens[at + 1].word in {"day", "days"}):
            break
        working |= tokens[at].word in _WORKING
        calendar |= tokens[at].word in {"calendar", "consecutive"}
        at += 1
    if at >= len(tokens):
        return None, at
    unit = _UNITS.get(tokens[at].key, _UNITS.get(tokens[at].word.rstrip("s")))
    if unit is None:
        return None, at
    at += 1
    if unit == "days":
        if not working and not calendar and _said_to_be_working(tokens, at):
            working = True
        unit = "calendar days" if calendar else "working days" if working else "days"
    return unit, at


def _said_to_be_working(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the words after "10 days" make them working days: "(working)", "excluding weekends"."""
    after = [token.word for token in tokens[at : at + 8]]
    if after[:1] == ["working"] and after[1:2] not in (["day"], ["days"]):
        return True
    if after[:2] in (["monday", "to"], ["mon", "fri"], ["mon", "to"]):
        return True
    leaves_out = {"excluding", "except", "exclude", "not", "omitting", "discounting"} & set(after)
    return bool(leaves_out) and bool({"weekends", "weekend", "saturdays", "sundays"} & set(after))


def _numbered_day(tokens: Sequence[Token], at: int, days_are_working: bool) -> Timescale | None:
    """Read "by working day 15" and "day 25 (working)": a whole length counted from receipt."""
    word = tokens[at].word
    begin = at
    working = word in _WORKING and at + 1 < len(tokens) and tokens[at + 1].word == "day"
    if working:
        at += 1
    if tokens[at].word != "day" or at + 1 >= len(tokens):
        return None
    amount, end = number_at(tokens, at + 1)
    # "on day one" and "day a week" count nothing; "by working day five" does.
    if amount is None or not (tokens[at + 1].word.isdigit() or (working and amount > 1)):
        return None
    if begin and (tokens[begin - 1].word.isdigit() or tokens[begin - 1].word in _WORKING):
        return None
    if end < len(tokens) and (tokens[end].word in _UNITS or tokens[end].word == "days"):
        return None
    if end < len(tokens) and tokens[end].word == "working":
        working, end = True, end + 1
    unit: Unit = "working days" if working or days_are_working else "days"
    return Timescale(amount, unit, begin, end, total=True, trigger="receipt")


def _bare_number(tokens: Sequence[Token], at: int, found: Sequence[Timescale]) -> Iterator[Timescale]:
    """Read a number whose unit was given before: "20 working days, i.e. 15 after ...", "on or before the tenth"."""
    if not found or at == 0 or at - found[-1].end > 25:
        return
    amount, end = number_at(tokens, at)
    before, after = tokens[at - 1].word, tokens[end].word if end < len(tokens) else "."
    if amount is None:
        amount, end = ordinal_at(tokens, at)
        after = tokens[end].word if end < len(tokens) else "."
        if amount is None or before != "the" or tokens[at - 2].word not in {"before", "by", "than", "on"}:
            return
        yield _described(tokens, Timescale(amount, found[-1].unit, at, end))
        return
    if amount < 3 or tokens[at - 1].word in _NUMBERED or end == at:
        return
    if before in {":", ",", "and"} and after in {"to", "for"}:
        # "15 working days: five to acknowledge and ten to reply"
        yield _described(tokens, Timescale(amount, found[-1].unit, at, end))
        return
    if before in {"by", "or", "and"} and _stage_beside(tokens, at, end):
        # "extend by ten working days at stage 1 and by twenty at stage 2"
        yield replace(_described(tokens, Timescale(amount, found[-1].unit, at, end)), further=found[-1].further)
        return
    if before in _BARE_BEFORE | {"the", "at"} and after in _BARE_AFTER | {"the", "our"}:
        if before in {"the", "at", "of", "is"} and after not in {"the", "our", "."}:
            return
        yield _described(tokens, Timescale(amount, found[-1].unit, at, end))


def _stage_beside(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a stage is named beside a bare number: "by twenty at stage 2", "stage 2 by twenty"."""
    before = {token.word for token in tokens[max(0, start - 4) : start]}
    after = {token.word for token in tokens[end : end + 3]}
    return bool({"stage", "step", "tier"} & (before | after))


def _described(tokens: Sequence[Token], one: Timescale) -> Timescale:
    """Add what the words around a length of time say of it."""
    before = [token.word for token in tokens[max(0, one.start - 12) : one.start]]
    after = []
    for token in tokens[one.end : one.end + 8]:
        if token.word in SENTENCE_END:
            break
        after.append(token.word)
    passed, capped = _exceeded(tokens, one.start)
    joined = " ".join(after[: _first(after, "and", ",", "but")])
    near = " ".join(after[:4])
    total = one.total or any(word in before[-4:] for word in ("total", "overall", "altogether"))
    total |= any(f" {said} " in f" {joined} " for said in _IN_ALL)
    further = _is_further(before) or after[:1] in (
        ["more"],
        ["longer"],
        ["extra"],
        ["further"],
        ["later"],
        ["additional"],
    )
    further |= "on top" in near or "in addition" in near or near.startswith(("over the", "beyond the", "longer than"))
    recurring = (bool(before) and before[-1] in {"every", "each"}) or "each time" in near or "at a time" in near
    return replace(one, further=further and not total, total=total, exceeded=passed, capped=capped, recurring=recurring)


def _first(words: Sequence[str], *wanted: str) -> int:
    return next((at for at, word in enumerate(words) if word in wanted), len(words))


def _is_further(before: Sequence[str]) -> bool:
    """Tell whether the words before a length of time make it additional: "a further period of up to"."""
    for at in range(len(before) - 1, -1, -1):
        word = before[at]
        if word == "more" and before[at + 1 : at + 2] == ["than"]:
            continue
        if word in _FURTHER:
            return True
        if word not in WITHIN_FURTHER:
            return False
    return False


def _exceeded(tokens: Sequence[Token], at: int) -> tuple[bool, bool]:
    """Tell whether a length of time is spoken of as passed, and whether it must not be."""
    # "exceed a further ten" is "exceed ten".
    while at and (
        tokens[at - 1].word in _FURTHER - {"more"}
        or (tokens[at].word in _FURTHER and tokens[at - 1].word in {"a", "an"})
    ):
        at -= 1
    before = [t.word for t in tokens[max(0, at - 6) : at]]
    if not before:
        return False, False
    more = {"more", "longer", "later", "greater", "older", "further"} & set(before[-4:])
    passed = "than" in before[-3:] and bool(more)
    passed |= before[-1] in {"over", "above", "beyond", "past", "exceed", "exceeds", "exceeding"}
    passed |= before[-1] in {"the", "a", "this"} and before[-2:-1] in (["beyond"], ["exceed"], ["exceeds"], ["past"])
    if not passed:
        return False, False
    # "Extension, no more than: 10 working days": the header of a row denies for its cells.
    start = at - 1 if tokens[at - 1].word == ":" else at
    while start > 0 and tokens[start - 1].word not in SENTENCE_END | {":", "but"} and at - start < 16:
        start -= 1
    denied = bool({"no", "not", "never", "neither", "nor", "without", "nothing"} & {t.word for t in tokens[start:at]})
    # "beyond 10 working days only for good reason" is no more than 10 without.
    after = [t.word for t in tokens[at : at + 16]]
    denied |= "reason" in (said := set(after[: _first(after, *SENTENCE_END)])) and bool(
        said & {"only", "requires", "needs"}
    )
    return not denied, denied
