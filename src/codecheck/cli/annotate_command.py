"""codecheck annotate: the policy's own Word file in, a copy with comments out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from codecheck.cli.assess_options import (
    Config,
    Failing,
    Files,
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
from codecheck.cli.console import check_outputs, refuse_overwriting, voice_of, write_outputs
from codecheck.cli.run import Asked, assess_run, exit_status, prepare
from codecheck.cli.sources import SHOWN_INPUT, STANDARD_INPUT
from codecheck.documents.filetype import sniff
from codecheck.documents.read import load_file
from codecheck.errors import InputError
from codecheck.model import Document
from codecheck.report.labels import summary_line

_NOT_A_WORD_FILE = (
    "{} is not a Word file on this machine, and only those can hold comments: give the policy's own .docx file. "
    "`codecheck assess` reads the other formats."
)
WordFiles = Annotated[
    Files | None,
    typer.Argument(
        metavar="[DOCUMENT]...",
        help="The policy's Word file (.docx). Others beside it may be of any format, and are recognised. Without any, "
        "the documents of the configuration.",
        show_default=False,
    ),
]
Notes = Annotated[bool, typer.Option("--notes", help="Comments for notes too.")]
Copy = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="The copy to write; of policy.docx it is policy.reviewed.docx beside it, if nothing is said.",
        metavar="FILE",
        show_default=False,
    ),
]


def annotate(
    documents: WordFiles = None,
    procedure: Procedures = None,
    website: Websites = None,
    self_assessment: SelfAssessments = None,
    kind: Kinds = None,
    rules: Rules = None,
    only: Only = None,
    skip: Skip = None,
    output: Copy = None,
    fail_on: Failing = None,
    notes: Notes = False,
    config: Config = None,
    no_config: NoConfig = False,
    patterns_only: PatternsOnly = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Write a copy of the policy's Word file with a comment at each clause where something should change.

    A comment names the provision, says what is wrong and suggests wording; what is missing is said at the heading where
    it belongs. The text of the copy is that of the original, and comments that are there already stay. Other documents
    are held against the policy as in `codecheck assess`. Only the policy gets comments: what is wrong in a procedure or
    on the website is said there too.

    Exit status: 0 no row, 1 rows at or above --fail-on, 2 the input or the command is wrong (nothing is written).

    Examples:

      codecheck annotate policy.docx

      codecheck annotate policy.docx --procedure procedure.pdf --output reviewed.docx
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
    refuse_overwriting([output], [source.name for source in run.sources], [run.settings.path])
    if output is not None and output.suffix.lower() != ".docx":
        raise InputError(f"{output}: the copy is a Word file, so its name must end in .docx.")
    _refuse_without_word_file([source.name for source in run.sources], output)
    check_outputs([output])
    assessment = assess_run(run, voice)
    policy = assessment.documents[0]
    data = _word_file(policy)
    copy = output or _copy_name(policy.path)
    # Imported late: nothing else needs the XML library for a Word file.
    from codecheck.report.comments.compose import policy_comments
    from codecheck.report.comments.word import with_comments

    comments = policy_comments(assessment, run.pack, notes=notes)
    write_outputs([(with_comments(data, policy, comments), copy)])
    voice.note(f"{copy}: {len(comments)} comment{'' if len(comments) == 1 else 's'}. {summary_line(assessment)}")
    return exit_status(run, assessment)


def _refuse_without_word_file(names: Sequence[str], output: Path | None) -> None:
    """Raise InputError, before anything is read, where no document can be annotated, or the only one has been."""
    words = [name for name in names if name != STANDARD_INPUT and Path(name).suffix.lower() == ".docx"]
    if not words and not any(Path(name).is_file() and _is_word_file(Path(name)) for name in names):
        raise InputError(_NOT_A_WORD_FILE.format(SHOWN_INPUT if names[0] == STANDARD_INPUT else names[0]))
    if output is None and len(words) == 1:
        _copy_name(words[0])


def _is_word_file(path: Path) -> bool:
    data, name = load_file(path)
    return sniff(data, name) == "docx"


def _word_file(policy: Document) -> bytes:
    """Return the bytes that a policy was read from; raise InputError if that is no Word file of the user's."""
    try:
        data = Path(policy.path).read_bytes()
    except OSError:
        data = b""
    if policy.format != "docx" or hashlib.sha256(data).hexdigest() != policy.sha256:
        raise InputError(_NOT_A_WORD_FILE.format(policy.path))
    return data


def _copy_name(policy: str) -> Path:
    path = Path(policy)
    copy = path.with_name(f"{path.stem}.reviewed.docx")
    if copy.exists():
        raise InputError(f"{copy} is there already: name another file with --output, or the same one to write it anew.")
    return copy
