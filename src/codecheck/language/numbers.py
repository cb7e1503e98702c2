"""Numbers in words, in digits or in both."""

from __future__ import annotations

from collections.abc import Sequence

from codecheck.language.tokens import Token

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_NUMBERS = {word: value for value, word in enumerate(_ONES.split())}
_TENS = {
    w: v * 10
    for v, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_ORDINAL_ONES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
_ORDINALS = {w: v for v, w in enumerate((_ORDINAL_ONES + " fourteenth fifteenth").split(), start=1)}
_ORDINALS |= {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "sixteenth": 16, "eighteenth": 18}
_HIGHEST = 400


def is_number_word(word: str) -> bool:
    """Tell whether a number or an ordinal may begin with a word."""
    return word[0].isdigit() or word in _NUMBERS or word in _TENS or word in _ORDINALS or word in {"a", "an"}


def number_at(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Read a number at ``at``: digits, words, or both ("ten (10)"); return it and the position after it."""
    value, end = _one_number(tokens, at)
    if value is None or value > _HIGHEST:
        return None, at
    if end < len(tokens):
        again, after = _one_number(tokens, end)
        if again == value and tokens[end].word.isdigit() != tokens[at].word.isdigit():
            end = after
    return value, end


def ordinal_at(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Read an ordinal at ``at``: "tenth", "twenty-fifth", "20th"; return it and the position after it."""
    word = tokens[at].word
    if word in _ORDINALS:
        return float(_ORDINALS[word]), at + 1
    if word in _TENS and at + 1 < len(tokens) and 0 < _ORDINALS.get(tokens[at + 1].word, 0) < 10:
        return float(_TENS[word] + _ORDINALS[tokens[at + 1].word]), at + 2
    if len(word) > 2 and word[:-2].isdigit() and word[-2:] in {"st", "nd", "rd", "th"} and int(word[:-2]) <= _HIGHEST:
        return float(word[:-2]), at + 1
    return None, at


def _one_number(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    word = tokens[at].word
    if word.isdigit():
        return float(word), at + 1
    if word in _NUMBERS:
        return float(_NUMBERS[word]), at + 1
    if word in _TENS:
        if at + 1 < len(tokens) and 0 < _NUMBERS.get(tokens[at + 1].word, 0) < 10:
            return float(_TENS[word] + _NUMBERS[tokens[at + 1].word]), at + 2
        return float(_TENS[word]), at + 1
    if word in {"a", "an"} and at + 1 < len(tokens):
        following = tokens[at + 1].word
        if following in {"week", "month", "year", "day", "calendar", "working"}:
            return 1.0, at + 1
    return None, at
