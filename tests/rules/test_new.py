"""`rules new` writes what has to be filled in, and `rules validate` says what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from codecheck.cli.app import run
from codecheck.errors import InputError
from codecheck.rules.new import new_rule
from codecheck.rules.validate import validate_pack

FILLED = {
    "TODO: a few words": "A named contact",
    "TODO: what the standard says, in its own words.": "Residents are told who deals with their complaint.",
    "TODO: residents are told so and so": "residents are told who deals with their complaint",
    "TODO: a phrase, such as: (tell|inform) .. <our-example>": "tell <resident> who deals",
    "TODO: a sentence that says it": "We will tell residents who deals with it.",
    "TODO: a sentence that looks like it": "We do not tell residents who deals with it.",
    "TODO: what these rules are, for example: Complaints standard of our own": "Our charter",
    "TODO: which standard, and of which date": "April 2025",
    "TODO: where it can be read": "our website",
}


def fill(folder: Path) -> None:
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for todo, value in FILLED.items():
            text = text.replace(todo, value)
        path.write_text(text, encoding="utf-8")


def test_a_new_pack_has_every_file(tmp_path: Path) -> None:
    assert [str(path.relative_to(tmp_path)) for path in new_rule("X-1.1", tmp_path / "ours")] == [
        "ours/pack.yaml",
        "ours/lexicon/ours.yaml",
        "ours/provisions/X-1.1.yaml",
        "ours/provisions/X-1.1.cases.yaml",
    ]


def test_a_second_rule_leaves_the_pack_alone(tmp_path: Path) -> None:
    new_rule("X-1.1", tmp_path)
    (tmp_path / "pack.yaml").write_text("mine", encoding="utf-8")
    assert len(new_rule("X-1.2", tmp_path)) == 2
    assert (tmp_path / "pack.yaml").read_text(encoding="utf-8") == "mine"


def test_validate_names_each_thing_to_fill_in(tmp_path: Path) -> None:
    new_rule("X-1.1", tmp_path)
    problems = [str(problem).replace(f"{tmp_path}/", "") for problem in validate_pack(tmp_path)]
    assert len(problems) == len(FILLED)
    assert all("still to be filled in" in problem for problem in problems)
    assert any(problem.startswith("provisions/X-1.1.yaml:2: title: still") for problem in problems)


def test_what_is_filled_in_is_valid_and_its_cases_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_rule("X-1.1", tmp_path)
    fill(tmp_path)
    assert [str(problem) for problem in validate_pack(tmp_path)] == []
    assert run(["rules", "test", "--rules", str(tmp_path)]) == 0


def test_an_existing_rule_is_not_overwritten(tmp_path: Path) -> None:
    new_rule("X-1.1", tmp_path)
    with pytest.raises(InputError, match="is there already"):
        new_rule("X-1.1", tmp_path)


@pytest.mark.parametrize("provision", ["6.14", "1.1", "X", "X-../up", "X-a/b"])
def test_only_an_id_of_ones_own_is_taken(tmp_path: Path, provision: str) -> None:
    with pytest.raises(InputError, match="begins with X-"):
        new_rule(provision, tmp_path)


def test_command_prints_the_files_and_the_next_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "new", "X-1.1", "--pack", str(tmp_path / "ours")]) == 0
    captured = capsys.readouterr()
    assert "X-1.1.cases.yaml" in captured.out
    assert "codecheck rules validate" in captured.err
