"""codecheck rules list, show, validate and test."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from codecheck.assess.cases import EXPECTATIONS, CaseResult, load_cases, model_cases, run_cases
from codecheck.cli import mutate_command
from codecheck.cli.console import ROWS, WRONG, say, write_outputs
from codecheck.errors import InputError
from codecheck.rules.load import DEFAULT_PACK, find_pack, load_pack
from codecheck.rules.new import new_rule
from codecheck.second_reader.reader import load_network

app = typer.Typer(help="List, show, validate and test the rules of a pack.", no_args_is_help=True)
PackOption = Annotated[str, typer.Option("--rules", help="Rule pack: an id or a folder.", metavar="PACK|PATH")]
app.command("mutate")(mutate_command.mutate)


@app.command("list")
def list_rules(rules: PackOption = DEFAULT_PACK) -> int:
    """List the provisions of a pack with the number of their elements."""
    pack = load_pack(find_pack(rules))
    lines = [f"{pack.info.id} {pack.info.version}: {pack.info.title}"]
    for provision in pack.provisions.values():
        elements = f"{len(provision.elements)} element{' ' if len(provision.elements) == 1 else 's'}"
        lines.append(f"{provision.id:>6}  tier {provision.tier}  {elements}  {provision.title}")
    write_outputs([("\n".join(lines) + "\n", None)])
    return 0


@app.command("show")
def show(
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help="For example 6.2")],
    rules: PackOption = DEFAULT_PACK,
) -> int:
    """Print the rule file of a provision."""
    found = load_pack(find_pack(rules)).provisions.get(provision)
    if found is None:
        raise InputError(
            f"There is no provision {provision} in this pack. `codecheck rules list` shows those there are."
        )
    write_outputs([(Path(found.path).read_text(encoding="utf-8"), None)])
    return 0


@app.command("validate")
def validate(
    pack: Annotated[str, typer.Argument(help="An id or a folder.", metavar="[PACK|PATH]")] = DEFAULT_PACK,
) -> int:
    """Check every file of a pack; each problem names file, line and remedy."""
    # Imported late: only this command needs the YAML and JSON Schema libraries.
    from codecheck.rules.validate import validate_pack

    folder = find_pack(pack)
    problems = validate_pack(folder)
    for problem in problems:
        say(str(problem))
    if problems:
        say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {folder}")
        return WRONG
    write_outputs([(f"{folder}: no problems\n", None)])
    return 0


@app.command("new")
def new(
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help="An id of your own, for example X-1.1")],
    pack: Annotated[Path, typer.Option("--pack", help="The folder of your pack; made if new.", metavar="FOLDER")],
) -> int:
    """Write the files of a new provision, to be filled in; `rules validate FOLDER` says what is still to do."""
    written = new_rule(provision, pack)
    write_outputs([("".join(f"{path}\n" for path in written), None)])
    say(f"Fill in what says TODO: `codecheck rules validate {pack}` lists it.")
    return 0


Provisions = Annotated[list[str] | None, typer.Argument(metavar="[PROVISION]...", help="Only these, e.g. 6.2")]
CasesOption = Annotated[
    Path | None, typer.Option("--cases", help="Cases of this folder in place of the pack's own.", metavar="FOLDER")
]
ByElement = Annotated[bool, typer.Option("--by-element", help="The counts of each element too.")]
CoverageOption = Annotated[
    bool, typer.Option("--coverage", help="What the cases leave untried: elements, patterns, lexicon entries.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the counts.")]
WithSecondReader = Annotated[
    bool,
    typer.Option(
        "--second-reader",
        help="Let the second reader have its say too. It has learnt from the cases beside the rules: only for --cases.",
    ),
]


@app.command("test")
def run_tests(
    provisions: Provisions = None,
    rules: PackOption = DEFAULT_PACK,
    cases: CasesOption = None,
    quiet: Quiet = False,
    by_element: ByElement = False,
    coverage: CoverageOption = False,
    second_reader: WithSecondReader = False,
) -> int:
    """Run the cases beside the rules: each wording must, or must not, satisfy its element.

    Model clauses are run too: each must satisfy its own element.

    Exit status: 0 all as they should be, 1 some are not, 2 the pack cannot be used.
    """
    folder = find_pack(rules)
    pack = load_pack(folder)
    found = load_cases(cases or folder / "provisions")
    for provision in provisions or ():
        if not any(case.provision == provision for case in found):
            raise InputError(f"There is no case of {provision}. `codecheck rules list` shows the provisions.")
    chosen = [case for case in found if not provisions or case.provision in provisions]
    if not chosen:
        raise InputError(f"There is no case in {cases or folder}: cases stand in files that end in .cases.yaml.")
    if second_reader and cases is None:
        raise InputError("--second-reader needs --cases: it has learnt from the cases beside the rules.")
    network = load_network(pack.second_reader) if second_reader else None
    report = ""
    if coverage:
        # Imported late: nothing else needs it.
        from codecheck.quality.coverage import cover, coverage_report

        covered = cover(chosen, pack, lexicon=not provisions)
        results, report = list(covered.results), coverage_report(covered)
    else:
        results = run_cases(chosen, pack, network)
    if cases is None:
        models = [case for case in model_cases(pack) if not provisions or case.provision in provisions]
        results += run_cases(models, pack)
    failed = [result for result in results if not result.passed and not result.case.todo]
    text = "" if quiet else _failures(failed)
    text += _element_counts(results) if by_element else ""
    write_outputs([(text + report + _counts(results), None)])
    return ROWS if failed else 0


def _failures(failed: list[CaseResult]) -> str:
    lines = []
    for result in failed:
        case = result.case
        lines.append(
            f"{case.provision}/{case.part}: {case.kind.replace('_', ' ')}, but {result.found}: {case.text.strip()}"
        )
    return "".join(f"{line}\n" for line in lines)


def _element_counts(results: list[CaseResult]) -> str:
    counts = Counter((f"{r.case.provision}/{r.case.part}", r.case.kind, r.passed) for r in results if not r.case.todo)
    lines = []
    for part, kind in dict.fromkeys((part, kind) for part, kind, _ in counts):
        right, wrong = counts[part, kind, True], counts[part, kind, False]
        lines.append(f"{part:34}{kind.replace('_', ' '):20}{right} of {right + wrong}")
    return "".join(f"{line}\n" for line in lines)


def _counts(results: list[CaseResult]) -> str:
    counts = Counter((r.case.kind, r.passed) for r in results if not r.case.todo)
    lines = []
    for kind in EXPECTATIONS:
        right, wrong = counts[kind, True], counts[kind, False]
        if right + wrong:
            lines.append(f"{kind.replace('_', ' '):20}{right} of {right + wrong} right ({right / (right + wrong):.1%})")
    todo = sum(1 for result in results if result.case.todo)
    lines.append(f"{'todo':20}{todo} known gaps")
    return "\n".join(lines) + "\n"
