"""Headers of columns and labels of paragraphs."""

from __future__ import annotations

import pytest

from codecheck.forms.labels import part_of, split_labels


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("Code provision", "provision"),
        ("Code section", "provision"),
        ("Ref", "provision"),
        ("No.", "provision"),
        ("Code requirement", "requirement"),
        ("Requirement", "requirement"),
        ("Comply", "comply"),
        ("Comply: Yes / No", "comply"),
        ("Compliant", "comply"),
        ("Compliant (Y/N)", "comply"),
        ("Met?", "comply"),
        ("Yes/No", "comply"),
        ("Requirement met?", "comply"),
        ("Do we comply?", "comply"),
        ("Evidence", "evidence"),
        ("Evidence of compliance", "evidence"),
        ("How we comply", "evidence"),
        ("Evidence, commentary and any explanations", "evidence"),
        ("Commentary / explanation", "commentary"),
        ("Comments", "commentary"),
        ("Notes", "commentary"),
        ("Action required", "action"),
        ("Action required to comply", "action"),
        ("Action Owner", "action"),
        ("Completion Date", "action"),
        ("Status", "action"),
        ("RAG", "action"),
        ("Officer", "action"),
        ("Yes", "yes"),
    ],
)
def test_what_a_column_holds(header: str, part: str) -> None:
    assert part_of(header) == part


@pytest.mark.parametrize(
    "text", ["", "Elm Bank Homes", "A sentence that is much too long to be a header of any kind. " * 3]
)
def test_other_texts_are_no_header(text: str) -> None:
    assert part_of(text) is None


def test_labels_in_one_paragraph_are_cut_apart() -> None:
    assert split_labels("Landlords must. Comply: Yes Evidence: policy 2.1 Commentary: none") == [
        (None, "", "Landlords must."),
        ("comply", "Comply", "Yes"),
        ("evidence", "Evidence", "policy 2.1"),
        ("commentary", "Commentary", "none"),
    ]


def test_labels_without_colons_are_known_by_the_answer() -> None:
    assert split_labels("Comply Yes Evidence The policy Commentary") == [
        ("comply", "Comply", "Yes"),
        ("evidence", "Evidence", "The policy"),
        ("commentary", "Commentary", ""),
    ]


def test_a_label_alone_has_its_text_below() -> None:
    assert split_labels("Comply?") == [("comply", "Comply", "")]


@pytest.mark.parametrize(
    "text", ["We comply with this in full.", "Evidence is kept for six years.", "The evidence we hold shows this."]
)
def test_a_sentence_with_the_word_in_it_is_no_label(text: str) -> None:
    assert split_labels(text) == [(None, "", text)]
