"""Progress: only on a terminal, only on standard error, and only for long work."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from codecheck.cli.console import Voice
from codecheck.cli.progress import steps

PROGRAM = """
import sys
from codecheck.cli.console import Voice
from codecheck.cli.progress import spinner, steps
for one in steps(["a", "b"], lambda item: f"reading {item}", Voice(quiet="quiet" in sys.argv)):
    print(one)
with spinner("checking", Voice(quiet="quiet" in sys.argv)):
    print("c")
"""


def on_terminal(*arguments: str, **environment: str) -> tuple[str, str]:
    """Return standard output, which is piped, and what a terminal gets on standard error."""
    controller, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=terminal, check=True,
        env={**os.environ, "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(terminal)
    shown = b""
    while True:
        try:
            part = os.read(controller, 65536)
        except OSError:  # Linux says so where there is no more
            break
        if not part:
            break
        shown += part
    os.close(controller)
    return done.stdout.decode(), shown.decode()


def test_a_terminal_gets_a_bar_and_the_result_is_untouched() -> None:
    out, shown = on_terminal()
    assert out == "a\nb\nc\n"
    assert "reading" in shown
    assert "checking" in shown


@pytest.mark.parametrize(("arguments", "environment"), [(["quiet"], {}), ([], {"TERM": "dumb"})])
def test_no_bar_where_it_is_not_wanted(arguments: list[str], environment: dict[str, str]) -> None:
    assert on_terminal(*arguments, **environment) == ("a\nb\nc\n", "")


def test_no_color_takes_the_colours_and_leaves_the_bar() -> None:
    _, shown = on_terminal(NO_COLOR="1")
    assert "reading" in shown
    assert "\x1b[3" not in shown


def test_no_bar_when_piped(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(steps(["a", "b"], str, Voice())) == ["a", "b"]
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_a_run_on_a_terminal_leaves_json_whole(tmp_path: Path) -> None:
    controller, terminal = pty.openpty()
    policy = Path(__file__).resolve().parents[2] / "fixtures" / "compliant" / "fenwold.md"
    done = subprocess.run(
        [sys.executable, "-m", "codecheck", "assess", str(policy), "--format", "json", "--only", "6.2"],
        stdout=subprocess.PIPE, stderr=terminal, check=False, env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(terminal)
    os.close(controller)
    assert done.stdout.startswith(b"{\n")
    assert b"\x1b" not in done.stdout
