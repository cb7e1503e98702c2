"""What cases leave untried: too few of them, patterns that decide none, lexicon entries that occur in none."""

from __future__ import annotations

from pathlib import Path

import pytest

from codecheck.assess.cases import load_cases
from codecheck.cli.app import run
from codecheck.quality.coverage import Coverage, cover, coverage_report
from codecheck.rules.load import load_pack

RULE = "provisions/X-tea.yaml"
CASES = "provisions/X-tea.cases.yaml"


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def covered(folder: Path) -> Coverage:
    return cover(load_cases(folder / "provisions"), load_pack(folder))


def test_an_element_with_too_few_cases_is_named(small_pack: Path) -> None:
    assert covered(small_pack).short() == [
        "X-tea/offered: 1 satisfied, 8 are wanted",
        "X-tea/offered: 1 near miss, 6 are wanted",
    ]


def test_an_element_with_enough_cases_is_not(small_pack: Path) -> None:
    many = ", ".join(f"We will offer you tea on day {day}." for day in range(8))
    few = ", ".join(f"We do not offer tea on day {day}." for day in range(9))
    edit(small_pack, CASES, "[We will offer you tea.]", f"[{many}]")
    edit(small_pack, CASES, "[We do not offer tea.]", f"[{few}]")
    assert covered(small_pack).short() == []
    assert covered(small_pack).outnumbered() == []


def test_negatives_that_are_not_in_the_majority_are_reported(small_pack: Path) -> None:
    assert covered(small_pack).outnumbered() == ["X-tea/offered: 1 near misses beside 1 satisfied"]


def test_a_known_gap_is_no_case(small_pack: Path) -> None:
    edit(small_pack, CASES, "[We will offer you tea.]", "[{text: Tea all round., todo: idiom}]")
    assert covered(small_pack).short()[0] == "X-tea/offered: 0 satisfied, 8 are wanted"


def test_a_pattern_that_decides_a_case_is_not_idle(small_pack: Path) -> None:
    assert covered(small_pack).idle == ()


def test_a_pattern_that_fits_no_case_is_idle(small_pack: Path) -> None:
    edit(small_pack, RULE, '- "<offer> ... tea"', '- "<offer> ... tea"\n  - "biscuits ... provided"')
    (idle,) = covered(small_pack).idle
    assert (idle.part, idle.number, idle.text, idle.hidden) == ("X-tea/offered", 2, "biscuits ... provided", False)


def test_a_pattern_behind_an_earlier_one_is_hidden(small_pack: Path) -> None:
    edit(small_pack, RULE, '- "<offer> ... tea"', '- "<offer> ... tea"\n  - "offer you tea"')
    assert [idle.hidden for idle in covered(small_pack).idle] == [True]


def test_a_contrary_pattern_that_no_case_raises_is_idle(small_pack: Path) -> None:
    edit(small_pack, RULE, '["charge ... tea"]', '["charge ... tea", "sell ... tea"]')
    assert [(idle.part, idle.number) for idle in covered(small_pack).idle] == [("X-tea/charged", 2)]


def test_a_lexicon_entry_of_no_case_is_unused(small_pack: Path) -> None:
    assert covered(small_pack).unused["offer"] == ("(give|pour) you",)


def test_a_lexicon_entry_is_used_once_a_case_says_it(small_pack: Path) -> None:
    edit(small_pack, CASES, "[We will offer you tea.]", "[We will offer you tea., We pour you a cup of tea.]")
    assert "offer" not in covered(small_pack).unused


def test_results_are_those_of_the_cases(small_pack: Path) -> None:
    edit(small_pack, CASES, "[We will offer you tea.]", "[We have tea.]")
    assert [result.passed for result in covered(small_pack).results] == [False, True, True, True]


def test_report_counts_before_it_lists(small_pack: Path) -> None:
    lines = coverage_report(covered(small_pack)).splitlines()
    assert lines[:2] == ["2 with too few cases", "  X-tea/offered: 1 satisfied, 8 are wanted"]
    assert "0 patterns that decide no case" in lines


def test_command_prints_the_report_and_the_counts(small_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", "--rules", str(small_pack), "--coverage"]) == 0
    out = capsys.readouterr().out
    assert "2 with too few cases" in out and "  <offer>: (give|pour) you" in out and "contrary near miss" in out
