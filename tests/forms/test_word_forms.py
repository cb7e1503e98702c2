"""Word forms, made with python-docx: merged and split cells, lists, stage headings, other columns."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import docx
import pytest

from codecheck.documents.document import read_document
from codecheck.forms import SelfAssessmentForm, read_form

HEADERS = ("Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary / explanation")
Cells = Sequence[str]
Change = Callable[[docx.table.Table], None]


def word_form(rows: Sequence[Cells], headers: Cells = HEADERS, change: Change | None = None) -> bytes:
    """A Word file with one table of ``rows``; a cell's lines are paragraphs, those with "- " are a list."""
    document = docx.Document()
    document.add_heading("Self-assessment form", 1)
    document.add_heading("Section 1: Definition of a complaint", 2)
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in (headers, *rows) if headers != () else rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            lines = text.split("\n")
            cell.paragraphs[0].text = lines[0]
            for line in lines[1:]:
                style = "List Bullet" if line.startswith("- ") else None
                cell.add_paragraph(line.removeprefix("- "), style=style)
    if change is not None:
        change(table)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def read(requirements: Mapping[str, str]) -> Callable[[bytes], SelfAssessmentForm]:
    return lambda data: read_form(read_document(data, "form.docx"), requirements)


Read = Callable[[bytes], SelfAssessmentForm]


def test_a_row_becomes_an_entry(read: Read, requirements: Mapping[str, str]) -> None:
    form = read(word_form([("1.2", requirements["1.2"], "Yes", "Policy section 2.1", "Checked in May.")]))
    entry = form.entries["1.2"]
    assert (entry.answer, entry.answer_text, entry.evidence, entry.commentary) == (
        "yes",
        "Yes",
        "Policy section 2.1",
        "Checked in May.",
    )
    assert entry.requirement == requirements["1.2"]
    assert form.document.clauses[entry.clause].text == "1.2"
    assert [form.document.clauses[index].text for index in entry.clauses] == ["Policy section 2.1", "Checked in May."]


def test_blank_answer_and_no_evidence(read: Read, requirements: Mapping[str, str]) -> None:
    entry = read(
        word_form([("5.7", requirements["5.7"], "", "", ""), ("5.8", requirements["5.8"], "Yes", "", "")])
    ).entries
    assert (entry["5.7"].answer, entry["5.7"].evidence) == ("blank", "")
    assert (entry["5.8"].answer, entry["5.8"].clauses) == ("yes", ())


def test_paragraphs_and_lists_in_a_cell_keep_their_order(read: Read) -> None:
    form = read(word_form([("1.2", "A complaint", "Yes", "We do three things:\n- write\n- call\nAll are logged.", "")]))
    assert form.entries["1.2"].evidence == "We do three things:\nwrite\ncall\nAll are logged."


def test_a_stray_number_in_commentary_is_kept(read: Read) -> None:
    assert (
        read(word_form([("3.3", "High volumes", "Yes", "More than last year", "45555")])).entries["3.3"].commentary
        == "45555"
    )


def test_rows_for_stages_are_no_provisions(read: Read, requirements: Mapping[str, str]) -> None:
    def merge(table: docx.table.Table) -> None:
        table.rows[1].cells[0].merge(table.rows[1].cells[4])

    rows = [
        ("Stage 1", "", "", "", ""),
        ("6.2", requirements["6.2"], "Yes", "Letter", ""),
        ("6.3", requirements["6.3"], "No", "", ""),
    ]
    form = read(word_form(rows, change=merge))
    assert {provision: entry.answer for provision, entry in form.entries.items()} == {"6.2": "yes", "6.3": "no"}
    assert form.warnings == ()


def test_a_cell_merged_over_two_rows_makes_one_entry(read: Read, requirements: Mapping[str, str]) -> None:
    def merge(table: docx.table.Table) -> None:
        for column in (0, 1, 2):
            table.cell(1, column).merge(table.cell(2, column))

    headers = (*HEADERS[:4], "Action required", "Action Owner")
    rows = [
        ("1.5", requirements["1.5"], "Yes", "First point.", "Write a guide.", "Manager"),
        ("", "", "", "Second point.", "Train the team.", "Director"),
        ("1.6", requirements["1.6"], "No", "", "", ""),
    ]
    entries = read(word_form(rows, headers, merge)).entries
    assert entries["1.5"].evidence == "First point.\nSecond point."
    assert entries["1.5"].actions == (
        ("Action required", "Write a guide."),
        ("Action Owner", "Manager"),
        ("Action required", "Train the team."),
        ("Action Owner", "Director"),
    )
    assert entries["1.6"].answer == "no"


def test_a_provision_split_into_lettered_rows_is_one_entry(read: Read) -> None:
    rows = [
        ("8.1 (a)", "the annual self-assessment", "Yes", "Published.", ""),
        ("8.1 (b)", "an analysis of performance", "No", "Not yet written.", ""),
    ]
    entry = read(word_form(rows)).entries["8.1"]
    assert (entry.answer, entry.answer_text, entry.evidence) == ("partial", "Yes / No", "Published.\nNot yet written.")


@pytest.mark.parametrize("header", ["Comply", "Compliant", "Met?", "Yes/No", "Comply: Yes / No", "Do we comply? (Y/N)"])
def test_names_of_the_answer_column(header: str, read: Read) -> None:
    headers = ("Ref", "Requirement", header, "How we comply")
    entry = read(word_form([("1.2", "A complaint must be defined", "Partly compliant", "Soon.")], headers)).entries[
        "1.2"
    ]
    assert (entry.answer, entry.evidence) == ("partial", "Soon.")


def test_other_columns_are_kept_under_their_headers(read: Read) -> None:
    headers = (*HEADERS[:4], "Status", "RAG", "Officer", "Completion Date")
    entry = read(word_form([("1.2", "A complaint", "Y", "Policy", "Open", "Amber", "AB", "May")], headers)).entries[
        "1.2"
    ]
    assert entry.actions == (("Status", "Open"), ("RAG", "Amber"), ("Officer", "AB"), ("Completion Date", "May"))


def test_answers_ticked_in_columns(read: Read) -> None:
    headers = ("Ref", "Requirement", "Yes", "No", "Partial", "Evidence")
    rows = [("1.2", "A complaint", "✓", "", "", "Policy"), ("1.3", "A resident", "", "", "x", "")]
    assert {p: e.answer for p, e in read(word_form(rows, headers)).entries.items()} == {"1.2": "yes", "1.3": "partial"}


def test_number_and_wording_in_one_cell(read: Read, requirements: Mapping[str, str]) -> None:
    headers = ("Code requirement", "Comply", "Evidence")
    entry = read(word_form([(f"6.14 {requirements['6.14']}", "Yes", "Letters")], headers)).entries["6.14"]
    assert (entry.requirement, entry.evidence) == (requirements["6.14"], "Letters")


def test_a_table_without_header_is_known_by_what_stands_in_it(read: Read, requirements: Mapping[str, str]) -> None:
    rows = [(p, requirements[p], "Yes", f"Evidence for {p}.", "") for p in ("6.2", "6.3", "6.4")]
    form = read(word_form(rows, headers=()))
    assert [entry.evidence for entry in form.entries.values()] == [
        "Evidence for 6.2.",
        "Evidence for 6.3.",
        "Evidence for 6.4.",
    ]


def test_one_table_a_provision_with_labels_at_the_side(read: Read, requirements: Mapping[str, str]) -> None:
    rows = [
        ("Code provision", "6.3"),
        ("Code requirement", requirements["6.3"]),
        ("Comply", "No"),
        ("Evidence", "Letters are late."),
        ("Action required", "Hire."),
    ]
    entry = read(word_form(rows, headers=())).entries["6.3"]
    assert (entry.answer, entry.evidence, entry.actions) == ("no", "Letters are late.", (("Action required", "Hire."),))


def test_a_number_that_does_not_go_with_its_wording_is_corrected(read: Read, requirements: Mapping[str, str]) -> None:
    rows = [("6.2", requirements["6.2"], "Yes", "", ""), ("6.13", requirements["6.12"], "No", "", "")]
    form = read(word_form(rows))
    assert list(form.entries) == ["6.2", "6.12"]
    assert form.warnings == ("the row numbered 6.13 holds the wording of 6.12, and is read as that",)


def test_a_landlords_own_wording_keeps_its_number(read: Read) -> None:
    rows = [("6.12", "We ask people why they are unhappy but they need not tell us anything at all.", "Yes", "", "")]
    assert list(read(word_form(rows)).entries) == ["6.12"]


def test_the_end_of_a_provision_goes_back_to_its_row(read: Read, requirements: Mapping[str, str]) -> None:
    whole, cut = requirements["1.4"], requirements["1.4"].index("recorded")
    rows = [
        ("1.4", whole[:cut], "Yes", "", ""),
        ("1.5", f"{whole[cut:]} {requirements['1.5']}", "Yes", "", ""),
    ]
    entries = read(word_form(rows)).entries
    assert " ".join(entries["1.4"].requirement.split()) == " ".join(whole.split())
    assert entries["1.5"].requirement == requirements["1.5"]


def test_a_provision_that_stands_twice_is_told(read: Read) -> None:
    rows = [("1.2", "A", "Yes", "First.", ""), ("1.3", "B", "Yes", "", ""), ("1.2", "A", "No", "Second.", "")]
    form = read(word_form(rows))
    assert form.entries["1.2"].evidence == "First."
    assert form.warnings == ("provision 1.2 stands in the form twice: the first is used",)


def test_an_answer_that_is_none_is_told(read: Read) -> None:
    form = read(word_form([("1.2", "A complaint", "See below", "Policy", "")]))
    assert (form.entries["1.2"].answer, form.entries["1.2"].answer_text) == ("blank", "See below")
    assert form.warnings == ('the answer to provision 1.2 could not be read: "See below"',)


def test_items_of_a_provision_in_rows_of_their_own(read: Read, requirements: Mapping[str, str]) -> None:
    lead = "A complaints policy must set out the circumstances in which a matter will not be considered."
    rows = [
        ("2.1", requirements["2.1"], "Yes", "One.", ""),
        ("2.2", lead, "Yes", "Two.", ""),
        ("", "The issue giving rise to the complaint occurred over twelve months ago.", "Yes", "Three.", ""),
        ("", "Legal proceedings have started.", "No", "Four.", ""),
        ("2.3", requirements["2.3"], "Yes", "Five.", ""),
    ]
    entries = read(word_form(rows)).entries
    assert [(p, e.answer, e.evidence) for p, e in entries.items()] == [
        ("2.1", "yes", "One."),
        ("2.2", "partial", "Two.\nThree.\nFour."),
        ("2.3", "yes", "Five."),
    ]


def test_a_title_above_the_header_row(read: Read) -> None:
    def merge(table: docx.table.Table) -> None:
        table.rows[0].cells[0].merge(table.rows[0].cells[4])

    rows = [HEADERS, ("1.2", "A complaint", "Yes", "Policy", "")]
    entry = read(word_form(rows, ("Section 1: Definition", "", "", "", ""), merge)).entries["1.2"]
    assert (entry.answer, entry.evidence) == ("yes", "Policy")
