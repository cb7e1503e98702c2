"""Tokens and sentences are those of spaCy's own English pipeline, of which only the tokenizer is made."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.language.tokens import sentences, words

if TYPE_CHECKING:
    from spacy.language import Language

PIECES = (
    "complaint we'll don't cannot it's that's dont lovin' e.g. a.m. Mr. p.m. co. o'clock £5 10 5.30pm (2) two-stage "
    "a@b.org www.example.org/abc . ? ! ... ; : , ( ) ' \" ’ “ ” – — / :-) «x» ½ ß 10km US$20"
).split()
JOINTS = [" ", " ", " ", "", ".", "\n", "  ", "’s", "'s", "-", "\u00a0"]


@pytest.fixture(scope="module")
def pipeline() -> Language:
    """spaCy's blank English pipeline with its sentencizer."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@settings(deadline=None, max_examples=300)
@given(st.integers(min_value=0, max_value=10_000_000))
def test_sentences_begin_where_spacy_begins_them(pipeline: Language, seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice(PIECES) + chance.choice(JOINTS) for _ in range(chance.randint(1, 12)))
    straight = text.translate(str.maketrans("’‘“”–—", "''\"\"--"))
    spans = list(pipeline(straight).sents) if straight.strip() else []
    theirs = {(span.start_char, span.start_char + len(span.text.rstrip())) for span in spans}
    ours = {(sentence.start, sentence.end) for sentence in sentences(text)}
    assert ours <= theirs, text  # one that is punctuation only is no sentence here
    pieces = [piece for span in spans for piece in span if piece.text.isascii() and piece.text.isalnum()]
    assert {piece.idx for piece in pieces} <= {token.start for token in words(text)}, text
    assert all(any(start <= piece.idx < end for start, end in ours) for piece in pieces), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We don’t, and can't.", ["we do not , and can not ."]),
        ("That's it. (It's late!) Go", ["that is it .", "it is late !", "go"]),
        ("Dont ask e.g. at 5 p.m. today.", ["do nt ask e g at 5 p m today ."]),
        ("See www.example.org. Then stop...", ["see www example org .", "then stop ."]),
        ("The outcome(s), party(s) and class(es) (so named).", ["the outcomes , partys and classes so named ."]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [" ".join(token.word for token in sentence.tokens) for sentence in sentences(text)] == expected


def test_offsets_are_into_the_text() -> None:
    text = "We won’t wait. A two-stage process."
    assert [text[token.start : token.end].lower() for token in words(text)][-4:] == ["two", "stage", "process", "."]
