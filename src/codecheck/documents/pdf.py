"""PDF documents: text through pypdfium2, ruled tables through pdfplumber."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from codecheck.documents.cleaning import clean
from codecheck.documents.pdf_blocks import Page, build_blocks
from codecheck.documents.pdf_lines import PageText
from codecheck.documents.pdf_marks import SYMBOL_TABLE
from codecheck.documents.pdf_tables import Grid, find_grids, has_rules, take_lines
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block

_MIN_CHARACTERS = 20  # a page, on average; a scan has none, or a stamp
_MAX_UNREADABLE = 0.3  # of all characters; above it the words cannot be trusted
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_JUNK_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|print)\b|\.(?:docx?|pdf|rtf|odt|indd)$", re.IGNORECASE
)


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
    blocks, more = build_blocks(pages)
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


def _read_pages(document: pdfium.PdfDocument, data: bytes, name: str) -> tuple[list[Page], str, list[str]]:
    """Return the pages with their lines and tables, all characters of the document, and warnings."""
    texts: list[PageText] = []
    pages: list[Page] = []
    filled_in = document.get_formtype() != raw.FORMTYPE_NONE
    if filled_in:
        document.init_forms()
    for index in range(len(document)):
        try:
            page = document[index]
            if filled_in:  # what was typed into a form becomes text of the page
                page.flatten()
                page.close()
                page = document[index]
            text = PageText(page, index + 1)
        except pdfium.PdfiumError:
            raise InputError(f"page {index + 1} of {name} is damaged: save it as PDF again and use that") from None
        texts.append(text)
        pages.append(Page(index + 1, text.width, text.height, has_rules(page)))
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
    visible = sum(map(len, characters.split()))
    if visible < _MIN_CHARACTERS * pages:
        raise InputError(
            f"{name} has no text layer (it looks like a scan): "
            "run text recognition (OCR) on it, or use the Word document"
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


def _title(metadata: str, blocks: Sequence[Block]) -> str:
    """Return the title that the file states, unless a program made it up; else the first heading of level 1."""
    if metadata and not _JUNK_TITLE.search(metadata):
        return metadata
    return next(
        (block.text for block in blocks if block.kind == "heading" and block.level == 1 and block.page == 1), ""
    )
