"""What a line of text shows about itself: a bullet, a typed number, a heading, the middle of a sentence.

Shared by the readers of web pages, Markdown and plain text, where a line break may mean a new paragraph or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from urllib.parse import unquote

from codecheck.documents.cleaning import clean
from codecheck.model import Block

# Private-use characters are bullets of the Symbol and Wingdings fonts.
_GLYPH = "[•●○▪▫■□◦‣\u2043∙·➢➤►❖✓✔\ue000-\uf8ff]"
_BULLET = re.compile(rf"({_GLYPH}\s*|[-*\u2013\u2014o+]\s+)(?=\S)")
_DASHES = ("\u2013", "\u2014")
_RUN_ON = re.compile(r"(?<=\S)\s*(?=[•●▪]\s*[^\s•●▪])")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,5}\.?\s+(?=\S)")  # 2.1, 2.1.3.
_COUNT = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")  # 3. or 3)
_LETTER = re.compile(r"(?:\((?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,2})\)|(?:[a-zA-Z]|[ivx]{1,5})\)|[a-z]\.)\s+(?=\S)")
# After one of these a number belongs to the sentence: "as set out in section / 2.1 above".
_CONTINUES = re.compile(
    r"\b(?:sections?|paragraphs?|paras?|clauses?|parts?|provisions?|appendix|stage|in|of|to|at|see|under|with|within|from|"
    r"than|the|by|and|or|a|an)$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"""[.:;?!]["'\u2019”)\]]*$|[;,] (?:and|or)$""")
_CONTACT = re.compile(r"@|\bwww\.|https?:|\d{5,}|\d{3,5} \d{3}|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b")
_TIME = re.compile(r"\d\)? (?:\w+ )?(?:hour|day|week|month|year)s?\b")
_VERB = re.compile(
    r"\b(?:will|must|may|can|cannot|shall|should|is|are|if|to|do|either|please|include|by|from|for)\b", re.I
)
_MODAL = re.compile(r"\b(?:will|must|shall|should|can|may|cannot)\b", re.I)
_QUESTION = re.compile(r"(?:how|what|when|where|which|who|why)\b|.*\?$", re.I)
_MAX_HEADING_CHARACTERS = 100
_MAX_HEADING_WORDS = 14


def split_bullet(text: str) -> tuple[str | None, str]:
    """Return the bullet glyph that `text` begins with, or None, and the rest of the text."""
    found = _BULLET.match(text)
    return (found[1].strip(), text[found.end() :]) if found else (None, text)


def at_bullets(text: str) -> list[str]:
    """Cut a line in which bullets run on ("will: • listen • reply") in front of each bullet."""
    return _RUN_ON.split(text)


def section_number(text: str) -> tuple[int, ...] | None:
    """Return (2, 1) for "2.1 Definition" and (3,) for "3. Scope" or "3) Scope"; None where no such number is typed."""
    found = _NUMBER.match(text) or _COUNT.match(text)
    return tuple(int(part) for part in re.findall(r"\d+", found[0])) if found else None


def item_block(text: str, *, label: str | None, depth: int) -> Block:
    """Return the block for a list item with the marker `label`, or with the bullet that `text` begins with.

    A number typed behind the bullet is what people cite, so it wins: "• 2.5 ..." is the paragraph 2.5, not an item of
    some list, and "- a) ..." is item a).
    """
    if label is None or not label.endswith((".", ")")):
        glyph, text = split_bullet(text)
        label = label or glyph
        if _NUMBER.match(text):
            return Block(text)
        if is_lettered(text):
            label = None
    return Block(text, "item", depth, label)


def is_lettered(text: str) -> bool:
    """Tell whether `text` begins with a typed list marker: "a)", "(iv)", "(2)", "b."."""
    return _LETTER.match(text) is not None


def is_ended(line: str) -> bool:
    """Tell whether `line` ends a sentence or a list item."""
    return _ENDED.search(line) is not None


def starts_block(line: str, previous: str) -> bool:
    """Tell whether `line` begins a paragraph or item of its own, rather than carrying on the line `previous`."""
    glyph, text = split_bullet(line)
    if glyph and glyph in _DASHES and text[0].islower():
        return is_ended(previous) or previous.startswith(glyph)  # else a dash within a sentence
    if glyph:
        return True
    if _CONTINUES.search(previous) and not is_ended(previous):
        return False
    if is_lettered(line) or _COUNT.match(line):
        return True
    found = _NUMBER.match(line)
    return found is not None and (is_ended(previous) or line[found.end()].isupper())


def join_lines(lines: Iterable[str]) -> list[str]:
    """Join lines broken only for width into paragraphs; one with a bullet or typed number begins a new paragraph."""
    joined: list[list[str]] = []
    previous = ""
    for line in chain.from_iterable(map(at_bullets, lines)):
        if not line:
            continue
        if joined and not starts_block(line, previous):
            joined[-1].append(line)
        else:
            joined.append([line])
        previous = line
    return [" ".join(group) for group in joined]


def could_be_heading(text: str) -> bool:
    """Tell whether `text` has the form of a heading: short, no full stop, capitalised, not contact details.

    The form alone does not make a heading; readers ask for boldness, a number or white space around it as well.
    """
    if not text or len(text) > _MAX_HEADING_CHARACTERS or len(text.split()) > _MAX_HEADING_WORDS:
        return False
    if text[-1] in ".;,!" or (text[-1] == ":" and _VERB.search(text)):
        return False
    if split_bullet(text)[0] or is_lettered(text) or _CONTACT.search(text) or _CONTINUES.search(text):
        return False
    words = _without_number(text)
    if _MODAL.search(words) and not _QUESTION.match(words):  # "How we will reply" is a heading, "We will reply" is not
        return False
    return bool(words) and not words[0].islower() and any(character.isalpha() for character in words)


def mentions_time_limit(text: str) -> bool:
    """Tell whether `text` gives a length of time: the content of a table, not one of its headers."""
    return _TIME.search(text) is not None


def address_behind(href: str, shown: str) -> str:
    """Return the email address or telephone number that a link hides behind words ("Email us"), or ""."""
    kind, _, address = href.partition(":")
    kind, address = kind.strip().lower(), clean(unquote(address.partition("?")[0]))
    hidden = (kind == "mailto" and "@" not in shown) or (kind == "tel" and not re.search(r"\d{3}", shown))
    return address if hidden else ""


def _without_number(text: str) -> str:
    found = _NUMBER.match(text) or _COUNT.match(text)
    return text[found.end() :] if found else text
