"""Patterns whose words must occur again at another stage of the same document."""

from __future__ import annotations

import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import read_statements
from codecheck.rules.load import pattern_phrases
from codecheck.rules.pack import Pattern, Repeat, RulePack, Term

ROLE = "(=the|=our) (clerk|chair|head of)"
STAGE_1 = Pattern(all_of=((Term(f"{ROLE} .. (replies|decides)"),),), stage=1)
STAGE_2 = Pattern(all_of=((Term(f"{ROLE} .. (replies|decides)"),),), stage=2, repeats=Repeat(ROLE, STAGE_1))


def fits(first: str, second: str, pack: RulePack) -> bool:
    """Tell whether the second stage's text fits, given the first's."""
    text = f"## Stage 1\n\n{first}\n\n## Stage 2\n\n{second}\n"
    return bool(read_statements(case_document(text), pack).matches(STAGE_2, stage=None, unstaged=False))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("The Clerk replies.", "Our Clerk decides.", True),
        ("The Clerk replies.", "The Chair decides.", False),
        ("The Head of Housing replies.", "The Head of Housing decides.", True),
        ("The Head of Housing replies.", "The Head of Finance decides.", False),
        ("The Clerk opens the post.", "The Clerk decides.", False),
    ],
)
def test_the_same_words_must_occur_at_the_other_stage(first: str, second: str, same: bool, pack: RulePack) -> None:
    assert fits(first, second, pack) is same


def test_the_phrases_of_what_is_repeated_are_phrases_of_the_pattern() -> None:
    assert set(pattern_phrases(STAGE_1)) | {ROLE} <= set(pattern_phrases(STAGE_2))


def test_one_statement_repeats_nothing_of_itself(pack: RulePack) -> None:
    text = "At stages 1 and 2 the Clerk decides which form is used.\n"
    assert not read_statements(case_document(text), pack).matches(STAGE_2, stage=None, unstaged=False)
