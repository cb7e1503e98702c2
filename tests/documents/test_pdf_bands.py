"""Rows of a PDF table told apart by shading only."""

from __future__ import annotations

from codecheck.documents.pdf_bands import cut_into_columns
from codecheck.documents.pdf_lines import Line

EDGES = [40.0, 90.0, 360.0, 420.0, 640.0]


def line(text: str, x0: float, x1: float, base: float = 100.0) -> Line:
    return Line(text, 1, x0, x1, base, 9.0)


def texts(columns: list[list[Line]] | None) -> list[list[str]] | None:
    return None if columns is None else [[item.text for item in column] for column in columns]


def test_lines_go_to_the_columns_they_stand_in() -> None:
    lines = [line("1.3", 45, 60), line("A resident", 95, 350), line("does not", 95, 200, 111), line("Yes", 425, 440)]
    assert texts(cut_into_columns(lines, EDGES)) == [["1.3"], ["A resident", "does not"], [], ["Yes"]]


def test_the_rest_of_a_row_has_nothing_in_its_first_column() -> None:
    assert texts(cut_into_columns([line("does not", 95, 200)], EDGES)) == [[], ["does not"], [], []]


def test_a_title_across_is_no_row() -> None:
    assert cut_into_columns([line("Section", 45, 80)], EDGES) is None


def test_a_title_in_the_middle_is_no_row() -> None:
    assert cut_into_columns([line("Stage 1", 200, 250)], EDGES) is None


def test_a_line_over_the_sides_of_columns_is_no_row() -> None:
    lines = [line("1.3", 45, 60), line("A sentence across the table", 95, 500), line("Yes", 425, 440, 111)]
    assert cut_into_columns(lines, EDGES) is None


def test_pieces_of_one_sentence_are_no_cells() -> None:
    lines = [
        line("We answer", 45, 88),
        line("every complaint", 91, 358),
        line("in ten", 361, 418),
        line("days", 421, 440),
    ]
    assert cut_into_columns(lines, EDGES) is None
