"""Hits know whether they are denied, and paragraphs have the hits of their sentences."""

from __future__ import annotations

import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import read_statements
from codecheck.language.lexicon import Lexicon
from codecheck.language.stream import Run
from codecheck.language.tokens import words
from codecheck.rules.pack import RulePack


def negated(phrase: str, text: str) -> bool:
    """Whether the first hit of ``phrase`` in ``text`` is denied."""
    return Run.of(words(text), Lexicon({})).hits(phrase)[0].negated


@pytest.mark.parametrize(
    "text",
    [
        "you do not have to give reasons",
        "we never ask for reasons",
        "no reasons are needed",
        "without giving reasons",
        "you don't need reasons",
        "we refuse to give reasons",
    ],
)
def test_denied(text: str) -> None:
    assert negated("reasons", text)


@pytest.mark.parametrize(
    "text",
    [
        "we give reasons",
        "we do not wait, and give reasons",
        "if not, we give reasons",
        "not only an apology but reasons",
        "whether or not you give reasons",
        "we never delay unless there are reasons",
    ],
)
def test_not_denied(text: str) -> None:
    assert not negated("reasons", text)


def test_paragraph_has_the_hits_of_its_sentences_in_its_own_places(pack: RulePack) -> None:
    reading = read_statements(case_document("We write to you. We do not ask for reasons. Reasons help."), pack)
    (paragraph,) = reading.paragraphs
    hits = paragraph.run.hits("reasons")
    assert [paragraph.run.tokens[hit.start].word for hit in hits] == ["reasons", "reasons"]
    assert [hit.negated for hit in hits] == [True, False]


def test_list_has_the_hits_of_its_items_after_one_lead_in(pack: RulePack) -> None:
    reading = read_statements(case_document("The letter gives:\n\n- our reasons\n- the outcome\n"), pack)
    whole = reading.paragraphs[-1]
    assert [token.word for token in whole.run.tokens] == "the letter gives : our reasons . the outcome .".split()
    assert len(whole.run.hits("letter")) == 1
    assert whole.run.tokens[whole.run.hits("outcome")[0].start].word == "outcome"
