"""What a line shows about itself."""

from __future__ import annotations

import pytest

from codecheck.documents.lines import (
    address_behind,
    could_be_heading,
    item_block,
    join_lines,
    section_number,
    split_bullet,
)
from codecheck.model import Block


@pytest.mark.parametrize(
    ("text", "glyph"),
    [
        ("• by letter", "•"),
        ("•by letter", "•"),
        ("- by letter", "-"),
        ("* by letter", "*"),
        ("o by letter", "o"),
        ("\uf0b7 by letter", "\uf0b7"),
        ("\u2013 by letter", "\u2013"),
    ],
)
def test_bullets(text: str, glyph: str) -> None:
    assert split_bullet(text) == (glyph, "by letter")


@pytest.mark.parametrize("text", ["by letter", "-5 degrees", "once", "•", "*emphasis* here", "✓"])
def test_not_bullets(text: str) -> None:
    assert split_bullet(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.1 Scope", (2, 1)),
        ("2.1.3. Scope", (2, 1, 3)),
        ("3. Scope", (3,)),
        ("3) Scope", (3,)),
        ("10 working days", None),
        ("2.1", None),
        ("2024. Next", None),
    ],
)
def test_section_numbers(text: str, number: tuple[int, ...] | None) -> None:
    assert section_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "Stage 1",
        "How we will reply",
        "2.1 Definition of a complaint",
        "Can I appeal?",
        "Complaints policy 2024",
        "Stage 2:",
    ],
)
def test_could_be_heading(text: str) -> None:
    assert could_be_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "We will reply.",
        "We will reply within ten days",
        "We will:",
        "and then",
        "• Stage 1",
        "(a) Stage 1",
        "Email help@landlord.example",
        "Ring 01632 960 733",
        "Please see section",
        "2.1 ",
        "",
        "Word " * 15,
    ],
)
def test_could_not_be_heading(text: str) -> None:
    assert not could_be_heading(text)


def test_lines_broken_for_width_are_joined() -> None:
    assert join_lines(["We will reply", "within ten", "10 working days"]) == [
        "We will reply within ten 10 working days"
    ]


@pytest.mark.parametrize("second", ["2.2 We also", "• we listen", "(b) we listen", "b) we listen", "3. Then"])
def test_markers_begin_a_paragraph(second: str) -> None:
    assert join_lines(["2.1 We listen.", second]) == ["2.1 We listen.", second]


@pytest.mark.parametrize("second", ["2.1 above", "(a) and (b) above", "\u2013 as we have said \u2013 and"])
def test_markers_within_a_sentence_do_not(second: str) -> None:
    assert len(join_lines(["As set out in section", second])) == 1


def test_bullets_that_run_on_are_parted() -> None:
    assert join_lines(["We will: • listen.• reply"]) == ["We will:", "• listen.", "• reply"]


def test_bullet_before_a_section_number_is_dropped() -> None:
    assert item_block("2.5 We listen", label="•", depth=1) == Block("2.5 We listen")


def test_bullet_before_a_letter_is_dropped() -> None:
    assert item_block("- a) We listen", label=None, depth=2) == Block("a) We listen", "item", 2)


@pytest.mark.parametrize(
    ("href", "shown", "expected"),
    [
        ("mailto:help@landlord.example?subject=Hello", "Email us", "help@landlord.example"),
        ("mailto:help@landlord.example", "help@landlord.example", ""),
        ("tel:01632%20960733", "Ring us", "01632 960733"),
        ("tel:01632960733", "01632 960733", ""),
        ("/contact", "Contact us", ""),
    ],
)
def test_address_behind_a_link(href: str, shown: str, expected: str) -> None:
    assert address_behind(href, shown) == expected
