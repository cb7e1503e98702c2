"""Header rows and the headers that govern a cell."""

from __future__ import annotations

import pytest

from codecheck.documents.grid import RawCell, locate
from codecheck.model import Cell


def rows(*texts: str, marked: int = 0) -> list[list[RawCell]]:
    """Rows from "a|b" strings; the first `marked` rows are marked as headers."""
    return [[RawCell(text, marked=at < marked) for text in row.split("|")] for at, row in enumerate(texts)]


def test_marked_row_heads_its_columns() -> None:
    located = locate(rows("Stage|Target", "One|10 days", marked=1), table=3)
    assert located[0][1] == Cell(3, 0, 1, is_header=True)
    assert located[1] == [Cell(3, 1, 0, "", "Stage"), Cell(3, 1, 1, "One", "Target")]


def test_short_labels_in_the_first_row_are_a_header() -> None:
    located = locate(rows("|Stage 1|Stage 2", "Reply|10 days|20 days"), table=0)
    assert located[1][2].column_header == "Stage 2"


@pytest.mark.parametrize(
    "first",
    [
        "Stage 1|Officer",
        "Reply|10 working days",
        "Phone|01632 960733",
        "Next review|May 2026",
        "Post|We read every letter.",
    ],
)
def test_rows_of_content_are_not_a_header(first: str) -> None:
    located = locate(rows(first, "Stage 2|Director"), table=0)
    assert not located[0][0].is_header and located[1][1].column_header == ""


def test_single_row_has_no_header() -> None:
    assert locate(rows("Stage|Target"), table=0)[0][0].is_header is False


def test_two_header_rows_are_joined() -> None:
    raw = [
        [RawCell("", marked=True), RawCell("Stage 1", column_span=2, marked=True)],
        [RawCell("", marked=True), RawCell("Acknowledge", marked=True), RawCell("Reply", marked=True)],
        [RawCell("Target"), RawCell("5 days"), RawCell("10 days")],
    ]
    assert locate(raw, table=0)[2][2].column_header == "Stage 1 Reply"


def test_title_across_the_table_heads_no_column() -> None:
    raw = rows("Provision|Comply", "Section 2", "2.1|Yes", marked=2)
    located = locate(raw, table=0)
    assert located[1][0].is_header and located[2][1].column_header == "Comply"


def test_header_repeated_further_down_is_a_header() -> None:
    located = locate(rows("Stage|Target", "One|10 days", "Stage|Target", "Two|20 days"), table=0)
    assert located[2][0].is_header and located[3][1].column_header == "Target"


def test_first_column_spanning_rows_heads_each() -> None:
    raw = [
        [RawCell("Stage 1", row_span=2), RawCell("Acknowledge in 5 days.")],
        [RawCell("Reply in 10 days.")],
    ]
    assert locate(raw, table=0)[1] == [Cell(0, 1, 1, "Stage 1")]


def test_table_of_headers_only_keeps_one() -> None:
    located = locate(rows("a|b", "c|d", marked=2), table=0)
    assert [row[0].is_header for row in located] == [True, False]


def test_absurd_spans_cost_nothing() -> None:
    raw = [[RawCell("x", row_span=99999, column_span=99999)] * 3] * 3
    assert len(locate(raw, table=0)) == 3


def across(text: str) -> list[RawCell]:
    return [RawCell(text, column_span=2)]


def test_a_title_across_the_table_is_the_band_of_the_rows_below_it() -> None:
    raw = [
        *rows("Step|When", marked=1),
        across("Stage 1"),
        *rows("Reply|10 days"),
        across("Stage 2"),
        *rows("Reply|20"),
    ]
    located = locate(raw, table=0)
    assert [row[-1].band for row in located] == ["", "", "Stage 1", "", "Stage 2"]
    assert located[4][1].column_header == "When"


def test_a_note_across_the_table_is_no_band() -> None:
    raw = [*rows("Step|When", marked=1), across("All times are counted in working days."), *rows("Reply|10 days")]
    assert [row[-1].band for row in locate(raw, table=0)] == ["", "", ""]


def test_a_row_whose_other_cells_go_on_from_above_is_no_band() -> None:
    raw = [*rows("Step|When", marked=1), [RawCell("Log"), RawCell("5 days", row_span=2)], [RawCell("Acknowledge")]]
    raw += rows("Reply|10 days")
    assert [row[-1].band for row in locate(raw, table=0)] == ["", "", "", ""]
