"""Markdown: `read_markdown`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from codecheck.documents.cleaning import clean
from codecheck.documents.encoding import decode
from codecheck.documents.grid import RawCell, begins_series, locate
from codecheck.documents.lines import (
    address_behind,
    could_be_heading,
    is_lettered,
    item_block,
    join_lines,
    split_bullet,
)
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=[\w-]+[ \t]*:)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TITLE = re.compile(r"""^title[ \t]*:[ \t]*["']?(.*?)["']?[ \t]*$""", re.MULTILINE)
_MAX_HEADING = 150  # a longer "heading" is a paragraph with a rule typed right below it


def read_markdown(data: bytes, name: str) -> Reading:
    """Read the Markdown (CommonMark with tables) in `data`.

    `name` is used in messages only. Raises InputError where there is no text.
    """
    text, warnings = decode(data)
    front = _FRONT_MATTER.match(text)
    blocks = _blocks(text[front.end() :] if front else text)
    if not blocks:
        raise InputError(f"{name} holds no text: check that the right file was saved")
    return Reading(tuple(blocks), title=_title(front[1] if front else "", blocks), warnings=warnings)


def _title(front_matter: str, blocks: Sequence[Block]) -> str:
    given = _TITLE.search(front_matter)
    headings = [block for block in blocks if block.kind == "heading"]
    first = next((block for block in headings if block.level == 1), headings[0] if headings else None)
    return clean(given[1]) if given and given[1] else first.text if first else ""


def _blocks(text: str) -> list[Block]:
    # Indented text is code to CommonMark; in a policy it is a paragraph that somebody indented.
    # The usual limit on nesting, 20, would silently drop what is nested deeper.
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").disable("code")
    builder = _Builder()
    tokens = iter(parser.parse(text))
    for token in tokens:
        builder.take(token, tokens)
    return builder.blocks


@dataclass(slots=True)
class _List:
    """A list that is being read; `number` is that of its last item."""

    ordered: bool
    number: int = 0


@dataclass(slots=True)
class _Builder:
    blocks: list[Block] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    label: str | None = None  # of the item that has begun, until its first text takes it
    heading: int | None = None
    tables: int = 0

    def take(self, token: Token, following: Iterator[Token]) -> None:
        """Take in one token; a table takes its own tokens from `following`."""
        kind = token.type
        if kind == "heading_open":
            self.heading = int(token.tag[1])
        elif kind == "heading_close":
            self.heading = None
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(_List(kind == "ordered_list_open"))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self.label = self._item_label(token)
        elif kind == "table_open":
            self.blocks += _table(following, self.tables)
            self.tables += 1
        elif kind == "inline":
            self._text(_lines(token))
        elif kind in ("fence", "code_block"):
            self._text([(clean(line), False) for line in token.content.split("\n")])
        elif kind == "html_block":
            self._html(token.content)

    def _item_label(self, token: Token) -> str:
        current = self.lists[-1]
        if not current.ordered:
            return token.markup
        # "1. 1. 1." counts on when rendered; "3. 5." was meant, whatever a renderer makes of it.
        typed = int(token.info)
        current.number = max(typed, current.number + 1)
        return f"{current.number}{token.markup}"

    def _text(self, lines: list[tuple[str, bool]]) -> None:
        if self.heading is not None:
            text = clean(" ".join(line for line, _ in lines))
            if text and len(text) <= _MAX_HEADING:
                self.blocks.append(Block(text, "heading", self.heading, self._take_label(bullets=False)))
                return
        if not self.lists and len(lines) > 0 and lines[0][1] and could_be_heading(lines[0][0]):
            self.blocks.append(Block(lines[0][0], "heading"))
            lines = lines[1:]
        for text in join_lines(line for line, _ in lines):
            self._paragraph(text)

    def _paragraph(self, text: str) -> None:
        label = self._take_label()
        if self.lists or split_bullet(text)[0] or is_lettered(text):
            self.blocks.append(item_block(text, label=label, depth=max(1, len(self.lists))))
        else:
            self.blocks.append(Block(text))

    def _take_label(self, *, bullets: bool = True) -> str | None:
        label, self.label = self.label, None
        return label if bullets or (label and label[0].isdigit()) else None

    def _html(self, source: str) -> None:
        from codecheck.documents.html import fragment_blocks  # lxml only where there is HTML

        for block in fragment_blocks(source, first_table=self.tables):
            if block.cell:
                self.tables = max(self.tables, block.cell.table + 1)
            self.blocks.append(block)


def _lines(token: Token) -> list[tuple[str, bool]]:
    """Return the lines of inline content, each with whether all of it is bold."""
    lines: list[list[tuple[str, bool]]] = [[]]
    bold = 0
    href = ""
    for child in token.children or ():
        if child.type == "strong_open":
            bold += 1
        elif child.type == "strong_close":
            bold -= 1
        elif child.type in ("softbreak", "hardbreak") or _is_break(child):
            lines.append([])
        elif child.type == "link_open":
            href = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            address = address_behind(href, "".join(text for text, _ in lines[-1]))
            lines[-1].append((f" ({address})" if address else "", bold > 0))
        elif child.type in ("text", "code_inline", "image", "text_special"):
            lines[-1].append((child.content, bold > 0))
    cleaned = [
        (clean("".join(text for text, _ in line)), all(bold for text, bold in line if text.strip())) for line in lines
    ]
    return [(text, is_bold) for text, is_bold in cleaned if text]


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content.lower().startswith("<br")


def _table(tokens: Iterator[Token], number: int) -> list[Block]:
    """Read a table up to its closing token."""
    rows: list[list[list[tuple[str, bool]]]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_lines(token))
    texts = [[" ".join(line for line, _ in cell) for cell in row] for row in rows]
    # The syntax demands a header, so a table that has none shows its first row, or nothing, in that place.
    has_header = any(texts[0]) and not begins_series(texts)
    raw = [[RawCell(text, marked=has_header and index == 0) for text in row] for index, row in enumerate(texts)]
    places = locate(raw, table=number, guess=False)
    blocks = []
    for row, row_places in zip(rows, places, strict=True):
        for cell, place in zip(row, row_places, strict=True):
            for text in join_lines(line for line, _ in cell):
                glyph, rest = split_bullet(text)
                blocks.append(Block(rest, "cell", 0, glyph, cell=place))
    return blocks
