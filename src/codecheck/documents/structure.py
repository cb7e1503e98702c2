"""From blocks to clauses: numbers, headings, lead-ins and offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codecheck.model import Block, Clause

_TYPED_NUMBER = re.compile(r"^(?:section\s+)?(\d{1,2}(?:\.\d{1,3}){1,4})\.?\)?[\s:–-]+(?=\S)", re.IGNORECASE)
_TYPED_SINGLE = re.compile(r"^(?:section\s+)?(\d{1,2})\s?[.):]\s*(?:[.–-]\s*)?(?=[A-Z“\"‘'])", re.IGNORECASE)
_TYPED_BARE = re.compile(r"^(?:section\s+)?(\d{1,2})\s+(?=[A-Z])")
_TYPED_MARKER = re.compile(r"^(\(?(?:[a-z]|[ivx]{1,4})\))\s+(?=\S)", re.IGNORECASE)
# Clauses numbered by a letter or a sign, "E7." and "§ 22": a number to cite, and never a heading.
_TYPED_SIGN = re.compile(r"^([A-Z]\d{1,2}(?:\.\d{1,3})*(?=\.\s)|§\s?\d{1,3}(?:\.\d{1,3})*)\.?\s+(?=[A-Z“\"‘'])")
_SIGN_LABEL = re.compile(r"^(?:[A-Z]|§\s?)\d")
_SECTION_LABEL = re.compile(r"^(?:section\s+)?(\d{1,3}(?:\.\d{1,3})*)[.):]?$", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:will|must|shall|can|may|is|are|should|has|have|was|were)\b", re.IGNORECASE)
_UNRANKED = 90


def build_clauses(blocks: Sequence[Block]) -> tuple[str, tuple[Clause, ...]]:
    """Put ``blocks`` in their places.

    Returns the document's text (one clause a line, without numbers and markers) and its clauses, for each of which
    ``text[clause.start:clause.end] == clause.text``.
    """
    builder = _Builder()
    for at, block in enumerate(blocks):
        if block.text.strip():
            builder.add(block, blocks[at + 1] if at + 1 < len(blocks) else None)
    return "\n".join(clause.text for clause in builder.clauses), tuple(builder.clauses)


_CAPTION = re.compile(r"(?:table|figure)\s+\w{1,4}\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(two|three|four|five|six)\b[^.:;]{0,40}:$", re.IGNORECASE)
_NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class _Builder:
    def __init__(self) -> None:
        self.clauses: list[Clause] = []
        self._offset = 0
        self._section: str | None = None
        # Headings above the current place, outermost first: (level, text).
        self._headings: list[tuple[int, str]] = []
        self._last_level = 0
        self._captions: set[str] = set()
        self._numbering = _Numbering()

    def add(self, block: Block, following: Block | None) -> None:
        number, text = _number(block)
        kind = block.kind
        section = _SECTION_LABEL.match(number) if number and kind in ("heading", "paragraph") else None
        if kind == "paragraph" and section and _looks_like_heading(text, following):
            kind = "heading"
        signed = kind == "paragraph" and number is not None and block.label is None and _SIGN_LABEL.match(number)
        if kind == "paragraph" and number and not section and not signed:
            kind = "item"
        if kind == "heading":
            self._enter_heading(block, text, section.group(1) if section else None)
        elif section:
            self._section = section.group(1)
        elif signed:
            self._section = number
        if kind not in ("heading", "footnote") and block.kind != "cell" and self._captions and self._in_table():
            # A caption is the heading of its table, not of what follows that.
            self._headings = [heading for heading in self._headings if heading[1] not in self._captions]
        if kind == "heading" and following is not None and following.kind == "cell" and _CAPTION.match(text):
            self._captions.add(text)
        path = tuple(heading for _, heading in self._headings)
        clause = Clause(
            index=len(self.clauses),
            text=text,
            start=self._offset,
            end=self._offset + len(text),
            kind=kind,
            number=number,
            section=self._section,
            headings=path[:-1] if kind == "heading" else path,
            page=block.page,
            level=block.level,
            cell=block.cell,
            paragraph=block.paragraph,
        )
        self.clauses.append(replace(clause, lead=self._lead(clause)))
        self._offset += len(text) + 1

    def _in_table(self) -> bool:
        """Tell whether the last clause was a cell, footnotes aside."""
        return next((clause.kind for clause in reversed(self.clauses) if clause.kind != "footnote"), "") == "cell"

    def _enter_heading(self, block: Block, text: str, section: str | None) -> None:
        if section is not None:
            depth = section.rstrip("0").rstrip(".").count(".") + 1 if section.endswith(".0") else section.count(".") + 1
        else:
            depth = 0
        if section is not None and self._numbering.restarts(section, self._headings):
            depth += self._numbering.base
        level = block.level or depth or _UNRANKED
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, text))
        if section is not None:
            self._section = section
        elif block.level and self._section is not None and level <= self._last_level:
            self._section = None
            self._numbering.leave(level)
        elif block.level and self._section is None:
            self._numbering.leave(level)
        if section is not None:
            self._last_level = level

    def _lead(self, clause: Clause) -> int | None:
        """Find the clause whose sentence this one completes: for items, and for what follows a colon."""
        if not self.clauses or clause.kind not in ("item", "paragraph"):
            return None
        previous = self.clauses[-1]
        if clause.kind == "paragraph":
            follows_colon = previous.kind == "paragraph" and previous.text.endswith(":") and previous.lead is None
            beside = previous.lead is not None and previous.kind == "paragraph" and not previous.text.endswith(".")
            short = len(clause.text.split()) <= 40
            if follows_colon and short and clause.number is None:
                return previous.index
            if beside and short and clause.number is None and clause.text[0].islower():
                return previous.lead
            if previous.lead is not None and previous.kind == "paragraph" and short and clause.number is None:
                # "There are three:", and three paragraphs.
                counted = _COUNTED.search(self.clauses[previous.lead].text)
                if counted is not None and clause.index - previous.lead <= _NUMBER_WORDS[counted.group(1).lower()]:
                    return previous.lead
            return None
        for other in reversed(self.clauses):
            if other.kind == "item":
                if other.level < clause.level and _is_open(other.text):
                    return other.index
                if other.level == clause.level or (other.level < clause.level and other.lead is not None):
                    return other.lead
                continue
            if other.kind in ("paragraph", "heading", "footnote", "cell"):
                if other.kind == "cell" and (clause.cell is None or other.cell != clause.cell):
                    return None
                return other.index if _is_open(other.text) else None
        return None


# "We have five days to do these things. We start counting on the day your complaint arrives."
_POINTS_ON = re.compile(
    r"\b(?:(?:these|the following)(?:\s+(?:two|three|four|five|six|\d))?\s+(?:things|jobs|steps|tasks)"
    r"|the\s+(?:things|steps)\s+below)\.(?:\s+[^.?!:]{1,90}\.)?$",
    re.IGNORECASE,
)


class _Numbering:
    """Tells a numbering that starts afresh, as in an appendix with questions 1, 2, 3, from the main one."""

    def __init__(self) -> None:
        self.base = 0
        self._main: tuple[int, ...] = ()
        self._left = 0

    def leave(self, level: int) -> None:
        """Note a heading without a number, at ``level``, that ends a numbered part."""
        self._left = level

    def restarts(self, section: str, headings: Sequence[tuple[int, str]]) -> bool:
        """Tell whether ``section`` belongs to a numbering that started afresh below the heading without a number."""
        number = tuple(int(part) for part in section.split("."))
        if self._left and number < self._main and headings:
            self.base = self._left
            return True
        self._main, self._left, self.base = number, 0, 0
        return False


def _number(block: Block) -> tuple[str | None, str]:
    """Return the displayed number or marker of a block and its text without a number typed in front."""
    text = block.text.strip()
    if block.label is not None:
        return block.label.strip() or None, text
    if block.kind == "cell":
        return None, text
    patterns = [_TYPED_NUMBER, _TYPED_SINGLE] + ([_TYPED_SIGN] if block.kind == "paragraph" else [])
    if block.kind == "heading":
        patterns.append(_TYPED_BARE)
    for pattern in patterns:
        match = pattern.match(text)
        if match and len(text) > match.end():
            return match.group(1), text[match.end() :]
    match = _TYPED_MARKER.match(text)
    if match and block.kind != "heading":
        return match.group(1), text[match.end() :]
    return None, text


def _looks_like_heading(text: str, following: Block | None) -> bool:
    short = len(text.split()) <= 9 and not text.endswith((".", ";", ",")) and text[0].isupper()
    if not short or following is None:
        return False
    return text.endswith("?") or not (_MODAL.search(text) or (text.endswith(":") and following.kind == "item"))


def _is_open(text: str) -> bool:
    """Tell whether a text leaves its sentence to be finished by the items below it, or points to these at its end."""
    return not text.rstrip("’”'\"").endswith((".", "!", ";")) or _POINTS_ON.search(text) is not None
