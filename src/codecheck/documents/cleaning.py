"""Cleaning of text that every reader shares, so that the same words compare equal whatever file they came from."""

from __future__ import annotations

import re

# Soft hyphen, zero-width characters, direction marks, byte order mark, and the C0/C1 control characters that are not
# white space: none of them can be seen on the page.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SPACE = re.compile(r"\s+")  # \s takes in no-break, thin and ideographic spaces


def clean(text: str) -> str:
    """Return `text` on one line: runs of white space become one space, invisible characters go, ends are stripped."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()
