"""The composite action and the pre-commit hook: their own commands, run as GitHub and pre-commit run them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SET = ROOT / "fixtures" / "labelled" / "harrowfen"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
CHECK = next(step for step in STEPS if step.get("id") == "check")
INSTALL = next(step for step in STEPS if step.get("name") == "Install codecheck")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with a landlord's documents; `python` is the one that runs the tests."""
    for name in ("policy.docx", "procedure.docx", "website.html"):
        shutil.copy(SET / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return tmp_path


def run_step(folder: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run the action's step as GitHub does, with inputs; return the process and the step's outputs."""
    values = {name: entry["default"] for name, entry in ACTION["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], text)
        for name, text in CHECK["env"].items()
    }
    assert not any("${{" in text for text in environment.values())
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK["run"]],
        cwd=folder, capture_output=True, text=True, check=False,
        env={
            **os.environ, **environment, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(folder / "outputs"), "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "PYTHONPATH": str(ROOT / "src"),
        },
    )  # fmt: skip
    lines = (folder / "outputs").read_text(encoding="utf-8").splitlines()
    return done, dict(line.split("=", 1) for line in lines)


def assessed(folder: Path) -> list[str]:
    """Return the documents that the SARIF file names."""
    sarif = json.loads((folder / "codecheck.sarif").read_text(encoding="utf-8"))
    return [artifact["location"]["uri"] for artifact in sarif["runs"][0]["artifacts"]]


def test_every_input_is_used_and_every_one_used_is_there() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])


def test_no_input_stands_in_a_command() -> None:
    assert not [step["run"] for step in STEPS if "${{" in step.get("run", "")]


def test_rows_give_annotations_sarif_a_summary_and_status_1(folder: Path) -> None:
    done, outputs = run_step(folder, policy="policy.docx")
    assert done.returncode == 1
    assert done.stdout.startswith(("::error ", "::warning "))
    assert assessed(folder) == ["policy.docx"]
    assert (folder / "summary.md").read_text(encoding="utf-8").startswith("## Complaint Handling Code\n")
    assert outputs == {"sarif": "codecheck.sarif", "report": "", "exit-status": "1"}


def test_documents_may_be_several_one_a_line(folder: Path) -> None:
    run_step(folder, policy="policy.docx", procedure="procedure.docx\r\n", website="website.html\n\n")
    assert assessed(folder) == ["policy.docx", "procedure.docx", "website.html"]


def test_without_inputs_the_configuration_says_what_is_checked(folder: Path) -> None:
    (folder / "codecheck.toml").write_text('[documents]\npolicy = "policy.docx"\n', encoding="utf-8")
    done, _ = run_step(folder, **{"fail-on": "never"})
    assert done.returncode == 0
    assert assessed(folder) == ["policy.docx"]


@pytest.mark.parametrize(("form", "name"), [("docx", "codecheck-report.docx"), ("markdown", "codecheck-report.md")])
def test_one_more_report(form: str, name: str, folder: Path) -> None:
    _, outputs = run_step(folder, policy="policy.docx", format=form)
    assert outputs["report"] == name
    assert (folder / name).exists()


def test_a_document_that_is_not_there_is_status_2_and_no_sarif(folder: Path) -> None:
    (folder / "codecheck.sarif").write_text("of an earlier run", encoding="utf-8")
    done, outputs = run_step(folder, policy="nothing.docx", format="docx")
    assert done.returncode == 2
    assert "No such file: nothing.docx" in done.stderr
    assert outputs == {"sarif": "", "report": "", "exit-status": "2"}


def test_a_name_that_looks_like_a_command_is_only_a_name(folder: Path) -> None:
    done, _ = run_step(folder, policy='$(touch hacked)"; touch hacked; "')
    assert done.returncode == 2
    assert not (folder / "hacked").exists()


@pytest.mark.parametrize(
    ("version", "wanted"), [("", "/the/action"), ("v0.2.0", "git+https://github.com/OWNER/codecheck@v0.2.0")]
)
def test_what_is_installed(version: str, wanted: str, tmp_path: Path) -> None:
    (tmp_path / "python").write_text('#!/bin/sh\nprintf "%s\\n" "$*"\n', encoding="utf-8")
    (tmp_path / "python").chmod(0o755)
    names = {"VERSION": version, "REPOSITORY": "OWNER/codecheck", "FOLDER": "/the/action"}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", INSTALL["run"]], capture_output=True, text=True, check=True,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", **names},
    )  # fmt: skip
    assert done.stdout == f"-m pip install --quiet {wanted}\n"


HOOK: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]


def test_the_hook_runs_on_what_codecheck_toml_names(folder: Path) -> None:
    (folder / "codecheck.toml").write_text('only = ["5.3"]\n[documents]\npolicy = "policy.docx"\n', encoding="utf-8")
    assert HOOK["pass_filenames"] is False
    command = [sys.executable, "-m", *shlex.split(HOOK["entry"])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0
    assert "policy.docx: read as policy" in done.stderr


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("policy.docx", True), ("papers/Policy.PDF", True), ("page.htm", True), ("codecheck.toml", True),
        ("sub/codecheck-baseline.json", True), ("main.py", False), ("logo.png", False), ("pyproject.toml", False),
    ],
)  # fmt: skip
def test_the_hook_runs_when_a_document_changes(name: str, wanted: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) is wanted
