"""The third pass over a Word document: from facts about paragraphs and tables to blocks and their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from codecheck.documents.docx_content import Item, Paragraph, Table
from codecheck.documents.docx_tables import place_cells
from codecheck.documents.lines import item_block, split_bullet
from codecheck.model import Block, Cell

# Bold print also stresses what is no heading: "Telephone: 01234 567890", "We must hear from you within a year".
_CONTACT = re.compile(r"@|\bwww\.|https?:|\d{5,}|\b0\d{2,4} \d{3}")
_PROMISE = re.compile(
    r"(?:we|you|they|it|all|each|every|an?|the|this|our|your)\b.*\b(?:will|must|shall)\b", re.IGNORECASE
)
_LONGEST_BOLD_HEADING = 15  # words
_LONGEST_HEADING = 30
_LONGEST_HEADING_WITH_STOP = 8


class BlockMaker:
    """Makes the blocks of one document and remembers its titles."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self._title_run = False
        self._tables = 0

    def blocks(self, items: Sequence[Item], *, in_box: bool = False) -> Iterator[Block]:
        """Yield the blocks of `items` in reading order. In a text box, bold lines do not count as headings."""
        before: Paragraph | None = None
        running: set[tuple[str, int]] = set()  # lists, by sequence and depth, that nothing else has interrupted yet
        for at, item in enumerate(items):
            if isinstance(item, Table):
                yield from self._table(item)
                before = None
                running.clear()
                continue
            if item.text:
                block = self._block(item, before, _following(items, at), running, in_box=in_box)
                yield replace(block, paragraph=item.place)
                before = item
                if item.number is None or block.kind == "heading":
                    running.clear()
                elif block.kind == "item":
                    running.add((item.number.sequence, item.number.depth))
            yield from self._after(item)

    def _block(
        self,
        paragraph: Paragraph,
        before: Paragraph | None,
        after: Paragraph | None,
        running: Set[tuple[str, int]],
        *,
        in_box: bool,
    ) -> Block:
        number = paragraph.number
        label = number.label if number else None
        if paragraph.style.is_title:
            return self._title(paragraph, label)
        self._title_run = False
        if paragraph.heading is not None and _can_be_heading(paragraph):
            return Block(paragraph.text, "heading", paragraph.heading, None if number and number.is_bullet else label)
        if number is None:
            if split_bullet(paragraph.text)[0]:
                return item_block(paragraph.text, label=None, depth=1)
            heading = not in_box and _is_bold_heading(paragraph)
            return Block(paragraph.text, "heading" if heading else "paragraph")
        may_be_heading = not in_box and not number.is_bullet and _is_bold_heading(paragraph)
        if may_be_heading and (number.is_section or not _same_list(paragraph, before, after)):
            return Block(paragraph.text, "heading", 0, label)
        if _is_clause(paragraph, before, running):
            return Block(paragraph.text, "paragraph", 0, label)
        return Block(paragraph.text, "item", max(number.depth, paragraph.style.nesting), label)

    def _title(self, paragraph: Paragraph, label: str | None) -> Block:
        """Make the block of a title. One that comes again, on the page after the cover, is not a heading again."""
        if paragraph.text in self.titles:
            return Block(paragraph.text, "paragraph", 0, label)
        if self._title_run or not self.titles:
            self.titles.append(paragraph.text)  # the title, or the further lines of it
            self._title_run = True
        return Block(paragraph.text, "heading", 1, label)

    def _after(self, paragraph: Paragraph) -> Iterator[Block]:
        """Yield what belongs straight after a paragraph: its notes, then the text boxes anchored in it."""
        for label, note in paragraph.notes:
            yield Block(note, "footnote", label=label, paragraph=paragraph.place)
        for box in paragraph.boxes:
            yield from self.blocks(box, in_box=True)

    def _table(self, table: Table) -> Iterator[Block]:
        if len(table.rows) == 1 and len(table.rows[0]) == 1:
            # One cell is a frame around text, not a table.
            yield from self.blocks(table.rows[0][0].items, in_box=True)
            return
        index = self._tables
        self._tables += 1
        for cell, items in place_cells(table, index):
            for item in items:
                if isinstance(item, Table):
                    yield from self._table(item)
                    continue
                if block := _cell_block(item, cell):
                    yield replace(block, paragraph=item.place)
                if item.style.is_title and item.text and not self.titles:
                    self.titles.append(item.text)  # on a cover laid out as a table
                yield from self._after(item)


def _cell_block(paragraph: Paragraph, cell: Cell) -> Block | None:
    number = paragraph.number
    if not paragraph.text:
        # A column of automatic numbers ("1.2") has no other text than these.
        return Block(number.label, "cell", cell=cell) if number and not number.is_bullet else None
    if number is None:
        glyph, text = split_bullet(paragraph.text)
        return Block(text, "cell", 1 if glyph else 0, glyph, cell=cell)
    depth = 0 if number.is_section else max(number.depth, paragraph.style.nesting)
    return Block(paragraph.text, "cell", depth, number.label, cell=cell)


def _can_be_heading(paragraph: Paragraph) -> bool:
    """Return whether text in a heading style is a heading: many policies number whole clauses with those styles."""
    words = len(paragraph.text.split())
    if words > _LONGEST_HEADING or paragraph.text.endswith((";", ",")):
        return False
    return words <= _LONGEST_HEADING_WITH_STOP or not paragraph.text.endswith(".")


def _is_bold_heading(paragraph: Paragraph) -> bool:
    """Return whether a paragraph without a heading style looks like a heading: bold, short, and no sentence.

    Boldness of a whole paragraph says so much that the words may be looser than those of a heading in plain text.
    """
    text = paragraph.text
    return (
        paragraph.bold
        and len(text.split()) <= _LONGEST_BOLD_HEADING
        and not text.endswith((".", ";", ","))
        and any(character.isalpha() for character in text)
        and not _CONTACT.search(text)
        and not _PROMISE.match(text)
    )


def _is_clause(paragraph: Paragraph, before: Paragraph | None, running: Set[tuple[str, int]]) -> bool:
    """Return whether a numbered paragraph is a clause that people cite ("1.1") rather than an item of a list ("1.").

    A plain "1." is an item in a list style, after a colon, or where it goes on with a list.
    """
    number = paragraph.number
    if number is None or number.is_bullet or not any(character.isdigit() for character in number.label):
        return False
    introduced = before is not None and before.text.endswith(":") and not _counts_with(paragraph, before)
    listed = introduced or (number.sequence, number.depth) in running
    if number.is_section:
        # A "1.1" that is defined below a plain "1." list but never used does not make its items clauses.
        return not (listed and number.label.rstrip(".").isdigit())
    return number.is_decimal and not (listed or paragraph.style.is_list)


def _counts_with(paragraph: Paragraph, other: Paragraph | None) -> bool:
    return (
        paragraph.number is not None
        and other is not None
        and other.number is not None
        and other.number.sequence == paragraph.number.sequence
    )


def _same_list(paragraph: Paragraph, before: Paragraph | None, after: Paragraph | None) -> bool:
    """Return whether the paragraph stands right beside another of its list."""
    return any(_counts_with(paragraph, other) for other in (before, after))


def _following(items: Sequence[Item], at: int) -> Paragraph | None:
    """Return the next paragraph with text, unless a table comes first."""
    for item in items[at + 1 :]:
        if isinstance(item, Table) or item.text:
            return None if isinstance(item, Table) else item
    return None
