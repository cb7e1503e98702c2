"""The package around a Word document: from the bytes of a .docx file to its parsed XML parts.

Only the standard library is used: its XML parser never fetches anything, is fast, and has types.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from codecheck.documents.filetype import sniff
from codecheck.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
# "Strict Open XML" is an option of Word's Save As: the same elements under other namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _TRANSITIONAL + b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _TRANSITIONAL + b"officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", _TRANSITIONAL + b"drawingml/2006/main"),
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DUBLIN_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_OTHER_KINDS = {
    "ms-word.document.macroEnabled": "a Word document with macros (.docm)",
    "ms-word.template.macroEnabled": "a Word template with macros (.dotm)",
    "wordprocessingml.template": "a Word template (.dotx)",
}
_ENDINGS = {"pdf": "a PDF (.pdf)", "html": "a web page (.html)", "markdown": "Markdown (.md)", "text": "text (.txt)"}
# A policy's largest part is a few megabytes; beyond this a file is a mistake or an attack.
_LARGEST_PART = 60_000_000


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word document that hold text or say how it is numbered; a missing part is None.

    ``links`` maps the ids of hyperlinks in the document to the addresses outside it that they lead to.
    """

    document: ET.Element
    styles: ET.Element | None = None
    numbering: ET.Element | None = None
    footnotes: ET.Element | None = None
    endnotes: ET.Element | None = None
    title: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


def open_package(data: bytes, name: str) -> Package:
    """Return the parsed parts of the .docx file whose bytes are `data`; `name` is used in messages only.

    Raises InputError with one line if `data` is not a Word document, is protected, damaged, or of another kind.
    """
    kind = sniff(data, name)
    if kind != "docx":
        raise InputError(f"{name} is not a Word document but {_ENDINGS[kind]}: give it a name with that ending")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise _damaged(name) from error
    with archive:
        return _Parts(archive, name).package()


def value_of(element: ET.Element | None, child: str) -> str | None:
    """Return the w:val of a child element, if there is one."""
    found = element.find(f"{W}{child}") if element is not None else None
    return None if found is None else found.get(f"{W}val")


class _Parts:
    """Reads parts of one archive by their relationships, as file names differ between the programs that write them."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in archive.infolist()}

    def package(self) -> Package:
        self._refuse_other_kinds()
        top = self._relations("")
        main = top.get("officeDocument", "word/document.xml")
        document = self._parse(main)
        if document is None:
            raise _damaged(self._name)
        if document.find(f"{W}body") is None:
            raise InputError(f"{self._name} is not a Word document: open it in Word and save it as .docx")
        links = self._relations(main)
        core = self._parse(top.get("core-properties"))
        return Package(
            document=document,
            styles=self._parse(links.get("styles")),
            numbering=self._parse(links.get("numbering")),
            footnotes=self._parse(links.get("footnotes")),
            endnotes=self._parse(links.get("endnotes")),
            links=self._links(main),
            title=(core.findtext(_DUBLIN_TITLE) or "") if core is not None else "",
        )

    def _refuse_other_kinds(self) -> None:
        types = self._parse("[content_types].xml")
        if types is None:
            raise _damaged(self._name)
        declared = " ".join(part.get("ContentType", "") for part in types.iter(f"{_CONTENT_TYPE}Override"))
        for sign, what in _OTHER_KINDS.items():
            if sign in declared:
                raise InputError(f"{self._name} is {what}: save it as .docx and run codecheck on that")

    def _relations(self, part: str) -> Mapping[str, str]:
        """Return the targets of `part`'s relationships by the last word of their type; the first of a type wins."""
        targets: dict[str, str] = {}
        for relation in self._related(part):
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                target = posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
                targets.setdefault(kind, posixpath.normpath(target).lstrip("/"))
        return targets

    def _links(self, part: str) -> Mapping[str, str]:
        related = self._related(part)
        return {link.get("Id", ""): link.get("Target", "") for link in related if link.get("TargetMode") == "External"}

    def _related(self, part: str) -> list[ET.Element]:
        folder, file = posixpath.split(part)
        root = self._parse(posixpath.join(folder, "_rels", f"{file}.rels"))
        return [] if root is None else list(root.iter(_RELATIONSHIP))

    def _parse(self, part: str | None) -> ET.Element | None:
        """Return the root of an XML part, or None if there is no such part."""
        if part is None or part.lower() not in self._entries:
            return None
        data = self._read(part)
        # No Word file has a document type; with none, no entity can be declared that grows without end.
        if b"<!DOCTYPE" in data[:2000]:
            raise _damaged(self._name)
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        try:
            return ET.fromstring(data)
        except (ET.ParseError, LookupError, ValueError) as error:
            raise _damaged(self._name) from error

    def _read(self, part: str) -> bytes:
        entry = self._entries[part.lower()]
        if entry.flag_bits & 0x1:
            raise _protected(self._name)
        if entry.file_size > _LARGEST_PART:
            raise InputError(
                f"{self._name} is too large to be a policy: copy the text into a new document and save that"
            )
        try:
            return self._archive.read(entry)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise _damaged(self._name) from error


def _protected(name: str) -> InputError:
    return InputError(f"{name} is password-protected: save a copy without a password and run codecheck on that")


def _damaged(name: str) -> InputError:
    return InputError(f"{name} is damaged or not a Word document: open it in Word, save it as .docx and try again")
