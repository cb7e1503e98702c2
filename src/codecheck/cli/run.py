"""One run over a landlord's documents, as `assess` and `baseline` make it: settings, rules, documents, findings."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from codecheck.assess.assess import assess as assess_documents
from codecheck.cli.console import OK, ROWS, WRONG, Voice, say
from codecheck.cli.fail_on import FailOn, failing
from codecheck.cli.progress import spinner
from codecheck.cli.sources import STANDARD_INPUT, Source, name_sources, parse_kinds, read_documents
from codecheck.config.settings import Settings
from codecheck.errors import InputError
from codecheck.model import Assessment, DocumentKind
from codecheck.rules.combine import load_packs
from codecheck.rules.load import DEFAULT_PACK
from codecheck.rules.pack import RulePack

_BESIDE: tuple[DocumentKind, ...] = ("procedure", "website", "self-assessment")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for; None and empty where it says nothing."""

    documents: Sequence[str] | None = None
    named: Mapping[DocumentKind, Sequence[str] | None] | None = None
    kinds: Sequence[str] | None = None
    rules: Sequence[str] | None = None
    only: str | None = None
    skip: str | None = None
    fail_on: FailOn | None = None
    config: Path | None = None
    isolated: bool = False
    patterns_only: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be done, from the command line and the configuration together."""

    settings: Settings
    pack: RulePack
    wanted: Callable[[str], bool]
    sources: Sequence[Source]
    fail_on: FailOn


def prepare(asked: Asked, voice: Voice) -> Run:
    """Join command line and configuration, load the rules, and name the documents; nothing is read yet.

    The command line wins: a DOCUMENT takes the place of all documents of the configuration, an option that of its key.
    Raises InputError or RulePackError where they do not fit together.
    """
    settings = find_settings(asked)
    if settings.path is not None:
        voice.note(f"{settings.path}: configuration")
    started = time.perf_counter()
    pack = load_packs(asked.rules or settings.rules or [DEFAULT_PACK])
    if asked.patterns_only:
        pack = replace(pack, second_reader="")
    for info in (pack.info, *pack.joined):
        voice.detail(f"rules: {info.id} {info.version}, {info.title}")
    voice.detail(f"rules: {len(pack.provisions)} provisions, loaded in {time.perf_counter() - started:.2f} s")
    if settings.accepted:
        # Imported late: most runs have no accepted deviations.
        from codecheck.deviations.acceptance import check_deviations

        check_deviations(settings.accepted, pack)
    return Run(
        settings=settings,
        pack=pack,
        wanted=_selection(asked, settings, list(pack.provisions)),
        sources=_sources(asked, settings),
        fail_on=asked.fail_on or FailOn(settings.fail_on or FailOn.WARNING),
    )


def find_settings(asked: Asked) -> Settings:
    """Return the configuration that is named, or found from the first document's folder upwards, or an empty one."""
    if asked.isolated and asked.config is not None:
        raise InputError("--config and --no-config contradict each other: leave one of them out.")
    if asked.isolated:
        return Settings()
    path = asked.config
    if path is None:
        # Imported late, as what follows: reading TOML and checking it takes time that a run without it need not spend.
        from codecheck.config.find import find_config

        path = find_config(_folder(asked.documents or []))
        if path is None:
            return Settings()
    from codecheck.config.load import load_config

    return load_config(path)


def assess_run(run: Run, voice: Voice, *, shown: bool = False) -> Assessment:
    """Read the documents of a run and assess them, with accepted findings marked; say what was read.

    ``shown`` tells that the same person is about to see a report that names the documents too.
    """
    started = time.perf_counter()
    sources = read_documents(run.sources, run.pack, voice)
    for document in sources.documents:
        if not shown:
            voice.note(f"{document.path}: read as {document.kind} ({document.words:,} words)")
        voice.detail(
            f"{document.path}: {document.format}, {len(document.clauses)} clauses, SHA-256 {document.sha256[:12]}"
        )
    for remark in sources.remarks:
        voice.note(remark)
    voice.detail(f"read in {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    with spinner("checking", voice):
        assessment = assess_documents(sources.documents, run.pack, wanted=run.wanted)
    voice.detail(f"checked in {time.perf_counter() - started:.2f} s")
    if run.settings.accepted:
        from codecheck.deviations.acceptance import accept

        accepted = accept(assessment, run.settings.accepted, run.pack, today=date.today())
        for remark in accepted.remarks:
            voice.note(remark)
        return accepted.assessment
    return assessment


def exit_status(run: Run, assessment: Assessment) -> int:
    """Return the exit status of an assessment: 2 where a rule failed, which is said, 1 for rows that count, else 0."""
    for error in assessment.errors:
        say(f"codecheck: {error}")
    if assessment.errors:
        return WRONG
    fails = failing(run.fail_on)
    return ROWS if any(finding.counts and fails(finding) for finding in assessment.findings) else OK


def _folder(documents: Sequence[str]) -> Path:
    """Return the folder of the first document that is a file, else the current one."""
    files = [name for name in documents if name != STANDARD_INPUT and "://" not in name]
    return Path(files[0]).parent if files else Path()


def _sources(asked: Asked, settings: Settings) -> list[Source]:
    configured = {} if asked.documents else settings.documents
    options = asked.named or {}
    named: dict[DocumentKind, Sequence[str]] = {kind: options.get(kind) or configured.get(kind, ()) for kind in _BESIDE}
    documents = list(asked.documents or [])
    policy = configured.get("policy", ())
    if not documents and not policy and not any(named.values()):
        where = f"{settings.path} names none" if settings.path else "`codecheck init` writes a file that names them"
        raise InputError(f"No document is given: `codecheck assess policy.docx`. Without one, {where}.")
    sources = name_sources([*policy, *documents], named, parse_kinds(asked.kinds or []))
    first = [Source(source.name, source.kind or "policy") for source in sources[: len(policy)]]
    return [*first, *sources[len(policy) :]]


def _selection(asked: Asked, settings: Settings, known: Sequence[str]) -> Callable[[str], bool]:
    """Return the test for the provisions wanted; --only and --skip each take the place of their key."""
    chosen = _patterns(asked.only, settings.only, "only", settings, known)
    left_out = _patterns(asked.skip, settings.skip, "skip", settings, known)

    def wanted(provision: str) -> bool:
        inside = not chosen or any(fnmatchcase(provision, pattern) for pattern in chosen)
        return inside and not any(fnmatchcase(provision, pattern) for pattern in left_out)

    if not any(wanted(provision) for provision in known):
        raise InputError("Nothing is left to check: every provision that is asked for is left out too. See --skip.")
    return wanted


def _patterns(
    option: str | None, configured: Sequence[str], key: str, settings: Settings, known: Sequence[str]
) -> list[str]:
    if option is None:
        patterns, where = list(configured), f"{settings.path}: {key}"
    else:
        patterns, where = [part.strip() for part in option.split(",") if part.strip()], f"--{key}"
        if not patterns:
            raise InputError(f"--{key} is empty: name provisions, such as --{key} '6.*,1.4'.")
    for pattern in patterns:
        if not any(fnmatchcase(provision, pattern) for provision in known):
            raise InputError(f"{where} {pattern}: there is no such provision. `codecheck rules list` shows them.")
    return patterns
