"""Compliant policies of our own, one statement changed at a time: exactly the row that is due, and no other.

A third of the edits, always the same ones, is tried here; ``python benchmarks/mutations.py`` tries them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from codecheck.cli.app import run
from codecheck.errors import InputError
from codecheck.quality.known import drift, load_known
from codecheck.quality.mutations import Mutation, MutationResult, judge, load_mutations, mutate, rates, run_mutations
from codecheck.rules.pack import RulePack

COMPLIANT = Path(__file__).resolve().parents[2] / "fixtures" / "compliant"
POLICIES = sorted(COMPLIANT.glob("*.md"))
ALL = [one for policy in POLICIES for one in load_mutations(policy)]
KNOWN = load_known(COMPLIANT / "known.yaml")
SHARE, PARTS = 3, 3
# The aims are 0.95 and 0.97. These are today's rates over the whole list: raise them as the list of failures shrinks.
# Lowered from 0.94 once: the second reader of two towers, with lower limits, finds more that is against the Code in
# whole documents (first run on unseen cases F1 0.90 after 0.84), and four mutants more are missed.
FLOORS = {"caught": 0.93, "silent": 0.97}


def chosen(policy: Path, part: int) -> list[Mutation]:
    """One part of the share of a policy's mutations that is tried here."""
    mutations = [one for one in ALL if one.policy == policy and int(one.key[-8:], 16) % SHARE == 0]
    return mutations[part::PARTS]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.stem)
def test_each_edit_brings_exactly_its_row(policy: Path, part: int, pack: RulePack) -> None:
    mutations = chosen(policy, part)
    failed = {result.mutation.key for result in run_mutations(mutations, pack) if not result.right}
    assert not (change := drift(failed, {one.key for one in mutations}, KNOWN[policy.stem])), str(change)


@pytest.mark.parametrize("name", FLOORS)
def test_rate_is_no_lower_than_its_floor(name: str) -> None:
    failed = {key for entries in KNOWN.values() for key in entries}
    rate = rates(ALL, failed)[name]
    print(f"{name}: {rate:.3f}, with {len(failed)} known failures of {len(ALL)}")
    assert rate >= FLOORS[name]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.stem)
def test_known_failures_are_of_mutations_that_exist(policy: Path) -> None:
    keys = {one.key for one in ALL if one.policy == policy}
    assert [key for key in KNOWN[policy.stem] if key not in keys] == []


def test_there_are_mutants_of_every_tier_a_provision(pack: RulePack) -> None:
    tried = {row for one in ALL for row in one.row}
    assert [pid for pid, provision in pack.provisions.items() if provision.tier == "A" and pid not in tried] == []
    assert sum(one.kind != "neutral" for one in ALL) >= 150


# That the instrument fails when it should.


@pytest.fixture
def edit() -> Mutation:
    """A mutant that is caught: the time for a stage 2 answer becomes longer."""
    failing = {key for entries in KNOWN.values() for key in entries}
    return next(o for o in ALL if (o.provision, o.kind) == ("6.14", "contradict") and o.key not in failing)


def test_a_broken_rule_is_noticed(edit: Mutation, pack: RulePack) -> None:
    assert [result.told for result in run_mutations([edit], pack)] == [""]
    deaf = replace(pack.provisions["6.14"], elements=(), contrary=())
    broken = replace(pack, provisions={**pack.provisions, "6.14": deaf})
    assert run_mutations([edit], broken)[0].missing == ("6.14",)


def test_an_edit_that_was_not_made_is_noticed(edit: Mutation, pack: RulePack) -> None:
    idle = replace(edit, replace=edit.find)
    assert run_mutations([idle], pack)[0].missing == ("6.14",)


Judged = Callable[..., MutationResult]


@pytest.fixture
def judged(pack: RulePack) -> Judged:
    """Judge an edit for 5.6 by the rows before and after it."""

    def judge_rows(
        base: set[str], rows: set[str], row: tuple[str, ...] = ("5.6",), may: tuple[str, ...] = ()
    ) -> MutationResult:
        mutation = Mutation(Path("p.md"), "5.6", "remove" if row else "neutral", "a", "b", row, may)
        return judge(mutation, frozenset(base), frozenset(rows), pack)

    return judge_rows


def test_a_row_of_the_twin_counts(judged: Judged) -> None:
    assert judged(set(), {"5.7"}).right


def test_a_missing_row_is_told(judged: Judged) -> None:
    assert judged(set(), set()).told == "no row for 5.6"


def test_a_row_too_many_is_told(judged: Judged) -> None:
    assert judged(set(), {"5.6", "6.3"}).told == "a row for 6.3 too"


def test_a_row_that_may_come_does_no_harm(judged: Judged) -> None:
    assert judged(set(), {"5.6", "6.3"}, may=("6.3",)).right


def test_a_row_that_was_there_before_shows_nothing(judged: Judged) -> None:
    assert judged({"5.6"}, {"5.6"}).told == "the row is there without the edit"


def test_a_neutral_edit_with_a_row_is_told(judged: Judged) -> None:
    assert judged(set(), {"6.3"}, row=()).told == "a row for 6.3 too"


def test_a_known_failure_that_is_mended_must_come_off_the_list() -> None:
    assert drift(set(), {"one"}, {"one": {}}).gone == ("one",)


def test_a_failure_that_is_not_known_is_told() -> None:
    assert drift({"two"}, {"one", "two"}, {}).new == ("two",)


def test_rates_count_known_failures() -> None:
    assert rates([one for one in ALL if one.kind == "neutral"][:2], {ALL[0].key})["silent"] == 1.0
    assert rates(ALL[:2], {ALL[0].key})["caught"] == 0.5


def test_a_known_failure_needs_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "known.yaml"
    path.write_text("wensmere:\n  6.12 remove 00000000: {is: something}\n", encoding="utf-8")
    with pytest.raises(InputError, match="give a reason"):
        load_known(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"find": "not there"}, "stands 0 times"),
        ({"find": "tea"}, "stands 2 times"),
        ({"kind": "swap"}, "no kind of mutation"),
        ({"row": []}, "every other edit at least one"),
        ({"replace": None}, "replace must be given"),
    ],
)
def test_a_mutation_that_cannot_be_used_is_refused(tmp_path: Path, change: dict[str, object], message: str) -> None:
    entry = {"provision": "1.2", "kind": "remove", "find": "We offer\ntea", "replace": "", "row": ["1.2"]}
    (tmp_path / "p.md").write_text("We offer tea. We pour tea.", encoding="utf-8")
    (tmp_path / "p.mutations.yaml").write_text(yaml.safe_dump([{**entry, **change}]), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_mutations(tmp_path / "p.md")


def test_line_breaks_in_what_is_found_may_differ() -> None:
    mutation = Mutation(Path("p.md"), "1.2", "remove", "offer\ntea", "sell \\1", ("1.2",))
    assert mutate("We offer  tea.", mutation) == "We sell \\1."


def test_command_names_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "p.md"
    policy.write_text((COMPLIANT / "wensmere.md").read_text(encoding="utf-8"), encoding="utf-8")
    idle = {"provision": "6.14", "kind": "contradict", "find": "31,400", "replace": "31,401", "row": ["6.14"]}
    (tmp_path / "p.mutations.yaml").write_text(yaml.safe_dump([idle]), encoding="utf-8")
    assert run(["rules", "mutate", str(policy)]) == 1
    out = capsys.readouterr().out
    assert "no row for 6.14" in out and "31,400 => 31,401" in out and "caught  0.0%" in out
