"""The codecheck command."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from codecheck import __version__
from codecheck.cli import (
    annotate_command,
    assess_command,
    baseline_command,
    explain_command,
    extract_command,
    init_command,
    rules_commands,
)
from codecheck.cli.console import INTERRUPTED, WRONG, one_line, say
from codecheck.errors import CodecheckError

app = typer.Typer(
    name="codecheck",
    help="Check a landlord's complaints policy against the Housing Ombudsman's Complaint Handling Code.\n\n"
    "Start with: codecheck assess policy.docx",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("assess")(assess_command.assess)
app.command("annotate")(annotate_command.annotate)
app.command("explain")(explain_command.explain)
app.command("extract")(extract_command.extract)
app.command("init")(init_command.init)
app.command("baseline")(baseline_command.baseline)
app.add_typer(rules_commands.app, name="rules")


@app.callback(invoke_without_command=True)
def main_options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Options of the codecheck command itself."""
    if version:
        print(f"codecheck {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; never a traceback: an error is one line on standard error and exit status 2."""
    gc.disable()  # one document and out: looking for garbage would cost a fifth of the time and find next to none
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may be in a code page that has no curly quotation marks.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line with ``arguments``; return the exit status."""
    try:
        outcome = app(args=arguments, standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except CodecheckError as error:
        say(f"codecheck: {one_line(error)}")
    except (KeyboardInterrupt, typer.Abort):
        say("codecheck: interrupted; nothing was written")
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except Exception as error:
        say(f"codecheck: {_told(error)}")
    return WRONG


def _told(error: Exception) -> str:
    format_message = getattr(error, "format_message", None)
    if format_message is not None:  # click's and typer's own errors about usage
        said = one_line(format_message()) or "No command was given."  # the bare command has shown its help already
        said = said.replace("Value error, ", "")
        return f"{said}{'' if said.endswith(('.', '?', '!')) else '.'} See `codecheck --help`."
    return (
        f"something went wrong inside codecheck ({type(error).__name__}: {one_line(str(error))}). Nothing was written. "
        "Please report it with the command that you ran."
    )
