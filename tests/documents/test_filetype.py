"""Telling file types apart by content."""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codecheck.documents.filetype import sniff
from codecheck.errors import InputError


def archive(*members: str) -> bytes:
    """A zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for member in members:
            file.writestr(member, "<x/>")
    return buffer.getvalue()


def word_file() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "policy.docx", "docx"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "policy.docm", "docx"),
        (archive("word/document2.xml"), "policy.pdf", "docx"),
        (b"%PDF-1.7\n", "policy.docx", "pdf"),
        (b"\n\nnoise %PDF-1.4\n", "policy", "pdf"),
        (b"<!DOCTYPE html><p>x", "policy.txt", "html"),
        (b"\xef\xbb\xbf\n<!-- saved --><html lang=en>", "page.htm", "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "page.xhtml", "html"),
        ("<html><p>x".encode("utf-16"), "page.html", "html"),
        (b"<div class=x>text</div>", "fragment", "html"),
        (b"<!DOCTYPE html><p>x", "page.md", "html"),
        (b"<details><summary>x</summary>", "policy.md", "markdown"),
        (b"plain words", "policy.MD", "markdown"),
        (b"plain words", "notes.markdown", "markdown"),
        (b"# Complaints\n\ntext", "policy.txt", "markdown"),
        (b"text\n\n| a | b |\n|---|---|\n| c | d |", "policy", "markdown"),
        (b"plain words", "policy.txt", "text"),
        (b"plain words", "policy.docx", "text"),
        ("plain words".encode("utf-16"), "policy.txt", "text"),
        ("we\u2019ll reply".encode("cp1252"), "policy.txt", "text"),
        (b"We use <html> tags; #1 and 1 < 2", "policy.txt", "text"),
        (b"noise\n<html><p>x", "policy.txt", "html"),
        (b"BMW owners\n------------\n", "policy.txt", "text"),
    ],
)
def test_types(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


def test_real_word_file() -> None:
    assert sniff(word_file(), "anything") == "docx"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b" \n\x00\x00", "is empty"),
        (word_file()[:-400], "is damaged or incomplete"),
        (archive("content.xml", "mimetype"), "is an OpenDocument file"),
        (archive("xl/workbook.xml"), "is an Excel workbook"),
        (archive("ppt/presentation.xml"), "is a PowerPoint presentation"),
        (archive("policy.docx"), "is a zip archive"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "is password-protected"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "is in the old Word format"),
        (OLE2 + "Workbook".encode("utf-16-le"), "is an Excel workbook"),
        (OLE2 + "PowerPoint Document".encode("utf-16-le"), "is a PowerPoint presentation"),
        (OLE2, "is in an old Microsoft Office format"),
        (b"{\\rtf1\\ansi text}", "is a Rich Text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is an image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is an image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "is an image"),
        (b"\x00\x00\x00\x18ftypheic\x00", "is an image"),
        (b"BM\x00\x01\x02\x03\x00\x00", "is an image"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; x", "is a web archive"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "is a document saved as flat XML"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00", "is not a document that codecheck reads"),
    ],
)
def test_refusals(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        sniff(data, "policy.docx")
    message = str(caught.value)
    assert message.startswith(f"policy.docx {says}") and ": " in message and "\n" not in message


@given(st.binary(), st.sampled_from(["a.md", "a.txt", "a", ""]))
def test_any_bytes_have_a_type_or_an_input_error(data: bytes, name: str) -> None:
    with contextlib.suppress(InputError):
        assert sniff(data, name) in ("docx", "pdf", "html", "markdown", "text")


@given(st.data())
def test_damaged_archives(data: st.DataObject) -> None:
    damaged = bytearray(archive("word/document.xml", "b"))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputError):
        sniff(bytes(damaged), "policy.docx")
