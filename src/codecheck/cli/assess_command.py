"""codecheck assess: documents in, an Appendix 1 table out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

import typer

from codecheck.assess.assess import assess as assess_documents
from codecheck.cli.console import OK, ROWS, WRONG, say, write_outputs
from codecheck.cli.formats import Format, add_job_summary, plan, refuse_overwriting, render
from codecheck.cli.sources import name_sources, parse_kinds, read_documents
from codecheck.errors import InputError
from codecheck.model import Assessment, DocumentKind
from codecheck.rules.combine import load_packs
from codecheck.rules.load import DEFAULT_PACK


class FailOn(StrEnum):
    """The severity from which a row makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


_SEVERITIES = ("note", "warning", "error")
Files = list[str]
Documents = Annotated[
    Files,
    typer.Argument(
        metavar="DOCUMENT...",
        help="The policy (.docx, .pdf, .html, .md, .txt, or an address); - is standard input. Others beside it are "
        "recognised by their content.",
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
Formats = Annotated[
    list[Format] | None,
    typer.Option(
        "--format",
        "-f",
        help="May be repeated, each with --output. Without it, the name of the output decides (.docx, .html, .csv, "
        ".md, .json, .sarif, .xml for junit); with neither, github on GitHub Actions, else terminal.",
        show_default=False,
    ),
]
Outputs = Annotated[
    list[Path] | None, typer.Option("--output", "-o", help="Where to write; standard output if absent.", metavar="FILE")
]
Failing = Annotated[FailOn, typer.Option(help="Severity from which the exit status is 1.")]
Notes = Annotated[bool, typer.Option("--notes", help="Show notes as rows too.")]
Suggest = Annotated[bool, typer.Option("--suggest", help="Add model wording to the recommendations.")]


def assess(
    documents: Documents,
    procedure: Procedures = None,
    website: Websites = None,
    self_assessment: SelfAssessments = None,
    kind: Kinds = None,
    rules: Rules = None,
    only: Only = None,
    skip: Skip = None,
    format: Formats = None,
    output: Outputs = None,
    fail_on: Failing = FailOn.WARNING,
    notes: Notes = False,
    suggest: Suggest = False,
) -> int:
    """Write the Appendix 1 table for a landlord's complaint documents.

    The policy is held against the Code; a procedure, web pages and the self-assessment are held against the policy.
    Every row quotes the documents' own words with the places where they stand, and says what to change.

    Exit status: 0 no row, 1 rows at or above --fail-on, 2 the input or the command is wrong (nothing is written).

    Examples:

      codecheck assess policy.docx

      codecheck assess policy.docx --output appendix1.docx

      codecheck assess policy.docx --format csv --output appendix1.csv

      codecheck assess policy.pdf --only '6.*' --format markdown

      codecheck assess policy.docx procedure.pdf --website https://www.example.org/complaints
    """
    pack = load_packs(rules or [DEFAULT_PACK])
    wanted = _selection(only, skip, list(pack.provisions))
    outputs = plan(format or [], output or [])
    named: dict[DocumentKind, Files] = {
        "procedure": procedure or [],
        "website": website or [],
        "self-assessment": self_assessment or [],
    }
    given = name_sources(documents, named, parse_kinds(kind or []))
    refuse_overwriting([path for _, path in outputs], [source.name for source in given])
    sources = read_documents(given, pack)
    for document in sources.documents:
        say(f"{document.path}: read as {document.kind} ({document.words:,} words)")
    for remark in sources.remarks:
        say(remark)
    assessment = assess_documents(sources.documents, pack, wanted=wanted)
    write_outputs([(render(assessment, form, notes=notes, suggest=suggest, path=path), path) for form, path in outputs])
    if any(form is Format.GITHUB for form, _ in outputs):
        add_job_summary(assessment, notes=notes, suggest=suggest)
    for error in assessment.errors:
        say(f"codecheck: {error}")
    return WRONG if assessment.errors else _status(assessment, fail_on)


def _selection(only: str | None, skip: str | None, known: Sequence[str]) -> Callable[[str], bool]:
    chosen, left_out = _patterns(only, "--only", known), _patterns(skip, "--skip", known)

    def wanted(provision: str) -> bool:
        inside = not chosen or any(fnmatchcase(provision, pattern) for pattern in chosen)
        return inside and not any(fnmatchcase(provision, pattern) for pattern in left_out)

    return wanted


def _patterns(text: str | None, option: str, known: Sequence[str]) -> list[str]:
    patterns = [part.strip() for part in (text or "").split(",") if part.strip()]
    for pattern in patterns:
        if not any(fnmatchcase(provision, pattern) for provision in known):
            raise InputError(f"{option} {pattern}: there is no such provision. `codecheck rules list` shows them.")
    return patterns


def _status(assessment: Assessment, fail_on: FailOn) -> int:
    if fail_on is FailOn.NEVER:
        return OK
    counted = _SEVERITIES[_SEVERITIES.index(fail_on.value) :]
    return ROWS if any(finding.severity in counted for finding in assessment.findings) else OK
