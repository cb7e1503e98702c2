"""Cleaning of text that all readers share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codecheck.documents.cleaning import clean


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("  ten\n working\tdays ", "ten working days"),
        ("six\u00a0months", "six months"),
        ("com\u00adplaint", "complaint"),
        ("stage\u200b one\ufeff", "stage one"),
        ("\x02ask\x0bus", "ask us"),
        ("", ""),
    ],
)
def test_clean(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
