"""codecheck init: what it finds, what it writes, and that it overwrites nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from codecheck.cli.app import run
from codecheck.config.load import load_config

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SET = FIXTURES / "labelled" / "harrowfen"
WRITTEN = ["codecheck.toml", ".pre-commit-config.yaml", ".github/workflows/codecheck.yml"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the documents of a landlord, something else to read, and a git repository."""
    (tmp_path / "web").mkdir()
    shutil.copy(SET / "policy.docx", tmp_path / "Policy 2026.docx")
    shutil.copy(SET / "procedure.docx", tmp_path / "staff.docx")
    shutil.copy(SET / "website.html", tmp_path / "web" / "complaints.html")
    shutil.copy(FIXTURES / "unrelated" / "damp-and-mould-policy.md", tmp_path / "damp.md")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_documents_are_found_by_what_they_say(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 0
    assert load_config(Path("codecheck.toml")).documents == {
        "policy": ("Policy 2026.docx",),
        "procedure": ("staff.docx",),
        "website": ("web/complaints.html",),
    }
    assert capsys.readouterr().out.splitlines() == WRITTEN


def test_what_is_written_works_at_once(folder: Path) -> None:
    run(["init"])
    assert run(["assess", "--only", "6.2", "--quiet"]) in (0, 1)


def test_every_key_that_stands_there_as_a_comment_is_known(folder: Path) -> None:
    run(["init"])
    text = Path("codecheck.toml").read_text(encoding="utf-8")
    keys = [line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith("# [[")]
    # Those of the top come before the first table, as they do in the file.
    Path("all.toml").write_text("\n".join(keys).replace("policy =", "[documents]\npolicy =", 1), encoding="utf-8")
    settings = load_config(Path("all.toml"))
    assert settings.accepted[0].provision == "5.10"
    assert settings.outputs[0].file == Path("appendix1.docx")
    assert settings.baseline == Path("codecheck-baseline.json")


def test_an_example_of_an_accepted_deviation_names_an_element_that_there_is(folder: Path) -> None:
    run(["init"])
    text = Path("codecheck.toml").read_text(encoding="utf-8")
    Path("codecheck.toml").write_text(
        text.replace("# [[accept]]", "[[accept]]").replace("# provision", "provision").replace("# element", "element")
        .replace("# reason", "reason").replace("# owner", "owner").replace("# expires", "expires"),
        encoding="utf-8",
    )  # fmt: skip
    assert run(["assess", "--only", "5.10", "--quiet"]) in (0, 1)


def test_the_entry_and_the_job_are_valid_yaml(folder: Path) -> None:
    run(["init"])
    (repository,) = yaml.safe_load(Path(WRITTEN[1]).read_text(encoding="utf-8"))["repos"]
    assert repository["hooks"][0]["entry"] == "codecheck assess"
    job = yaml.safe_load(Path(WRITTEN[2]).read_text(encoding="utf-8"))["jobs"]["codecheck"]
    assert job["steps"][-1]["uses"].startswith("OWNER/codecheck@")


@pytest.mark.parametrize("name", WRITTEN)
def test_nothing_is_overwritten(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("# ours\n", encoding="utf-8")
    assert run(["init"]) == (2 if name == "codecheck.toml" else 0)
    assert Path(name).read_text(encoding="utf-8") == "# ours\n"
    assert f"{name} is there already" in capsys.readouterr().err


@pytest.mark.parametrize(("in_git", "option", "written"), [
    (True, [], 3), (False, [], 1), (False, ["--ci"], 3), (True, ["--no-ci"], 1),
])  # fmt: skip
def test_the_entry_and_the_job_are_for_repositories(
    in_git: bool, option: list[str], written: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not in_git:
        (folder / ".git").rmdir()
    assert run(["init", *option]) == 0
    assert len(capsys.readouterr().out.splitlines()) == written


def test_an_empty_folder_gets_comments_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert load_config(Path("codecheck.toml")).documents == {}
    assert "No complaints policy was found: name it in codecheck.toml." in capsys.readouterr().err


def test_ci_writes_the_rest_beside_a_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("codecheck.toml").write_text("# ours\n", encoding="utf-8")
    assert run(["init", "--ci"]) == 0
    assert capsys.readouterr().out.splitlines() == WRITTEN[1:]
    assert Path("codecheck.toml").read_text(encoding="utf-8") == "# ours\n"


def test_a_table_in_pyproject_is_a_configuration_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("pyproject.toml").write_text("[tool.codecheck]\n", encoding="utf-8")
    assert run(["init"]) == 2
    assert "pyproject.toml is there already" in capsys.readouterr().err
    assert not Path("codecheck.toml").exists()


def test_one_in_a_folder_above_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("codecheck.toml").touch()
    monkeypatch.chdir("web")
    assert run(["init"]) == 0


def test_what_cannot_be_read_is_passed_over(folder: Path) -> None:
    (folder / "complaints-policy.docx").symlink_to(folder / "nothing.docx")
    (folder / "complaints.md").mkdir()
    assert run(["init"]) == 0


def test_a_file_in_the_way_of_the_job_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / ".github").touch()
    assert run(["init"]) == 2
    assert "--no-ci leaves it out" in capsys.readouterr().err


def test_another_folder_may_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert run(["init", folder.name]) == 0
    assert load_config(folder / "codecheck.toml").documents["policy"] == (f"{folder.name}/Policy 2026.docx",)


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere", "There is no folder nowhere."), ("damp.md", "damp.md is a file")]
)
def test_what_is_no_folder_is_refused(name: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", name]) == 2
    assert said in capsys.readouterr().err


def test_of_two_policies_the_first_is_named_and_a_line_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(FIXTURES / "compliant" / "fenwold.md", folder / "z-policy.md")
    run(["init"])
    assert load_config(Path("codecheck.toml")).documents["policy"] == ("Policy 2026.docx",)
    assert "z-policy.md: a second policy; only Policy 2026.docx is named" in capsys.readouterr().err
