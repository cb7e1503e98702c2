"""The number of a provision as forms print it, whole or broken."""

from __future__ import annotations

import re
from collections.abc import Collection

_BEFORE = (
    r"(?:(?:the\s+)?(?:code\s+)?"
    r"(?:provision|requirement|point|section|ref(?:erence)?|paragraph|para|clause|no)\b\.?:?\s*)?"
)
_NUMBER = re.compile(
    rf"^\W{{0,2}}{_BEFORE}(?P<major>[1-9])\s?\.\s?(?P<minor>\d{{1,2}})(?![\d.]\d|\d|%|\s?(?:working\s+)?days)"
    r"(?P<suffix>[a-h](?!\w)|\s?\([a-h]\))?[.:)*]*(?:\s*[–—-]\s+)?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BROKEN = re.compile(r"^(\d)\s*(?!\S)")


def read_number(text: str, known: Collection[str] = ()) -> tuple[str, str, str] | None:
    """Read a provision's number at the beginning of ``text``: "6.14", "Provision 6.14:", "6. 14", "8.1 (f)".

    Returns the provision, its letter ("" where there is none) and what follows; None where no number stands there.
    ``known`` are the provisions of the Code: "6.1 4", as a narrow column breaks it, is 6.14 if there is one.
    """
    match = _NUMBER.match(text.strip())
    if match is None or int(match["minor"]) == 0:
        return None
    minor, rest = match["minor"].lstrip("0"), match["rest"].strip()
    suffix = (match["suffix"] or "").strip(" ()")
    digit = _BROKEN.match(rest)
    if digit and not suffix and len(minor) == 1 and f"{match['major']}.{minor}{digit[1]}" in known:
        return f"{match['major']}.{minor}{digit[1]}", "", rest[digit.end() :].strip()
    return f"{match['major']}.{minor}", suffix, rest
