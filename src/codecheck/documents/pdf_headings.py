"""Which paragraphs of a PDF are headings, and of what level: by size, weight and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codecheck.documents.lines import could_be_heading
from codecheck.documents.pdf_lines import Line

_NUMBER = re.compile(r"(?:section\s+|part\s+)?(\d{1,2}(?:\.\d{1,3})*)\.?\s", re.IGNORECASE)
_LARGER = 0.9  # points above the size of the body
_MAX_LARGE = 200
_MAX_BOLD = 140
_SENTENCE = re.compile(r"[.;,]$|[.;] [A-Z]")

# Size of the letters, bold or not, depth of the number (0 without one): what headings of one level share.
Style = tuple[float, bool, int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its lines, and its text as joined."""

    text: str
    lines: tuple[Line, ...]


def heading_levels(paragraphs: Sequence[Paragraph], body_size: float) -> list[int | None]:
    """Return for each paragraph its heading level from 1, 0 for a heading of unknown level, None for no heading."""
    styles = [_style(paragraph, body_size) for paragraph in paragraphs]
    ranks = _ranks([style for style in styles if style])
    numbered_styles = any(style and style[2] for style in styles)
    levels: list[int | None] = []
    for at, (paragraph, style) in enumerate(zip(paragraphs, styles, strict=True)):
        if style:
            levels.append(ranks[style])
        elif not numbered_styles and _is_plain_heading(paragraphs, at):
            levels.append(0)
        else:
            levels.append(0 if _is_capitals(paragraph) else None)
    return levels


def _style(paragraph: Paragraph, body_size: float) -> Style | None:
    """Return the style of a paragraph that looks like a heading by its letters, else None."""
    lines, text = paragraph.lines, paragraph.text
    if lines[0].mark.is_item or not any(character.isalpha() for character in text):
        return None
    found = _NUMBER.match(text)
    words = text[found.end() :] if found else text
    size = round(2 * max(line.size for line in lines)) / 2
    bold = all(line.bold for line in lines)
    larger = size >= body_size + _LARGER
    if larger and len(text) <= _MAX_LARGE and not (_SENTENCE.search(words) and len(text) > 80):
        return size, bold, _depth(text)
    if bold and size >= body_size - 0.6 and len(text) <= _MAX_BOLD and not _SENTENCE.search(words):
        return size, bold, _depth(text)
    return None


def _ranks(styles: Sequence[Style]) -> dict[Style, int]:
    """Rank styles: larger first, bold before plain, then by depth of number; one without stands with the shallowest."""
    shallowest: dict[tuple[float, bool], int] = {}
    for size, bold, depth in styles:
        if depth:
            shallowest[size, bold] = min(depth, shallowest.get((size, bold), depth))

    def key(style: Style) -> tuple[float, bool, int]:
        size, bold, depth = style
        return -size, not bold, depth or shallowest.get((size, bold), 1)

    order = sorted({key(style) for style in styles})
    return {style: order.index(key(style)) + 1 for style in styles}


def _depth(text: str) -> int:
    found = _NUMBER.match(text)
    if not found:
        return 0
    parts = found[1].split(".")
    return len(parts) - 1 if len(parts) > 1 and parts[-1] == "0" else len(parts)


def _is_plain_heading(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Tell whether a short numbered line in body letters is a heading: longer text follows, not the next such line."""
    paragraph = paragraphs[at]
    if not _is_short_numbered(paragraph) or at + 1 == len(paragraphs):
        return False
    following = paragraphs[at + 1]
    if _is_short_numbered(following):
        return _depth(following.text) > _depth(paragraph.text)
    return following.lines[0].mark.is_item or len(following.text) > len(paragraph.text)


def _is_short_numbered(paragraph: Paragraph) -> bool:
    text = paragraph.text
    found = _NUMBER.match(text)
    return (
        found is not None
        and len(paragraph.lines) == 1
        and len(text) <= 70
        and not paragraph.lines[0].mark.is_item
        and could_be_heading(text)
        and not text.endswith(":")
        and text[found.end() :][:1].isupper()
    )


def _is_capitals(paragraph: Paragraph) -> bool:
    text = paragraph.text
    letters = [character for character in text if character.isalpha()]
    capitals = len(letters) > 5 and all(letter.isupper() for letter in letters)
    return capitals and not paragraph.lines[0].mark.is_item and could_be_heading(text) and len(paragraph.lines) <= 2
