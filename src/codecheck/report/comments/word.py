"""Writing comments into a Word file: its text, and every other part of it, stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from codecheck.model import Document
from codecheck.report.comments.compose import Comment
from codecheck.report.comments.package import WordPackage
from codecheck.report.xml_text import legal_xml

AUTHOR, INITIALS = "codecheck", "cc"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIZE = "18"  # half points; whatever the policy's own text is set in, a comment stays small


def with_comments(data: bytes, policy: Document, comments: Sequence[Comment]) -> bytes:
    """Return the .docx file ``data``, from which ``policy`` was read, with comments on the paragraphs of their clauses.

    Comments that are there already are kept. A comment on words in a text box, a footnote or an endnote, where Word
    allows none, is on the paragraph in the body that it belongs to. The same input gives the same bytes.
    """
    if not comments:
        return data
    package = WordPackage(data)
    root = package.part(package.main)
    main = root.tag.removesuffix("document")  # "{namespace}": that of Strict files is another one
    paragraphs = list(root.iter(f"{main}p"))
    store = _store(package, main)
    number = _first_free(root, store, main)
    for comment in comments:
        paragraph = _in_body(paragraphs[_paragraph_of(comment, policy)], main)
        store.append(_comment(number, comment, main))
        _anchor(paragraph, number, main)
        number += 1
    return package.data()


def _paragraph_of(comment: Comment, policy: Document) -> int:
    """Return the place of the paragraph that holds the comment's clause, else of the nearest one before it."""
    before = (policy.clauses[at].paragraph for at in range(comment.clause, -1, -1))
    return next((place for place in before if place is not None), 0)


def _in_body(paragraph: etree._Element, main: str) -> etree._Element:
    """Return the paragraph that the outermost text box around this one is anchored in, or the paragraph itself."""
    boxes = list(paragraph.iterancestors(f"{main}txbxContent"))
    return next(boxes[-1].iterancestors(f"{main}p")) if boxes else paragraph


def _store(package: WordPackage, main: str) -> etree._Element:
    """Return the root of the part that holds the comments, made if the file has none."""
    name = package.related(package.main, "comments")
    if name is not None:
        return package.part(name)
    namespace = main.strip("{}")
    root = etree.Element(f"{main}comments", nsmap={"w": namespace})
    relation = _STRICT if namespace == _STRICT_MAIN else _TRANSITIONAL
    package.add(root, beside=package.main, stem="comments", content_type=_CONTENT_TYPE, relation_type=relation)
    return root


def _first_free(root: etree._Element, store: etree._Element, main: str) -> int:
    """Return the first number above those of all comments, and of what is left of deleted ones."""
    marks = [
        *store.iter(f"{main}comment"),
        *root.iter(*(f"{main}{tag}" for tag in ("commentRangeStart", "commentReference"))),
    ]
    taken = [mark.get(f"{main}id", "") for mark in marks]
    return max((int(number) for number in taken if number.isdigit()), default=-1) + 1


def _anchor(paragraph: etree._Element, number: int, main: str) -> None:
    """Put the marks of a comment around all that a paragraph holds, within those of the comments before it."""
    start, end = (etree.Element(f"{main}{tag}") for tag in ("commentRangeStart", "commentRangeEnd"))
    for mark in (start, end):
        mark.set(f"{main}id", str(number))
    before = {f"{main}pPr", start.tag}
    at = next((at for at, child in enumerate(paragraph) if child.tag not in before), len(paragraph))
    paragraph.insert(at, start)
    paragraph.append(end)
    run = etree.SubElement(paragraph, f"{main}r")
    etree.SubElement(run, f"{main}commentReference").set(f"{main}id", str(number))


def _comment(number: int, comment: Comment, main: str) -> etree._Element:
    element = etree.Element(f"{main}comment")
    for name, value in (("id", str(number)), ("author", AUTHOR), ("initials", INITIALS)):
        element.set(f"{main}{name}", value)
    for at, text in enumerate(comment.paragraphs):
        paragraph = etree.SubElement(element, f"{main}p")
        if at == 0:
            etree.SubElement(etree.SubElement(paragraph, f"{main}r"), f"{main}annotationRef")
        run = etree.SubElement(paragraph, f"{main}r")
        properties = etree.SubElement(run, f"{main}rPr")
        if at == 0:
            etree.SubElement(properties, f"{main}b")
        etree.SubElement(properties, f"{main}sz").set(f"{main}val", _SIZE)
        words = etree.SubElement(run, f"{main}t")
        words.text = legal_xml(text)
        words.set(_XML_SPACE, "preserve")
    return element
