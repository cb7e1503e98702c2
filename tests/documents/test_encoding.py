"""Bytes to characters."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codecheck.documents.encoding import decode

TEXT = "we\u2019ll reply \u2013 within ten days"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"],
)
def test_encodings(data: bytes) -> None:
    assert decode(data) == (TEXT, ())


def test_declared_character_set_decides_where_bytes_are_not_utf_8() -> None:
    page = '<meta charset="iso-8859-2"><p>Žižkov'.encode("iso-8859-2")
    assert "Žižkov" in decode(page)[0]


def test_utf_8_wins_over_a_declaration_left_behind() -> None:
    assert "we\u2019ll" in decode('<meta charset="windows-1252"><p>we\u2019ll'.encode())[0]


@pytest.mark.parametrize("declared", ["utf-16", "hex", "rot13", "no-such-thing", "latin1", "utf-8"])
def test_misleading_declaration_falls_back(declared: str) -> None:
    text, _ = decode(f'<meta charset="{declared}"><p>£10'.encode("cp1252"))
    assert text.endswith("10")


def test_line_ends_become_one_kind() -> None:
    assert decode(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


def test_unreadable_characters_are_counted() -> None:
    assert decode(b"caf\x81 \x8d")[1] == ("2 characters could not be read; words that contain them may be missed",)


@given(st.binary())
def test_never_raises(data: bytes) -> None:
    text, _ = decode(data)
    assert "\r" not in text and "\x00" not in text
