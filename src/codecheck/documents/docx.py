"""Read a Word document (.docx): bytes in, blocks out, with the numbers that Word shows."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from codecheck.documents.cleaning import clean
from codecheck.documents.docx_blocks import BlockMaker
from codecheck.documents.docx_content import Collector
from codecheck.documents.docx_flatten import Flattened, TooDeepError, flatten, number_paragraphs
from codecheck.documents.docx_numbering import Numbering
from codecheck.documents.docx_package import Package, W, open_package
from codecheck.documents.docx_runs import ENDNOTE, FOOTNOTE
from codecheck.documents.docx_styles import Styles
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block


def read_docx(data: bytes, name: str) -> Reading:
    """Return the blocks of the .docx file whose bytes are `data`; `name` is used in messages only.

    Tracked changes are read as accepted; comments, hidden text, headers, footers and tables of contents are left
    out. Footnotes and text boxes follow the paragraph that refers to them. Raises InputError with one line if the
    file is not a Word document that can be read, or holds no text.
    """
    package = open_package(data, name)
    seen = Flattened(package.links)
    notes = _notes(package)
    number_paragraphs(package.document)
    try:
        for root in (package.document, package.footnotes, package.endnotes):
            if root is not None:
                flatten(root, seen)
    except TooDeepError as error:
        raise InputError(
            f"{name} is damaged: open it in Word, copy the text into a new document and save that"
        ) from error
    styles = Styles(package.styles)
    collector = Collector(styles, Numbering(package.numbering, styles), notes)
    body = package.document.find(f"{W}body")
    maker = BlockMaker()
    blocks = tuple(maker.blocks(collector.body(body))) if body is not None else ()
    if not blocks:
        raise InputError(
            f"{name} has no text: if its pages are pictures, give a version with text that can be selected"
        )
    return Reading(blocks, title=_title(maker.titles, package, blocks), warnings=tuple(_warnings(seen)))


def _notes(package: Package) -> dict[tuple[str, str], ET.Element]:
    """Return footnotes and endnotes by the tag and id of the references to them."""
    return {
        (reference, note.get(f"{W}id", "")): note
        for reference, kind, root in (
            (FOOTNOTE, "footnote", package.footnotes),
            (ENDNOTE, "endnote", package.endnotes),
        )
        if root is not None
        for note in root.iterfind(f"{W}{kind}")
    }


def _title(titles: list[str], package: Package, blocks: tuple[Block, ...]) -> str:
    """Return the title: text in the Title style, else the file's own title, else a heading that comes first."""
    if titles:
        return " ".join(titles)
    own = clean(package.title)
    # What Word fills in by itself when a file is made from another one says nothing.
    if own and not own.lower().startswith(("microsoft word", "document", "untitled", "title")):
        return own
    return blocks[0].text if blocks[0].kind == "heading" else ""


def _warnings(seen: Flattened) -> list[str]:
    warnings: list[str] = []
    if seen.insertions or seen.deletions:
        changes = f"{_count(seen.insertions, 'insertion')}, {_count(seen.deletions, 'deletion')}"
        warnings.append(f"the document has tracked changes ({changes}); it was read as if all were accepted")
    if seen.diagrams:
        warnings.append(f"{_count(seen.diagrams, 'diagram')} could not be read: check by hand what they say")
    if seen.embedded:
        warnings.append(
            f"{_count(seen.embedded, 'embedded document')} could not be read: copy their text into the file"
        )
    return warnings


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
