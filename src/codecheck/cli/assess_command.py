"""codecheck assess: documents in, an Appendix 1 table out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codecheck.cli.assess_options import (
    Config,
    Documents,
    Failing,
    Kinds,
    NoConfig,
    Only,
    PatternsOnly,
    Procedures,
    Quiet,
    Rules,
    SelfAssessments,
    Skip,
    Verbose,
    Websites,
)
from codecheck.cli.console import (
    Voice,
    check_outputs,
    refuse_overwriting,
    voice_of,
    write_outputs,
)
from codecheck.cli.formats import Format, add_job_summary, configured, plan, render
from codecheck.cli.run import Asked, Run, assess_run, exit_status, prepare
from codecheck.model import Assessment
from codecheck.report.labels import summary_line

if TYPE_CHECKING:
    from codecheck.deviations.baseline import Entry

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
    list[Path] | None,
    typer.Option("--output", "-o", help="Where to write; without it, or with -, standard output.", metavar="FILE"),
]
Notes = Annotated[bool | None, typer.Option("--notes/--no-notes", help="Show notes as rows too.", show_default=False)]
Suggest = Annotated[bool, typer.Option("--suggest", help="Add model wording to the recommendations.")]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline", help="Rows known from this file do not count; see `codecheck baseline`.", metavar="FILE"
    ),
]


def assess(
    documents: Documents = None,
    procedure: Procedures = None,
    website: Websites = None,
    self_assessment: SelfAssessments = None,
    kind: Kinds = None,
    rules: Rules = None,
    only: Only = None,
    skip: Skip = None,
    format: Formats = None,
    output: Outputs = None,
    fail_on: Failing = None,
    notes: Notes = None,
    suggest: Suggest = False,
    baseline: Baseline = None,
    config: Config = None,
    no_config: NoConfig = False,
    patterns_only: PatternsOnly = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
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
    voice = voice_of(quiet, verbose)
    asked = Asked(
        documents=documents,
        named={"procedure": procedure, "website": website, "self-assessment": self_assessment},
        kinds=kind,
        rules=rules,
        only=only,
        skip=skip,
        fail_on=fail_on,
        config=config,
        isolated=no_config,
        patterns_only=patterns_only,
    )
    run = prepare(asked, voice)
    outputs = plan(format or [], output or []) if format or output else configured(run.settings)
    known = baseline or run.settings.baseline
    refuse_overwriting(
        [path for _, path in outputs], [source.name for source in run.sources], [run.settings.path, known]
    )
    check_outputs(path for _, path in outputs)
    entries: tuple[Entry, ...] = ()
    if known is not None:
        # Imported late, as in _marked: most runs have no baseline.
        from codecheck.deviations.baseline import read_baseline

        entries = read_baseline(known)
    shown = sys.stdout.isatty() and (Format.TERMINAL, None) in outputs
    assessment = assess_run(run, voice, shown=shown)
    if known is not None:
        assessment = _marked(assessment, run, known, entries, voice)
    with_notes = bool(run.settings.notes) if notes is None else notes
    reports = [(render(assessment, form, notes=with_notes, suggest=suggest, path=path), path) for form, path in outputs]
    write_outputs(reports)
    for _, path in outputs:
        if path is not None:
            voice.note(f"written: {path}")
    if all(path is not None for _, path in outputs):
        voice.note(summary_line(assessment))
    if any(form is Format.GITHUB for form, _ in outputs):
        add_job_summary(assessment, notes=with_notes, suggest=suggest)
    return exit_status(run, assessment)


def _marked(assessment: Assessment, run: Run, path: Path, entries: Sequence[Entry], voice: Voice) -> Assessment:
    """Mark the findings that are in the baseline, and say what is in it without need."""
    from codecheck.deviations.baseline import compare_with_baseline

    found = compare_with_baseline(assessment, entries, run.pack)
    if found.gone:
        count = f"{len(found.gone)} entr{'y' if len(found.gone) == 1 else 'ies'}"
        voice.note(f"{path}: {count} no longer found; `codecheck baseline` takes them out.")
    return found.assessment
