"""Sentences that only other clauses make clear: defined terms, clauses referred to, clauses said to apply."""

from __future__ import annotations

import io

import docx
import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import evaluate_provision, read_statements
from codecheck.documents.document import read_document
from codecheck.language.definitions import Definitions
from codecheck.language.statements import Statement
from codecheck.rules.pack import RulePack

TABLE = "## Definitions\n\n| Expression | Meaning |\n|---|---|\n| {term} | {meaning} |\n\n"


def defined(text: str, pack: RulePack) -> dict[str, str]:
    """The terms that a Markdown text defines, with their meaning."""
    found = Definitions(case_document(text), pack.lexicon).all
    return {one.name: " ".join(token.word for token in one.meaning) for one in found}


def again(text: str, pack: RulePack) -> list[Statement]:
    """The sentences that are read again."""
    return [s for s in read_statements(case_document(text), pack).sentences if not s.as_written]


def said(text: str, pack: RulePack) -> list[str]:
    return [" ".join(token.word for token in statement.run.tokens) for statement in again(text, pack)]


def satisfied(text: str, pack: RulePack, provision: str, element: str) -> bool:
    reading = read_statements(case_document(text), pack)
    elements = evaluate_provision(reading, pack.provisions[provision]).elements
    return next(one.state == "satisfied" for one in elements if one.element.id == element)


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        (TABLE.format(term="Answer Window", meaning="Ten Working Days."), "answer window", "ten working days"),
        ('"Answer Window" means ten working days.', "answer window", "ten working days"),
        ("The term “Answer Window” shall mean ten working days.", "answer window", "ten working days"),
        ("Answer Window means ten working days.", "answer window", "ten working days"),
        ("## Glossary\n\n- Answer Window: ten working days", "answer window", "ten working days"),
        ("## Terms used\n\nAnswer Window – ten working days.", "answer window", "ten working days"),
        ("We reply within ten working days (the “Answer Window”).", "answer window", "ten working days"),
        ("## Glossary\n\nLodger: a resident of the Trust, with or without a lease.", "lodger", "resident"),
    ],
)  # fmt: skip
def test_a_definition_is_found(text: str, term: str, meaning: str, pack: RulePack) -> None:
    assert defined(text, pack).get(term) == meaning


LETTERS = (
    "| Letter | When | What it says |\n|---|---|---|\n| {code} | Acknowledgement, stage 1 | What we understand |\n\n"
)


@pytest.mark.parametrize("code", ["S1A", "ACK1", "CR-12"])
def test_a_letter_known_by_its_code_is_read_as_what_it_is(code: str, pack: RulePack) -> None:
    found = said(LETTERS.format(code=code) + f"Send {code} within five working days of receipt.", pack)
    assert found == ["send acknowledgement stage 1 within five working days of receipt ."]


@pytest.mark.parametrize("first", ["Stage 1", "Clerk", "2024"])
def test_not_every_first_cell_is_a_code(first: str, pack: RulePack) -> None:
    assert defined(LETTERS.format(code=first), pack) == {}


@pytest.mark.parametrize(
    "text",
    [
        "This means ten working days.",
        "If a resident is unhappy: we raise a complaint.",
        "## Definitions\n\nWhere a resident is unhappy, we will raise a complaint.",
        '"Complaint" means an expression of dissatisfaction.',
        TABLE.format(term="Working Day", meaning="Monday to Friday."),
        TABLE.format(term="Resident", meaning="Any tenant or leaseholder."),
        "| Step | Time |\n|---|---|\n| Full answer | Ten working days |",
        '"Answer Window": see clause 8.2.',
        "Acknowledgement of your complaint: within five working days.",
    ],
)
def test_an_ordinary_sentence_defines_no_term(text: str, pack: RulePack) -> None:
    assert defined(text, pack) == {}


def test_a_term_is_read_with_its_meaning(pack: RulePack) -> None:
    text = TABLE.format(term="Answer Window", meaning="Ten Working Days") + "We reply within the Answer Window."
    assert "we reply within the ten working days ." in said(text, pack)


def test_a_meaning_is_read_with_the_meaning_of_its_own_terms(pack: RulePack) -> None:
    text = '"Particulars" means the Reach Sheet. "Reach Sheet" means a telephone number.\n\nWe send the Particulars.'
    assert "we send the the a telephone number ." in said(text, pack)


@pytest.mark.parametrize(
    "text",
    [
        "The Answer Window may be extended.",
        "After the expiry of the Answer Window we tell you why.",
        "Your particulars of claim are kept.",
    ],
)
def test_a_time_that_is_no_limit_and_a_plain_word_are_left_as_they_stand(text: str, pack: RulePack) -> None:
    terms = '"Answer Window" means ten working days. "Particulars" means a telephone number.\n\n'
    assert said(terms + text, pack) == []


def test_the_words_quoted_are_those_of_the_sentence_and_the_definition_goes_with_them(pack: RulePack) -> None:
    statement = again('"Answer Window" means ten working days.\n\nWe reply within the Answer Window.', pack)[0]
    assert statement.quote == "We reply within the Answer Window."
    assert [clause.text for clause in statement.also] == ['"Answer Window" means ten working days.']


def test_a_document_without_definitions_is_read_once(pack: RulePack) -> None:
    assert again("## 1 Reply\n\n1.1 We reply within ten working days.", pack) == []


def test_a_section_is_read_by_its_heading_too(pack: RulePack) -> None:
    text = "## 4 Letters\n\nThe letter gives the details in section 11.\n\n## 11 The Housing Ombudsman\n\n{}"
    long = "We write about many things here. " * 20
    assert said(text.format(long), pack) == ["the letter gives the details in the housing ombudsman ."]


# ---- clauses referred to ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reference",
    [
        "under clause 4.1", "(see section 4.1)", "mentioned in paragraph 4.1", "as set out in 4.1", "under §4.1",
        "under clauses 4.1 and 9",
    ],
)  # fmt: skip
def test_a_sentence_is_read_with_the_clause_that_it_refers_to(reference: str, pack: RulePack) -> None:
    text = (
        f"## 4 More time\n\n4.1 We may extend the time.\n\n## 5 Letters\n\n5.1 The letter {reference} gives an address."
    )
    assert any(one.startswith("we may extend the time . ") for one in said(text, pack))


@pytest.mark.parametrize(
    "reference",
    [
        "under section 4.1 of the Equality Act", "under clause 7.3", "of £4.10", "sent by 4.10 pm",
        "under Code provision 4.1", "under clause 5.1",
    ],
)  # fmt: skip
def test_a_number_of_something_else_is_no_reference(reference: str, pack: RulePack) -> None:
    text = (
        f"## 4 More time\n\n4.1 We may extend the time.\n\n## 5 Letters\n\n5.1 The letter {reference} gives an address."
    )
    assert said(text, pack) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Clause 4.1 applies at stage 2.",
        "Paragraph 4.1 applies equally to the second stage.",
        "What is said in section 4.1 about letters applies to stage 2 as well.",
        "4.1 applies in the same way to the review.",
        "At stage 2 we do again everything that is described in 4.1.",
        "We then repeat the steps in clause 4.1.",
        "At stage 2 what is set out in 4.1 is repeated.",
        "At the review the steps in clause 4.1 are followed again.",
        "The letter is as at 4.1.",
        "Letters are sent as above (4.1).",
        "The letter contains each of the matters required by clause 4.1.",
        "The letter gives the information that is listed in 4.1.",
        "It shall include the particulars set out at paragraph 4.1(a) to (c).",
    ],
)
def test_a_clause_that_is_said_to_apply_is_read_at_the_other_stage(sentence: str, pack: RulePack) -> None:
    text = f"## 4 Stage 1\n\n4.1 At stage 1 we reply when the answer is known.\n\n## 5 Stage 2\n\n5.1 {sentence}"
    applied = [s for s in again(text, pack) if s.run.tokens[0].word == "at" and s.quote.endswith(sentence[-8:])]
    assert applied[0].stage.stages == {2}


@pytest.mark.parametrize(
    "sentence",
    [
        "The same applies at stage 2.", "This also applies at stage 2.", "Exactly the same rules apply at stage 2.",
        "All of this holds at stage 2.",
    ],
)  # fmt: skip
def test_what_stands_before_the_same_applies_is_read_at_the_other_stage(sentence: str, pack: RulePack) -> None:
    applied = again(f"At stage 1 we reply when the answer is known. {sentence}", pack)
    assert [s.stage.stages for s in applied] == [{2}]


@pytest.mark.parametrize(
    "sentence",
    [
        "The same does not apply at stage 2.", "The same person may not decide at stage 2.",
        "Clause 4.1 does not apply at stage 2.",
        "At stage 2 we do not repeat the steps in 4.1.",
        "What is set out in 4.1 is not repeated at stage 2.",
        "The letter need not contain the matters required by clause 4.1 of the Scheme.",
        "The letter gives the address at 4.1.",
    ],
)  # fmt: skip
def test_what_is_said_not_to_apply_is_not_read_at_the_other_stage(sentence: str, pack: RulePack) -> None:
    text = f"## 4 Stage 1\n\n4.1 We reply when the answer is known.\n\n## 5 Stage 2\n\n5.1 {sentence}"
    assert not any(s.run.tokens[-2].word == "known" for s in again(text, pack))


# ---- what comes of it ---------------------------------------------------------------------------------------------


def test_a_response_within_a_defined_period_is_a_response_in_time(pack: RulePack) -> None:
    text = '"Answer Window" means {} working days.\n\n## Stage 1\n\nWe issue a full response within the Answer Window.'
    assert satisfied(text.format("ten"), pack, "6.3", "ten-working-days")
    assert not satisfied(text.format("fifteen"), pack, "6.3", "ten-working-days")


def test_details_given_with_a_notice_of_another_clause_go_with_an_extension(pack: RulePack) -> None:
    text = "## 4 Stage 1\n\n4.1 {}\n\n4.2 The notice under clause 4.1 gives the Housing Ombudsman's contact details."
    assert satisfied(
        text.format("We give notice if the time for our response is extended."), pack, "6.5", "contact-details"
    )
    assert not satisfied(text.format("We give notice of each visit."), pack, "6.5", "contact-details")


def test_what_is_against_the_code_is_taken_as_it_is_written(pack: RulePack) -> None:
    text = (
        '"Answer Window" means 30 working days.\n\n## Stage 1\n\nWe issue our full response within the Answer Window.'
    )
    outcome = evaluate_provision(read_statements(case_document(text), pack), pack.provisions["6.3"])
    assert all(match.statement.as_written for entry in outcome.contrary for match in entry.matches)


@pytest.mark.parametrize(("sentence", "both"), [("We do again what is described in 4.1.", True), ("", False)])
def test_what_is_repeated_by_reference_counts_for_both_stages(sentence: str, both: bool, pack: RulePack) -> None:
    text = f"## 4 Stage 1\n\n4.1 At stage 1 we ask you if anything is unclear.\n\n## 5 Stage 2\n\n5.1 {sentence}"
    assert satisfied(text, pack, "5.6", "clarification") is both


@pytest.mark.parametrize(
    ("meaning", "expected"),
    [
        ("a complaint, that is to say any sign of discontent", "complaint"),
        ("a request (known to the Code as a service request) for action", "service request"),
        ("the reply of the Society to a complaint at either stage", "the reply of the society to a complaint"),
    ],
)
def test_a_meaning_is_cut_down_to_what_it_comes_to(meaning: str, expected: str, pack: RulePack) -> None:
    assert defined(TABLE.format(term="Grumbling", meaning=meaning), pack)["grumbling"] == expected


def test_what_is_headed_by_the_own_word_for_a_complaint_is_about_complaints(pack: RulePack) -> None:
    text = "## Bringing a grievance\n\nTell anybody."
    last = [s.off_topic for s in read_statements(case_document(text), pack).sentences][-1]
    meant = TABLE.format(term="Grievance", meaning="a complaint, whatever it is called") + text
    assert last
    assert not [s.off_topic for s in read_statements(case_document(meant), pack).sentences][-1]


def test_a_schedule_is_known_by_its_title(pack: RulePack) -> None:
    text = "We repeat the particulars in Schedule 3.\n\n## Schedule 3: The Housing Ombudsman\n\nIts number is 0300."
    assert any("ombudsman" in one for one in said(text, pack))


UNHEADED = "<h2>{heading}</h2><table><tr><td>{term}</td><td>{meaning}</td></tr><tr><td>x</td><td>y.</td></tr></table>"


def of_page(text: str, pack: RulePack) -> Definitions:
    document = read_document(f"<html><body>{text}</body></html>".encode(), "page.html")
    return Definitions(document, pack.lexicon)


@pytest.mark.parametrize(
    ("heading", "term"),
    [("Definitions", "Answer Window"), ("Part 1", "“Answer Window”"), ("Terms we use", '"Answer Window"')],
)
def test_a_table_without_headers_defines_what_is_quoted_or_in_a_glossary(
    heading: str, term: str, pack: RulePack
) -> None:
    found = of_page(UNHEADED.format(heading=heading, term=term, meaning="ten working days."), pack).all
    assert "answer window" in [one.name for one in found]


def test_a_table_without_headers_defines_nothing_elsewhere(pack: RulePack) -> None:
    found = of_page(UNHEADED.format(heading="Who to ask", term="Answer Window", meaning="ten working days."), pack).all
    assert found == ()


@pytest.mark.parametrize(
    ("meaning", "working"),
    [
        ("a working day.", True),
        ("a day which is not a Saturday, a Sunday or a public holiday.", True),
        ("any day, including weekends and public holidays.", False),
        ("any day of the year.", False),
    ],
)
def test_what_a_day_is_says_whether_days_are_working_days(meaning: str, working: bool, pack: RulePack) -> None:
    text = TABLE.format(term="Day", meaning=meaning) + "## Stage 1\n\nWe reply within ten Days of acknowledging it."
    reading = read_statements(case_document(text), pack)
    units = {one.unit for statement in reading.sentences for one in statement.timescales}
    assert ("working days" in units) == working and not any("saturday" in one for one in said(text, pack))


def test_an_account_of_the_landlord_is_not_the_landlord(pack: RulePack) -> None:
    found = defined(TABLE.format(term="Summary", meaning="the Association’s account of the complaint."), pack)
    assert found["summary"] == "the association account of the complaint"


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        ("The Customer Relations Team (CRT) logs it.", "crt", "customer relations team"),
        ("the Director of Housing Services (DHS) replies", "dhs", "director of housing services"),
        ("It is sent within five working days (WD).", "wd", "working days"),
    ],
)
def test_initials_in_brackets_stand_for_the_words_before_them(
    text: str, name: str, meaning: str, pack: RulePack
) -> None:
    assert defined(text, pack) == {name: meaning}


@pytest.mark.parametrize("text", ["We like tea (CRT).", "See the form (PDF).", "(NB) We reply."])
def test_letters_in_brackets_that_are_no_initials_stand_for_nothing(text: str, pack: RulePack) -> None:
    assert defined(text, pack) == {}


def test_a_cell_is_joined_alike_whether_or_not_its_terms_are_read_with_their_meaning(pack: RulePack) -> None:
    file = docx.Document()
    file.add_paragraph('"Answer" means ' + " ".join(["a letter that says why"] * 6) + ".")
    table = file.add_table(rows=2, cols=2)
    for row, header in enumerate(("First", "Last")):
        table.cell(row, 0).text = header
        table.cell(row, 1).text = "The Answer, the Answer and the Answer are sent."
        table.cell(row, 1).add_paragraph("We keep a copy of the Answer.")
    data = io.BytesIO()
    file.save(data)
    joined = read_statements(read_document(data.getvalue(), "policy.docx"), pack).paragraphs
    assert [one.clause.cell.row for one in joined if one.as_written and one.clause.cell] == [0, 1]
    assert [one.clause.cell.row for one in joined if not one.as_written and one.clause.cell] == [0, 1]
