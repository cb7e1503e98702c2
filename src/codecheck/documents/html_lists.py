"""The numbers that a browser shows in front of list items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

BULLET = "•"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_SMALL_ROMAN = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)")
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
    "decimal-leading-zero": "1",
    "none": "none",
    "disc": BULLET,
    "circle": BULLET,
    "square": BULLET,
}


@dataclass(slots=True)
class List:
    """A list that is being read: its depth, how it counts, and the number of its next item."""

    depth: int
    style: str
    following: int = 1
    step: int = 1

    def next_label(self, item: Any) -> str | None:
        """Return what a browser shows in front of `item`, the next item, or None where the list hides its numbers."""
        value = _integer(item.get("value"))
        number = self.following if value is None else value
        self.following = number + self.step
        if self.style == BULLET:
            return BULLET
        return number_label(number, _style_of(item) or self.style)


def nested_list(element: Any, above: List | None) -> List:
    """Return a new list for `element` (`<ol>` or `<ul>`) inside the list `above`."""
    depth = above.depth + 1 if above else 1
    if element.tag != "ol":
        return List(depth, BULLET)
    is_reversed = element.get("reversed") is not None
    start = _integer(element.get("start"))
    if start is None:
        start = sum(1 for _ in element.iterchildren("li")) if is_reversed else 1
    return List(depth, _style_of(element) or "1", start, -1 if is_reversed else 1)


def number_label(number: int, style: str) -> str | None:
    """Return `number` as a list label in `style`: "3.", "(c)", "(iii)"; None for style "none"."""
    if style == "none":
        return None
    if style in ("a", "A") and number > 0:
        text = _letters(number)
    elif style in ("i", "I") and 0 < number < 4000:
        text = _roman(number)
    else:
        return BULLET if style == BULLET else f"{number}."
    return f"({text.upper() if style.isupper() else text})"


def _style_of(element: Any) -> str | None:
    found = _STYLE.search(element.get("style", ""))
    declared = _STYLES.get(found[1].lower()) if found else None
    given = element.get("type")
    return declared or (given if given in ("1", "a", "A", "i", "I") else None)


def _integer(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"\s*[+-]?[0-9]{1,6}\s*", value) else None


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    text = ""
    for value, sign in (*_ROMAN, *_SMALL_ROMAN):
        count, number = divmod(number, value)
        text += sign * count
    return text
