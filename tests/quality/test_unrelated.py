"""Unrelated documents, each with something like a complaints process, satisfy nothing: the run for loose matchers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codecheck.quality.corpus import satisfied_elements
from codecheck.quality.known import drift, load_known
from codecheck.rules.pack import Pattern, RulePack, Term

UNRELATED = Path(__file__).resolve().parents[2] / "fixtures" / "unrelated"
DOCUMENTS = sorted(UNRELATED.glob("*.md"))
KNOWN = load_known(UNRELATED / "known.yaml")


def elements(pack: RulePack) -> set[str]:
    return {f"{pid}/{element.id}" for pid, one in pack.provisions.items() for element in one.elements}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_an_unrelated_document_satisfies_nothing_but_what_is_known(path: Path, pack: RulePack) -> None:
    change = drift(satisfied_elements(path, pack), elements(pack), KNOWN.get(path.stem, {}))
    assert not change, str(change)


def test_known_exceptions_are_of_documents_and_elements_that_exist(pack: RulePack) -> None:
    assert set(KNOWN) <= {path.stem for path in DOCUMENTS}
    assert {key for entries in KNOWN.values() for key in entries} <= elements(pack)


def test_a_loose_pattern_is_noticed(pack: RulePack) -> None:
    # A document whose title names another process is set aside as a whole; in this one the words themselves are tried.
    path = UNRELATED / "repairs-handbook.md"
    provision = pack.provisions["2.4"]
    loose = replace(provision.elements[0], satisfied=(Pattern(all_of=((Term("we"),),)),))
    changed = replace(provision, elements=(loose, *provision.elements[1:]))
    broken = replace(pack, provisions={**pack.provisions, "2.4": changed})
    change = drift(satisfied_elements(path, broken), elements(pack), KNOWN.get(path.stem, {}))
    assert f"2.4/{loose.id}" in change.new
