"""Rule cases: examples beside the rules that say what must and must not satisfy an element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from codecheck.assess.evaluate import ProvisionOutcome, evaluate_contrary, evaluate_element, read_statements
from codecheck.assess.second_opinion import reconsider
from codecheck.documents.structure import build_clauses
from codecheck.errors import RulePackError
from codecheck.model import Document
from codecheck.rules.load import CASES_SUFFIX, read_yaml
from codecheck.rules.match import Reading
from codecheck.rules.pack import RulePack
from codecheck.second_reader.network import Network
from codecheck.second_reader.reader import SecondReader

MODEL = "model"
EXPECTATIONS = {"satisfied": True, "near_miss": False, "contrary": True, "contrary_near_miss": False, MODEL: True}
_KINDS = tuple(kind for kind in EXPECTATIONS if kind != MODEL)


@dataclass(frozen=True, slots=True)
class Case:
    """One example: of a provision's element (or contrary entry), its text in Markdown, and what must come of it.

    ``kind`` is satisfied, near_miss, contrary or contrary_near_miss, or model for a model clause, which stands in the
    rule itself. ``todo`` gives the reason of a known gap.
    """

    provision: str
    part: str
    kind: str
    text: str
    todo: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was run: whether it came out as it must, and what was found instead."""

    case: Case
    passed: bool
    found: str


def load_cases(folder: Path) -> list[Case]:
    """Load the cases in a folder (``*.cases.yaml``); raise RulePackError, naming the file, where one is malformed."""
    found: list[Case] = []
    for path in sorted(folder.glob(f"*{CASES_SUFFIX}")):
        found += _file_cases(path, read_yaml(path))
    return found


def _file_cases(path: Path, data: dict[str, Any]) -> Iterator[Case]:
    provision = str(data.get("provision", path.name.removesuffix(CASES_SUFFIX)))
    groups = [
        (str(part), kind, entries)
        for part, kinds in (data.get("elements") or {}).items()
        for kind, entries in kinds.items()
    ]
    for kind in ("contrary", "contrary_near_miss"):
        groups += [(str(part), kind, entries) for part, entries in (data.get(kind) or {}).items()]
    for part, kind, entries in groups:
        if kind not in _KINDS:
            raise RulePackError(f"{path}: {kind!r} is not a kind of case; use one of {', '.join(_KINDS)}.")
        for entry in entries or ():
            text, todo = (entry["text"], entry.get("todo", "")) if isinstance(entry, dict) else (str(entry), "")
            yield Case(provision, part, kind, text, todo, str(path))


def model_cases(pack: RulePack) -> list[Case]:
    """Return the model clauses of a pack as cases: each must satisfy its own element, by itself."""
    return [
        Case(provision.id, element.id, MODEL, element.model, path=provision.path)
        for provision in pack.provisions.values()
        for element in provision.elements
        if element.model
    ]


def case_document(text: str) -> Document:
    """Read the Markdown of a case as a document."""
    # Imported late: whoever assesses a Word file need not wait for the Markdown library.
    from codecheck.documents.markdown import read_markdown

    reading = read_markdown(text.encode("utf-8"), "case.md")
    whole, clauses = build_clauses(reading.blocks)
    return Document("policy", "policy", "case.md", "", "", whole, clauses)


def run_case(case: Case, pack: RulePack, reading: Reading | None = None, network: Network | None = None) -> CaseResult:
    """Run one case against a pack; raise RulePackError if the pack has no such provision, element or contrary entry.

    ``reading`` is that of the case's own text, where it has been read already. The patterns decide alone, unless a
    ``network`` is given: it was trained on the cases beside the rules, so it is of use for others only.
    """
    provision = pack.provisions.get(case.provision)
    if provision is None:
        raise RulePackError(f"{case.path}: the pack has no provision {case.provision}.")
    reading = reading or read_statements(case_document(case.text), pack)
    wanted = EXPECTATIONS[case.kind]
    if case.kind.startswith("contrary"):
        entry = next((c for c in provision.contrary if c.id == case.part), None)
        if entry is None:
            raise RulePackError(f"{case.path}: provision {case.provision} has no contrary entry {case.part!r}.")
        against = evaluate_contrary(reading, entry)
        if network is not None:
            alone = replace(provision, elements=(), contrary=(entry,))
            found = ProvisionOutcome(alone, (), () if against is None else (against,), ())
            against = next(
                iter(reconsider(found, SecondReader(network, reading.sentences), reading).outcome.contrary), None
            )
        raised = against is not None
        return CaseResult(case, raised == wanted, "raised" if raised else "not raised")
    element = next((e for e in provision.elements if e.id == case.part), None)
    if element is None:
        raise RulePackError(f"{case.path}: provision {case.provision} has no element {case.part!r}.")
    # A fragment is silent on nearly everything: what silence satisfies is tried on its patterns alone.
    outcome = evaluate_element(reading, replace(element, absent_is_met=False))
    if network is not None:
        one = ProvisionOutcome(replace(provision, contrary=()), (outcome,), (), ())
        outcome = reconsider(one, SecondReader(network, reading.sentences), reading).outcome.elements[0]
    state = outcome.state
    return CaseResult(case, (state == "satisfied") == wanted, state)


def run_cases(cases: Sequence[Case], pack: RulePack, network: Network | None = None) -> list[CaseResult]:
    """Run cases in order, as ``run_case`` does."""
    return [run_case(case, pack, network=network) for case in cases]
