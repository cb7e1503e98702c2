"""Training the second reader: what an example says of each point, and that numpy computes what torch trained."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from codecheck.assess.cases import Case
from codecheck.rules.pack import RulePack

SCRIPTS = Path(__file__).resolve().parents[2] / "benchmarks" / "second_reader"
POLICY = """# Complaints

We reply within ten working days. We may ask for longer. We never charge you.

- Your complaint is closed when you say so.
"""
NOTES = """kind: policy
satisfied:
  6.3/in-time: ["**We reply** within ten\\n working days."]
  6.4/longer: ["We may ask for longer. || We never charge you."]
near:
  2.4/reasons: ["We never charge you."]
missing: [6.15/reason]
contrary:
  5.2/extra-stage: ["We may ask for longer. We never charge you. We bow."]
innocent:
  5.3/third-stage: ["Your complaint is closed when you say so."]
"""


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of the scripts on the path, as when one of them is run; their modules are forgotten afterwards."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield
    for name in {path.stem for path in SCRIPTS.glob("*.py")} - before:
        sys.modules.pop(name, None)


@pytest.fixture
def examples(scripts: None) -> ModuleType:
    """The module ``examples``."""
    return importlib.import_module("examples")


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """An annotated document in the folder of the writer w1."""
    path = tmp_path / "w1" / "policy.md"
    path.parent.mkdir()
    path.write_text(POLICY, encoding="utf-8")
    path.with_suffix(".yaml").write_text(NOTES, encoding="utf-8")
    return path


def test_a_window_makes_what_all_of_a_passage_says(examples: ModuleType, annotated: Path) -> None:
    found = {example.passage.parts: example for example in examples.document_examples(annotated)}
    alone = found[("We reply within ten working days.",)]
    assert alone.made == ("6.3/in-time",)
    assert alone.passage.heading == "Complaints"
    assert (alone.kind, alone.writer, alone.missing) == ("annotated", "w1", ("6.15/reason",))
    both = found[("We may ask for longer.", "We never charge you.")]
    assert both.made == ("6.4/longer",)
    assert both.denied == ("2.4/reasons",)
    assert both.unsure == ("!5.2/extra-stage",)


def test_of_a_piece_of_a_passage_nothing_is_known(examples: ModuleType, annotated: Path) -> None:
    found = {example.passage.parts: example for example in examples.document_examples(annotated)}
    piece = found[("We may ask for longer.",)]
    assert piece.made == () and piece.denied == ()
    assert piece.unsure == ("6.4/longer", "!5.2/extra-stage")
    assert found[("Your complaint is closed when you say so.",)].denied == ("!5.3/third-stage",)


def test_examples_are_read_as_they_were_saved(examples: ModuleType, annotated: Path, tmp_path: Path) -> None:
    found = examples.document_examples(annotated)
    examples.save(found, tmp_path / "examples.jsonl")
    assert examples.load(tmp_path / "examples.jsonl") == found


def test_a_writer_without_a_folder_is_refused(examples: ModuleType, annotated: Path) -> None:
    folder = annotated.parents[1]
    assert examples.named_writers("w1", folder) == {"w1"}
    assert examples.named_writers("", folder) == frozenset()
    with pytest.raises(SystemExit, match="no folder w2"):
        examples.named_writers("w1,w2", folder)
    with pytest.raises(SystemExit, match="no annotated document"):
        examples.annotated_files(annotated.parent)


@pytest.mark.parametrize(("kind", "made"), [("satisfied", True), ("model", True), ("near_miss", False)])
def test_a_case_speaks_for_its_own_point_only(examples: ModuleType, kind: str, made: bool) -> None:
    text = "## Stage 2\n\nA manager who took no part in stage 1 carries out the review."
    found = examples.case_example(Case("6.13", "different-person", kind, text))
    assert (found.made or found.denied) == ("6.13/different-person",)
    assert bool(found.made) is made
    assert "6.13/different-person" not in found.unsure
    assert found.passage.heading == "Stage 2"
    assert found.passage.stage in (2, 3)


def test_headings_after_the_first_are_parts_of_a_case(examples: ModuleType) -> None:
    text = "## Stage 1\n\nWe reply.\n\n## Stage 2\n\nWe review."
    found = examples.case_example(Case("6.13", "different-person", "near_miss", text))
    assert found.passage.parts == ("We reply.", "Stage 2", "We review.")


def test_points_are_elements_of_tier_a_then_all_contrary_entries(examples: ModuleType, pack: RulePack) -> None:
    points = examples.points_of(pack)
    first = [point.startswith("!") for point in points].index(True)
    assert all(point.startswith("!") for point in points[first:])
    assert {pack.provisions[point.split("/")[0]].tier for point in points[:first]} == {"A"}
    contrary = {f"!{one.id}/{entry.id}" for one in pack.provisions.values() for entry in one.contrary}
    assert set(points[first:]) == contrary


def test_what_is_told_counts_most_and_what_is_unsure_not_at_all(examples: ModuleType, annotated: Path) -> None:
    targets = importlib.import_module("targets")
    points = ["6.3/in-time", "2.4/reasons", "6.4/longer", "6.15/reason", "1.2/subject"]
    passage = examples.Passage(0, "", ("We reply.",))
    example = examples.Example(
        "annotated", "w1", passage, ("6.3/in-time",), ("2.4/reasons",), ("6.4/longer",), ("6.15/reason", "6.9/unknown")
    )
    case = examples.Example("near_miss", "", passage, denied=("2.4/reasons",))
    idle = examples.Example("annotated", "w1", passage)
    found = targets.targets_of([example, case, idle], points)
    assert found.made.tolist() == [[1, 0, 0, 0, 0], [0] * 5, [0] * 5]
    assert found.weight.round(2).tolist()[0] == pytest.approx([1, 1, 0, 0.6, 0.25])
    assert found.weight.round(2).tolist()[1] == pytest.approx([0.05, 1, 0.05, 0.05, 0.05])
    assert found.taken.tolist() == [1, 1, 0.5]


def test_numpy_scores_as_torch_does(scripts: None, examples: ModuleType, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
    net, export = importlib.import_module("net"), importlib.import_module("export")
    vocabulary = importlib.import_module("vocabulary").Vocabulary(["we", "reply", "resident", ".", "stage", "2"])
    torch.manual_seed(3)
    vectors = np.random.default_rng(3).normal(size=(len(vocabulary.words), 16)).astype(np.float32)
    towers = [net.TrainedTower(vectors, 2, net.Shape(width=8, features=12)) for _ in range(2)]
    found = [
        examples.Example("satisfied", "", examples.Passage(0, "", ("We reply.", "We never reply to it.")), ("a/b",)),
        examples.Example("satisfied", "", examples.Passage(2, "Stage 2", ("The resident's reply. 17",)), ("a/b",)),
        examples.Example("near_miss", "", examples.Passage(3, "", ("Reply.",)), (), ("a/b",)),
    ]
    path = tmp_path / "network.npz"
    limits = {"silent": 7.0, "weak": 6.0, "upheld": -3.0, "raised": 4.0}
    assert export.write_network(path, towers, vocabulary, ["a/b", "!a/c"], limits, found) < 0.05
    read = export.Network.load(path)
    assert dict(read.limits) == limits
    hidden = read.read([found[1].passage])
    assert read.nearest("a/b", hidden[0]) == "Stage 2: The resident's reply. 17"
    assert read.nearest("!a/c", hidden[0]) == ""
    export.main([str(path), "--silent", "5"])
    assert export.Network.load(path).limits["silent"] == 5


EXCERPTS = """# Of one writer

## 3.6/representative-refused
### Someone to help you
A friend may help you. [[We do not write to agents.]] Tell us who it is.

### Help
- ((We do not write to your friend unless you ask us to.))
"""


@pytest.fixture
def excerpts(scripts: None, tmp_path: Path) -> Path:
    """A file of excerpts of the writer x1."""
    path = tmp_path / "excerpts" / "x1.md"
    path.parent.mkdir()
    path.write_text(EXCERPTS, encoding="utf-8")
    return path


def test_an_excerpt_makes_its_point_in_its_marked_words_only(examples: ModuleType, excerpts: Path) -> None:
    point = "!3.6/representative-refused"
    said, near = importlib.import_module("excerpts").load_excerpts(excerpts, [point])
    found = {example.passage.parts: example for example in examples.excerpt_examples(said, "x1")}
    alone = found[("We do not write to agents.",)]
    assert (alone.kind, alone.writer, alone.passage.heading) == ("excerpt", "x1", "Someone to help you")
    assert (alone.made, alone.denied) == ((point,), ())
    assert found[("A friend may help you.", "We do not write to agents.")].made == (point,)
    assert found[("A friend may help you.",)].denied == (point,)
    assert {(twin.made, twin.denied) for twin in examples.excerpt_examples(near, "x1")} == {((), (point,))}


def test_of_elements_an_excerpt_says_only_its_own(examples: ModuleType, excerpts: Path) -> None:
    said, _ = importlib.import_module("excerpts").load_excerpts(excerpts, ["!3.6/representative-refused"])
    unsure = set(examples.excerpt_examples(said, "x1")[0].unsure)
    assert {"3.6/representative", "6.13/different-person"} <= unsure
    assert not {"!3.6/representative-refused", "!5.3/third-stage"} & unsure


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("## 9.9/nothing\n### Heading\n[[Words.]]\n", "9.9/nothing is no point"),
        (
            "## 3.6/representative-refused\n### Heading\nWords.\n",
            '"Heading" under 3.6/representative-refused has 0 marks',
        ),
        ("## 3.6/representative-refused\n### Heading\n[[One.]] ((Two.))\n", "has 2 marks, not one"),
    ],
)
def test_an_excerpt_has_one_mark_and_a_known_point(scripts: None, excerpts: Path, text: str, message: str) -> None:
    excerpts.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        importlib.import_module("excerpts").load_excerpts(excerpts, ["!3.6/representative-refused"])
