"""From blocks to clauses: numbers, heading paths, lead-ins, offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codecheck.documents.structure import build_clauses
from codecheck.model import Block, BlockKind, Cell, Clause

KINDS: list[BlockKind] = ["heading", "paragraph", "item", "cell", "footnote"]


def clauses(*blocks: Block) -> tuple[Clause, ...]:
    return build_clauses(blocks)[1]


def test_typed_number_is_the_section_and_not_the_text() -> None:
    (clause,) = clauses(Block("2.2.1. If we refuse a complaint we say why."))
    assert (clause.section, clause.text) == ("2.2.1", "If we refuse a complaint we say why.")


def test_a_letter_with_a_number_is_the_section_and_makes_no_heading() -> None:
    found = clauses(Block("E7. Short words here"), Block("We reply at each stage."))
    assert [(clause.section, clause.kind) for clause in found] == [("E7", "paragraph")] * 2
    assert found[0].text == "Short words here"


def test_a_paragraph_sign_is_the_section() -> None:
    (clause,) = clauses(Block("§ 22 The Trust shall say why."))
    assert (clause.section, clause.text) == ("§ 22", "The Trust shall say why.")


def test_a_size_of_paper_is_no_section() -> None:
    (clause,) = clauses(Block("A4 Copies are sent on request."))
    assert (clause.section, clause.text) == (None, "A4 Copies are sent on request.")


def test_automatic_number_is_the_section() -> None:
    (clause,) = clauses(Block("We reply.", label="4.1"))
    assert clause.section == "4.1"


def test_a_period_of_time_is_no_section_number() -> None:
    (clause,) = clauses(Block("10 working days is the limit."))
    assert (clause.section, clause.text) == (None, "10 working days is the limit.")


def test_an_unnumbered_paragraph_belongs_to_the_number_above() -> None:
    found = clauses(Block("7.0 Timescales", "heading", 1), Block("We reply in ten working days."))
    assert found[1].section == "7.0"


def test_short_numbered_paragraph_is_a_heading() -> None:
    found = clauses(Block("2.1 Definition of a complaint"), Block("A complaint is a grumble."))
    assert found[0].kind == "heading"
    assert found[1].headings == ("Definition of a complaint",)


def test_short_numbered_sentence_is_not() -> None:
    found = clauses(Block("2.1 We will always listen."), Block("And reply."))
    assert found[0].kind == "paragraph"


def test_heading_path_follows_levels() -> None:
    found = clauses(
        Block("Policy", "heading", 1), Block("Stages", "heading", 2), Block("One.", "paragraph"),
        Block("Contacts", "heading", 2), Block("Two.", "paragraph"),
    )  # fmt: skip
    assert [c.headings for c in found if c.kind == "paragraph"] == [("Policy", "Stages"), ("Policy", "Contacts")]


def test_item_is_led_by_the_open_sentence_above_its_list() -> None:
    found = clauses(
        Block("We will:"), Block("listen", "item", 1, "•"), Block("reply", "item", 1, "•"), Block("Bye.")
    )  # fmt: skip
    assert [c.lead for c in found] == [None, 0, 0, None]


def test_item_below_a_finished_sentence_stands_alone() -> None:
    found = clauses(Block("Ways to tell us."), Block("Telephone", "item", 1, "•"))
    assert found[1].lead is None


def test_nested_items_are_led_by_the_item_they_complete() -> None:
    found = clauses(Block("We will:"), Block("tell you:", "item", 1, "a)"), Block("why", "item", 2, "i)"))
    assert found[2].lead == 1


def test_numbers_that_start_afresh_in_an_appendix_stay_below_its_heading() -> None:
    found = clauses(
        Block("9 Review", "heading", 1), Block("Every year."), Block("Appendix: Impact", "heading", 1),
        Block("1. Who was asked?", "paragraph"), Block("Everybody.", "paragraph"),
    )  # fmt: skip
    assert found[-1].headings == ("Appendix: Impact", "Who was asked?")


def test_numbers_that_go_on_after_a_heading_without_one_do_not() -> None:
    found = clauses(
        Block("8 Stages", "heading", 1), Block("Stage 2", "heading", 1), Block("9. Who decides?"), Block("A manager.")
    )  # fmt: skip
    assert found[-1].headings == ("Who decides?",)


@given(st.lists(st.builds(Block, st.text(max_size=40), st.sampled_from(KINDS), st.integers(0, 4))))
def test_offsets_slice_the_text(blocks: list[Block]) -> None:
    text, found = build_clauses(blocks)
    assert all(text[clause.start : clause.end] == clause.text for clause in found)
    assert all(clause.lead is None or clause.lead < clause.index for clause in found)


def test_the_caption_of_a_table_is_the_heading_of_nothing_else() -> None:
    cell = Block("Soon", "cell", cell=Cell(0, 0, 0))
    found = clauses(
        Block("The procedure", "heading", 1), Block("Table 2: Stage 2", "heading", 2), cell, Block("We reply.")
    )
    assert found[2].headings == ("The procedure", "Table 2: Stage 2")
    assert found[3].headings == ("The procedure",)


def test_paragraphs_that_a_sentence_counts_complete_it() -> None:
    found = clauses(Block("There are two:"), Block("It is late."), Block("It is in court."), Block("We write to you."))
    assert [clause.lead for clause in found] == [None, 0, 0, None]


def test_a_sentence_may_point_to_the_list_below_it() -> None:
    pointing = "We have five days to do these things. We start counting when your complaint arrives."
    assert clauses(Block(pointing), Block("log it", "item", 1))[1].lead == 0
    assert clauses(Block("We reply in five days."), Block("log it", "item", 1))[1].lead is None


def test_a_footnote_in_a_table_does_not_end_what_its_caption_heads() -> None:
    found = clauses(
        Block("Policy", "heading", level=1),
        Block("Table 2: The two stages", "heading", level=2),
        Block("Reply", "cell", cell=Cell(0, 0, 0)),
        Block("See the list.", "footnote"),
        Block("10 days", "cell", cell=Cell(0, 0, 1)),
        Block("See the list.", "footnote"),
        Block("We learn from complaints.", "paragraph"),
    )
    assert found[4].headings == ("Policy", "Table 2: The two stages")
    assert found[6].headings == ("Policy",)
