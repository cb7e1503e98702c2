"""Paragraphs and quotations of a cell's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codecheck.report.prose import Span, observation_paragraphs, recommendation_paragraphs

ROW = (
    'Section 2 of the complaints policy states: "We log it. Then we reply." and "We may not." This is an aim. It binds '
    'nobody. Under the heading "Stage 2", the landlord\'s website states: "Tell us why". The complaints policy does '
    'not say that a "formal" complaint is logged.'
)


def texts(paragraphs: list[list[Span]]) -> list[str]:
    return ["".join(span.text for span in spans) for spans in paragraphs]


def test_each_place_and_what_is_said_of_it_is_a_paragraph() -> None:
    assert texts(observation_paragraphs(ROW)) == [
        'Section 2 of the complaints policy states: "We log it. Then we reply." and "We may not."',
        "This is an aim. It binds nobody.",
        'Under the heading "Stage 2", the landlord\'s website states: "Tell us why".',
        'The complaints policy does not say that a "formal" complaint is logged.',
    ]


def test_only_the_documents_own_words_are_quoted() -> None:
    quoted = [span.text for spans in observation_paragraphs(ROW) for span in spans if span.quoted]
    assert quoted == ['"We log it. Then we reply."', '"We may not."', '"Tell us why"']


def test_each_piece_of_advice_is_a_paragraph() -> None:
    text = "Recommendations are in Section 6.4. The landlord should say so. If the landlord differs, it should explain."
    assert texts(recommendation_paragraphs(text)) == [
        "Recommendations are in Section 6.4.",
        "The landlord should say so.",
        "If the landlord differs, it should explain.",
    ]


PIECES = st.sampled_from(['states: "', '"', '." ', ". The landlord ", "and ", " A", "x", ": ", "\n", "  ", "!", "'"])


@pytest.mark.parametrize("split", [observation_paragraphs, recommendation_paragraphs])
@given(pieces=st.lists(PIECES, max_size=30))
def test_paragraphs_joined_by_one_space_are_the_text(split: object, pieces: list[str]) -> None:
    assert callable(split)
    text = "".join(pieces)
    assert " ".join(texts(split(text))) == text


def test_suggested_wording_is_a_paragraph_of_its_own() -> None:
    text = 'The landlord should say so. Suggested wording: "We will say so. We mean it."'
    assert [spans[0].text for spans in recommendation_paragraphs(text)] == [
        "The landlord should say so.",
        'Suggested wording: "We will say so. We mean it."',
    ]
