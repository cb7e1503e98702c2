"""Compliant policies get no row, apart from known exceptions, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codecheck.quality.corpus import provisions_with_rows
from codecheck.quality.known import drift, load_known
from codecheck.rules.pack import RulePack

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
POLICIES = [FIXTURES / "good" / "policy.docx", *sorted(FIXTURES.glob("c*/*.md"))]
KNOWN = load_known(FIXTURES / "clean" / "known.yaml")


def name(path: Path) -> str:
    return str(path.relative_to(FIXTURES))


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_a_compliant_policy_has_no_row_but_the_known_ones(path: Path, pack: RulePack) -> None:
    change = drift(provisions_with_rows(path, pack), pack.provisions, KNOWN.get(name(path), {}))
    assert not change, str(change)


def test_known_exceptions_are_of_policies_that_exist() -> None:
    assert set(KNOWN) <= {name(path) for path in POLICIES}


def test_a_row_too_many_would_be_noticed(pack: RulePack) -> None:
    deaf = tuple(replace(element, satisfied=(), implied_by=()) for element in pack.provisions["6.3"].elements)
    broken = replace(pack, provisions={**pack.provisions, "6.3": replace(pack.provisions["6.3"], elements=deaf)})
    path = FIXTURES / "good" / "policy.docx"
    assert "6.3" in provisions_with_rows(path, broken)
    assert drift(provisions_with_rows(path, broken), pack.provisions, KNOWN.get(name(path), {})).new == ("6.3",)
