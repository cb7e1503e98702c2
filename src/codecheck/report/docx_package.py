"""Saving a Word file so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document as WordDocument

_OLDEST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can have: says nothing, and never changes
_THUMBNAIL = "/thumbnail"
_TIMES = ("{http://purl.org/dc/terms/}created", "{http://purl.org/dc/terms/}modified")


def package_bytes(word: WordDocument) -> bytes:
    """Return the document as the bytes of a .docx file, without times and without the template's preview picture."""
    package = word.part.package
    for key in [key for key, part in package.rels.items() if part.reltype.endswith(_THUMBNAIL)]:
        del package.rels[key]
    properties = word.core_properties._element
    for element in [child for child in properties if child.tag in _TIMES]:
        properties.remove(element)
    saved, out = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it names the operating system
            target.writestr(entry, source.read(name))
    return out.getvalue()
