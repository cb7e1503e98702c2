"""PDF documents: text through pypdfium2, ruled tables through pdfplumber."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from codecheck.documents.cleaning import clean
from codecheck.documents.pdf_footnotes import footnote_groups, split_footnote, split_footnotes
from codecheck.documents.pdf_furniture import split_contents, split_furniture
from codecheck.documents.pdf_headings import Paragraph, heading_levels
from codecheck.documents.pdf_lines import Line, PageText
from codecheck.documents.pdf_marks import SYMBOL_TABLE, find_mark
from codecheck.documents.pdf_order import order_lines
from codecheck.documents.pdf_paragraphs import Layout, group_lines, measure
from codecheck.documents.pdf_tables import (
    Grid,
    cell_pitch,
    continues_grid,
    fill_cells,
    find_grids,
    has_rules,
    table_blocks,
    take_lines,
)
from codecheck.documents.pdf_text import Vocabulary, join_lines
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block

_MIN_CHARACTERS = 20  # a page, on average; a scan has none, or a stamp
_MAX_UNREADABLE = 0.3  # of all characters; above it the words cannot be trusted
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_INDENT = 5.0
_JUNK_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|print)\b|\.(?:docx?|pdf|rtf|odt|indd)$", re.IGNORECASE
)


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    ruled: bool
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


def read_pdf(data: bytes, name: str) -> Reading:
    """Read the PDF file `data`; `name` is used in messages only.

    Returns headings, paragraphs, list items, footnotes and the cells of ruled tables in reading order, each with its
    page. Running headers and footers, page numbers and contents lists are left out, and named in the warnings.

    Raises InputError where the file is damaged, needs a password, has no text layer, or has text that cannot be read.
    """
    document = _open(data, name)
    try:
        pages, characters, warnings = _read_pages(document, data, name)
        title = clean(document.get_metadata_value("Title") or "")
    finally:
        document.close()
    blocks, more = _blocks(pages)
    if not blocks:
        raise InputError(f"{name} has no text that could be read: save the document as Word or as a PDF with text")
    warnings += more
    bad = len(_UNREADABLE.findall(characters.translate(SYMBOL_TABLE)))
    if bad:
        warnings.append(f"{bad} character{'s' * (bad != 1)} could not be read (shown as \ufffd): check the quotes")
    return Reading(tuple(blocks), _title(title, blocks), len(pages), tuple(warnings))


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise InputError(
                f"{name} is password-protected: save a copy without a password and run codecheck on that"
            ) from None
        raise InputError(
            f"{name} is not a PDF file, or is damaged: open it, save it as PDF again and run codecheck on that"
        ) from None
    if count == 0:
        document.close()
        raise InputError(f"{name} has no pages: save it as PDF again and run codecheck on that")
    return document


def _read_pages(document: pdfium.PdfDocument, data: bytes, name: str) -> tuple[list[_Page], str, list[str]]:
    """Return the pages with their lines and tables, all characters of the document, and warnings."""
    texts: list[PageText] = []
    pages: list[_Page] = []
    for index in range(len(document)):
        try:
            page = document[index]
            text = PageText(page, index + 1)
        except pdfium.PdfiumError:
            raise InputError(f"page {index + 1} of {name} is damaged: save it as PDF again and use that") from None
        texts.append(text)
        pages.append(_Page(index + 1, text.width, text.height, has_rules(page)))
    characters = "".join(text.text for text in texts)
    _check_text(characters, len(pages), name)
    warnings = _missing_pages(texts)
    grids, failed = _grids(data, [page.number for page in pages if page.ruled])
    warnings += failed
    for page, text in zip(pages, texts, strict=True):
        page.grids = sorted(grids.get(page.number, []), key=lambda grid: grid.box[1])
        page.lines = take_lines(page.grids, text.lines({grid.box: grid.edges for grid in page.grids}))
        text.close()
    oblique = sum(text.oblique for text in texts)
    if oblique:
        warnings.append(f"{oblique} slanted line{'s' * (oblique != 1)} (a watermark?) left out")
    return pages, characters, warnings


def _check_text(characters: str, pages: int, name: str) -> None:
    visible = sum(not character.isspace() for character in characters)
    if visible < _MIN_CHARACTERS * pages:
        raise InputError(
            f"{name} has no text layer (it looks like a scan): run text recognition (OCR) on it, or use the Word document"
        )
    if len(_UNREADABLE.findall(characters.translate(SYMBOL_TABLE))) > _MAX_UNREADABLE * visible:
        raise InputError(f"{name} has text in fonts that cannot be read as words: use the Word document instead")


def _missing_pages(texts: Sequence[PageText]) -> list[str]:
    """Warn of pages that show something but hold no words: a scanned page among others."""
    empty = [str(text.number) for text in texts if text.is_image]
    if not empty:
        return []
    which = f"page {empty[0]} is an image" if len(empty) == 1 else f"pages {', '.join(empty)} are images"
    return [f"{which} without text and could not be read"]


def _grids(data: bytes, numbers: Sequence[int]) -> tuple[Mapping[int, list[Grid]], list[str]]:
    if not numbers:
        return {}, []
    try:
        return find_grids(data, numbers), []
    except Exception:  # pdfplumber lets any error of its parser through; the words are there without it
        return {}, ["the ruled tables could not be read as tables: their text is given line by line"]


def _blocks(pages: Sequence[_Page]) -> tuple[list[Block], list[str]]:
    """Return the blocks of the document and warnings about what was left out."""
    warnings: list[str] = []
    heights = {page.number: page.height for page in pages}
    lines, furniture = split_furniture([line for page in pages for line in page.lines], heights)
    if furniture:
        shown = "; ".join(f'"{text}"' for text in furniture[:6]) + ("; ..." if len(furniture) > 6 else "")
        warnings.append(f"running headers and footers left out: {shown}")
    lines, contents = split_contents(lines)
    if contents:
        warnings.append(f"contents list left out ({contents} lines)")
    lines = [line for page in pages for line in order_lines([line for line in lines if line.page == page.number])]
    layout = measure(lines, {page.number: page.width for page in pages})
    lines, notes = split_footnotes(lines, layout, heights)
    cells = [line for page in pages for grid in page.grids for cell in grid.cells() for line in cell.lines]
    words = Vocabulary([*lines, *notes, *cells])
    all_grids = [grid for page in pages for grid in page.grids]
    pitch = cell_pitch(all_grids)
    for grid in all_grids:
        fill_cells(grid, layout, pitch, words)
    flow = _flow(pages, lines)
    return _with_notes(_flow_blocks(flow, layout, words), notes, layout, words), warnings


def _flow(pages: Sequence[_Page], lines: Sequence[Line]) -> list[list[Line] | list[Grid]]:
    """Return runs of lines and tables in reading order; the parts of a table on following pages are one."""
    flow: list[list[Line] | list[Grid]] = []
    for page in pages:
        here: list[Line | Grid] = [line for line in lines if line.page == page.number]
        for grid in page.grids:
            here.insert(_place(here, grid), grid)
        for item in here:
            last = flow[-1] if flow else None
            if isinstance(item, Line):
                if last and isinstance(last[-1], Line):
                    last.append(item)  # type: ignore[arg-type]
                else:
                    flow.append([item])
            elif last and isinstance(last[-1], Grid) and continues_grid(last[-1], item):
                last.append(item)  # type: ignore[arg-type]
            else:
                flow.append([item])
    return flow


def _place(here: Sequence[Line | Grid], grid: Grid) -> int:
    """Return where in a page's lines a table belongs: before the first line below it in the same column."""
    place = len(here)
    for at in range(len(here) - 1, -1, -1):
        item = here[at]
        x0, x1, base = (
            (item.x0, item.x1, item.base) if isinstance(item, Line) else (item.box[0], item.box[2], item.box[3])
        )
        if x0 >= grid.box[2] or x1 <= grid.box[0]:
            continue
        if base < grid.box[1] + 2:
            return at + 1 if place == len(here) else place
        place = at
    return place


def _flow_blocks(flow: Sequence[list[Line] | list[Grid]], layout: Layout, words: Vocabulary) -> list[Block]:
    paragraphs: list[list[Paragraph]] = []
    for run in flow:
        groups = group_lines([item for item in run if isinstance(item, Line)], layout)
        paragraphs.append([Paragraph(join_lines(group, words), tuple(group)) for group in groups])
    levels = iter(heading_levels([paragraph for run in paragraphs for paragraph in run], layout.body_size))
    depths = _Depths()
    blocks: list[Block] = []
    tables = 0
    for run, texts in zip(flow, paragraphs, strict=True):
        grids = [item for item in run if isinstance(item, Grid)]
        if grids:
            blocks.extend(table_blocks(grids, table=tables))
            tables += 1
        blocks.extend(_block(paragraph, next(levels), depths) for paragraph in texts if paragraph.text)
    return blocks


class _Depths:
    """How deep a list item is nested, from how far its marker is indented among those before it."""

    def __init__(self) -> None:
        self._open: list[tuple[tuple[int, int], float]] = []

    def item(self, line: Line) -> int:
        if self._open and self._open[-1][0] != line.column:
            self._open.clear()
        while self._open and self._open[-1][1] > line.x0 + _INDENT:
            self._open.pop()
        if not self._open or self._open[-1][1] < line.x0 - _INDENT:
            self._open.append((line.column, line.x0))
        return len(self._open)

    def other(self, line: Line) -> None:
        """A paragraph left of the markers' words ends the list."""
        if self._open and line.x0 <= self._open[0][1] + _INDENT:
            self._open.clear()


def _block(paragraph: Paragraph, level: int | None, depths: _Depths) -> Block:
    first = paragraph.lines[0]
    mark = first.mark if first.mark.kind else find_mark(paragraph.text)
    rest = paragraph.text[mark.length :]
    if level is not None:
        depths.other(first)
        return Block(paragraph.text, "heading", level, page=first.page)
    if mark.is_item and rest:
        return Block(rest, "item", depths.item(first), mark.label, first.page)
    depths.other(first)
    return Block(paragraph.text, page=first.page)


def _with_notes(blocks: list[Block], notes: Sequence[Line], layout: Layout, words: Vocabulary) -> list[Block]:
    """Put each page's footnotes after the last block that begins on that page or before it."""
    for group in reversed(footnote_groups(notes)):
        label, text = split_footnote(join_lines(group, words))
        page = group[0].page
        place = max((at + 1 for at, block in enumerate(blocks) if (block.page or 0) <= page), default=0)
        blocks.insert(place, Block(text, "footnote", label=label, page=page))
    return blocks


def _title(metadata: str, blocks: Sequence[Block]) -> str:
    """Return the title that the file states, unless a program made it up; else the first heading of level 1."""
    if metadata and not _JUNK_TITLE.search(metadata):
        return metadata
    return next(
        (block.text for block in blocks if block.kind == "heading" and block.level == 1 and block.page == 1), ""
    )
