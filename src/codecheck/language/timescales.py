"""Timescales: how long, of what unit, for which act, counted from what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from codecheck.language.durations import Timescale, lengths_of_time
from codecheck.language.residents_time import is_the_residents
from codecheck.language.stream import Hit, Run
from codecheck.language.tokens import SENTENCE_END, Token
from codecheck.language.words import inflection_key

__all__ = ["Timescale", "timescales"]

Named = tuple[Hit, str]

_CONNECTIVES = frozenset("of from after following since once when upon beginning starting counted counting on".split())
_OPENERS = frozenset({"after", "once", "from", "following", "when", "upon", "since"})
_TRIGGER_REACH = 9
# "From the date on which we send you our acknowledgement".
_DAY_OF = frozenset(
    "the day date moment time point of on when that which we you your our its their a an send issue".split()
)
_TRIGGER_NOUNS = frozenset(
    (
        "of a an the your their our its his her it this that stage one two 1 2 first second initial "
        "escalation request requests appeal review complaint complaints being by us you received got made letter "
        "for at"
    ).split()
)
# Where one part of a sentence ends and the next begins, and how far that sets words apart.
_PARTS = {",": 3, ":": 2, ";": 14, "and": 5, "or": 5, "but": 6, "then": 4, "if": 6, "where": 6, "when": 6,
          "whenever": 6, "unless": 8, "because": 8, "so": 6, "although": 8, "while": 6, "which": 3, "who": 3,
          "until": 6}  # fmt: skip
_MODALS = frozenset("will shall must should is are be was were may might can could would".split())
_AFTER = 7
_OPENING = frozenset({",", ":", ";", "and", "but", "or", "then", *SENTENCE_END})
_BACK_POINTERS = frozenset("this that it so both all these they which either".split())
_MINOR_COST = 15
_OF_THE_NEXT = 12
_ANOTHER_SENTENCE = 30
_NO_MATTER_HOW = 1000
# Acts that are the landlord's: not in "you have 20 working days to ...".
_LANDLORDS = frozenset({"act.acknowledge", "act.respond", "act.extend", "act.contact", "act.allocate"})
# Acts done once: nothing is acknowledged "every five working days".
_DONE_ONCE = frozenset({"act.acknowledge", "act.respond", "act.escalate"})
_MINOR = frozenset({"act.review-restriction", "act.contact", "act.accept"})
_DETERMINERS = frozenset("the a an your their his her each every any this that our of for my".split())
_STAGE_NOUNS = frozenset("stage panel request requests process hearing meeting".split())
# What is said of an answer when it is given, and the words with which a time may follow at once.
_GIVEN = frozenset(
    inflection_key(word)
    for word in (
        "send issue give provide make post deliver dispatch reach receive arrive go get complete finalise finish "
        "conclude return take have come follow confirm agree determine close ready available communicate notify share "
        "write "
        "prepare limit exceed extend last run apply start acknowledge respond reply answer resolve decide due expect "
        "require need forthcoming produce supply email hand publish release normal target set allow move put "
        "grant add delay cap confine restrict hold keep stretch fall land go"
    ).split()
)
_PREPOSITIONS = frozenset(
    "within in by no not up at on a an the of for to with longer later more less us you out back".split()
)
_ADVERBS = frozenset("have has had been also then normally usually always never not to all".split())
_ASKED_FOR = frozenset(inflection_key(word) for word in ("escalate", "review", "appeal", "reconsider", "progress"))
# "The reviewing officer has 20 working days" is about no review of a restriction.
_REVIEWERS = frozenset(inflection_key(word) for word in ("officer", "manager", "panel", "team", "director"))
_TO_ANSWER = frozenset({"acknowledge", "respond", "reply", "answer", "decide", "investigate"})
_ONLY_AFTER = frozenset({"from.activity"})
_ACKNOWLEDGED = frozenset({"from.acknowledgement", "from.logging"})
_LIMITED = frozenset("limited restricted confined capped kept held".split())


def timescales(run: Run, *, acts: Sequence[str], triggers: Sequence[str], days_are_working: bool) -> list[Timescale]:
    """Return the timescales of ``run`` with act and trigger.

    ``acts`` and ``triggers`` are the lexicon's concept names ("act.respond", "from.receipt"); ``days_are_working``
    says that the document defines its days as working days.
    """
    raw = lengths_of_time(run.tokens, days_are_working)
    if not raw:
        return []
    act_hits = [(hit, name) for name in acts for hit in run.concept(name)]
    trigger_hits = [(hit, name) for name in triggers for hit in run.concept(name)]
    said = [_trigger(run.tokens, one, trigger_hits, raw) for one in raw]
    regions = [region for _, region in said if region is not None]
    free = [
        (hit, name)
        for hit, name in act_hits
        if not _inside(hit, regions)
        and not any(one.start <= hit.start < one.end for one in raw)
        and not any(_runs_into(hit, one, region) for one, (_, region) in zip(raw, said, strict=True))
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
        hit = one.act_hit
        capped = found[-1].act_hit if found and found[-1].capped else None
        if hit is not None and hit.negated and capped is not None and capped.start == hit.start:
            found.append(replace(one, capped=True, act_hit=capped))
        else:
            found.append(one)
    return found


def _bound(tokens: Sequence[Token], one: Timescale, trigger: str | None, chosen: Named | None) -> Timescale:
    hit, act = chosen if chosen is not None else (None, None)
    if hit is not None and one.capped:
        hit = Hit(hit.start, hit.end, negated=False)
    if act == "act.contact" and hit is not None and trigger in _ACKNOWLEDGED and tokens[hit.start].word == "hear":
        act = "act.respond"  # "you will hear from us within 10 working days of the acknowledgement"
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
    return bool(between) and between[-1] == "to" and not {"up", *_LIMITED} & set(between)


def _bare(name: str | None) -> str | None:
    return name.partition(".")[2] if name else None


def _runs_into(hit: Hit, one: Timescale, region: tuple[int, int] | None) -> bool:
    """Tell whether an act before a time ends in what the time is counted from.

    "You will hear from us within 20 working days of confirming that we have it" acknowledges nothing in that time.
    """
    return region is not None and hit.start < one.start and region[0] < hit.end <= region[1]


def _inside(hit: Hit, regions: Sequence[tuple[int, int]]) -> bool:
    # One word more may be a preposition: "of the case being [allocated to] you".
    return any(start <= hit.start < end and hit.end <= end + 1 for start, end in regions)


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
        hit, name = min(
            after, key=lambda pair: (pair[0].start, _breaks_off(tokens, pair[0].start, pair[0].end), -pair[0].end)
        )
        end = hit.end
        while end < len(tokens) and tokens[end].word in _TRIGGER_NOUNS:
            end += 1
        if end + 1 < len(tokens) and tokens[end].word == "to" and tokens[end + 1].key in _ASKED_FOR:
            end += 2  # "your request to escalate"
        start = next(k for k in range(one.end, hit.start + 1) if tokens[k].word in _CONNECTIVES)
        return name, (start, _clause_end(tokens, end))
    before = [
        (hit, name)
        for hit, name in hits
        if hit.end <= one.start
        and name not in _ONLY_AFTER
        and any(
            _opens_trigger(tokens, k, hit.start)
            for k in range(max(0, hit.start - 7), hit.start + 1)
            if k >= hit.start - 4 or tokens[k].word == "from"
        )
        and not any(tokens[k].word in SENTENCE_END for k in range(hit.end, one.start))
    ]
    if before:
        hit, name = max(before, key=lambda pair: (pair[0].start, pair[0].end))
        return name, (max(0, hit.start - 1), hit.end)
    return None, None


def _opens_trigger(tokens: Sequence[Token], at: int, start: int) -> bool:
    """Tell whether the word at ``at`` makes what begins at ``start`` a starting point that is named before the time.

    "hear from us with our decision" and "say when we reply" name none.
    """
    if any(tokens[k].word == ":" for k in range(at, start)):
        return False  # "we do the following: acknowledge ..."
    if tokens[at].word == "from":
        return start - at <= 2 or all(tokens[k].word in _DAY_OF for k in range(at + 1, start))
    if tokens[at].word == "when":
        return at == 0 or not tokens[at - 1].word.isalpha() or tokens[at - 1].word in {"and", "but"}
    if tokens[at].word == "once" and at and tokens[at - 1].word in {"at", "only"}:
        return False
    return tokens[at].word in _OPENERS


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
        if word == "that" and k > start and tokens[k - 1].word in _CONNECTIVES and tokens[k + 1].word in {",", "at"}:
            return True  # "15 working days after that, once it is known"
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
    if _looks_back(tokens, one):
        return None
    if one.start and tokens[one.start - 1].word == "for":
        hits = [pair for pair in hits if pair[1] not in _DONE_ONCE]
    if is_the_residents(tokens, one):
        hits = [pair for pair in hits if pair[1] not in _LANDLORDS]
    best: tuple[float, Named] | None = None
    for pair in _governing(tokens, one, hits, raw):
        cost = _distance(tokens, one, pair[0], raw) + _MINOR_COST * _is_request(tokens, pair)
        cost += _OF_THE_NEXT * _is_of_the_next(tokens, one, pair[0], hits, raw)
        if pair[1] == "act.review-restriction" and _names_something(tokens, pair[0].end):
            continue
        if cost < _NO_MATTER_HOW and (best is None or cost < best[0]):
            best = (cost, pair)
    return best[1] if best else None


def _is_of_the_next(
    tokens: Sequence[Token], one: Timescale, hit: Hit, hits: Sequence[Named], raw: Sequence[Timescale]
) -> bool:
    """Tell whether an act after a time is that of the time after it, as one before it is that of this time.

    So in "logged within five working days, with the response sent within ten", not in "within five we log, within ten
    we answer".
    """
    later = min((other.start for other in raw if other.start >= hit.end), default=0)
    if hit.start < one.end or not later:
        return False

    def joined(start: int, end: int) -> bool:
        return not any(tokens[k].word in SENTENCE_END for k in range(start, end))

    before = any(other.end <= one.start and joined(other.end, one.start) for other, _ in hits)
    after = any(other.start >= later and joined(later, other.start) for other, _ in hits)
    return before and joined(one.end, later) and not after


def _names_something(tokens: Sequence[Token], after: int) -> bool:
    """Tell whether "review" is part of a name: "reviewing officer", or the header of a row, "Stage 2: we review:"."""
    return after < len(tokens) and (tokens[after].word == ":" or tokens[after].key in _REVIEWERS)


def _looks_back(tokens: Sequence[Token], one: Timescale) -> bool:
    """Tell whether the time is one that has gone by: "over the last 12 months"."""
    return any(
        tokens[k].word in {"last", "past", "previous", "preceding"} for k in range(max(0, one.start - 1), one.start)
    )


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
        [pair for pair in part if pair[0].start > modal > begin and pair[1] == "act.contact"],
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


def _is_request(tokens: Sequence[Token], pair: Named) -> int:
    """Tell whether a hit is the request itself, not the asking: "complaints and requests for stage 2".

    Thrice over where it is the resident's: "your request to go to stage 2", "each request for escalation".
    """
    hit, name = pair
    if name != "act.escalate":
        return 0
    after = tokens[hit.end].key if hit.end < len(tokens) else "."
    at = hit.start - 2 if hit.start > 1 and tokens[hit.start - 1].word in {"for", "to"} else hit.start
    if at > 0 and tokens[at].word in {"request", "appeal"} and tokens[at - 1].word in _DETERMINERS:
        return 3
    return tokens[hit.start].word in {"requests", "appeals", "escalations"} or after == "request"


def _distance(tokens: Sequence[Token], one: Timescale, hit: Hit, raw: Sequence[Timescale]) -> float:
    if hit.start < one.start < hit.end:
        return float(sum(_PARTS.get(tokens[k].word, 0) for k in range(hit.start, hit.end)))
    if hit.end <= one.start:
        start, end, cost = hit.end, one.start, 1.0
    elif hit.start == one.end + 1 and tokens[one.end].word == "to" and tokens[hit.start].word in _TO_ANSWER:
        return 0.0  # "5 working days to acknowledge, 10 working days to respond"
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
    to = {tokens[k].word for k in range(max(one.end, hit.start - 4), hit.start)}
    return (
        bool(has & {"has", "have", "allowed", "given", "allows", "takes", "take", "had", "give", "allow"})
        and "to" in to
    )


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
