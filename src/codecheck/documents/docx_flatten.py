"""The first pass over a Word document: one plain tree of what a reader sees once all changes are accepted.

Word wraps text in a dozen ways (insertions, content controls, smart tags, fields, alternatives for older versions).
This pass changes the tree in place so that the passes after it meet only paragraphs, runs, hyperlink-free text,
tables, rows and cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from codecheck.documents.docx_package import MC, W
from codecheck.documents.lines import address_behind

MERGE_MARK = "codecheck-merge-with-next"  # set on a paragraph whose end was deleted under change tracking
PLACE = "codecheck-paragraph"  # set on a paragraph: its place in the part as it was stored, from 0

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_P, _R, _PPR = f"{W}p", f"{W}r", f"{W}pPr"

_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_UNWRAPPED = frozenset(
    {f"{W}{tag}" for tag in ("smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase")}
    | {f"{_M}{tag}" for tag in ("oMath", "oMathPara")}
)
# Reading aids for East Asian text, and the properties of the wrappers above.
_DROPPED = frozenset(f"{W}{tag}" for tag in ("rt", "rubyPr", "smartTagPr", "customXmlPr", "sdtPr", "sdtEndPr"))
_PROPERTIES = frozenset(f"{W}{tag}" for tag in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "tblPrEx"))
# A file that nests more deeply than this was not written by a word processor.
_DEEPEST = 150


class TooDeepError(Exception):
    """The document nests its elements more deeply than any word processor does."""


@dataclass(slots=True)
class Flattened:
    """What the first pass met on the way and a person should know. `links` are the addresses behind hyperlinks."""

    links: Mapping[str, str] = field(default_factory=dict)
    insertions: int = 0
    deletions: int = 0
    diagrams: int = 0
    embedded: int = 0


def flatten(root: ET.Element, seen: Flattened) -> None:
    """Change the tree under `root` to what a reader sees, counting in `seen`. Raises TooDeepError."""
    _flatten(root, seen, 0)


def number_paragraphs(root: ET.Element) -> None:
    """Mark each paragraph under `root` with its place in document order, so that flattening does not lose it."""
    for place, paragraph in enumerate(root.iter(_P)):
        paragraph.set(PLACE, str(place))


def choose_alternatives(root: ET.Element) -> None:
    """Put the fallback in the place of every AlternateContent below `root`, as for a part that holds no text."""
    for parent in list(root.iter()):
        if any(child.tag == f"{MC}AlternateContent" for child in parent):
            parent[:] = [kept for child in parent for kept in _fallback(child)]


def _fallback(element: ET.Element) -> Iterable[ET.Element]:
    if element.tag != f"{MC}AlternateContent":
        return [element]
    return list(element.find(f"{MC}Fallback") or ())


def _flatten(element: ET.Element, seen: Flattened, depth: int) -> None:
    if depth > _DEEPEST:
        raise TooDeepError
    kept = [part for child in element for part in _visible(child, seen, depth)]
    element[:] = _merged(kept)


def _visible(element: ET.Element, seen: Flattened, depth: int) -> Iterator[ET.Element]:
    """Yield what stands in the place of `element` once it is flattened: itself, its contents, or nothing."""
    if depth > _DEEPEST:
        raise TooDeepError
    tag = element.tag
    if tag in _PROPERTIES:
        yield element
    elif tag in _DELETED:
        seen.deletions += 1
    elif tag in _DROPPED:
        return
    elif tag in _UNWRAPPED or tag in _INSERTED:
        seen.insertions += tag in _INSERTED
        for child in element:
            yield from _visible(child, seen, depth + 1)
    elif tag == f"{W}hyperlink":
        for child in element:
            yield from _visible(child, seen, depth + 1)
        yield from _address(element, seen)
    elif tag == f"{W}sdt":
        for child in _controlled(element):
            yield from _visible(child, seen, depth + 1)
    elif tag == f"{MC}AlternateContent":
        for child in _branch(element):
            yield from _visible(child, seen, depth + 1)
    elif not _removed(element, seen):
        seen.diagrams += tag == _DIAGRAM
        seen.embedded += tag in (f"{W}altChunk", f"{W}subDoc")
        _flatten(element, seen, depth + 1)
        yield element


def _address(link: ET.Element, seen: Flattened) -> Iterator[ET.Element]:
    """Yield a run with the email address or telephone number that a link hides behind words, if it does."""
    shown = "".join(text.text or "" for text in link.iter(f"{W}t"))
    address = address_behind(seen.links.get(link.get(_LINK_ID, ""), ""), shown)
    if address:
        run = ET.Element(_R)
        ET.SubElement(run, f"{W}t").text = f" ({address})" if shown else address
        yield run


def _branch(alternatives: ET.Element) -> Iterable[ET.Element]:
    """Return the contents of one branch: the first that holds text, since some hold only a picture of it."""
    branches = list(alternatives)
    for branch in branches:
        if branch.find(f".//{W}t") is not None:
            return branch
    return branches[0] if branches else ()


def _controlled(control: ET.Element) -> Iterable[ET.Element]:
    """Return the contents of a content control, without prompts nobody filled in and tables of contents."""
    content = control.find(f"{W}sdtContent")
    properties = control.find(f"{W}sdtPr")
    if content is None:
        return ()
    if properties is not None:
        gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
            return ()
        if is_on(properties.find(f"{W}showingPlcHdr")):
            # Empty the runs and keep the frame: the control may stand for a whole cell of a table.
            for run in content.iter(_R):
                run[:] = []
    return content


def is_on(switch: ET.Element | None) -> bool:
    """Return whether a switch such as <w:b/> is present and not set to off."""
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _removed(element: ET.Element, seen: Flattened) -> bool:
    """Return whether a row or cell was deleted or hidden; mark a paragraph whose end was deleted."""
    if element.tag == f"{W}tr":
        properties = element.find(f"{W}trPr")
        if properties is None:
            return False
        seen.insertions += properties.find(f"{W}ins") is not None
        deleted = properties.find(f"{W}del") is not None
        seen.deletions += deleted
        return deleted or is_on(properties.find(f"{W}hidden"))
    if element.tag == f"{W}tc":
        deleted = element.find(f"{W}tcPr/{W}cellDel") is not None
        seen.deletions += deleted
        return deleted
    if element.tag == _P:
        _mark(element, seen)
    return False


def _mark(paragraph: ET.Element, seen: Flattened) -> None:
    mark = paragraph.find(f"{_PPR}/{W}rPr")
    if mark is None:
        return
    seen.insertions += any(mark.find(tag) is not None for tag in _INSERTED)
    if any(mark.find(tag) is not None for tag in _DELETED):
        seen.deletions += 1
        paragraph.set(MERGE_MARK, "1")


def _merged(elements: list[ET.Element]) -> list[ET.Element]:
    """Join each paragraph whose end was deleted to the paragraph after it, whose properties then hold."""
    merged: list[ET.Element] = []
    for element in elements:
        before = merged[-1] if merged and element.tag == _P else None
        if before is not None and before.get(MERGE_MARK):
            merged.pop()
            inherited = [child for child in before if child.tag != _PPR]
            at = 1 if len(element) and element[0].tag == _PPR else 0
            element[at:at] = inherited
        merged.append(element)
    return merged
