"""Plain text: `read_text`. Everything is guessed from line breaks, blank lines, capitals, numbers and tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codecheck.documents.cleaning import clean
from codecheck.documents.encoding import decode
from codecheck.documents.lines import (
    at_bullets,
    could_be_heading,
    is_ended,
    is_lettered,
    item_block,
    section_number,
    split_bullet,
    starts_block,
)
from codecheck.documents.reading import Reading
from codecheck.documents.text_tables import bars_to_tabs, has_tags, rows_with_tabs, table_blocks, tagged_blocks
from codecheck.errors import InputError
from codecheck.model import Block

_RULE = re.compile(r"\s*([=_*~-])(?:\s*\1){2,}\s*$")
_MAX_WIDTH = 120  # lines are longer only where each is a paragraph of its own
# A line that only names a stage heads what follows, whatever white space was lost around it: "Stage two: review".
_STAGE_LINE = re.compile(
    r"(?:stage|step|level)\s+(?:one|two|three|[1-3])\b(?:\s*[:(–—-]\s*[\w’' ]{1,40}\)?)?:?$", re.IGNORECASE
)
_NAMED_PART = re.compile(r"(?:stage|step|section|part|appendix)\b", re.IGNORECASE)


def read_text(data: bytes, name: str) -> Reading:
    """Read the plain text in `data`: UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    `name` is used in messages only. Raises InputError where there is no text.
    """
    text, warnings = decode(data)
    lines = bars_to_tabs([line.rstrip(" \r\v") for line in text.replace("\f", "\n\n").split("\n")])
    blocks = _blocks(lines)
    if not blocks:
        raise InputError(f"{name} holds no text: check that the right file was saved")
    headings = (block.text for block in blocks if block.kind == "heading")
    first = blocks[0].text if could_be_heading(blocks[0].text) else ""
    return Reading(tuple(blocks), title=first or next(headings, ""), warnings=warnings)


@dataclass(slots=True)
class _Unit:
    """One or more lines that belong together, before it is known what they are."""

    lines: list[str]
    indent: int
    blank_before: bool = False
    blank_after: bool = False
    underline: str = ""
    weak: bool = False  # looks like a heading only by its number or the white space around it
    heading: int | None = None

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def _blocks(lines: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    pending: list[str] = []
    width = _wrap_width(lines)
    tables = at = 0
    while at < len(lines):
        end, is_table = rows_with_tabs(lines, at)
        end = max(end, at + 1)
        if is_table:
            blocks += _text_blocks([*pending, ""], width, more=True)
            blocks += table_blocks(lines[at:end], tables)
            pending = [""]
            tables += 1
        else:
            pending += [line.rstrip() for line in lines[at:end]]
        at = end
    return blocks + _text_blocks(pending, width, more=False)


def _wrap_width(lines: Sequence[str]) -> int | None:
    """The width to which the text was wrapped, or None where lines run on to the end of their paragraph."""
    lengths = sorted(len(line) for line in lines if line and "\t" not in line)
    longest = lengths[-1 - len(lengths) // 50] if lengths else 0  # a web address may stick out
    return longest if longest <= _MAX_WIDTH else None


def _text_blocks(lines: Sequence[str], width: int | None, *, more: bool) -> list[Block]:
    """Return the blocks of lines that hold no table; `more` tells whether a table follows."""
    units = _units(lines, width)
    for unit in units:
        _judge(unit)
    _demote_runs(units, more=more)
    return _finish(units)


def _units(lines: Sequence[str], width: int | None) -> list[_Unit]:
    units: list[_Unit] = []
    previous = ""  # the line above, "" where that is blank
    blank = True
    for raw in (part for line in lines for part in at_bullets(line)):
        line = clean(raw)
        rule = _RULE.match(raw)
        if rule and units and previous and len(units[-1].lines) == 1 and rule[1] in "=-":
            units[-1].underline = rule[1]
        if not line or rule:
            blank, previous = True, ""
            if units:
                units[-1].blank_after = True
            continue
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        if previous and _carries_on(line, clean(previous), len(previous), units[-1], indent, width):
            units[-1].lines.append(line)
        else:
            units.append(_Unit([line], indent, blank_before=blank))
        blank, previous = False, raw
    return units


def _carries_on(line: str, previous: str, length: int, unit: _Unit, indent: int, width: int | None) -> bool:
    """Tell whether `line` continues the sentence of the line `previous`, which ends `unit`."""
    if starts_block(line, previous):
        return False
    if line[0].islower() or (split_bullet(unit.lines[0])[0] and indent > unit.indent):
        return True
    if width is None or (_STAGE_LINE.match(line) and (is_ended(previous) or split_bullet(unit.lines[0])[0])):
        return False
    if length + 1 + len(line.split(" ", 1)[0]) > width:
        return True  # its first word had no room on the line above
    stands_out = section_number(previous) or (previous.isupper() and not line.isupper()) or length * 2 < width
    if len(unit.lines) == 1 and stands_out and could_be_heading(previous):
        return False
    return not is_ended(previous)


def _level(number: tuple[int, ...]) -> int:
    return len(number) - 1 if number[-1] == 0 and len(number) > 1 else len(number)  # "3.0" is section 3


def _judge(unit: _Unit) -> None:
    """Set `heading` where the unit looks like a heading by itself."""
    if len(unit.lines) > 1 or not could_be_heading(unit.text):
        return
    number = section_number(unit.text)
    letters = [character for character in unit.text if character.isalpha()]
    if unit.underline:
        unit.heading = 1 if unit.underline == "=" else 2
    elif len(letters) > 3 and unit.text.isupper():
        unit.heading = _level(number) if number else 0
    elif number:
        unit.heading, unit.weak = _level(number), True
    elif unit.blank_before and unit.blank_after and unit.text[-1] != ":":
        unit.heading, unit.weak = 0, True
    elif (unit.blank_before and _NAMED_PART.match(unit.text)) or _STAGE_LINE.match(unit.text):
        unit.heading = 0


def _demote_runs(units: Sequence[_Unit], *, more: bool) -> None:
    """Three and more weak headings on end are a list or a table of contents, but the last may head the text below."""
    start = 0
    while start < len(units):
        end = start
        while end < len(units) and units[end].weak:
            end += 1
        run = units[start:end]
        after_lead = start > 0 and units[start - 1].text.endswith(":")
        heads_text = more or end < len(units)
        if len(run) > 2 or (run and (after_lead or not heads_text)):
            keeps_last = not after_lead and heads_text and (len(run) < 3 or not _follows_on(run[-2], run[-1]))
            for unit in run[:-1] if keeps_last else run:
                unit.heading = None
        start = max(end, start + 1)


def _follows_on(first: _Unit, second: _Unit) -> bool:
    """Tell whether `second` bears the number after that of `first`."""
    one, two = section_number(first.text), section_number(second.text)
    return bool(one and two and one[:-1] == two[:-1] and one[-1] + 1 == two[-1])


def _finish(units: Sequence[_Unit]) -> list[Block]:
    blocks: list[Block] = []
    indents: list[int] = []  # of the items that are open
    counting = False  # in a numbered list below a line that ends with a colon
    for unit in units:
        number = section_number(unit.text)
        counting = counting and number is not None and len(number) == 1
        if has_tags(unit.text):
            blocks += tagged_blocks(unit.text)
        elif unit.heading is not None:
            blocks.append(Block(unit.text, "heading", unit.heading))
            indents = []
        elif split_bullet(unit.text)[0] or is_lettered(unit.text) or counting:
            while indents and indents[-1] >= unit.indent:
                indents.pop()
            indents.append(unit.indent)
            blocks.append(item_block(unit.text, label=None, depth=len(indents)))
        else:
            blocks.append(Block(unit.text))
            indents = []
            counting = unit.text.endswith(":")
    return blocks
