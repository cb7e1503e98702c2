"""The options that `assess` and `baseline` share: documents, rules, selection, configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codecheck.cli.fail_on import FailOn
from codecheck.rules.load import DEFAULT_PACK

Files = list[str]
Documents = Annotated[
    Files | None,
    typer.Argument(
        metavar="[DOCUMENT]...",
        help="The policy (.docx, .pdf, .html, .md, .txt, or an address); - is standard input. Others beside it are "
        "recognised by their content. Without any, the documents of the configuration.",
        show_default=False,
    ),
]
Procedures = Annotated[Files | None, typer.Option(help="A complaints procedure. May be repeated.", metavar="FILE")]
Websites = Annotated[
    Files | None,
    typer.Option(help="A page of the website: a saved one, or its address. May be repeated.", metavar="FILE|URL"),
]
SelfAssessments = Annotated[Files | None, typer.Option(help="The self-assessment form.", metavar="FILE")]
Kinds = Annotated[Files | None, typer.Option(help="What a document is: notes.docx=policy.", metavar="FILE=KIND")]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        help=f"Rule pack: an id or a folder. May be repeated: all are used. [default: {DEFAULT_PACK}]",
        metavar="PACK|PATH",
        show_default=False,
    ),
]
Only = Annotated[str | None, typer.Option(help="Only these provisions, e.g. '6.*,1.4'.", metavar="LIST")]
Skip = Annotated[str | None, typer.Option(help="Leave these provisions out.", metavar="LIST")]
Failing = Annotated[
    FailOn | None,
    typer.Option(help="Severity from which the exit status is 1. [default: warning]", show_default=False),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="The configuration. Without it, the nearest codecheck.toml (or pyproject.toml with [tool.codecheck]) in "
        "the first document's folder and those above it.",
        metavar="FILE",
        show_default=False,
    ),
]
NoConfig = Annotated[bool, typer.Option("--no-config", "--isolated", help="Use no configuration.")]
PatternsOnly = Annotated[
    bool,
    typer.Option("--patterns-only", help="Let the patterns of the rules decide alone, without the second reader."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on standard error but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what was read and how long it took.")]
