"""Answers to "Do you comply?" as landlords write them."""

from __future__ import annotations

import pytest

from codecheck.forms.answers import combine, read_answer


@pytest.mark.parametrize(
    "text",
    [
        "Yes",
        "yes.",
        "Y",
        "Compliant",
        "Fully compliant",
        "Fully",
        "Met",
        "✓",
        "✔",
        "✅",
        "✔️",
        "We comply",
        "YES",
        "☒ Yes ☐ No",
    ],
)
def test_yes(text: str) -> None:
    read = read_answer(text)
    assert read is not None
    assert (read[0], read[2]) == ("yes", "")


@pytest.mark.parametrize(
    "text",
    ["No", "N", "Non-compliant", "Non compliant", "Not compliant", "Not yet", "✗", "❌", "X", "Unmet", "☐ Yes ☒ No"],
)
def test_no(text: str) -> None:
    read = read_answer(text)
    assert read is not None
    assert (read[0], read[2]) == ("no", "")


@pytest.mark.parametrize(
    "text",
    [
        "Partial",
        "Partially",
        "Partly compliant",
        "Working towards",
        "In progress",
        "Not fully compliant",
        "Yes, in part",
        "Partially met",
        "Yes (partially)",
    ],
)
def test_partial(text: str) -> None:
    read = read_answer(text)
    assert read is not None
    assert read[0] == "partial"


@pytest.mark.parametrize("text", ["N/A", "n/a", "Not applicable", "n.a."])
def test_not_applicable(text: str) -> None:
    read = read_answer(text)
    assert read is not None
    assert read[0] == "not_applicable"


@pytest.mark.parametrize("text", ["", " ", "-", "–", "TBC", "Yes / No", "Yes/No/Partial", "☐ Yes ☐ No"])
def test_blank(text: str) -> None:
    read = read_answer(text)
    assert read is not None
    assert read[0] == "blank"


@pytest.mark.parametrize(
    ("text", "answer", "shown", "rest"),
    [
        ("YPoint 1.2", "yes", "Y", "Point 1.2"),
        ("NoWe will change this", "no", "No", "We will change this"),
        ("Yes - section 4", "yes", "Yes", "section 4"),
        ("Yes: policy 2.1", "yes", "Yes", "policy 2.1"),
        ("Yes (see policy)", "yes", "Yes", "see policy"),
        ("Partial – training is planned", "partial", "Partial", "training is planned"),
        ("✓ Policy section 3", "yes", "✓", "Policy section 3"),
        ("✓ Yes", "yes", "✓ Yes", ""),
    ],
)
def test_what_is_fused_to_an_answer_is_kept(text: str, answer: str, shown: str, rest: str) -> None:
    assert read_answer(text) == (answer, shown, rest)


@pytest.mark.parametrize(
    "text", ["Note the policy", "Nothing to add", "Yesterday", "Metrics are kept", "Number 4", "See policy"]
)
def test_words_that_only_begin_like_an_answer_are_none(text: str) -> None:
    assert read_answer(text) is None


def test_parts_of_a_provision_that_are_answered_differently_make_partial() -> None:
    assert combine("yes", "no") == "partial"


def test_a_part_that_does_not_apply_leaves_the_other_answer() -> None:
    assert combine("not_applicable", "yes") == "yes"
