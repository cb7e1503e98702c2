"""The pages for users: every command on them is run, and says what the page shows.

In a block of console lines a line that begins with `$ ` is run; what follows is what it shows on the screen, where
`...` stands for anything. Commands of a page run in one folder, in the page's order. A block whose first line is a
comment with a file's name is that file, written when its turn comes.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from codecheck.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
LABELLED = FIXTURES / "labelled"
PAGES = ("for-assessors.md", "for-landlords-in-ci.md")
FILES = {
    "policy.docx": LABELLED / "harrowfen" / "policy.docx",
    "procedure.docx": LABELLED / "harrowfen" / "procedure.docx",
    "website.html": LABELLED / "harrowfen" / "website.html",
    "self-assessment.docx": LABELLED / "four-that-agree" / "self-assessment.docx",
}
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (\S+\.(?:toml|ya?ml))\n")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a page and the lines that the page shows after it."""

    line: str
    shown: tuple[str, ...]


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of each block of a page."""
    for match in _BLOCK.finditer((ROOT / "docs" / page).read_text(encoding="utf-8")):
        yield match[1], match[2]


def commands(block: str) -> Iterator[Command]:
    """Yield the commands of a block of console lines."""
    assert block.startswith("$ ")
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, *shown = part.splitlines()
        yield Command(line, tuple(shown))


def screen(line: str, last: int) -> tuple[int, str]:
    """Run a command line; return its exit status and what both streams show, as on a terminal."""
    if line == "echo $?":
        return 0, f"{last}\n"
    name, *arguments = shlex.split(line)
    assert name == "codecheck"
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = run(arguments)
    out.seek(0)
    return status, out.read()


def pattern(shown: tuple[str, ...]) -> str:
    """Return the pattern of what a page shows: lines as they stand, `...` for anything within a line or of lines."""
    parts = [
        ".*" if line == "..." else re.escape(line.rstrip()).replace(r"\.\.\.", "[^\n]*") + " *\n" for line in shown
    ]
    return "".join(parts)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_on_the_page_does_what_the_page_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, path in FILES.items():
        shutil.copy(path, tmp_path / name)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    status, count = 0, 0
    for language, block in blocks(page):
        if file := _FILE.match(block):
            Path(file[1]).parent.mkdir(parents=True, exist_ok=True)
            Path(file[1]).write_text(block, encoding="utf-8")
        if language != "console":
            continue
        for command in commands(block):
            status, said = screen(command.line, status)
            assert status in (0, 1), f"{command.line}\n{said}"
            assert re.fullmatch(pattern(command.shown), said, re.DOTALL), f"{page}: $ {command.line}\n{said}"
            count += 1
    assert count > 8


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_a_command_has_another_language(page: str) -> None:
    assert {language for language, _ in blocks(page)} <= {"console", "toml", "yaml", "sh"}


@pytest.mark.parametrize("page", PAGES)
def test_yaml_is_valid_and_uses_only_inputs_that_the_action_has(page: str) -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    for language, block in blocks(page):
        if language == "yaml":
            data = yaml.safe_load(block)
            for job in data.get("jobs", {}).values():
                used = {
                    key for step in job["steps"] if "codecheck@" in step.get("uses", "") for key in step.get("with", {})
                }
                assert used <= set(inputs)


@pytest.mark.parametrize("page", [*PAGES, "rule-authoring.md", "accuracy.md", "../README.md", "../CONTRIBUTING.md"])
def test_what_a_page_links_to_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (ROOT / "docs" / page).parent.joinpath(target).exists(), target


def test_the_readme_names_the_page_of_each_kind_of_user() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"docs/{page}" in text for page in (*PAGES, "rule-authoring.md"))


def test_the_page_shows_are_held_against_the_screen_in_whole() -> None:
    assert re.fullmatch(pattern(("a ... c", "...", "z")), "a b c\nd\ne\nz\n", re.DOTALL)
    assert not re.fullmatch(pattern(("a ... c",)), "a b c\nd\n", re.DOTALL)
    assert not re.fullmatch(pattern(("a ... c",)), "a b\nc\n", re.DOTALL)
