"""Cells that hold a bare number under a header that says what it counts."""

from __future__ import annotations

import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import read_statements
from codecheck.language.timescales import Timescale
from codecheck.rules.load import find_pack, load_pack

PACK = load_pack(find_pack())


def times(text: str) -> list[Timescale]:
    sentences = read_statements(case_document(text), PACK).sentences
    return [one for sentence in sentences for one in sentence.timescales]


@pytest.mark.parametrize("number", ["5", "five", "Five (5)"])
def test_a_bare_number_takes_the_unit_of_its_header(number: str) -> None:
    (time,) = times(f"| Step | Working days |\n|---|---|\n| Acknowledge a complaint | {number} |\n")
    assert (time.amount, time.unit) == (5, "working days")


def test_it_is_counted_from_what_the_row_says() -> None:
    (time,) = times(
        "| Step | Working days | Counted from |\n|---|---|---|\n| Full response | 10 | The acknowledgement |\n"
    )
    assert time.trigger == "acknowledgement"


def test_a_time_that_gives_its_own_unit_is_left_alone() -> None:
    (time,) = times("| Step | Working days |\n|---|---|\n| Full response | 3 weeks |\n")
    assert (time.amount, time.unit) == (3, "weeks")


def test_a_number_under_another_header_is_no_time() -> None:
    assert times("| Year | Complaints |\n|---|---|\n| 2024 | 5 |\n") == []


CAPTION = "## {caption}\n\n| | Stage 1 |\n|---|---|\n| You receive our full response | No more than 10 days |\n"


@pytest.mark.parametrize("caption", ["Timescales in working days", "How long it takes (working days)"])
def test_the_caption_of_a_table_says_what_its_days_are(caption: str) -> None:
    (time,) = times(CAPTION.format(caption=caption))
    assert (time.amount, time.unit) == (10, "working days")


@pytest.mark.parametrize("caption", ["Timescales", "On working days", "Working days and hours"])
def test_another_caption_does_not(caption: str) -> None:
    (time,) = times(CAPTION.format(caption=caption))
    assert time.unit == "days"


def test_a_sentence_that_says_what_every_number_of_days_is() -> None:
    (time,) = times("We reply within 10 days. Every number of days in this policy is a number of working days.")
    assert time.unit == "working days"


def test_a_time_is_counted_from_what_the_row_says_too() -> None:
    (time,) = times("| Step | Period | Computed from |\n|---|---|---|\n| Full response | 10 working days | Receipt |\n")
    assert (time.act, time.trigger) == ("respond", "receipt")


def test_a_row_of_a_stage_says_its_step_in_the_next_cell() -> None:
    (time,) = times("| Stage | Step | Period |\n|---|---|---|\n| Investigation | Reply | 10 working days |\n")
    assert time.act == "respond"
