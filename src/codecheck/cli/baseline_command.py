"""codecheck baseline: the rows that are known when a landlord begins to check, in a file that only shrinks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
from codecheck.cli.console import OK, ROWS, check_outputs, refuse_overwriting, voice_of, write_outputs
from codecheck.cli.fail_on import FailOn, failing
from codecheck.cli.run import Asked, assess_run, exit_status, prepare
from codecheck.deviations.baseline import (
    Comparison,
    baseline_text,
    compare_with_baseline,
    entries_of,
    join,
    read_baseline,
)
from codecheck.errors import InputError
from codecheck.model import Finding
from codecheck.report.labels import VERDICT_LABELS

BASELINE_FILE = "codecheck-baseline.json"
File = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        help=f"The file. [default: that of the configuration, else {BASELINE_FILE} beside it]",
        metavar="FILE",
        show_default=False,
    ),
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit status 1 where the file would change too.")]
Grow = Annotated[
    str | None, typer.Option("--grow", help="Add the new rows too; the reason is kept in the file.", metavar="REASON")
]


def baseline(
    documents: Documents = None,
    procedure: Procedures = None,
    website: Websites = None,
    self_assessment: SelfAssessments = None,
    kind: Kinds = None,
    rules: Rules = None,
    only: Only = None,
    skip: Skip = None,
    fail_on: Failing = None,
    file: File = None,
    check: Check = False,
    grow: Grow = None,
    config: Config = None,
    no_config: NoConfig = False,
    patterns_only: PatternsOnly = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Keep the file of rows that are known already, so that `assess` fails only on new ones.

    The first time, every row of today is put in the file. After that the file only shrinks: what is mended is taken
    out, and a new row is listed and not put in, unless --grow gives a reason. Rows are known again by provision,
    missing element and the words against the Code, not by where they stand.

    Exit status: 0 the file holds every row, 1 there are new rows (with --check: or something to take out), 2 the input
    or the command is wrong.

    Examples:

      codecheck baseline policy.docx

      codecheck assess policy.docx --baseline codecheck-baseline.json

      codecheck baseline policy.docx --check

      codecheck baseline policy.docx --grow "The procedure is now assessed too"
    """
    voice = voice_of(quiet, verbose)
    _refuse_contradictions(grow, check)
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
    beside = run.settings.path.parent if run.settings.path else Path()
    path = file or run.settings.baseline or beside / BASELINE_FILE
    refuse_overwriting([path], [source.name for source in run.sources], [run.settings.path])
    begins = not path.exists()
    if begins and check:
        raise InputError(f"There is no baseline {path} to check: `codecheck baseline` writes it.")
    entries = () if begins else read_baseline(path)
    if not check:
        check_outputs([path])
    assessment = assess_run(run, voice)
    if assessment.errors:
        return exit_status(run, assessment)
    # What does not count cannot be known either: with --fail-on never, the rows of the table are meant.
    concerns = failing(FailOn.WARNING if run.fail_on is FailOn.NEVER else run.fail_on)
    found = compare_with_baseline(assessment, entries, run.pack, concerns=concerns)
    adding = begins or grow is not None
    added = entries_of(found.new, assessment, run.pack, reason=(grow or "").strip()) if adding else ()
    whole = join(found.kept, added)
    if not check and (begins or found.gone or added):
        write_outputs([(baseline_text(whole), path)])
    write_outputs([(_told(found, adding=adding), None)])
    left = 0 if adding else len(found.new)
    voice.note(f"{path}: {_counted(len(whole), 'entry', 'entries')}; {_counted(left, 'new row', 'new rows')}.")
    if begins and run.settings.baseline is None:
        voice.note(f'To use it: `--baseline {path}`, or `baseline = "{path.name}"` in codecheck.toml.')
    if left and not check:
        voice.note("New rows are not put in: mend the documents, or add them with --grow REASON.")
    return ROWS if left or (check and found.gone) else OK


def _refuse_contradictions(grow: str | None, check: bool) -> None:
    if grow is not None and not grow.strip():
        raise InputError("--grow wants a reason, which is kept in the file: --grow 'why the new rows may wait'.")
    if grow is not None and check:
        raise InputError("--grow writes and --check does not: leave one of them out.")


def _told(found: Comparison, *, adding: bool) -> str:
    """Return what went and what came, a line each."""
    lines = [f"no longer found: {entry.provision} {entry.element or entry.words}".rstrip() for entry in found.gone]
    lines += [f"{'added' if adding else 'new'}: {_row(finding)}" for finding in found.new]
    return "".join(f"{line}\n" for line in lines)


def _row(finding: Finding) -> str:
    missing = ", ".join(item.element for item in finding.missing)
    named = f"{' and '.join(finding.provisions)} {VERDICT_LABELS[finding.verdict]}"
    return f"{named} ({missing})" if missing else named


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
