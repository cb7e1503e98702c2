"""codecheck annotate: a commented copy of the policy's own Word file."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pytest

from codecheck.cli.app import run

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
WITH_ROWS = FIXTURES / "labelled" / "harrowfen" / "policy.docx"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return Path(shutil.copy(WITH_ROWS, tmp_path / "policy.docx"))


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]


def test_the_copy_stands_beside_the_policy(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = policy.read_bytes()
    assert run(["annotate", str(policy)]) == 1
    copy = policy.with_name("policy.reviewed.docx")
    assert len(comments(copy)) > 0
    assert policy.read_bytes() == before
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{copy}: {len(comments(copy))} comments." in captured.err


def test_output_names_the_copy(policy: Path, tmp_path: Path) -> None:
    assert run(["annotate", str(policy), "--output", str(tmp_path / "reviewed.docx")]) == 1
    assert (tmp_path / "reviewed.docx").exists()
    assert not (tmp_path / "policy.reviewed.docx").exists()


def test_a_policy_without_rows_gives_0_and_is_copied_as_it_is(tmp_path: Path) -> None:
    good, copy = FIXTURES / "good" / "policy.docx", tmp_path / "reviewed.docx"
    assert run(["annotate", str(good), "--output", str(copy)]) == 0
    assert copy.read_bytes() == good.read_bytes()


def test_fail_on_decides_the_status(policy: Path) -> None:
    assert run(["annotate", str(policy), "--fail-on", "never"]) == 0


def test_only_chooses_provisions(policy: Path) -> None:
    run(["annotate", str(policy), "--only", "2.3"])
    assert {text.split(":")[0] for text in comments(policy.with_name("policy.reviewed.docx"))} == {"Provision 2.3"}


def test_what_a_procedure_says_is_a_comment_on_the_policy(policy: Path, tmp_path: Path) -> None:
    procedure = tmp_path / "procedure.md"
    procedure.write_text(
        "# Complaints procedure\n\n## Stage 1\n\nWe acknowledge a complaint within nine working days of its receipt.\n",
        encoding="utf-8",
    )
    run(["annotate", str(policy), "--procedure", str(procedure), "--only", "6.2"])
    assert any("nine working days" in text for text in comments(policy.with_name("policy.reviewed.docx")))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["policy.docx", "policy.reviewed.docx", "procedure.md"]


def refused(arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error, after nothing was written."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(["annotate", *arguments]) == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_a_policy_that_is_no_word_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = str(FIXTURES / "middling" / "policy.pdf")
    line = refused([pdf, "--output", str(tmp_path / "copy.docx")], tmp_path, capsys)
    assert "is not a Word file on this machine" in line and "give the policy's own .docx file" in line


def test_a_policy_from_standard_input_is_refused(
    policy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(policy.read_bytes())))
    line = refused(["-", "--output", str(policy.with_name("copy.docx"))], policy.parent, capsys)
    assert "standard input is not a Word file on this machine" in line


def test_the_policy_is_not_overwritten(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = refused([str(policy), "--output", str(policy)], policy.parent, capsys)
    assert "choose another name for --output" in line


def test_an_earlier_copy_is_overwritten_only_where_it_is_named(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = policy.with_name("policy.reviewed.docx")
    earlier.write_bytes(b"somebody has worked on this")
    assert "is there already" in refused([str(policy)], policy.parent, capsys)
    assert run(["annotate", str(policy), "--output", str(earlier)]) == 1
    assert comments(earlier)


def test_the_copy_must_be_called_a_word_file(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = refused([str(policy), "--output", str(policy.with_name("copy.pdf"))], policy.parent, capsys)
    assert "must end in .docx" in line


def test_the_configuration_names_the_policy(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (policy.parent / "codecheck.toml").write_text('[documents]\npolicy = "policy.docx"\n', encoding="utf-8")
    monkeypatch.chdir(policy.parent)
    assert run(["annotate"]) == 1
    assert comments(policy.with_name("policy.reviewed.docx"))
