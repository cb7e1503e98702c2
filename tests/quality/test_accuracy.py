"""The accuracy gate: it shuts when a figure falls, and the floors do not fall unnoticed.

``python benchmarks/accuracy.py`` is the gate: it scores all labelled cases against the floors, as CI does. Here some of
the cases are scored, for tests of the gate itself.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from codecheck.errors import InputError
from codecheck.model import Assessment, Evidence, Finding, Severity, Verdict
from codecheck.quality.floors import Floors, below, changed, load_floors, raise_floors, write_floors
from codecheck.quality.scoring import Score, digest, figures, gate_figures, score_assessment, score_case
from codecheck.rules.pack import RulePack

ROOT = Path(__file__).resolve().parents[2]
LABELLED = ROOT / "fixtures" / "labelled"
CASES = sorted(path.parent for path in LABELLED.glob("*/labels.yaml"))
# In others a website or a procedure may bring a row of its own.
ONE_DOCUMENT = ("carrick-wharfe", "lantern-living")
FLOORS_FILE = Path(__file__).parent / "floors.yaml"


@pytest.fixture(scope="module")
def scores(pack: RulePack) -> list[Score]:
    return [score for case in ONE_DOCUMENT for score in score_case(LABELLED / case, pack)]


@pytest.fixture(scope="module")
def reached(scores: list[Score]) -> Floors:
    """Floors as high as what is reached."""
    return Floors(gate_figures(scores), {})


def test_cases_are_those_that_the_floors_were_measured_on() -> None:
    assert changed({folder.name: digest(folder) for folder in CASES}, load_floors(FLOORS_FILE)) == []


def test_what_was_lowered_has_a_reason() -> None:
    assert [entry for entry in load_floors(FLOORS_FILE).lowered if not str(entry["reason"]).strip()] == []


# That the gate shuts when it should.


@pytest.mark.parametrize("pid", ["2.3", "6.12"])
def test_a_rule_that_raises_nothing_is_under_its_floor(
    scores: list[Score], reached: Floors, pid: str, pack: RulePack
) -> None:
    deaf = replace(pack, provisions={**pack.provisions, pid: replace(pack.provisions[pid], elements=(), contrary=())})
    case = next(score.case for score in scores if score.provision == pid and score.due and score.raised)
    others = [score for score in scores if score.case != case]
    broken = score_case(LABELLED / case, deaf)
    assert any(pid in fault for fault in below(gate_figures([*others, *broken]), reached))


def test_a_rule_that_always_raises_is_under_its_floor(scores: list[Score], reached: Floors) -> None:
    noisy = [replace(score, raised=True) if score.provision == "2.4" else score for score in scores]
    faults = below(gate_figures(noisy), reached)
    assert {"overall/precision", "provisions/2.4", "verdicts/met"} <= {fault.split(":")[0] for fault in faults}


def test_a_changed_document_is_noticed(tmp_path: Path) -> None:
    copy = shutil.copytree(CASES[0], tmp_path / CASES[0].name)
    assert changed({copy.name: digest(copy)}, Floors({}, {copy.name: digest(CASES[0])})) == []
    with (copy / "labels.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert changed({copy.name: digest(copy)}, Floors({}, {copy.name: digest(CASES[0])})) == [copy.name]


def floors(**provisions: float) -> Floors:
    return Floors({"overall": {}, "provisions": provisions, "verdicts": {}}, {"one": "d1"})


def now(**provisions: float) -> Mapping[str, Mapping[str, float]]:
    return {"overall": {}, "provisions": provisions, "verdicts": {}}


def test_a_floor_rises_by_itself() -> None:
    assert raise_floors(now(a=0.91239), {"one": "d1"}, floors(a=0.9)).values["provisions"] == {"a": 0.912}


def test_a_floor_does_not_fall_by_itself() -> None:
    with pytest.raises(InputError, match=r"provisions/a from 0.9 to 0.8"):
        raise_floors(now(a=0.8, b=1), {"one": "d1"}, floors(a=0.9, b=1))


def test_a_figure_that_is_no_longer_measured_counts_as_fallen() -> None:
    assert below(now(), floors(a=0.9)) == ["provisions/a: not measured, floor 0.9"]
    with pytest.raises(InputError, match=r"provisions/a from 0[.]9 to None"):
        raise_floors(now(), {"one": "d1"}, floors(a=0.9))


def test_a_floor_is_not_lowered_without_a_reason() -> None:
    with pytest.raises(InputError, match="--reason"):
        raise_floors(now(a=0.8), {"one": "d1"}, floors(a=0.9), lower=["a"], reason=" ")


def test_a_reason_lowers_only_the_floor_that_is_named() -> None:
    with pytest.raises(InputError, match="provisions/b"):
        raise_floors(now(a=0.8, b=0.8), {"one": "d1"}, floors(a=0.9, b=0.9), lower=["a"], reason="a label was wrong")


def test_a_lowered_floor_is_recorded_with_its_reason(tmp_path: Path) -> None:
    new = raise_floors(now(a=0.8), {"one": "d1"}, floors(a=0.9), lower=["a"], reason="a label was wrong")
    write_floors(tmp_path / "floors.yaml", new, "Heading")
    read = load_floors(tmp_path / "floors.yaml")
    assert read.values["provisions"] == {"a": 0.8}
    assert read.lowered == [{"figure": "provisions/a", "from": 0.9, "to": 0.8, "reason": "a label was wrong"}]


def test_changed_cases_need_a_reason() -> None:
    with pytest.raises(InputError, match="one"):
        raise_floors(now(a=0.9), {"one": "d2"}, floors(a=0.9))
    assert raise_floors(now(a=0.9), {"one": "d2"}, floors(a=0.9), reason="typing mistake").lowered != []


@pytest.fixture
def gate() -> Callable[..., int]:
    """The command that prints the figures and updates the floors."""
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    main: Callable[..., int] = module.main
    return main


def test_command_refuses_to_lower_a_floor_and_leaves_the_file(
    gate: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = LABELLED / "lantern-living"
    shutil.copytree(case, tmp_path / "cases" / case.name)
    high = Floors({"overall": {"precision": 1.01}, "provisions": {}, "verdicts": {}}, {case.name: digest(case)})
    path = tmp_path / "floors.yaml"
    write_floors(path, high, "Heading")
    before = path.read_text(encoding="utf-8")
    assert gate([], cases=tmp_path / "cases", floors_file=path) == 1
    assert gate(["--update"], cases=tmp_path / "cases", floors_file=path) == 2
    assert "overall/precision from 1.01" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == before
    lower = ["--update", "--lower", "precision", "--reason", "a figure of a test"]
    assert gate(lower, cases=tmp_path / "cases", floors_file=path) == 0
    assert load_floors(path).lowered[0]["reason"] == "a figure of a test"


# The scorer itself.

LABEL: dict[str, Any] = {
    "flag": "yes", "verdict": "partly_met", "evidence": ["7.2"], "quotes": ["within 20 days"], "must_say": ["working"],
}  # fmt: skip


def scored(
    pack: RulePack,
    label: dict[str, Any],
    *provisions: str,
    verdict: Verdict = "partly_met",
    section: str = "7.2",
    quote: str = "replies within 20  days",
    says: str = "The policy does not say working days.",
    severity: Severity = "warning",
    of: str = "6.14",
) -> list[Score]:
    """The scores of a label of ``of`` when one row is raised, under ``provisions`` (none: no row)."""
    row = Finding("1", provisions, severity, verdict, "", says, "", (), (Evidence("p", quote, "near", section),))
    assessment = Assessment((), (), (row,) if provisions else (), {})
    return score_assessment("case", assessment, {of: {**LABEL, **label}}, pack)


def test_a_row_that_is_due_is_right(pack: RulePack) -> None:
    assert scored(pack, {}, "6.14") == [Score("case", "6.14", "partly_met", True, True, True, True, True)]


def test_a_row_that_is_missed_is_wrong(pack: RulePack) -> None:
    assert figures(scored(pack, {}))["recall"] == 0.0


def test_a_note_is_no_row(pack: RulePack) -> None:
    assert not scored(pack, {}, "6.14", severity="note")[0].raised


def test_a_row_that_is_not_due_is_wrong(pack: RulePack) -> None:
    assert figures(scored(pack, {"flag": "no"}, "6.14"))["precision"] == 0.0


@pytest.mark.parametrize("flag", ["either"])
def test_what_assessors_differ_on_is_not_scored(pack: RulePack, flag: str) -> None:
    assert scored(pack, {"flag": flag}, "6.14") == []


def test_a_row_of_the_twin_counts_where_one_is_due(pack: RulePack) -> None:
    assert scored(pack, {}, "5.3", of="5.2")[0].right
    assert scored(pack, {"flag": "no"}, "5.3", of="5.2")[0].right


def test_another_verdict_is_wrong(pack: RulePack) -> None:
    assert scored(pack, {}, "6.14", verdict="not_met")[0].verdict is False


@pytest.mark.parametrize(
    ("section", "quote", "right"), [("7.2", "x", True), ("9", "Within 20 days", True), ("9", "x", False)]
)
def test_evidence_is_the_section_or_the_words(pack: RulePack, section: str, quote: str, right: bool) -> None:
    assert scored(pack, {}, "6.14", section=section, quote=quote)[0].evidence is right


def test_a_row_must_say_what_the_label_asks(pack: RulePack) -> None:
    assert scored(pack, {}, "6.14", says="Something else.")[0].said is False


def test_every_case_labels_every_tier_a_provision(pack: RulePack) -> None:
    tier_a = {pid for pid, provision in pack.provisions.items() if provision.tier == "A"}
    for folder in CASES:
        labels = yaml.safe_load((folder / "labels.yaml").read_text(encoding="utf-8"))["provisions"]
        assert tier_a - set(labels) == set(), folder.name
