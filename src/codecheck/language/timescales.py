"""Timescales: how long, of what unit, for which act, counted from what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from codecheck.language.numbers import number_at, ordinal_at
from codecheck.language.stream import Hit, Run
from codecheck.language.tokens import SENTENCE_END, Token
from codecheck.language.words import inflection_key

Unit = Literal["working days", "days", "calendar days", "weeks", "months", "years", "hours"]
Named = tuple[Hit, str]

_WORKING = frozenset({"working", "business", "work", "office", "week"})
_FURTHER = frozenset({"further", "additional", "extra", "another", "added", "more"})
_UNITS: dict[str, Unit] = {
    "day": "days", "weekday": "working days", "workday": "working days", "wd": "working days", "week": "weeks",
    "wk": "weeks", "fortnight": "weeks", "month": "months", "mth": "months", "year": "years", "hour": "hours",
    "hr": "hours",
}  # fmt: skip
_WORKING_DAYS_IN: dict[str, float] = {
    "working days": 1, "days": 5 / 7, "calendar days": 5 / 7, "weeks": 5, "months": 21, "years": 252, "hours": 1 / 24,
}  # fmt: skip
_BEFORE_UNIT = frozenset({"calendar", "full", "clear", "consecutive", "whole", "complete"})
_WITHIN_FURTHER = frozenset(
    (
        "a an the period of up to maximum max no not than exceeding exceed longer for at most time by over "
        "only limit be is are may must will shall days"
    ).split()
)
_CONNECTIVES = frozenset("of from after following since once when upon beginning starting counted counting on".split())
_OPENERS = frozenset({"after", "once", "from", "following", "when", "upon", "since"})
_TRIGGER_REACH = 9
_TRIGGER_NOUNS = frozenset(
    (
        "of a an the your their our its his her it this that stage one two 1 2 first second initial "
        "escalation request requests appeal review complaint complaints being by us you received made letter "
        "for at"
    ).split()
)
# Where one part of a sentence ends and the next begins, and how far that sets words apart.
_PARTS = {",": 3, ":": 2, ";": 14, "and": 5, "or": 5, "but": 6, "then": 4, "if": 6, "where": 6, "when": 6, "whenever": 6,
          "unless": 8, "because": 8, "so": 6, "although": 8, "while": 6, "which": 3, "who": 3, "until": 6}  # fmt: skip
_MODALS = frozenset("will shall must should is are be was were may might can could would".split())
_AFTER = 7
_OPENING = frozenset({",", ":", ";", "and", "but", "or", "then", *SENTENCE_END})
_BACK_POINTERS = frozenset("this that it so both all these they which either".split())
_MINOR_COST = 12
_ANOTHER_SENTENCE = 30
_NO_MATTER_HOW = 1000
# Acts done once: nothing is acknowledged "every five working days".
_LANDLORDS = frozenset({"act.acknowledge", "act.respond", "act.extend", "act.contact", "act.allocate"})
_RESIDENT = frozenset({"you", "resident", "residents", "tenant", "tenants", "customer", "customers", "complainant"})
_RESIDENT |= {"complainants", "leaseholder", "leaseholders", "appellant", "they"} - {"they"}
_DONE_ONCE = frozenset({"act.acknowledge", "act.respond", "act.escalate"})
_MINOR = frozenset({"act.review-restriction", "act.contact", "act.accept"})
_DETERMINERS = frozenset("the a an your their his her each every any this that our of for my".split())
_STAGE_NOUNS = frozenset("stage panel request requests process hearing meeting".split())
# What is said of an answer when it is given, and the words with which a time may follow at once.
_GIVEN = frozenset(
    inflection_key(word)
    for word in (
        "send issue give provide make post deliver dispatch reach receive arrive go get complete finalise finish conclude "
        "return take have come follow confirm agree determine close ready available communicate notify share write "
        "prepare limit exceed extend last run apply start acknowledge respond reply answer resolve decide due expect "
        "require need forthcoming produce supply email hand publish release normal target set allow keep move put change "
        "grant add delay explain tell"
    ).split()
)
_PREPOSITIONS = frozenset("within in by no not up at on a an the for to with longer later more less us you out back".split())
_ADVERBS = frozenset("have has had been also then normally usually always never not to all".split())
_NUMBERED = frozenset({"stage", "stages", "section", "tier", "step", "part", "appendix", "paragraph"})
_ONLY_AFTER = frozenset({"from.activity"})
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
    trigger: str | None = None

    @property
    def working_days(self) -> float:
        """The length in working days, for comparison (a week is five, a month 21; plain days at five in seven)."""
        return self.amount * _WORKING_DAYS_IN[self.unit]


def timescales(run: Run, *, acts: Sequence[str], triggers: Sequence[str], days_are_working: bool) -> list[Timescale]:
    """Return the timescales of ``run`` with act and trigger.

    ``acts`` and ``triggers`` are the lexicon's concept names ("act.respond", "from.receipt"); ``days_are_working``
    says that the document defines its days as working days.
    """
    raw = _find(run.tokens, days_are_working)
    if not raw:
        return []
    act_hits = [(hit, name) for name in acts for hit in run.concept(name)]
    trigger_hits = [(hit, name) for name in triggers for hit in run.concept(name)]
    said = [_trigger(run.tokens, one, trigger_hits, raw) for one in raw]
    regions = [region for _, region in said if region is not None]
    free = [
        (hit, name)
        for hit, name in act_hits
        if not _inside(hit, regions) and not any(one.start <= hit.start < one.end for one in raw)
    ]
    bound = [
        _bound(run.tokens, one, trigger, _act(run.tokens, one, free, raw))
        for one, (trigger, _) in zip(raw, said, strict=True)
    ]
    return _sharing_a_cap([_not_further(one, bound[:at]) for at, one in enumerate(bound)])


def _not_further(one: Timescale, before: Sequence[Timescale]) -> Timescale:
    """In "acknowledge within 5 working days and respond within a further 10" nothing is extended."""
    follows = any(other.act == "acknowledge" for other in before) and not any(o.act != "acknowledge" for o in before)
    return replace(one, further=False) if one.act == "respond" and one.further and follows else one


def _sharing_a_cap(bound: Sequence[Timescale]) -> list[Timescale]:
    """Carry "must not be longer than" over to what shares it: "10 working days at stage 1 or 20 at stage 2"."""
    found: list[Timescale] = []
    for one in bound:
        before = found[-1] if found else None
        hit = one.act_hit
        if before is not None and before.capped and hit is not None and hit.negated and before.act_hit is not None:
            if before.act_hit.start == hit.start:
                one = replace(one, capped=True, act_hit=Hit(hit.start, hit.end, negated=False))
        found.append(one)
    return found


def _bound(tokens: Sequence[Token], one: Timescale, trigger: str | None, chosen: Named | None) -> Timescale:
    hit, act = chosen if chosen is not None else (None, None)
    if hit is not None and one.capped:
        hit = Hit(hit.start, hit.end, negated=False)
    total = one.total or (act == "act.extend" and hit is not None and _extended_to(tokens, hit, one))
    return replace(
        one,
        further=(one.further or trigger == "from.original") and not total,
        total=total,
        act=_bare(act),
        act_hit=hit,
        trigger=_bare(trigger) or one.trigger,
    )


def _extended_to(tokens: Sequence[Token], hit: Hit, one: Timescale) -> bool:
    """Tell whether "extended to 20 working days" gives the whole length, not what is added."""
    between = [tokens[k].word for k in range(hit.end, one.start)]
    return bool(between) and between[-1] == "to" and "up" not in between


def _bare(name: str | None) -> str | None:
    return name.partition(".")[2] if name else None


def _inside(hit: Hit, regions: Sequence[tuple[int, int]]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in regions)


# ---- lengths of time ----------------------------------------------------------------------------------------------


def _find(tokens: Sequence[Token], days_are_working: bool) -> list[Timescale]:
    found: list[Timescale] = []
    at = 0
    while at < len(tokens):
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
    amount, end = number_at(tokens, at)
    if amount is None:
        amount, end = ordinal_at(tokens, at)
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
    if unit is None:
        return
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
    if tokens[at].word != "day" or at + 1 >= len(tokens) or not tokens[at + 1].word.isdigit():
        return None
    if begin and (tokens[begin - 1].word.isdigit() or tokens[begin - 1].word in _WORKING):
        return None
    end = at + 2
    if end < len(tokens) and (tokens[end].word in _UNITS or tokens[end].word == "days"):
        return None
    if end < len(tokens) and tokens[end].word == "working":
        working, end = True, end + 1
    unit: Unit = "working days" if working or days_are_working else "days"
    return Timescale(float(tokens[at + 1].word), unit, begin, end, total=True, trigger="receipt")


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
    if before in _BARE_BEFORE | {"the", "at"} and after in _BARE_AFTER | {"the", "our"}:
        if before in {"the", "at", "of", "is"} and after not in {"the", "our", "."}:
            return
        yield _described(tokens, Timescale(amount, found[-1].unit, at, end))


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
        if word not in _WITHIN_FURTHER:
            return False
    return False


def _exceeded(tokens: Sequence[Token], at: int) -> tuple[bool, bool]:
    """Tell whether a length of time is spoken of as passed, and whether it must not be."""
    before = [t.word for t in tokens[max(0, at - 6) : at]]
    if not before:
        return False, False
    more = {"more", "longer", "later", "greater", "older", "further"} & set(before[-4:])
    passed = "than" in before[-3:] and bool(more)
    passed |= before[-1] in {"over", "beyond", "past", "exceed", "exceeds", "exceeding"}
    passed |= before[-1] in {"the", "a", "this"} and before[-2:-1] in (["beyond"], ["exceed"], ["exceeds"], ["past"])
    if not passed:
        return False, False
    start = at
    while start > 0 and tokens[start - 1].word not in SENTENCE_END | {":", "but"} and at - start < 16:
        start -= 1
    denied = {"no", "not", "never", "neither", "nor", "without"} & {t.word for t in tokens[start:at]}
    return not denied, bool(denied)


# ---- what it is counted from --------------------------------------------------------------------------------------


def _trigger(
    tokens: Sequence[Token], one: Timescale, hits: Sequence[Named], raw: Sequence[Timescale]
) -> tuple[str | None, tuple[int, int] | None]:
    """Return what the time is counted from, and the token region in which that is said."""
    limit = one.end
    next_one = min((other.start for other in raw if other.start >= one.end), default=len(tokens))
    while limit < len(tokens) and limit - one.end <= _TRIGGER_REACH + 4 and tokens[limit].word not in SENTENCE_END:
        limit += 1
    after = [
        (hit, name)
        for hit, name in hits
        if one.end <= hit.start < min(limit, next_one)
        and hit.start - one.end <= _TRIGGER_REACH
        and any(tokens[k].word in _CONNECTIVES for k in range(one.end, hit.start + 1))
        and not _breaks_off(tokens, one.end, hit.start)
    ]
    if after:
        hit, name = min(after, key=lambda pair: (pair[0].start, -pair[0].end))
        end = hit.end
        while end < len(tokens) and tokens[end].word in _TRIGGER_NOUNS:
            end += 1
        return name, (one.end, _clause_end(tokens, end))
    before = [
        (hit, name)
        for hit, name in hits
        if hit.end <= one.start
        and name not in _ONLY_AFTER
        and any(tokens[k].word in _OPENERS for k in range(max(0, hit.start - 4), hit.start + 1))
        and not any(tokens[k].word in SENTENCE_END for k in range(hit.end, one.start))
    ]
    if before:
        hit, name = max(before, key=lambda pair: (pair[0].start, pair[0].end))
        return name, (max(0, hit.start - 1), hit.end)
    return None, None


def _clause_end(tokens: Sequence[Token], at: int) -> int:
    """Return where a clause that says more of the trigger ends: "of the meeting at which the appeal is heard,"."""
    if at < len(tokens) and tokens[at].word in {"which", "that", "when", "where"}:
        for k in range(at, min(len(tokens), at + 14)):
            if tokens[k].word == ",":
                return k
    return at


def _breaks_off(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the words between a time and what it may be counted from go on to something else.

    A comma right before the connective does not: "Twenty working days at most, counted from ...".
    """
    for k in range(start, end):
        word = tokens[k].word
        if word in {"and", "but", ":"}:
            return True
        if word == "," and not (k + 1 < len(tokens) and tokens[k + 1].word in _CONNECTIVES):
            return True
        if word in {"will", "shall", "must"} and not any(
            tokens[m].word in {"when", "which", "day", "date"} for m in range(start, k)
        ):
            return True
    return False


# ---- what is to be done in it -------------------------------------------------------------------------------------


def _act(tokens: Sequence[Token], one: Timescale, hits: Sequence[Named], raw: Sequence[Timescale]) -> Named | None:
    """Return the act that is to be done in the time, the nearest by the parts of the sentence, or None."""
    if one.recurring:
        hits = [pair for pair in hits if pair[1] not in _DONE_ONCE]
    if _is_the_residents(tokens, one):
        hits = [pair for pair in hits if pair[1] not in _LANDLORDS]
    best: tuple[float, Named] | None = None
    for pair in _governing(tokens, one, hits, raw):
        cost = _distance(tokens, one, pair[0], raw) + _MINOR_COST * _is_request(tokens, pair)
        if cost < _NO_MATTER_HOW and (best is None or cost < best[0]):
            best = (cost, pair)
    return best[1] if best else None


def _is_the_residents(tokens: Sequence[Token], one: Timescale) -> bool:
    """Tell whether the time is the resident's: "you then have 20 working days to ..."."""
    at = one.start - 1
    while at > 0 and tokens[at].word in _WITHIN_FURTHER | {"then", "also", "another", "further", "least", "least"}:
        at -= 1
    if at < 1 or tokens[at].word not in {"have", "has", "given", "allowed"}:
        return False
    return any(tokens[k].word in _RESIDENT for k in range(max(0, at - 3), at))


def _governing(
    tokens: Sequence[Token], one: Timescale, hits: Sequence[Named], raw: Sequence[Timescale]
) -> Iterator[Named]:
    """Yield for each part of the sentence the hit that governs it: its verb after "will" or "are", else its noun.

    In "requests to escalate are acknowledged" that is the acknowledgement, in "acknowledge your escalation" too.
    """
    enclosing = [pair for pair in hits if pair[0].start < one.start < pair[0].end]
    yield from enclosing
    begin = 0
    edges = {len(tokens), one.start, *(other.end for other in raw)}
    for at in range(len(tokens) + 1):
        if at in edges or tokens[at].word in _PARTS or tokens[at].word in SENTENCE_END:
            part = [p for p in hits if begin <= p[0].start < at and p not in enclosing]
            if part:
                head = _head(tokens, part, begin, at)
                if at != one.start or _done_to(tokens, head[0], at):
                    yield head
            begin = at


def _head(tokens: Sequence[Token], part: Sequence[Named], begin: int, end: int) -> Named:
    modal = next((k for k in range(end - 1, begin - 1, -1) if tokens[k].word in _MODALS), begin)
    major = [pair for pair in part if not _is_minor(tokens, pair)]
    ranked = (
        [pair for pair in major if pair[0].start >= modal],
        major,
        [pair for pair in part if pair[0].start >= modal],
        part,
    )
    chosen = min(next(pairs for pairs in ranked if pairs), key=lambda pair: (pair[0].start, -pair[0].end))
    # "escalation acknowledgement", "review response": in a compound the last word is the head.
    while True:
        following = [p for p in part if p[0].start == chosen[0].end and chosen[0].end - chosen[0].start == 1]
        if not following:
            return chosen
        chosen = min(following, key=lambda pair: -pair[0].end)


def _done_to(tokens: Sequence[Token], hit: Hit, end: int) -> bool:
    """Tell whether what is said of a noun is that it is given: "responses are sent", not "responses are checked"."""
    at = hit.end
    while at < end and tokens[at].word not in _MODALS:
        at += 1
    while at < end and (tokens[at].word in _MODALS or tokens[at].word in _ADVERBS or tokens[at].word.endswith("ly")):
        at += 1
    return at >= end or not tokens[at].word.isalpha() or tokens[at].word in _PREPOSITIONS or tokens[at].key in _GIVEN


def _is_minor(tokens: Sequence[Token], pair: Named) -> bool:
    """Tell whether a hit is only what another act is done to, or by the way: "the appeal", "contact you to ..."."""
    hit, name = pair
    if name in _MINOR:
        return True
    if name != "act.escalate" or hit.end - hit.start > 1:
        return False
    before = tokens[hit.start - 1].word if hit.start else "."
    after = tokens[hit.end].word if hit.end < len(tokens) else "."
    return before in _DETERMINERS or after in _STAGE_NOUNS


def _is_request(tokens: Sequence[Token], pair: Named) -> bool:
    """Tell whether a hit is the request itself, not the asking: "complaints and requests for stage 2"."""
    hit, name = pair
    return name == "act.escalate" and tokens[hit.start].word in {"requests", "appeals", "escalations"}


def _distance(tokens: Sequence[Token], one: Timescale, hit: Hit, raw: Sequence[Timescale]) -> float:
    if hit.start < one.start < hit.end:
        return float(sum(_PARTS.get(tokens[k].word, 0) for k in range(hit.start, hit.end)))
    if hit.end <= one.start:
        start, end, cost = hit.end, one.start, 1.0
    else:
        start, end = one.end, hit.start
        cost = 2.0 if _opens(tokens, one.start) or _to_do(tokens, one, hit) else float(_AFTER)
    if any(tokens[k].word in SENTENCE_END - {";"} for k in range(start, end)):
        if not _points_elsewhere(tokens, one):
            return _NO_MATTER_HOW
        cost += _ANOTHER_SENTENCE
    cost += sum(1 + _PARTS.get(tokens[k].word, 0) for k in range(start, end))
    between = sum(1 for other in raw if start <= other.start and other.end <= end)
    return cost + 9 * between


def _opens(tokens: Sequence[Token], start: int) -> bool:
    return start == 0 or any(tokens[k].word in _OPENING for k in range(max(0, start - 5), start))


def _to_do(tokens: Sequence[Token], one: Timescale, hit: Hit) -> bool:
    """Tell whether the act stands as in "has five working days from receipt to acknowledge it"."""
    has = {tokens[k].word for k in range(max(0, one.start - 4), one.start)}
    to = {tokens[k].word for k in range(max(one.end, hit.start - 2), hit.start)}
    return bool(has & {"has", "have", "allowed", "given", "allows", "takes", "take", "had"}) and "to" in to


def _points_elsewhere(tokens: Sequence[Token], one: Timescale) -> bool:
    """Tell whether the sentence with the time leaves what is to be done to the sentence beside it."""
    begin = one.start
    while begin > 0 and tokens[begin - 1].word not in SENTENCE_END:
        begin -= 1
    end = one.end
    while end < len(tokens) and tokens[end].word not in SENTENCE_END:
        end += 1
    lead = [tokens[k].word for k in range(begin, one.start)]
    if len(lead) <= 3 or _BACK_POINTERS & set(lead[:4]):
        return True
    return any(tokens[k].word in {"both", "this", "so"} for k in range(one.end, min(end, one.end + 5)))
