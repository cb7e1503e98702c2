"""Numbers of provisions, whole and broken."""

from __future__ import annotations

import pytest

from codecheck.forms.numbers import read_number

KNOWN = ("6.1", "6.14", "8.1", "1.2")


@pytest.mark.parametrize(
    ("text", "provision", "suffix", "rest"),
    [
        ("6.14", "6.14", "", ""),
        ("Provision 6.14", "6.14", "", ""),
        ("Code section 1.2:", "1.2", "", ""),
        ("6. 14", "6.14", "", ""),
        ("6.1 4", "6.14", "", ""),
        ("6.1\n4", "6.14", "", ""),
        ("8.1 (f)", "8.1", "f", ""),
        ("8.1a", "8.1", "a", ""),
        ("1.2 A complaint must be defined", "1.2", "", "A complaint must be defined"),
        ("1.2: A complaint", "1.2", "", "A complaint"),
        ("6.1 20 days is the limit", "6.1", "", "20 days is the limit"),
    ],
)
def test_number_letter_and_rest(text: str, provision: str, suffix: str, rest: str) -> None:
    assert read_number(text, KNOWN) == (provision, suffix, rest)


@pytest.mark.parametrize(
    "text", ["2.4.5", "2.5 working days", "98.5%", "12.3.24", "Stage 1", "v2.1", "10.2", "1.0", ""]
)
def test_other_numbers_are_no_provision(text: str) -> None:
    assert read_number(text, KNOWN) is None
