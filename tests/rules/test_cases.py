"""The cases beside the rules, all of them, and what the collector does with a failing one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from codecheck.assess.cases import Case, load_cases, run_case, run_cases
from codecheck.rules.load import find_pack, load_pack
from codecheck.rules.pack import RulePack

CASES = load_cases(find_pack() / "provisions")
PROVISIONS = sorted({case.provision for case in CASES})
FEWEST = {"satisfied": 8, "near_miss": 6}


@pytest.mark.parametrize("provision", PROVISIONS)
def test_cases_of_a_provision(provision: str, pack: RulePack) -> None:
    chosen = [case for case in CASES if case.provision == provision and not case.todo]
    failed = [result for result in run_cases(chosen, pack) if not result.passed]
    assert not failed, "\n".join(f"{r.case.part} {r.case.kind}, but {r.found}: {r.case.text}" for r in failed)


def test_every_element_has_enough_cases(pack: RulePack) -> None:
    counts = Counter((case.provision, case.part, case.kind) for case in CASES if not case.todo)
    short = [
        f"{pid}/{element.id}: {counts[pid, element.id, kind]} {kind}"
        for pid, provision in pack.provisions.items()
        for element in provision.elements
        for kind, fewest in FEWEST.items()
        if counts[pid, element.id, kind] < fewest
    ]
    assert not short


def test_every_contrary_entry_has_cases(pack: RulePack) -> None:
    counts = Counter((case.provision, case.part, case.kind) for case in CASES if not case.todo)
    without = [
        f"{pid}/{entry.id}"
        for pid, provision in pack.provisions.items()
        for entry in provision.contrary
        if not counts[pid, entry.id, "contrary"] or not counts[pid, entry.id, "contrary_near_miss"]
    ]
    assert not without


def test_known_gaps_are_still_gaps(pack: RulePack) -> None:
    closed = [result.case.text for result in run_cases([c for c in CASES if c.todo], pack) if result.passed]
    assert not closed, "these pass now: take their todo away"


@pytest.mark.parametrize(
    ("part", "kind", "text"),
    [
        ("offered", "satisfied", "We do not offer tea."),
        ("offered", "near_miss", "We offer you tea."),
        ("charged", "contrary", "We never charge for tea."),
        ("charged", "contrary_near_miss", "We charge for tea."),
    ],
)
def test_a_wrong_case_fails(small_pack: Path, part: str, kind: str, text: str) -> None:
    assert not run_case(Case("X-tea", part, kind, text), load_pack(small_pack)).passed
