"""Plain text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.documents.plaintext import read_text
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block

LONG = "We will consider every complaint on its own merits and tell you in writing what we decided and why. " * 2


def read(text: str) -> list[Block]:
    return list(read_text(text.encode(), "policy.txt").blocks)


def shape(text: str) -> list[tuple[str, int, str | None, str]]:
    """Kind, level, label and text of each block."""
    return [(block.kind, block.level, block.label, block.text) for block in read(text)]


def kinds(text: str) -> list[str]:
    return [block.kind for block in read(text)]


# Paragraphs


def test_blank_lines_part_paragraphs() -> None:
    assert read("We listen.\n\nWe reply.") == [Block("We listen."), Block("We reply.")]


def test_hard_wrapped_lines_are_joined() -> None:
    assert read(
        "We will acknowledge every complaint within\nfive working days. Where we cannot, we will say so\nand explain."
    ) == [
        Block(
            "We will acknowledge every complaint within five working days. Where we cannot, we will say so and explain."
        )
    ]


def test_lines_that_are_not_wrapped_are_paragraphs() -> None:
    assert [block.text for block in read(f"{LONG}\nWe reply\nWe review")] == [LONG.strip(), "We reply", "We review"]


def test_section_number_begins_a_paragraph() -> None:
    assert read("2.1 We listen to you.\n2.2 We reply to you.") == [
        Block("2.1 We listen to you."),
        Block("2.2 We reply to you."),
    ]


def test_form_feed_parts_paragraphs() -> None:
    assert len(read("We listen\n\fWe reply.")) == 2


# Headings


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("2. Policy detail", 1),
        ("2.1 Definition of a complaint", 2),
        ("3.0 Aims", 1),
        ("STAGE ONE", 0),
        ("Stage 1", 0),
        ("How we will reply", 0),
        ("Definitions\n===========", 1),
        ("Definitions\n-----------", 2),
    ],
)
def test_headings(line: str, level: int) -> None:
    assert shape(f"{line}\n\nWe reply to you.")[0] == ("heading", level, None, line.split("\n")[0])


@pytest.mark.parametrize("line", ["2.1 Definition of a complaint", "STAGE ONE", "Stage 1"])
def test_heading_right_above_its_text(line: str) -> None:
    assert kinds(f"{line}\nWe listen to everything that you tell us and reply.") == ["heading", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "We will reply in ten days",
        "2.1 We will reply",
        "Email help@landlord.example",
        "We reply.",
        "lower case",
        "We offer:",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert kinds(f"{line}\n\nWe reply to you.")[0] == "paragraph"


def test_table_of_contents_is_no_run_of_headings() -> None:
    source = "1. Aims\n2. Scope\n3. Stages\n\n1. Aims\n\nWe listen to you."
    assert kinds(source) == ["paragraph"] * 3 + ["heading", "paragraph"]


def test_list_without_bullets_below_a_colon_is_no_run_of_headings() -> None:
    assert kinds("You can use:\n\nPhone\n\nLetter\n\nWe reply to you.") == ["paragraph"] * 4


def test_last_line_heads_nothing() -> None:
    assert kinds("We reply.\n\nHousing Team") == ["paragraph", "paragraph"]


def test_rules_are_dropped() -> None:
    assert read("We listen.\n\n_______\n\nWe reply.") == [Block("We listen."), Block("We reply.")]


# Items


@pytest.mark.parametrize(("marker", "label"), [("-", "-"), ("*", "*"), ("•", "•"), ("o", "o"), ("\u2013", "\u2013")])
def test_bullets_become_labels(marker: str, label: str) -> None:
    assert shape(f"We will:\n{marker} listen\n{marker} reply")[1:] == [
        ("item", 1, label, "listen"),
        ("item", 1, label, "reply"),
    ]


@pytest.mark.parametrize("marker", ["a)", "(a)", "(iv)", "b."])
def test_letters_stay_in_the_text(marker: str) -> None:
    assert shape(f"We will:\n{marker} listen")[1] == ("item", 1, None, f"{marker} listen")


def test_numbers_below_a_colon_are_items() -> None:
    assert kinds("We will:\n1. listen to you\n2. reply to you") == ["paragraph", "item", "item"]


def test_indented_lines_continue_an_item() -> None:
    assert [block.text for block in read("- We\n  Listen\n- Reply")] == ["We Listen", "Reply"]


def test_indentation_is_depth() -> None:
    assert [block.level for block in read("- a\n  - b\n  - c\n- d")] == [1, 2, 2, 1]


def test_tab_after_a_number_is_no_table() -> None:
    assert read("2.1\tWe listen.\n2.2\tWe reply.") == [Block("2.1 We listen."), Block("2.2 We reply.")]


# Tables


def test_lines_with_tabs_are_a_table() -> None:
    blocks = read("Targets\n\nStage\tTarget\nOne\t10 days\n\nWe reply.")
    assert [block.kind for block in blocks] == ["heading", "cell", "cell", "cell", "cell", "paragraph"]
    cell = blocks[4].cell
    assert cell is not None
    assert (cell.row, cell.column, cell.row_header, cell.column_header) == (1, 1, "One", "Target")


def test_single_line_with_a_tab_is_text() -> None:
    assert read("Phone\t01632 960733") == [Block("Phone 01632 960733")]


def test_blank_line_between_rows_of_one_table() -> None:
    blocks = read("No\tAsk\tComply\n1.2\tDefine\tYes\n\n1.3\tListen\tNo")
    assert {block.cell.table for block in blocks if block.cell} == {0}


def test_tags_left_in_cells_part_paragraphs() -> None:
    blocks = read("No\tAsk\n1.2\t<p>We listen.</p><p>We reply.</p><ul><li>soon</li></ul>")
    assert [(block.kind, block.label, block.text) for block in blocks[3:]] == [
        ("cell", None, "We listen."),
        ("cell", None, "We reply."),
        ("cell", "•", "soon"),
    ]


# Files


def test_utf_16() -> None:
    assert read_text("We\u2019ll reply.".encode("utf-16"), "policy.txt").blocks == (Block("We\u2019ll reply."),)


def test_windows_1252() -> None:
    assert read_text("We\u2019ll reply.".encode("cp1252"), "policy.txt").blocks == (Block("We\u2019ll reply."),)


def test_title_is_the_first_heading() -> None:
    assert read_text(b"Complaints policy\n\nWe reply.", "policy.txt").title == "Complaints policy"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"-----\n"])
def test_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^policy\.txt holds no text: "):
        read_text(data, "policy.txt")


PIECES = st.sampled_from(
    ["\n", "\n\n", "\t", "- ", "1. ", "2.1 ", "(a) ", "• ", "====", "<p>", "Word ", "word. ", "ALL ", "    ", LONG]
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=6))).map(lambda p: "".join(p).encode())
    )
)
def test_any_input_gives_blocks_or_an_input_error(data: bytes) -> None:
    try:
        reading = read_text(data, "policy.txt")
    except InputError:
        return
    assert isinstance(reading, Reading)
    assert all(block.text and block.text == block.text.strip() for block in reading.blocks)


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=10), min_size=1, max_size=200))
def test_no_word_is_lost(words: list[str]) -> None:
    source = "\n\n".join(" ".join(words[at : at + 7]) for at in range(0, len(words), 7))
    found = " ".join(f"{block.label or ''} {block.text}" for block in read(source))
    assert found.split() == source.split()


def cells_of(text: str) -> list[list[str]]:
    rows: dict[tuple[int, int], list[str]] = {}
    for block in read_text(text.encode(), "form.txt").blocks:
        if block.cell is not None:
            rows.setdefault((block.cell.table, block.cell.row), []).append(block.text)
    return list(rows.values())


def test_bars_make_a_table() -> None:
    assert cells_of("Step | Time | Who\nAnswer | ten days | manager\n") == [
        ["Step", "Time", "Who"],
        ["Answer", "ten days", "manager"],
    ]


def test_bars_around_rows_and_rules_between_them() -> None:
    text = "| Step | Time | Who |\n+------+------+-----+\n| Answer | ten days | manager |\n"
    assert cells_of(text) == [["Step", "Time", "Who"], ["Answer", "ten days", "manager"]]


def test_a_row_with_bars_goes_on_until_it_is_full() -> None:
    text = "Step | Time |\nWho |\nAnswer | ten\nworking days |\nmanager |\nCall | two days |\nofficer |\n"
    assert cells_of(text) == [
        ["Step", "Time", "Who"],
        ["Answer", "ten working days", "manager"],
        ["Call", "two days", "officer"],
    ]


@pytest.mark.parametrize("text", ["Home | Contact | Search\n\nWe listen.", "You may write | call.\nWe answer | reply."])
def test_a_line_with_bars_alone_is_no_table(text: str) -> None:
    assert cells_of(text) == []


def test_a_row_cut_by_a_page_break_stays_in_its_table() -> None:
    text = "Step\tTime\tWho\nAnswer\tten\tmanager\n\n\tworking days\t\nCall\ttwo days\tofficer\n"
    assert cells_of(text) == [
        ["Step", "Time", "Who"],
        ["Answer", "ten", "manager"],
        ["working days"],
        ["Call", "two days", "officer"],
    ]


def test_a_line_that_only_names_a_stage_is_a_heading_without_white_space() -> None:
    text = "How it goes\n\nStage one\n- We reply within 10 days\nStage two: review\n- We reply within 20 days\n"
    assert [block for block in shape(text) if block[0] == "heading"][-2:] == [
        ("heading", 0, None, "Stage one"),
        ("heading", 0, None, "Stage two: review"),
    ]


def test_a_stage_at_the_start_of_a_wrapped_line_is_no_heading() -> None:
    text = "You may take it to the second part of our process, which we call\nStage two: and ask us by telephone.\n"
    assert "heading" not in kinds(text)
