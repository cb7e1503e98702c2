"""Stages, softening, scope and context of statements."""

from __future__ import annotations

import io

import docx
import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import read_statements
from codecheck.documents.document import read_document
from codecheck.language.firmness import is_weak
from codecheck.language.statements import Statement
from codecheck.rules.match import Reading
from codecheck.rules.pack import RulePack


def statements(text: str, pack: RulePack) -> tuple[Statement, ...]:
    """The sentences of a Markdown text, without its headings."""
    return tuple(s for s in read_statements(case_document(text), pack).sentences if s.clause.kind != "heading")


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("At stage one we reply.", {1}),
        ("At Stage 2 we reply.", {2}),
        ("At both stages we reply.", {1, 2}),
        ("At stages 1 and 2 we reply.", {1, 2}),
        ("## Stage 2\n\nWe reply.", {2}),
        ("## Stage two: Review\n\nWe reply.\n\n## Other\n\nAt the review stage we reply.", {2}),
        ("| | Stage 1 | Stage 2 |\n|---|---|---|\n| Reply | soon | later |", {2}),
        ("At stage 1 a manager looks at it. They reply.", {1}),
        ("If you are unhappy after stage 1, we look again.", {2}),
        ("After a stage 1 complaint reaches us, we write to you.", {1}),
        ("## Stage 2\n\nAs at stage 1, the director may extend the time.", {2}),
        ("The complaint is logged as stage 1.", {1}),
        ("## Stage 2\n\nAs with a stage 1 complaint, we reply.", {2}),
        ("## Stage 2\n\nThe stage 1 decision is looked at afresh and we reply.", {2}),
        ("## Stage 2\n\nStage 1: we reply.", {1}),
        ("At stage 2 a director looks. She asks how it was handled at stage 1. She replies.", {2}),
        ("## If we need longer (stage 1)\n\nWe write.\n\n## If we need longer (stage 2)\n\nWe write.", {2}),
        ("## Stage 2\n\nPeople who had nothing to do with the first answer look again.", {2}),
        ("## Stage 2\n\nIt is handled in the same way as stage 1.", {2}),
        ("At stage 1 we may take 10 working days more and at stage 2 20 working days more. We say why.", {1, 2}),
        ("## Times\n\n| | Time |\n|---|---|\n| Stage 2 | soon |\n\nWe reply.", set()),
        ("A manager who was not involved in the first response replies.", {2}),
        ("Dates can be put back by no longer than 10 working days at stage 1.", {1}),
        ("## Step 2\n\nWe reply.", {2}),
        ("There are two stages, which are known as investigation and review. The reply at review is the last.", {2}),
        ("There are two stages: talking and listening. The reply at listening is the last.", set()),
        ("| Name | Meaning |\n|---|---|\n| Fresh Look | The second stage |\n\n## The Fresh Look\n\nWe reply.", {2}),
        ("| Name | Meaning |\n|---|---|\n| Fresh Air | A walk |\n\n## The Fresh Air\n\nWe reply.", set()),
        ("| | Part one | Part two |\n|---|---|---|\n| Also | Stage 1 | Stage 2 |\n\n## Part two\n\nWe reply.", {2}),
        ("There is a right of appeal to the First-tier Tribunal.", set()),
        ("The First Answer or the Final Answer is sent to you.", {1, 2}),
        ("## Step 3: reply\n\nWe wait.\n\n## Step 2: look\n\nWe reply.", set()),
        (
            "**Stage 2 (a director).** Somebody who took no part in considering it at Stage 1 is chosen. They reply.",
            {2},
        ),
        ("**Second stage: review.** A person who was not concerned with stage one is chosen.", {2}),
        ("**Stage 1.** We look.\n**Stage 2.** We look again.", {2}),
        ("**Stage 2.** We look again. At stage 1 a manager replies.", {1}),
        ("**Stage 2.** We look again.\n\n**Records.** We keep them. At either stage we reply.", {1, 2}),
        ("At stage 2 we look again. A person who took no part at stage 1 is chosen. They reply.", {2}),
        ("The Clerk at the first stage or the Trustee at the second shall reply.", {1, 2}),
        (
            "There are two: the Clerk's Answer, which the Code calls stage 1, and ours. The Clerk's Answer says why.",
            {1},
        ),
        ("A First Look (stage 1) comes first.\n\n## Times\n\nThe First Look takes ten days.", {1}),
        ("The Chair (stage 1) replies.\n\n## Times\n\nThe Chair decides.", set()),
        ("## Stage 1: Clerk's answer\n\n## Stage 2: Trustees' answer\n\n## Letters\n\nEither answer is sent.", {1, 2}),
        ("| Stage 1 | What we do |\n|---|---|\n| In five days | We write. |", {1}),
        ("| Stage | What we do |\n|---|---|\n| In five days | We write. |", set()),
        ("We reply.", set()),
    ],
)
def test_stage_of_the_last_statement(text: str, stages: set[int], pack: RulePack) -> None:
    assert set(statements(text, pack)[-1].stage.stages) == stages


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("## Stage 1\n\nWe reply in ten days. Our letter says how to ask for stage 2.", {1}),
        ("## Times\n\nWe reply in ten days. That is stage 2.", {2}),
    ],
)
def test_stage_of_a_time_in_a_paragraph_that_goes_on_to_name_another(
    text: str, stages: set[int], pack: RulePack
) -> None:
    paragraph = read_statements(case_document(text), pack).paragraphs[0]
    assert set(paragraph.stages_at(paragraph.timescales[0].start).stages) == stages


def test_a_new_heading_ends_what_the_stage_was(pack: RulePack) -> None:
    last = statements("## Handling\n\nAt stage 2 we reply.\n\n## Records\n\nWe keep them.", pack)[-1]
    assert last.stage.how == "unknown"


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("We will reply.", False),
        ("We aim to reply.", True),
        ("We will usually reply.", True),
        ("Where possible, we reply.", True),
        ("We try to be kind, and we will reply.", False),
        ("We aim to be kind. We reply.", False),
    ],
)
def test_softened(text: str, weak: bool, pack: RulePack) -> None:
    last = statements(text, pack)[-1]
    (hit,) = last.run.hits("reply")
    assert is_weak(last.run, hit) is weak


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("## Staff grievance procedure\n\nWe acknowledge it within five working days.", True),
        ("We answer a subject access request within one month.", True),
        ("Complaints about a subject access request are acknowledged within five working days.", False),
        ("We acknowledge it within five working days.", False),
    ],
)
def test_other_processes_are_off_topic(text: str, off: bool, pack: RulePack) -> None:
    assert statements(text, pack)[-1].off_topic is off


def test_a_bullet_is_read_with_its_lead_in_and_quoted_without(pack: RulePack) -> None:
    last = statements("The acknowledgement gives:\n\n- the outcome you want\n", pack)[-1]
    assert last.quote == "the outcome you want"
    assert last.run.hits("acknowledgement gives : outcome")


def test_a_bare_lead_in_is_read_with_the_sentence_before_it(pack: RulePack) -> None:
    last = statements("We make the policy easy to find. It is:\n\n- in the pack for new residents\n", pack)[-1]
    assert last.run.hits("policy")


def test_an_answer_is_read_with_its_question(pack: RulePack) -> None:
    last = statements("## Must I say why?\n\nNo.", pack)[-1]
    assert last.run.hits("must ... why : no")


def test_a_cell_is_read_with_its_headers(pack: RulePack) -> None:
    text = "| Step | Stage 1 | Stage 2 |\n|---|---|---|\n| Full reply | 10 working days | 20 working days |"
    last = statements(text, pack)[-1]
    assert last.run.hits("stage 2 : full reply : 20 working days")


def test_a_row_numbered_under_the_header_stage_is_that_stage(pack: RulePack) -> None:
    text = "| Stage | Decided by |\n|---|---|\n| 1 | A manager |\n| 2 | A director |"
    assert statements(text, pack)[-1].stage.stages == {2}


def test_days_are_working_days_where_the_policy_says_so(pack: RulePack) -> None:
    text = "References to days in this policy are to working days.\n\nWe reply within 10 days."
    (timescale,) = statements(text, pack)[-1].timescales
    assert timescale.unit == "working days"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Do I have to say why?\n\nNo.", True),
        ("## Do I have to say why?\n\nYou will hear within 10 working days.", False),
    ],
)
def test_a_gap_runs_from_a_question_into_no_more_than_yes_or_no(text: str, found: bool, pack: RulePack) -> None:
    last = statements(text, pack)[-1]
    assert bool(last.run.hits("why .... (no|hear)")) is found


def test_a_relative_clause_denies_nothing_of_the_main_one(pack: RulePack) -> None:
    last = statements("Somebody who was not involved will give the answer.", pack)[-1]
    (hit,) = last.run.hits("give")
    assert not hit.negated


def test_an_item_that_opens_a_list_of_its_own_is_read_with_what_follows(pack: RulePack) -> None:
    text = "New ones:\n\n- join it;\n- are logged as a new complaint if\n- the response has gone, or\n- late.\n"
    third, fourth = statements(text, pack)[-2:]
    assert third.run.hits("logged as new complaint if : response has gone")
    assert fourth.run.hits("logged as new complaint if : late")
    assert not statements(text, pack)[1].run.hits("logged")


def test_two_stages_named_apart_by_one_make_one_mention(pack: RulePack) -> None:
    last = statements("The letter at stage one and the one at stage two say what we understand.", pack)[-1]
    assert last.stages_at(0).stages == {1, 2}


def test_a_section_headed_by_a_stage_names_it(pack: RulePack) -> None:
    text = "## 6 Stage one\n\nWe reply.\n\n## 7 Stage two\n\nWe reply.\n\n## 8 Other\n\nUnder clause 7 it is final."
    assert statements(text, pack)[-1].stage.stages == {2}


def test_a_time_that_heads_a_row_is_that_of_the_act_in_the_cell(pack: RulePack) -> None:
    text = "| When | What |\n|---|---|\n| Within 5 working days of your request | We acknowledge it |"
    assert [(t.amount, t.act) for t in statements(text, pack)[-1].timescales] == [(5, "acknowledge")]


def test_a_time_that_heads_a_row_without_an_act_is_left_alone(pack: RulePack) -> None:
    text = "| When | What |\n|---|---|\n| Within 5 working days of your request | The Complaints Team |"
    assert statements(text, pack)[-1].timescales == ()


def _stages_of_word(text: str, word: str, pack: RulePack) -> set[int]:
    """The stages for which ``word`` speaks in the last paragraph or list of a text."""
    whole = read_statements(case_document(text), pack).paragraphs[-1]
    return set(whole.stages_at(next(k for k, token in enumerate(whole.run.tokens) if token.word == word)).stages)


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("It is up to 10 working days at stage 1 and up to 20 working days at stage 2. We explain why.", {1, 2}),
        (
            "It is up to 10 working days at stage 1 and up to 20 working days at stage 2. We explain why at stage 2.",
            {2},
        ),
        ("What stage 1 leaves open goes to stage 2. We explain why.", {2}),
    ],
)
def test_a_sentence_after_one_with_a_time_for_each_stage_is_of_both(
    text: str, stages: set[int], pack: RulePack
) -> None:
    assert _stages_of_word(text, "explain", pack) == stages


def test_an_item_of_a_list_does_not_take_its_stage_from_a_later_item(pack: RulePack) -> None:
    text = "We will acknowledge:\n\n- a letter, soon;\n- a request at stage 2, later."
    assert _stages_of_word(text, "letter", pack) == set()
    assert _stages_of_word(text, "later", pack) == {2}


def test_a_time_is_of_the_step_in_the_cell_before_it_where_the_row_is_headed_by_a_stage_only(pack: RulePack) -> None:
    table = (
        "| | What we do | How long it takes us |\n|---|---|---|\n"
        "| Stage 1 | We acknowledge your complaint | Five working days |\n"
        "| Stage 1 | We send our full answer | 10 working days |"
    )
    found = [time.act for one in statements(table, pack) for time in one.timescales]
    assert found == ["acknowledge", "respond"]


@pytest.mark.parametrize(
    ("step", "act"),
    [
        ("Send the acknowledgement. It names the officer.", "acknowledge"),
        (
            "Send the final response, with how to go on if that, or any part of it, is not what the resident hoped for",
            "respond",
        ),
    ],
)
def test_the_time_of_a_numbered_step_is_of_what_its_row_says_is_done(step: str, act: str, pack: RulePack) -> None:
    table = f"| Step | Action | Who | When |\n|---|---|---|---|\n| 3 | {step} | Reviewer | Within nine working days |"
    assert [time.act for one in statements(table, pack) for time in one.timescales] == [act]


def test_what_is_said_to_be_done_again_is_of_both_stages(pack: RulePack) -> None:
    text = "When a complaint is first recorded, and again if it is taken to stage 2, we explain it. We ask too."
    assert _stages_of_word(text, "explain", pack) == {1, 2}


@pytest.mark.parametrize(
    ("text", "listed_out"),
    [
        ("We do not look at:\n\n- planning decisions", True),
        ("## What is not a complaint?\n\n- a planning decision", True),
        ("If we cannot accept your complaint we will tell you:\n\n- the reason", False),
        ("We will not treat your complaint as closed until:\n\n- the work is done", False),
        ("We look at:\n\n- repairs", False),
    ],
)
def test_a_list_of_what_is_not_accepted_is_known_as_one(text: str, listed_out: bool, pack: RulePack) -> None:
    assert statements(text, pack)[-1].listed_out is listed_out


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("In these steps we only count Monday to Friday when we say days.", True),
        ("Days are Monday to Friday.", True),
        ("A working day is Monday to Friday.", False),
        ("Our office is open Monday to Friday.", False),
    ],
)
def test_days_may_be_said_to_be_weekdays(text: str, working: bool, pack: RulePack) -> None:
    reply = statements(f"{text}\n\nWe reply within 10 days.", pack)[-1]
    assert (reply.timescales[0].unit == "working days") is working


@pytest.mark.parametrize(
    "text",
    [
        "The former rule that a councillor must be asked first was repealed in 2022.",
        "Our former policy stated that complaints would be acknowledged within 5 working days.",
        "In the last year we acknowledged all complaints within 5 working days.",
    ],
)
def test_the_past_says_nothing_of_today(text: str, pack: RulePack) -> None:
    assert statements(text, pack)[0].off_topic


def test_a_time_is_not_for_what_it_is_counted_from(pack: RulePack) -> None:
    (letter,) = statements("The reply goes out within 10 working days of the case being allocated to you.", pack)
    assert (letter.timescales[0].act, letter.timescales[0].trigger) == ("respond", "activity")


BANDS = (
    "<table><tr><th>Step</th><th>When</th></tr>"
    "<tr><td colspan='2'>{first}</td></tr><tr><td>Reply</td><td>soon</td></tr>"
    "<tr><td colspan='2'>{second}</td></tr><tr><td>Reply</td><td>later</td></tr></table>"
)


@pytest.mark.parametrize(
    ("first", "second", "stages"),
    [
        ("Stage 1", "Stage 2", [{1}, {2}]),
        ("Part 1: the second stage", "Part 2: other times", [{2}, set()]),
        ("Talking", "Listening", [set(), set()]),
    ],
)
def test_a_title_across_a_table_names_the_stage_of_the_rows_below_it(
    first: str, second: str, stages: list[set[int]], pack: RulePack
) -> None:
    page = f"<html><body><h1>Times</h1>{BANDS.format(first=first, second=second)}</body></html>"
    reading = read_statements(read_document(page.encode(), "page.html"), pack)
    found = [statement.stage.stages for statement in reading.sentences if statement.quote in ("soon", "later")]
    assert found == stages


def in_a_cell(first: str, *paragraphs: str, pack: RulePack) -> Reading:
    """A Word document with a table of two rows, whose second cell holds ``paragraphs``."""
    file = docx.Document()
    table = file.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 0).text, table.cell(1, 1).text = first, "Reply", "He replies."
    table.cell(0, 1).text = paragraphs[0]
    for text in paragraphs[1:]:
        table.cell(0, 1).add_paragraph(text)
    data = io.BytesIO()
    file.save(data)
    return read_statements(read_document(data.getvalue(), "policy.docx"), pack)


def test_a_paragraph_goes_on_at_the_stage_of_the_one_before_it_in_the_same_cell_only(pack: RulePack) -> None:
    reading = in_a_cell("Who", "At stage 2 a director looks.", "She replies.", pack=pack)
    stages = {statement.quote: set(statement.stage.stages) for statement in reading.sentences}
    assert (stages["She replies."], stages["He replies."]) == ({2}, set())


@pytest.mark.parametrize(("first", "joined"), [("Who", [2]), ("", [])])
def test_the_paragraphs_of_a_cell_are_joined_where_its_row_has_a_header(
    first: str, joined: list[int], pack: RulePack
) -> None:
    reading = in_a_cell(first, "A director looks.", "She replies.", pack=pack)
    assert [statement.span for statement in reading.paragraphs] == joined


def test_a_joined_cell_is_quoted_by_the_paragraph_concerned(pack: RulePack) -> None:
    (whole,) = in_a_cell("Who", "A director looks.", "She replies.", pack=pack).paragraphs
    replies = next(at for at, token in enumerate(whole.run.tokens) if token.word == "replies")
    assert whole.quotation([replies]).quote == "She replies."


def test_no_more_than_a_paragraph_is_joined(pack: RulePack) -> None:
    long = (
        "A director looks at it, and looks again, and once more after that, until it is quite clear what it is about."
    )
    assert in_a_cell("Who", *[long] * 6, pack=pack).paragraphs == ()


def test_a_list_is_read_whole_at_the_stage_of_its_items_whatever_the_document_ends_with(pack: RulePack) -> None:
    text = "This starts stage 1. We will:\n\n- write to you\n- answer it\n\nIf you want stage 2, ask us within a week."
    (whole,) = read_statements(case_document(text), pack).paragraphs[-1:]
    assert (whole.quote, set(whole.stage.stages)) == ("We will:", {1})


@pytest.mark.parametrize(
    ("before", "acts"),
    [
        ("We answer | Clerk", ["respond"]),
        ("Clerk | We answer", ["respond"]),
        ("We acknowledge within a week | Clerk", [None]),
    ],
)
def test_a_time_in_a_row_of_a_stage_is_of_the_step_in_the_cells_before_it(
    before: str, acts: list[str | None], pack: RulePack
) -> None:
    text = f"| Stage | Step | Who | When |\n|---|---|---|---|\n| Stage 2 | {before} | 20 working days |"
    times = [time for statement in statements(text, pack) if "20" in statement.quote for time in statement.timescales]
    assert [time.act for time in times] == acts
