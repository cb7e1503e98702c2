"""Web pages: `read_html`.

A walk over the part of the page that holds its content, keeping what general extractors throw away: contact boxes in
`<aside>`, the headings of accordions and tabs, panels that are hidden until somebody opens them, numbers of lists.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from codecheck.documents import html_parts as parts
from codecheck.documents.cleaning import clean
from codecheck.documents.encoding import decode
from codecheck.documents.html_lists import List, nested_list
from codecheck.documents.html_tables import Table, is_layout
from codecheck.documents.html_text import Piece, cut_lines, is_bold, paragraphs, split_heading
from codecheck.documents.lines import (
    address_behind,
    is_lettered,
    item_block,
    split_bullet,
)
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block

_ENDS_HEADING = frozenset({"p", "ul", "ol", "dl", "div", "table", "details", "blockquote", "section"})


def read_html(data: bytes, name: str) -> Reading:
    """Read the web page in `data`.

    `name` is used in messages only. Raises InputError where the page holds no text, as one does that a script fills
    in the browser.
    """
    text, warnings = decode(data)
    page = _parse(text)
    blocks = _blocks_of_page(page) if page is not None else []
    if not blocks:
        raise InputError(
            f"{name} holds no text: if the page looks right in a browser, save it from there as a complete web page, "
            "or print it to PDF, and run codecheck on that"
        )
    return Reading(tuple(blocks), title=_title(page, blocks), warnings=warnings)


def fragment_blocks(source: str, *, first_table: int) -> list[Block]:
    """Return the blocks of a piece of HTML inside another document, its tables numbered from `first_table`."""
    page = _parse(source)
    return [] if page is None else _Walker(page, landmark=True, tables=first_table).walk(page)


def _parse(source: str) -> Any:
    # As bytes: lxml refuses a str that carries its own encoding declaration, as XHTML does.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        return etree.fromstring(source.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:  # nothing in there at all
        return None


def _blocks_of_page(page: Any) -> list[Block]:
    roots, landmark = parts.content_roots(page)
    walker = _Walker(page, landmark=landmark)
    return [block for root in roots for block in walker.walk(root)]


def _title(page: Any, blocks: list[Block]) -> str:
    element = page.find(".//title")
    title = parts.text_of(element) if element is not None else ""
    return title or next((block.text for block in blocks if block.kind == "heading"), "")


@dataclass(slots=True)
class _Item:
    """A list item; the first text in it takes the label."""

    label: str | None
    depth: int


@dataclass(slots=True)
class _Frame:
    """What governs the text inside one element of the page."""

    heading: int | None = None
    item: _Item | None = None
    list: List | None = None
    table: Table | None = None
    in_cell: bool = False
    in_accordion: bool = False
    unclosed: bool = False  # in a heading that the next paragraph ends
    preformatted: bool = False


@dataclass(slots=True)
class _Walker:
    page: Any
    landmark: bool
    blocks: list[Block] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    line: list[Piece] = field(default_factory=list)
    bold: int = 0
    tables: int = 0
    panels: frozenset[str] = frozenset()
    tabs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.panels = parts.controlled_panels(self.page)
        self.tabs = parts.tab_titles(self.page)

    def walk(self, root: Any) -> list[Block]:
        """Return the blocks below `root`. No recursion, so that no depth of nesting can end the walk."""
        self.blocks = []
        self.frames = [_Frame()]
        opened: list[Any] = []  # elements with a frame of their own
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if element is not root and self._skips(element):
                    skipped = element
                    walk.skip_subtree()
                    continue
                if self._enter(element):
                    opened.append(element)
                self._add(element.text)
            else:
                if event == "end" and element is not skipped:
                    self._leave(element, framed=bool(opened) and opened[-1] is element)
                    if opened and opened[-1] is element:
                        opened.pop()
                if element is not root:
                    self._add(element.tail)
        self._flush()
        return self.blocks

    def _skips(self, element: Any) -> bool:
        """Tell whether to pass over `element` with all that is in it."""
        frame = self.frames[-1]
        known_panel = element.get("id") in self.panels
        skips = (
            parts.is_furniture(element, landmark=self.landmark)
            or element.get("role") in ("tab", "tablist")
            or parts.is_hidden(element, in_accordion=frame.in_accordion or known_panel)
            or (element.tag in ("button", "span", "a", "summary") and parts.is_control_word(parts.text_of(element)))
            or (element.get("role") == "button" and not parts.is_control(element))
        )
        if skips:
            self._separate(element)
        return skips

    def _separate(self, element: Any) -> None:
        if element.tag in parts.BLOCKS:
            self._flush()
        else:
            self._add(" ")

    def _enter(self, element: Any) -> bool:
        """Do what the start of `element` asks for; return whether it has a frame of its own."""
        tag = element.tag
        if tag == "br":
            self.line.append(Piece("\n", False))
            return False
        self.bold += is_bold(element)
        above = self.frames[-1]
        heading = self._heading(element, above)
        if tag not in parts.BLOCKS and heading is None:
            return False
        self._flush()
        frame = replace(above, in_accordion=above.in_accordion or parts.is_accordion(element))
        frame.in_accordion |= element.get("id") in self.panels
        if element.get("id") in self.tabs:
            self.blocks.append(Block(self.tabs.pop(element.get("id")), "heading"))
        if heading is not None and not (tag == "dt" and above.in_cell):
            frame.heading, frame.unclosed = heading, parts.is_unclosed(element)
        elif above.unclosed and tag in _ENDS_HEADING:
            frame.heading, frame.unclosed = None, False
        self._enter_structure(element, frame, above)
        self.frames.append(frame)
        return True

    def _enter_structure(self, element: Any, frame: _Frame, above: _Frame) -> None:
        tag = element.tag
        if tag in ("ol", "ul", "menu", "dir"):
            frame.list = nested_list(element, above.list)
        elif tag == "li":
            frame.list = above.list or nested_list(element, None)
            frame.item = _Item(frame.list.next_label(element), frame.list.depth)
        elif tag == "dd" and not parts.is_long(element) and not above.in_cell:
            frame.item = _Item(None, 1)
        elif tag == "table" and not above.in_cell and not is_layout(element):
            frame.table = Table(self.tables)
            frame.item, frame.list = None, None
            self.tables += 1
        elif tag == "tr" and frame.table:
            frame.table.add_row(in_head=element.getparent().tag == "thead")
        elif tag in ("td", "th") and frame.table and not above.in_cell:
            frame.table.add_cell(element, at=len(self.blocks))
            frame.in_cell = True
        elif tag == "pre":
            frame.preformatted = True

    def _heading(self, element: Any, above: _Frame) -> int | None:
        if above.heading:
            return None  # a button inside <h3> is the text of that heading
        level = parts.heading_level(element)
        if level is not None:
            return level
        if element.tag in ("caption", "legend") or (element.tag == "dt" and parts.names_section(element)):
            return 0
        if above.heading is None and parts.is_accordion_heading(element):
            return 0
        return None

    def _leave(self, element: Any, *, framed: bool) -> None:
        if element.tag == "a":
            shown = parts.text_of(element)
            address = address_behind(element.get("href", ""), shown)
            if address:
                self.line.append(Piece(f" ({address})" if shown else address, self.bold > 0))
        if framed:
            self._flush()
            frame = self.frames.pop()
            if element.tag == "table" and frame.table and frame.table is not self.frames[-1].table:
                frame.table.finish(self.blocks)
        self.bold -= is_bold(element)

    def _add(self, text: str | None) -> None:
        if text:
            if not self.frames[-1].preformatted:
                text = text.replace("\n", " ")
            self.line.append(Piece(text, self.bold > 0))

    def _flush(self) -> None:
        """Make blocks of the text gathered since the last one."""
        lines = cut_lines(self.line)
        self.line = []
        frame = self.frames[-1]
        if frame.heading is not None:
            text = clean(" ".join(line.text for line in lines))
            if text:
                self._emit(text, frame)
            return
        if not frame.in_cell and frame.item is None:
            heading, lines = split_heading(lines)
            if heading:
                self.blocks.append(Block(heading, "heading"))
        for text in paragraphs(lines):
            self._emit(text, frame)

    def _emit(self, text: str, frame: _Frame) -> None:
        label, item = None, frame.item
        if item:
            label, item.label = item.label, None
        if frame.in_cell:
            glyph, rest = split_bullet(text)
            self.blocks.append(Block(rest, "cell", item.depth if item else 0, label or glyph))
        elif frame.heading is not None:
            self.blocks.append(Block(text, "heading", frame.heading, label if label != "•" else None))
        elif item or split_bullet(text)[0] or is_lettered(text):
            self.blocks.append(item_block(text, label=label, depth=item.depth if item else 1))
        else:
            self.blocks.append(Block(text))
