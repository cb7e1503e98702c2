"""explain, extract and rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codecheck import __version__
from codecheck.cli.app import run


def test_the_number_of_a_section_is_answered_with_its_provisions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "4"]) == 2
    assert "Did you mean 4.1, 4.2, 4.3?" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"codecheck {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["assess"], ["rules"], ["rules", "test"], ["explain"], ["extract"]])
def test_help_teaches(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments, "--help"]) == 0
    assert "Usage" in capsys.readouterr().out


def test_explain_gives_requirement_elements_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "6.14"]) == 0
    out = capsys.readouterr().out
    assert "Landlords must issue a final response" in out
    assert "for example:" in out
    assert "but not:" in out


def test_explain_suggests_the_nearest_provision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "6.114"]) == 2
    assert "Did you mean" in capsys.readouterr().err


def test_extract_shows_sections(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "policy.md"
    path.write_text("# Policy\n\n2.1 We will reply to you.\n", encoding="utf-8")
    assert run(["extract", str(path)]) == 0
    assert "2.1 We will reply to you.   [2.1]" in capsys.readouterr().out


def test_extract_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "policy.md"
    path.write_text("# Policy\n\n2.1 We will reply to you.\n", encoding="utf-8")
    run(["extract", str(path), "--format", "json"])
    clauses = json.loads(capsys.readouterr().out)["clauses"]
    assert clauses[1]["section"] == "2.1"


def test_rules_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list"]) == 0
    assert " 6.14  tier A" in capsys.readouterr().out


def test_rules_show_prints_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "6.14"]) == 0
    assert capsys.readouterr().out.startswith('id: "6.14"')


def test_rules_test_of_one_provision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", "6.14"]) == 0
    assert "right (100.0%)" in capsys.readouterr().out


def test_rules_test_with_cases_from_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = 'provision: "6.14"\nelements:\n  twenty-working-days:\n    satisfied: [We like cake.]\n'
    (tmp_path / "6.14.cases.yaml").write_text(cases, encoding="utf-8")
    assert run(["rules", "test", "--cases", str(tmp_path)]) == 1
    assert "We like cake." in capsys.readouterr().out


def test_rules_validate_ends_with_2_where_there_are_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pack.yaml").write_text("id: small\n", encoding="utf-8")
    assert run(["rules", "validate", str(tmp_path)]) == 2
    assert "pack.yaml" in capsys.readouterr().err


def test_rules_test_by_element(capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "test", "6.14", "--quiet", "--by-element"])
    assert "6.14/twenty-working-days" in capsys.readouterr().out


def test_rules_test_names_a_provision_that_has_no_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", "6.2", "99.1"]) == 2
    assert "There is no case of 99.1." in capsys.readouterr().err


def test_rules_test_says_where_it_found_no_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", "--cases", str(tmp_path)]) == 2
    assert f"There is no case in {tmp_path}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess", "a.docx", "--zzz"], "codecheck: No such option: --zzz. See `codecheck --help`.\n"),
        (
            ["assess", "a.docx", "--fail-on", "big"],
            "codecheck: Invalid value for '--fail-on': 'big' is not one of 'error', 'warning', 'note', 'never'. "
            "See `codecheck --help`.\n",
        ),
    ],
)
def test_wrong_usage_is_said_in_whole_sentences(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().err == said


def test_extract_does_not_overwrite_its_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "policy.md"
    path.write_text("# Policy\n\nWords.\n", encoding="utf-8")
    assert run(["extract", str(path), "--output", str(path)]) == 2
    assert "is one of the documents" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "# Policy\n\nWords.\n"


def test_a_dash_is_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "# Complaints policy\n\n" + "We deal with a complaint in two stages, and the Ombudsman may be asked. " * 9
    Path("policy.md").write_text(text, encoding="utf-8")
    run(["extract", "policy.md", "--output", "-"])
    assert capsys.readouterr().out.startswith("# Complaints policy")
    run(["assess", "policy.md", "--format", "csv", "--output", "-"])
    assert capsys.readouterr().out.startswith("Code Provision,")
    assert run(["assess", "policy.md", "--format", "csv", "--output", "-", "--format", "json"]) == 2
    assert "Only one format can go to standard output" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["policy.md"]
