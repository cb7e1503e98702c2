"""The phrase language: what each sign matches, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.language.lexicon import Lexicon
from codecheck.language.phrases import PhraseError, parse
from codecheck.language.stream import Run
from codecheck.language.tokens import words

CONCEPTS = {"reply": ["reply", "write back", "get .. back to you"], "person": ["tenant", "(house|share) holder"]}


def found(phrase: str, text: str) -> list[str]:
    """The words of each hit of ``phrase`` in ``text``."""
    run = Run.of(words(text), Lexicon(CONCEPTS))
    return [" ".join(token.word for token in run.tokens[hit.start : hit.end]) for hit in run.hits(phrase)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("acknowledge complaint", "Complaints are acknowledged. We acknowledge your complaint."),
        ("acknowledge complaint", "We acknowledged the complaints"),
        ("full response", "a full, response"),
        ("(reply|write back) to you", "we will write back to you"),
        ("[full] response", "our response"),
        ("reply ... week", "we reply to every letter in a week"),
        ("acknowledg*", "an acknowledgement"),
        ("=will reply", "we will reply"),
        ("within # day", "within 5 days"),
        ("third party", "a third-party complaint"),
        ("do not", "we don’t"),
        ("<person> <reply>", "the tenant writes back"),
    ],
)
def test_matches(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("acknowledge complaint", "we acknowledge receipt of a complaint"),
        ("=will reply", "wills reply"),
        ("reply .. week", "we reply to every letter in a week"),
        ("reply ... week", "We reply. In a week it is done"),
        ("within # day", "within five days"),
        ("full response", "full and frank response"),
    ],
)
def test_does_not_match(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_a_hit_is_the_longest_at_its_start() -> None:
    assert found("reply [to you]", "we reply to you") == ["reply to you"]


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        ("", "empty"),
        ("[may] [be]", "empty"),
        ("... reply", "gap"),
        ("(reply", "missing"),
        ("reply|answer", "brackets"),
        ("third-party", "hyphens"),
        ("ab*", "too short"),
        ("reply ..... week", "a gap is"),
    ],
)
def test_refused_with_a_remedy(phrase: str, problem: str) -> None:
    with pytest.raises(PhraseError, match=problem):
        parse(phrase)


def test_unknown_concept_is_refused() -> None:
    with pytest.raises(PhraseError, match="no concept <repply>"):
        Lexicon({"a": ["<repply> now"]})


def test_circle_of_concepts_is_refused() -> None:
    with pytest.raises(PhraseError, match="circle"):
        Lexicon({"a": ["x <b>"], "b": ["y <a>"]})


@given(st.text(alphabet="abc ()[]|<>.*=#", max_size=30))
def test_any_text_is_parsed_or_refused(phrase: str) -> None:
    try:
        assert parse(phrase)
    except PhraseError as error:
        assert str(error)


@settings(deadline=None)  # the first text waits for spaCy
@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    for phrase in ("reply ... week", "<reply> [to] you", "(a|b c) # d"):
        found(phrase, text)
