"""A Word file as its parts: what is changed is written anew, everything else is copied byte for byte.

python-docx writes the whole package anew and leaves out what it does not know, so it is not used here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, strip_cdata=False)
_TYPES = "[Content_Types].xml"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can have: says nothing, and never changes


class WordPackage:
    """The parts of a .docx file, whose XML can be changed; parts that are not are kept as they are."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
        self._names = {entry.filename.lstrip("/").lower(): entry.filename for entry, _ in self._entries}
        self._changed: dict[str, etree._Element] = {}
        self._added: list[str] = []
        self.main = self.related("", "officeDocument") or "word/document.xml"

    def part(self, name: str) -> etree._Element:
        """Return the root of a part, to be changed; raise KeyError if there is no such part."""
        if name not in self._changed:
            stored = self._names[name.lower()]
            self._changed[name] = etree.fromstring(self._read(stored), _PARSER)
        return self._changed[name]

    def related(self, source: str, kind: str) -> str | None:
        """Return the name of the part that ``source`` (the package, if empty) is related to by the type ``kind``."""
        for relation in self._relations(source):
            if relation.get("Type", "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(source), relation.get("Target", ""))
                return posixpath.normpath(target).lstrip("/")
        return None

    def add(self, root: etree._Element, *, beside: str, stem: str, content_type: str, relation_type: str) -> None:
        """Add a part ``stem``.xml (with a number where that is taken) beside another one, and relate that one to it."""
        folder = posixpath.dirname(beside)
        names = [posixpath.join(folder, f"{stem}{number or ''}.xml") for number in range(len(self._entries) + 1)]
        name = next(name for name in names if name.lower() not in self._names)
        self._added.append(name)
        self._changed[name] = root
        override = etree.SubElement(self.part(_TYPES), f"{{{_TYPES_NAMESPACE}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)
        relations = self._relations_part(beside)
        taken = {relation.get("Id") for relation in relations}
        relation = etree.SubElement(relations, f"{{{_RELATIONS_NAMESPACE}}}Relationship")
        relation.set("Id", next(identity for at in range(len(taken) + 1) if (identity := f"rIdC{at}") not in taken))
        relation.set("Type", relation_type)
        relation.set("Target", posixpath.basename(name))

    def data(self) -> bytes:
        """Return the file: changed parts in their places, added ones at the end, the same bytes for the same input."""
        out = io.BytesIO()
        stored = {self._names.get(name.lower(), name): root for name, root in self._changed.items()}
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry, content in self._entries:
                root = stored.pop(entry.filename, None)
                target.writestr(entry, content if root is None else _written(root))
            for name, root in stored.items():
                entry = zipfile.ZipInfo(name, _OLDEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0  # else it names the operating system
                target.writestr(entry, _written(root))
        return out.getvalue()

    def _relations(self, source: str) -> list[etree._Element]:
        name = _relations_name(source)
        if name in self._changed:
            return list(self._changed[name])
        stored = self._names.get(name.lower())
        return [] if stored is None else list(etree.fromstring(self._read(stored), _PARSER))

    def _relations_part(self, source: str) -> etree._Element:
        name = _relations_name(source)
        if name.lower() not in self._names and name not in self._changed:
            self._changed[name] = etree.fromstring(f'<Relationships xmlns="{_RELATIONS_NAMESPACE}"/>')
        return self.part(name)

    def _read(self, stored: str) -> bytes:
        return next(content for entry, content in self._entries if entry.filename == stored)


def _relations_name(source: str) -> str:
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)
    return written
