"""What a file is, by its content: names lie, and a landlord's "policy.docx" may be anything."""

from __future__ import annotations

import codecs
import io
import pathlib
import re
import zipfile
from typing import Literal

from codecheck.errors import InputError

FileType = Literal["docx", "pdf", "html", "markdown", "text"]

_SAVE_AS = "open it in Word or LibreOffice, save it as .docx or PDF, and run codecheck on that"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WHOLE_PAGE = re.compile(rb"^[ \t]*<(?:!doctype html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE | re.MULTILINE)
_PRELUDE = re.compile(rb"\A\s*(?:(?:<\?xml[^>]*>|<!--.*?-->)\s*)*", re.DOTALL)
_TAG = re.compile(
    rb"<(?:article|aside|details|div|h[1-6]|header|main|nav|ol|p|section|span|table|ul)[\s>]", re.IGNORECASE
)
_MARKDOWN_SIGN = re.compile(rb"^(?:#{1,6} [^\s#]|\|? ?:?-{3,}:? ?\|[-:| ]*$|```)", re.MULTILINE)
_MARKDOWN_NAMES = frozenset({".md", ".markdown", ".mkd", ".mdown"})
# Control characters that no text file has; tab, line ends, form feed, ^Z and escape do occur.
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B})


def sniff(data: bytes, name: str) -> FileType:
    """Tell what kind of file `data` is.

    `name` is used in messages, and its ending only to tell Markdown from plain text. Raises InputError for an empty
    file and for anything codecheck does not read, saying what it is and what to do.
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip(b"\x00 \t\r\n"):
        raise InputError(f"{name} is empty: check that the right file was saved or downloaded in full")
    if b"%PDF" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_type(data, name)
    _refuse_foreign(data, name)
    return _text_type(data, name)


def _zip_type(data: bytes, name: str) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise InputError(
            f"{name} is damaged or incomplete: download it again, or open it in Word and save a new copy"
        ) from None
    if any(re.fullmatch(r"word/document\d*\.xml", member) for member in members):  # .docx, .docm, .dotx
        return "docx"
    if any(member.startswith("xl/") for member in members):
        raise InputError(f"{name} is an Excel workbook: copy its text into a Word document and run codecheck on that")
    if any(member.startswith("ppt/") for member in members):
        raise InputError(f"{name} is a PowerPoint presentation: export it as PDF and run codecheck on that")
    if "content.xml" in members:
        raise InputError(f"{name} is an OpenDocument file: {_SAVE_AS}")
    raise InputError(f"{name} is a zip archive: unpack it and run codecheck on the document inside")


def _refuse_foreign(data: bytes, name: str) -> None:
    """Raise InputError where `data` is a known format that codecheck does not read, or binary."""
    if data.startswith(_OLE2):
        raise InputError(_ole2_message(data, name))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise InputError(f"{name} is a Rich Text (RTF) file: {_SAVE_AS}")
    if _is_image(data):
        raise InputError(
            f"{name} is an image: codecheck needs text, so use the original document or a PDF with a text layer"
        )
    if (
        re.match(rb"(?:From|MIME-Version|Content-Type|Snapshot-Content-Location): ?", data)
        and b"multipart/related" in data[:4096]
    ):
        raise InputError(f"{name} is a web archive: save the page as 'Web page, HTML only' and run codecheck on that")
    if b"<?mso-application" in data[:1024] or b"<office:document" in data[:1024]:
        raise InputError(f"{name} is a document saved as flat XML: {_SAVE_AS}")
    if _is_binary(data):
        raise InputError(
            f"{name} is not a document that codecheck reads: give it a .docx, .pdf, .html, .md or .txt file"
        )


def _ole2_message(data: bytes, name: str) -> str:
    """Name what an OLE2 file holds, by the names of the streams inside, which are written in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{name} is password-protected: save a copy without a password and run codecheck on that"
    if "WordDocument".encode("utf-16-le") in data:
        return f"{name} is in the old Word format (.doc): {_SAVE_AS}"
    if "Workbook".encode("utf-16-le") in data:
        return f"{name} is an Excel workbook: copy its text into a Word document and run codecheck on that"
    if "PowerPoint".encode("utf-16-le") in data:
        return f"{name} is a PowerPoint presentation: export it as PDF and run codecheck on that"
    return f"{name} is in an old Microsoft Office format: {_SAVE_AS}"


def _is_image(data: bytes) -> bool:
    if data.startswith(b"BM") and not _is_binary(data):  # a text may begin with "BM"
        return False
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    heif = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    return data.startswith(_IMAGES) or webp or heif


def _is_binary(data: bytes) -> bool:
    if data.startswith(_WIDE_MARKS):
        return False
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, delete=_CONTROLS))
    return controls * 100 > len(sample)


def _text_type(data: bytes, name: str) -> FileType:
    start = _narrow(data[:65536])
    body = _PRELUDE.sub(b"", start, count=1)
    is_markdown_name = pathlib.PurePath(name).suffix.lower() in _MARKDOWN_NAMES
    if body.startswith(b"<") and _WHOLE_PAGE.match(body):
        return "html"
    if is_markdown_name:
        return "markdown"
    if _TAG.match(body) or _WHOLE_PAGE.search(body[:4096]):
        return "html"
    return "markdown" if _MARKDOWN_SIGN.search(start) else "text"


def _narrow(data: bytes) -> bytes:
    """Return text as bytes of which the ASCII part can be searched, whatever its encoding."""
    if data.startswith(_WIDE_MARKS):
        return data.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    return data.removeprefix(codecs.BOM_UTF8)
