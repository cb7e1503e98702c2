"""Files that are not readable Word documents: always one line that says what is wrong, never a traceback."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codecheck.documents.docx import read_docx
from codecheck.documents.reading import Reading
from codecheck.errors import InputError

MAIN = "word/document.xml"


def good() -> bytes:
    document = docx.Document()
    document.add_heading("Stages", 1)
    document.add_paragraph("Tell us", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Stage"
    table.cell(1, 1).text = "Ten days"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


GOOD = good()


def changed(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return the good document with each part as `change` returns it; None leaves the part out."""
    buffer = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(GOOD))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return buffer.getvalue()


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    return changed(lambda name, data: data.replace(old, new) if name == part else data)


def message(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_docx(data, "policy.docx")
    text = str(caught.value)
    assert text.startswith("policy.docx")
    assert "\n" not in text
    return text


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\0" * 100, "is empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is password-protected: save a copy without a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "is in the old Word format (.doc)"),
        (b"%PDF-1.7\n", "is not a Word document but a PDF"),
        (b"Just some words.", "is not a Word document but text"),
        (b"<!DOCTYPE html><html><p>Hello</p></html>", "is not a Word document but a web page"),
        (b"{\\rtf1 Hello}", "(RTF)"),
        (GOOD[: len(GOOD) // 2], "is damaged"),
        (b"PK\x03\x04" + bytes(100), "is damaged"),
    ],
)
def test_other_formats(data: bytes, said: str) -> None:
    assert said in message(data)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "a Word document with macros (.docm)"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "a Word template with macros (.dotm)"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "a Word template (.dotx)",
        ),
    ],
)
def test_other_kinds_of_word_file(kind: str, said: str) -> None:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert said in message(replaced("[Content_Types].xml", usual, kind.encode()))


def test_an_opendocument_file() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert "OpenDocument" in message(buffer.getvalue())


def test_broken_xml() -> None:
    assert "is damaged" in message(replaced(MAIN, b"</w:body>", b""))


def test_broken_styles() -> None:
    assert "is damaged" in message(changed(lambda name, data: b"<" if name == "word/styles.xml" else data))


def test_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document '
    assert "is damaged" in message(replaced(MAIN, b"<w:document ", bomb))


def test_an_unknown_encoding() -> None:
    assert "is damaged" in message(replaced(MAIN, b"UTF-8", b"UTF-77"))


def test_no_body() -> None:
    assert "is not a Word document" in message(changed(lambda name, data: b"<x/>" if name == MAIN else data))


def test_missing_content_types() -> None:
    assert "is damaged" in message(changed(lambda name, data: None if name.startswith("[Content") else data))


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "docProps/core.xml"])
def test_parts_that_may_be_missing(part: str) -> None:
    reading = read_docx(changed(lambda name, data: None if name == part else data), "policy.docx")
    assert [block.text for block in reading.blocks] == ["Stages", "Tell us", "Stage", "Ten days"]


@pytest.mark.parametrize("tag", [b"w:hyperlink", b"w:r", b"w:txbxContent", b"w:sdtContent"])
def test_nesting_without_end(tag: bytes) -> None:
    deep = b"<w:p>" + b"<%s>" % tag * 5000 + b"</%s>" % tag * 5000 + b"</w:p></w:body>"
    assert "is damaged" in message(replaced(MAIN, b"</w:body>", deep))


def test_a_part_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codecheck.documents.docx_package._LARGEST_PART", 1000)
    assert "is too large" in message(GOOD)


def test_an_encrypted_zip() -> None:
    data = bytearray(GOOD)
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[at + 8] |= 1
    assert "is password-protected" in message(bytes(data))


def test_styles_based_on_each_other() -> None:
    loop = (
        b'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        b'<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style></w:styles>'
    )

    def change(name: str, data: bytes) -> bytes:
        if name == MAIN:
            return data.replace(b'w:val="Heading1"', b'w:val="A"')
        return data.replace(b"</w:styles>", loop) if name == "word/styles.xml" else data

    assert read_docx(changed(change), "policy.docx").blocks[0].text == "Stages"


def outcome(data: bytes) -> None:
    """Read `data`: a Reading or an InputError with one line is right, anything else fails the test."""
    try:
        reading = read_docx(data, "policy.docx")
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(reading, Reading)
        assert reading.blocks


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    outcome(data)
    outcome(b"PK\x03\x04" + data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_any_damage_to_the_archive(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, value in changes:
        data[at] = value
    outcome(bytes(data))


TAGS = (
    *(
        "p",
        "r",
        "t",
        "sym",
        "tbl",
        "tr",
        "tc",
        "tcPr",
        "pPr",
        "rPr",
        "numPr",
        "sdt",
        "sdtContent",
        "ins",
        "del",
        "pict",
    ),
    *("hyperlink", "txbxContent", "fldChar", "footnoteReference", "ilvl", "numId", "pStyle", "gridSpan", "vMerge"),
    *("outlineLvl", "gridBefore", "trPr", "b", "vanish", "AlternateContent"),
    # Whole paths, so that many of the trees hold text that the reader finds.
    *("p/r/t", "r/t", "p/pPr/pStyle", "p/pPr/numPr/numId", "tbl/tr/tc/p/r/t", "tc/p/r/t", "tc/tcPr/gridSpan"),
    *("tc/tcPr/vMerge", "p/r/fldChar", "p/r/pict/txbxContent/p/r/t", "p/ins/r/t", "p/del/r/t", "sdt/sdtContent/p/r/t"),
)
VALUES = st.sampled_from(["", "0", "1", "-1", "70", "99999999999", "x", "Heading1", "F0B7", "restart", "begin", "end"])
NAMES = st.sampled_from(["val", "id", "char", "fldCharType", "ilvl", "font"])


STEPS = st.tuples(st.sampled_from(TAGS), NAMES, VALUES, st.integers(0, 6))


def tree(steps: list[tuple[str, str, str, int]]) -> str:
    """Any nesting of the elements that the reader knows: each step opens one and closes so many."""
    written, opened = "", []
    for tag, attribute, value, closing in steps:
        for part in tag.split("/"):
            written += f'<w:{part} w:{attribute}="{value}">'
            opened.append(part)
        written += "text"
        for _ in range(min(closing, len(opened))):
            written += f"</w:{opened.pop()}>"
    return written + "".join(f"</w:{tag}>" for tag in reversed(opened))


with zipfile.ZipFile(io.BytesIO(GOOD)) as whole:
    SMALL = {
        name: whole.read(name)
        for name in ("[Content_Types].xml", "_rels/.rels", MAIN, "word/_rels/document.xml.rels", "word/numbering.xml")
    }


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=40))
def test_any_tree(steps: list[tuple[str, str, str, int]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in SMALL.items():
            target.writestr(name, data.replace(b"<w:body>", b"<w:body>" + tree(steps).encode()))
    outcome(buffer.getvalue())
