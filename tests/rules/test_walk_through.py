"""The walk-through of docs/rule-authoring.md: its files make a valid pack, and its commands do what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from codecheck.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "rule-authoring.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml\n# our-pack/(\S+)\n(.*?)```", MANUAL, re.DOTALL))
POLICY = ROOT / "fixtures" / "good" / "policy.docx"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with the pack of the walk-through, written by `rules new` and then filled in."""
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "new", "X-1.1", "--pack", "our-pack"]) == 0
    for name, text in FILES.items():
        assert (tmp_path / "our-pack" / name).is_file()
        (tmp_path / "our-pack" / name).write_text(text, encoding="utf-8")
    capsys.readouterr()
    return tmp_path


def test_every_file_is_given() -> None:
    assert sorted(FILES) == ["lexicon/ours.yaml", "pack.yaml", "provisions/X-1.1.cases.yaml", "provisions/X-1.1.yaml"]


def test_pack_is_valid(folder: Path) -> None:
    assert run(["rules", "validate", "our-pack"]) == 0


def test_coverage_is_as_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", "--rules", "our-pack", "--coverage"]) == 0
    printed = MANUAL.split("--coverage\n")[1].split("...\n")[0]
    assert capsys.readouterr().out.startswith(printed)


def test_first_attempt_fails_as_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule, lexicon = folder / "our-pack/provisions/X-1.1.yaml", folder / "our-pack/lexicon/ours.yaml"
    loose = '- all: ["<our-case-officer>", "(name|named)", "(tell|give|told|given)"]'
    text = rule.read_text(encoding="utf-8").replace('- "<our-tells-name> .. <our-case-officer>"', loose)
    rule.write_text(text.replace('    none: ["~your name"]\n', ""), encoding="utf-8")
    lexicon.write_text(lexicon.read_text(encoding="utf-8").replace("(person|officer|", "(person|"), encoding="utf-8")
    # By its whole path: a pack is loaded once for each name it is given by.
    assert run(["rules", "test", "--rules", str(folder / "our-pack")]) == 1
    printed = MANUAL.split("$ codecheck rules test --rules our-pack\n")[1].split("```")[0]
    assert capsys.readouterr().out.startswith(printed)


@pytest.mark.parametrize("packs", [["housing-ombudsman-2024", "./our-pack"], ["./our-pack"]])
def test_assess_uses_it(folder: Path, packs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    options = [part for pack in packs for part in ("--rules", pack)]
    assert run(["assess", str(POLICY), *options, "--format", "csv"]) == 1
    assert "X-1.1,Everybody who complains is told the name" in capsys.readouterr().out


def test_explain_knows_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "X-1.1", "--rules", "./our-pack"]) == 0
    assert "but not: Every complaint has a case officer." in capsys.readouterr().out


def test_the_first_step_is_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    _, new, validate = MANUAL.split("```\n")[1].split("$ codecheck ")
    for block, status in ((new, 0), (validate, 2)):
        command, *printed = block.splitlines()
        assert run(command.split()) == status
        captured = capsys.readouterr()
        # "..." stands for lines where it stands alone, else for the rest of what is said.
        shown = [".*" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + "\n" for line in printed]
        assert re.fullmatch("".join(shown), captured.out or captured.err, re.DOTALL)
