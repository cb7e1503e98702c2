"""The wording of a provision in a form, held against the Code's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*(?=\w)")
_MARKER = re.compile(r"(?:^|(?<=[\s;:.]))\(?(?:[a-h]|i{1,3}|iv|vi{0,3})[.)]\s")
_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"(?:^|\s)\(?[a-h][.)]\s|[•\u2022\uf0b7]|\n")
_CRITICAL = frozenset(
    """must should may might can could will would shall not no never unless only expected encouraged required need
    working calendar day days week weeks month months year years stage annually each any all
    acknowledged acknowledgement received receipt logged issued escalated completion twelve one two three four five six
    seven eight nine ten fifteen twenty thirty""".split()
)
_FREE = frozenset(
    """a an the of to in on at by for from with as is are be been being that this these those which who their its it
    they them his her and or also such so than then if when where there has have had do does s we our""".split()
)
_ALIKE = frozenset("landlord landlords organisation organisations provider association resident residents customer "
                   "customers tenant tenants individual".split())  # fmt: skip
_TYPING = 0.75  # letters in common of a word and its misspelling
_MANY = 2  # words otherwise changed that are still a slip
_STRETCH = 6  # words changed on end, however small
_PIECE = 3  # words in a row that count as the same passage
_SURE = 0.75


@lru_cache(maxsize=512)
def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` without case, quotation marks, hyphens and list markers."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"</?[a-z]\w{0,9}>|['’‘`´\"“”]", "", text)
    text = _HYPHEN.sub("", text)
    return tuple(_WORD.findall(_MARKER.sub(" ", text)))


def likeness(wording: str, requirement: str) -> float:
    """Return how much of two wordings is the same, from 0 (nothing) to 1 (all the words, in the same order)."""
    one, other = words(wording), words(requirement)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def altered(wording: str, requirement: str) -> bool:
    """Tell whether a form's ``wording`` of a provision differs in substance from the Code's ``requirement``.

    Case, quotation marks, hyphens, white space, list markers and slips in a word or two do not count. A changed number,
    a changed "must" and words left out do. A row that quotes only items of the provision's list, or its lead-in without
    any, is an excerpt and not altered; nor is an empty wording.
    """
    said, code = words(wording), words(requirement)
    if not said or not code or said == code:
        return False
    if _is_excerpt(said, requirement):
        return False
    changed = 0
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, code, said, autojunk=False).get_opcodes():
        if tag == "equal" or "".join(code[a0:a1]) == "".join(said[b0:b1]):
            continue
        count = _changes(code[a0:a1], said[b0:b1])
        if count is None:
            return True
        changed += count
    return changed > _MANY


def _changes(was: Sequence[str], now: Sequence[str]) -> int | None:
    """Count the words that differ between two short stretches; None where one of them bears on the substance."""
    left, right = list(was), list(now)
    for word in was:
        twin = next((other for other in right if _same(word, other)), None)
        if twin is not None:
            left.remove(word)
            right.remove(twin)
    if any(word in _CRITICAL or word.isdigit() for word in (*left, *right)):
        return None
    if max(len(left), len(right)) >= _STRETCH:
        return None
    lost = sum(word not in _FREE for word in left)
    added = sum(word not in _FREE for word in right)
    return max(lost, added)


def _same(word: str, other: str) -> bool:
    if word == other or (word in _ALIKE and other in _ALIKE):
        return True
    if word in _CRITICAL or other in _CRITICAL or word.isdigit() or other.isdigit() or min(len(word), len(other)) < 4:
        return False
    return SequenceMatcher(None, word, other).ratio() >= _TYPING


def _is_excerpt(said: tuple[str, ...], requirement: str) -> bool:
    """Tell whether a wording is the lead-in of a list, or whole items of it, and nothing else."""
    items = [words(item) for item in _ITEM.split(requirement)]
    items = [item for item in items if item]
    if len(items) < 3:
        return False
    lead, *rest = items
    if _near(said, lead):
        return True
    left = said
    for item in rest:
        if _near(left[: len(item)], item):
            left = left[len(item) :]
    return not left


def _near(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) != len(other):
        return False
    return all(_same(word, twin) for word, twin in zip(one, other, strict=True))


@dataclass(frozen=True, slots=True)
class Match:
    """A provision whose wording holds a text: how much of the text, and from which word of the wording on."""

    provision: str
    share: float
    start: int


def order(provision: str) -> tuple[int, ...]:
    """Return the key that sorts provisions as the Code has them: 6.9 before 6.10."""
    return tuple(int(part) for part in provision.split(".") if part.isdigit())


class Requirements:
    """The Code's wording of each provision, to recognise a row by what it says."""

    def __init__(self, requirements: Mapping[str, str]) -> None:
        self.texts = dict(requirements)
        self._words = {provision: words(text) for provision, text in requirements.items()}
        self._bags = {provision: Counter(found) for provision, found in self._words.items()}

    def __bool__(self) -> bool:
        return bool(self.texts)

    def held(self, text: str, provision: str) -> Match | None:
        """Say how much of ``text`` the wording of ``provision`` holds; None where it is not known or holds nothing."""
        code, said = self._words.get(provision, ()), words(text)
        if not code or not said:
            return None
        blocks = SequenceMatcher(None, said, code, autojunk=False).get_matching_blocks()
        least = min(_PIECE, len(said))
        found = [block for block in blocks if block.size >= least]
        if not found:
            return None
        return Match(provision, sum(block.size for block in found) / len(said), found[0].b)

    def find(self, text: str, *, after: str | None = None) -> Match | None:
        """Return the provision that ``text``, or most of it, comes from; None where it is none or too short to say.

        Some wordings stand in the Code twice, once for each stage: of those, the first after provision ``after``.
        """
        said = words(text)
        if len(said) < 5:
            return None
        bag = Counter(said)
        shared = {
            provision: sum(min(count, other[word]) for word, count in bag.items())
            for provision, other in self._bags.items()
        }
        likely = sorted(shared, key=lambda provision: (-shared[provision], order(provision)))[:6]
        found = [match for provision in likely if (match := self.held(text, provision)) and match.share >= _SURE]
        if not found:
            return None
        scores = {match.provision: self._score(match, len(said)) for match in found}
        best = max(scores.values())
        near = sorted(
            (match for match in found if scores[match.provision] >= best - 0.03), key=lambda m: order(m.provision)
        )
        if after is None:
            return next(match for match in near if scores[match.provision] == best)
        return next((match for match in near if order(match.provision) > order(after)), near[0])

    def _score(self, match: Match, count: int) -> float:
        return match.share + 0.3 * min(1.0, match.share * count / len(self._words[match.provision]))
