"""Inflected forms of one word share a key; different words do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codecheck.language.words import inflection_key


@pytest.mark.parametrize(
    "forms",
    [
        "acknowledge acknowledges acknowledged acknowledging",
        "reply replies replied replying",
        "log logs logged logging",
        "respond responds responded responding",
        "give gives gave given giving",
        "decide decides decided deciding",
        "complaint complaints complaint's",
        "policy policies",
        "refer refers referred referring",
        "escalate escalates escalated escalating",
    ],
)
def test_inflected_forms_share_a_key(forms: str) -> None:
    assert len({inflection_key(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("response", "responsible"), ("complain", "complaint"), ("need", "nee"), ("this", "thi"), ("new", "news")],
)
def test_different_words_do_not(one: str, other: str) -> None:
    assert inflection_key(one) != inflection_key(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=20))
def test_a_key_is_never_longer_than_a_short_base(word: str) -> None:
    assert isinstance(inflection_key(word), str)
