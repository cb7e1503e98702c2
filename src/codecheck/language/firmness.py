"""How firmly something is said: promised, aimed at, or promised to some only. The words are concepts of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from codecheck.language.stream import Hit, Run
from codecheck.language.tokens import sentence_ends_between

_WEAK = "firmness.weak"
_WEAK_AROUND = "firmness.where-possible"
_HEDGE = "firmness.hedge"
_HEDGE_FIRST = "firmness.hedge-first"
_ONLY_SOME = "firmness.only-some"
_FIRM = "firmness.firm"
_IDLE = "firmness.idle"


def is_weak(run: Run, hit: Hit) -> bool:
    """Tell whether the promise at ``hit`` is softened: "aim to", "usually", "where possible"."""
    # "The time may be extended", "you may ask": what follows is no less promised for that.
    idle = {place for h in run.concept(_IDLE) for place in range(h.start, h.end)}
    weak = [h for h in run.concept(_WEAK) if not h.negated and h.start <= hit.end and h.start not in idle]
    if weak:
        # "Our aim is to reply": the "is to" of the aim makes nothing firm.
        firm = [h for h in run.concept(_FIRM) if weak[-1].end <= h.start <= hit.start]
        if not firm and not sentence_ends_between(run.tokens, weak[-1].start, hit.start):
            return True
    return any(_in_one_sentence(run, h, hit.start) for h in run.concept(_WEAK_AROUND) if not _denied_after(run, h))


def only_for_some(run: Run, positions: Sequence[int]) -> bool:
    """Tell whether the sentence of words at token ``positions`` holds for some only: "in straightforward cases"."""
    hits = [hit for hit in run.concept(_ONLY_SOME) if not hit.negated]
    return any(_in_one_sentence(run, hit, position) for hit in hits for position in positions)


def is_hedged(run: Run, own: int) -> bool:
    """Tell whether a run, from token ``own`` on, says only what somebody aims at or may do, and goes on to no promise.

    "Where possible" at its head softens all that follows.
    """
    if any(hit.start == own for hit in run.concept(_HEDGE_FIRST)):
        return True
    firm = [hit.start for hit in run.concept(_FIRM)]
    return any(
        hit.end > own and not any(hit.end < place for place in firm)
        for hit in run.concept(_HEDGE)
        if not hit.negated and not _denied_after(run, hit)
    )


def _denied_after(run: Run, hit: Hit) -> bool:
    """Tell whether "not" follows: "if we cannot reply in time" softens nothing."""
    return hit.end < len(run.tokens) and run.tokens[hit.end].word == "not"


def _in_one_sentence(run: Run, hit: Hit, position: int) -> bool:
    return not sentence_ends_between(run.tokens, min(hit.start, position), max(hit.start, position))
