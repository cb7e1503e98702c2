"""codecheck explain: what a provision requires and how it is recognised."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from codecheck.assess.cases import Case, load_cases
from codecheck.cli.console import write_outputs
from codecheck.errors import InputError
from codecheck.rules.combine import load_packs
from codecheck.rules.load import DEFAULT_PACK
from codecheck.rules.pack import Provision, RulePack

_EXAMPLES = 3


def explain(
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help="For example 6.2")],
    rules: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Rule pack: an id or a folder. May be repeated. [default: {DEFAULT_PACK}]",
            metavar="PACK|PATH",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Say what a provision requires, its elements, wordings that satisfy them, and what is contrary to it.

    Model wording, where the pack has it, can be pasted into a policy as it stands.
    """
    pack = load_packs(rules or [DEFAULT_PACK])
    found = pack.provisions.get(provision)
    if found is None:
        section = [one for one in pack.provisions if one.startswith(f"{provision}.")]
        near = section or difflib.get_close_matches(provision, pack.provisions, n=3, cutoff=0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else " `codecheck rules list` shows those there are."
        raise InputError(f"There is no provision {provision} in the pack {pack.info.id}.{hint}")
    cases = [case for case in load_cases(Path(found.path).parent) if case.provision == provision and not case.todo]
    write_outputs([(_explanation(found, cases, pack), None)])
    return 0


def _explanation(provision: Provision, cases: list[Case], pack: RulePack) -> str:
    lines = [f"{provision.id}  {provision.title}", "", provision.requirement, f"({pack.edition})", ""]
    lines.append("A complaints policy should say that:" if provision.tier == "A" else "Elements:")
    for element in provision.elements:
        stage = f" [stage {element.stage}]" if element.stage else ""
        lines.append(f"  - {element.says}{stage}  ({element.id})")
        lines += _examples("for example", cases, element.id, "satisfied")
        lines += _examples("but not", cases, element.id, "near_miss")
    if provision.contrary:
        lines += ["", "Contrary to it, or too weak:"]
        for entry in provision.contrary:
            lines.append(f"  - {entry.observation}  ({entry.id}: {entry.verdict.replace('_', ' ')})")
            lines += _examples("for example", cases, entry.id, "contrary")
    if model := provision.model_clauses():
        lines += ["", "Model wording:", *(f"  {clause}" for clause in model)]
    return "\n".join(lines) + "\n"


def _examples(label: str, cases: list[Case], part: str, kind: str) -> list[str]:
    chosen = [case.text for case in cases if case.part == part and case.kind == kind and "\n" not in case.text.strip()]
    return [f"      {label}: {text.strip()}" for text in chosen[:_EXAMPLES]]
