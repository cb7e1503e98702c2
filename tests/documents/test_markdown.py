"""Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.documents.markdown import read_markdown
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block


def read(text: str) -> list[Block]:
    return list(read_markdown(text.encode(), "policy.md").blocks)


def shape(text: str) -> list[tuple[str, int, str | None, str]]:
    """Kind, level, label and text of each block."""
    return [(block.kind, block.level, block.label, block.text) for block in read(text)]


@pytest.mark.parametrize("source", ["## Stage 1", "Stage 1\n---", "## **Stage 1** ##"])
def test_headings(source: str) -> None:
    assert read(source) == [Block("Stage 1", "heading", 2)]


def test_paragraph_above_a_rule_is_no_heading() -> None:
    sentence = "We reply to every complaint. " * 6
    assert read(f"{sentence}\n---\nMore") == [Block(sentence.strip()), Block("More")]


def test_paragraph_in_bold_is_a_heading() -> None:
    assert shape("**Stage 1**\n\nWe reply.")[0] == ("heading", 0, None, "Stage 1")


def test_first_line_in_bold_is_a_heading() -> None:
    assert shape("**Stage 1**\nWe reply.") == [("heading", 0, None, "Stage 1"), ("paragraph", 0, None, "We reply.")]


def test_sentence_in_bold_is_not() -> None:
    assert read("**We will reply within ten days**") == [Block("We will reply within ten days")]


def test_hard_wrapped_lines_are_joined() -> None:
    assert read("We will\nreply within\n10 days.") == [Block("We will reply within 10 days.")]


@pytest.mark.parametrize("source", ["2.1 We will reply.", r"2\.1 We will reply."])
def test_typed_section_number_stays(source: str) -> None:
    assert read(source) == [Block("2.1 We will reply.")]


def test_section_numbers_on_successive_lines_are_paragraphs() -> None:
    assert read("2.1 We listen.\n2.2 We reply.") == [Block("2.1 We listen."), Block("2.2 We reply.")]


def test_letters_on_successive_lines_are_items() -> None:
    assert shape("We will:\n(a) listen\n(b) reply") == [
        ("paragraph", 0, None, "We will:"),
        ("item", 1, None, "(a) listen"),
        ("item", 1, None, "(b) reply"),
    ]


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        ("1. x\n2. y", ["1.", "2."]),
        ("1. x\n1. y", ["1.", "2."]),
        ("3) x\n5) y", ["3)", "5)"]),
        ("- x\n- y", ["-", "-"]),
        ("* x\n* y", ["*", "*"]),
        ("• x\n• y", ["•", "•"]),
        ("1. x\n\nText\n\n2. y", ["1.", None, "2."]),
    ],
)
def test_list_labels(source: str, labels: list[str | None]) -> None:
    assert [block.label for block in read(source)] == labels


def test_nested_lists() -> None:
    assert shape("1. One\n   - inner\n\n   more\n2. Two") == [
        ("item", 1, "1.", "One"),
        ("item", 2, "-", "inner"),
        ("item", 1, None, "more"),
        ("item", 1, "2.", "Two"),
    ]


def test_deeply_nested_lists_lose_nothing() -> None:
    source = "\n".join("  " * depth + f"- level {depth}" for depth in range(15))
    assert len(read(source)) == 15


def test_section_number_behind_a_bullet_wins() -> None:
    assert read("- 1.1. We listen") == [Block("1.1. We listen")]


def test_indented_text_is_not_code() -> None:
    assert read("Text\n\n    We reply.") == [Block("Text"), Block("We reply.")]


def test_blockquote() -> None:
    assert read("> We reply.") == [Block("We reply.")]


def test_emphasis_links_images_and_code_are_text() -> None:
    assert read("We *will* ask [the **Ombudsman**](https://x.example) `now` ![logo](x.png)") == [
        Block("We will ask the Ombudsman now logo")
    ]


def test_address_behind_a_link_is_shown() -> None:
    assert read("[Email us](mailto:help@landlord.example)") == [Block("Email us (help@landlord.example)")]


def test_table() -> None:
    blocks = read("| Stage | Target |\n|---|---|\n| One | • 5 days<br>• 10 days |")
    assert [(block.text, block.label) for block in blocks[2:]] == [("One", None), ("5 days", "•"), ("10 days", "•")]
    cell = blocks[4].cell
    assert cell is not None
    assert (cell.row, cell.column, cell.row_header, cell.column_header) == (1, 1, "One", "Target")


@pytest.mark.parametrize("source", ["| | |\n|---|---|\n| Stage 1 | x |", "| Stage 1 | x |\n|---|---|\n| Stage 2 | y |"])
def test_table_without_a_real_header(source: str) -> None:
    assert not any(block.cell and block.cell.is_header for block in read(source))


def test_html_table_within() -> None:
    blocks = read("| a | b |\n|---|---|\n| c | d |\n\n<table><tr><th>e<th>f<tr><td>g<td>h</table>")
    assert [block.cell.table for block in blocks if block.cell] == [0] * 4 + [1] * 4


def test_html_accordion_within() -> None:
    source = "<details>\n<summary>Stage 1</summary>\n\nWe reply.\n\n</details>"
    assert read(source) == [Block("Stage 1", "heading"), Block("We reply.")]


def test_front_matter_is_skipped_and_gives_the_title() -> None:
    reading = read_markdown(b"---\ntitle: 'Complaints policy'\nowner: Housing\n---\n# Tell us\n\nText", "policy.md")
    assert (reading.title, reading.blocks[0].text) == ("Complaints policy", "Tell us")


def test_rule_at_the_top_is_no_front_matter() -> None:
    assert read("---\n\nWe reply.\n\n---\n") == [Block("We reply.")]


def test_title_from_first_heading() -> None:
    assert read_markdown(b"## Contents\n\n# Complaints\n", "policy.md").title == "Complaints"


@pytest.mark.parametrize("data", [b"", b"---\n", b"---\ntitle: x\n---\n", b"<!-- x -->"])
def test_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^policy\.md holds no text: "):
        read_markdown(data, "policy.md")


LINES = st.sampled_from(
    [
        "# A",
        "- b",
        "  - c",
        "1. d",
        "> e",
        "|f|g|",
        "|-|-|",
        "```",
        "    h",
        "<p>i",
        "---",
        "**j**",
        "",
        "2.1 K",
        "[l](mailto:x)",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.one_of(LINES, st.text(max_size=8))).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_any_input_gives_blocks_or_an_input_error(data: bytes) -> None:
    try:
        reading = read_markdown(data, "policy.md")
    except InputError:
        return
    assert isinstance(reading, Reading)
    assert all(block.text and block.text == block.text.strip() for block in reading.blocks)
