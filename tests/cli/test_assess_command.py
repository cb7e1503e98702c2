"""The command line as a user meets it: formats, exit statuses, and one clear line for whatever is wrong."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from codecheck.cli.app import run

SHORT = """\
# Complaints policy

A complaint is an expression of dissatisfaction, however made. We deal with complaints in two stages. A complaint at
stage 1 is acknowledged within five working days. We respond to a complaint at stage 1 within ten working days of
acknowledging it. At stage 2 a complaint is acknowledged within five working days and we respond within twenty
working days. You may take your complaint to the Housing Ombudsman at any time.
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.md"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_rows_give_status_1(policy: Path) -> None:
    assert run(["assess", str(policy)]) == 1


def test_no_row_at_or_above_fail_on_gives_0(policy: Path) -> None:
    assert run(["assess", str(policy), "--fail-on", "never"]) == 0


def test_only_met_provisions_give_0(policy: Path) -> None:
    assert run(["assess", str(policy), "--only", "5.3"]) == 0


def test_json_goes_to_standard_output_whole(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "json"])
    out = capsys.readouterr().out
    assert json.loads(out)["schema_version"] == 1
    assert "\x1b" not in out


def test_same_input_gives_the_same_bytes(policy: Path, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        run(["assess", str(policy), "--format", "json", "--output", str(tmp_path / name)])
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_json_has_what_others_rely_on(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert set(data) >= {"schema_version", "tool", "rule_packs", "documents", "findings", "provisions", "summary"}
    finding = data["findings"][0]
    assert set(finding) >= {
        "id", "provisions", "severity", "verdict", "requirement", "observation", "recommendation", "missing",
        "evidence", "accepted",
    }  # fmt: skip
    assert set(data["documents"][0]) >= {
        "id",
        "kind",
        "path",
        "title",
        "sha256",
        "words",
        "pages",
        "clauses",
        "warnings",
    }
    assert set(data["summary"]) == {"met", "partly_met", "not_met", "contrary", "inconsistent", "not_evidenced"}
    assert sum(data["summary"].values()) == len(data["provisions"])


def test_every_quote_is_in_the_document(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "json"])
    whole = " ".join(SHORT.split())
    for finding in json.loads(capsys.readouterr().out)["findings"]:
        assert all(" ".join(item["quote"].split()) in whole for item in finding["evidence"])


def test_csv_has_the_four_columns_and_a_row_a_finding(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "csv", "--only", "6.*"])
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["Code Provision", "Code Requirement", "Commentary / Observations", "Recommendation"]
    assert all(len(row) == 4 and row[0].startswith("6.") for row in rows[1:])


def test_several_formats_in_one_run(policy: Path, tmp_path: Path) -> None:
    arguments = ["--format", "markdown", "--output", str(tmp_path / "a.md")]
    arguments += ["--format", "csv", "--output", str(tmp_path / "a.csv")]
    run(["assess", str(policy), *arguments])
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("| Code Provision |")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("Code Provision,")


def test_format_follows_the_name_of_the_output(policy: Path, tmp_path: Path) -> None:
    run(["assess", str(policy), "--output", str(tmp_path / "a.csv")])
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("Code Provision,")


def test_output_has_the_permissions_of_any_new_file(policy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("x", encoding="utf-8")
    run(["assess", str(policy), "--output", str(tmp_path / "a.csv")])
    assert (tmp_path / "a.csv").stat().st_mode == other.stat().st_mode


def test_skip_leaves_provisions_out(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "json", "--skip", "6.*,1.*"])
    assert not [p for p in json.loads(capsys.readouterr().out)["provisions"] if p[0] in "16"]


def test_what_was_recognised_goes_to_standard_error(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "csv"])
    assert "read as policy" in capsys.readouterr().err


def write(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


TENANCY = "# Tenancy agreement\n\n" + "The tenant shall pay the rent and keep the garden tidy. " * 60
BAD_INPUTS = {
    "missing": (None, "No such file"),
    "empty": (b"", "is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture|image"),
    "corrupt docx": (b"PK\x03\x04" + b"\0" * 60, "damaged|corrupt|broken|not a|unpack"),
    "corrupt pdf": (b"%PDF-1.7\nnothing", "damaged|corrupt|PDF"),
    "other policy": (TENANCY, "does not look like a complaints policy"),
    "few words": ("Complaints.", "does not look like a complaints policy"),
}


@pytest.mark.parametrize("case", BAD_INPUTS)
def test_bad_input_is_one_line_and_status_2_and_nothing_written(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, message = BAD_INPUTS[case]
    path = write(tmp_path, "policy.docx", data) if data is not None else str(tmp_path / "policy.docx")
    output = tmp_path / "out.csv"
    assert run(["assess", path, "--format", "csv", "--output", str(output)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1
    assert any(part in captured.err for part in message.split("|"))
    assert not output.exists()


def test_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_kind_overrides_recognition(tmp_path: Path) -> None:
    path = write(tmp_path, "notes.md", "Some notes about how we deal with things that people tell us. " * 8)
    assert run(["assess", path]) == 2
    assert run(["assess", path, "--kind", "notes.md=policy"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "99.1"], "no such provision"),
        (["--format", "csv", "--format", "json"], "Only one format can go to standard output"),
        (["--output", "nowhere/at/all.csv"], "There is no folder"),
        (["--kind", "x=letter"], "KIND one of"),
        (["--rules", "nosuchpack"], "No rule pack"),
        (["--format", "xml"], "xml"),
        (["--frobnicate"], "--frobnicate"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    policy: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assess", str(policy), *arguments]) == 2
    err = capsys.readouterr().err.strip()
    assert message in err
    assert len(err.splitlines()) <= 2  # a line on what was read may come first


def test_interrupting_leaves_130(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from codecheck.cli import run as running

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "assess_documents", interrupt)
    assert run(["assess", str(policy)]) == 130


def test_a_fault_of_ours_is_one_line_too(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from codecheck.cli import run as running

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(running, "assess_documents", fail)
    assert run(["assess", str(policy)]) == 2
    assert "something went wrong inside codecheck" in capsys.readouterr().err


def test_a_rule_that_crashes_gives_2_and_is_named(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from codecheck.assess import views as module

    def crash(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(module, "evaluate_provision", crash)
    assert run(["assess", str(policy), "--only", "6.2"]) == 2
    assert "6.2 could not be assessed" in capsys.readouterr().err


def test_a_word_file_by_its_name(policy: Path, tmp_path: Path) -> None:
    output = tmp_path / "appendix1.docx"
    assert run(["assess", str(policy), "--output", str(output)]) == 1
    assert output.read_bytes().startswith(b"PK\x03\x04")


@pytest.mark.parametrize("name", ["report.html", "report.htm"])
def test_a_web_page_by_its_name(policy: Path, tmp_path: Path, name: str) -> None:
    output = tmp_path / name
    assert run(["assess", str(policy), "--output", str(output)]) == 1
    assert output.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_word_file_goes_to_a_pipe_whole(policy: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["assess", str(policy), "--format", "docx"])
    assert capsysbinary.readouterr().out.startswith(b"PK\x03\x04")


def test_a_word_file_is_not_shown_on_a_terminal(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run(["assess", str(policy), "--format", "docx"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "codecheck: A Word file cannot be shown on a terminal: add --output FILE.docx.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "csv", "--output", "table.docx"], "table.docx would hold csv"),
        (["--format", "docx", "--output", "table.csv"], "name it FILE.docx"),
        (["--output", "table.xlsx"], "Say which with --format"),
    ],
)
def test_a_format_that_does_not_fit_its_file_is_refused(
    policy: Path, arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["assess", str(policy), *arguments]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert len(err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["policy.md"]


def test_an_output_that_cannot_be_written_leaves_the_others_unwritten(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--format", "docx", "--output", str(tmp_path / "a.docx")]
    arguments += ["--format", "csv", "--output", str(tmp_path / "nowhere" / "a.csv")]
    assert run(["assess", str(policy), *arguments]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["policy.md"]
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.sarif", '{\n "$schema"'), ("a.sarif.json", '{\n "$schema"'), ("a.xml", "<?xml"), ("a.markdown", "| Code")],
)
def test_formats_of_ci_follow_the_name_too(policy: Path, tmp_path: Path, name: str, start: str) -> None:
    run(["assess", str(policy), "--output", str(tmp_path / name)])
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_on_github_annotations_are_the_default(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    run(["assess", str(policy)])
    assert capsys.readouterr().out.startswith("::")
    run(["assess", str(policy), "--format", "csv"])
    assert capsys.readouterr().out.startswith("Code Provision,")


def test_annotations_have_true_lines(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy.write_text(
        SHORT + "\n## Exclusions\n\nWe will not accept a complaint made by telephone.\n", encoding="utf-8"
    )
    run(["assess", str(policy), "--format", "github", "--only", "3.1"])
    assert f"file={policy.name},line=10," in capsys.readouterr().out


def test_the_job_summary_is_added_to_the_file_that_github_names(
    policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(["assess", str(policy), "--format", "csv", "--output", str(tmp_path / "a.csv")])
    assert summary.read_text(encoding="utf-8") == "# Before\n"
    run(["assess", str(policy), "--format", "github"])
    assert summary.read_text(encoding="utf-8").startswith("# Before\n## Complaint Handling Code\n")


def test_a_job_summary_that_cannot_be_written_is_said_and_changes_nothing_else(
    policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert run(["assess", str(policy), "--format", "github"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("::")
    assert "the job summary could not be written" in captured.err


def test_a_document_is_not_overwritten(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", str(policy), "--output", str(policy.parent / "." / "policy.md")]) == 2
    assert "is one of the documents" in capsys.readouterr().err
    assert policy.read_text(encoding="utf-8") == SHORT


@pytest.mark.parametrize(("module", "only_for"), [("docx", "docx"), ("codecheck.report.html.page", "html")])
def test_what_a_large_format_needs_is_loaded_only_for_it(policy: Path, module: str, only_for: str) -> None:
    code = (
        "import sys; from codecheck.cli.app import run; run(['assess', sys.argv[1], '--format', sys.argv[2]]); "
        "print(sys.argv[3] in sys.modules, file=sys.stderr)"
    )
    for form, loaded in (("csv", "False"), (only_for, "True")):
        arguments = [sys.executable, "-c", code, str(policy), form, module]
        done = subprocess.run(arguments, capture_output=True, check=True)
        assert done.stderr.decode().splitlines()[-1] == loaded


def test_suggested_wording_ends_the_recommendation(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "csv", "--only", "6.13", "--suggest"])
    (row,) = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert row["Recommendation"].endswith(
        ' Suggested wording: "The person who considers the complaint at Stage 2 will not be the person who considered '
        'it at Stage 1."'
    )


def test_suggested_wording_is_a_field_of_its_own_in_json(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(policy), "--format", "json", "--only", "6.13", "--suggest"])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert [text.split(" will")[0] for text in finding["suggested_wording"]] == [
        "The person who considers the complaint at Stage 2"
    ]
    assert "Suggested" not in finding["recommendation"]


def test_nothing_is_suggested_unasked(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("json", "terminal"):
        run(["assess", str(policy), "--format", form])
        out = capsys.readouterr().out
        assert "Suggested wording" not in out and "suggested_wording" not in out
