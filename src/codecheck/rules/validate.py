"""Checking a rule pack: each problem names file, line and remedy, so that nobody has to read Python to mend it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from codecheck.errors import RulePackError
from codecheck.language.lexicon import Lexicon
from codecheck.language.phrases import PhraseError
from codecheck.rules.build import build_provision
from codecheck.rules.contacts import CONTACTS_FILE, build_contacts
from codecheck.rules.load import (
    CASES_SUFFIX,
    all_patterns,
    join_concepts,
    load_pack,
    pattern_phrases,
    read_yaml,
    rule_files,
    used_packs,
)
from codecheck.rules.pack import RulePack


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a rule pack. ``line`` counts from 1; None where the file as a whole is meant."""

    path: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {self.message}"


def validate_pack(folder: Path) -> list[Problem]:
    """Check the pack in ``folder``: YAML, schema, lexicon, phrases, references and cases."""
    problems = list(_file_problems(folder / "pack.yaml", "pack"))
    used, used_problems = _used(folder)
    lexicon, lexicon_problems = _lexicon(folder, used)
    problems += [*used_problems, *lexicon_problems]
    seen: dict[str, Path] = {}
    elements = {pid: {one.id for one in found.elements} for pack in used for pid, found in pack.provisions.items()}
    entries = {f"{pid}/{one.id}" for pack in used for pid, found in pack.provisions.items() for one in found.contrary}
    for path in rule_files(folder):
        found = list(_file_problems(path, "rule"))
        problems += found
        if found:
            continue
        data = read_yaml(path)
        if data["id"] in seen:
            problems.append(
                Problem(path, _line(path, ["id"]), f"provision {data['id']} is also in {seen[data['id']]}.")
            )
        seen[data["id"]] = path
        elements[data["id"]] = {entry["id"] for entry in data["elements"]}
        entries |= {f"{data['id']}/{entry['id']}" for entry in data.get("contrary", [])}
        problems += _rule_problems(path, data, lexicon)
    problems += _reference_problems(seen, elements, entries)
    problems += _case_problems(folder, seen)
    problems += _contact_problems(folder / CONTACTS_FILE)
    if not seen and not problems:
        problems.append(Problem(folder / "provisions", None, "there is no rule file in this folder."))
    return problems


def _file_problems(path: Path, kind: str) -> Iterator[Problem]:
    try:
        data = read_yaml(path)
    except RulePackError as error:
        yield Problem(path, None, str(error).removeprefix(f"{path}: ").removeprefix(f"{path}:"))
        return
    # Imported late: an assessment has no need of it.
    import jsonschema

    validator = jsonschema.Draft202012Validator({**_schema(), "$ref": f"#/$defs/{kind}"})
    for violation in sorted(validator.iter_errors(data), key=lambda e: [str(part) for part in e.absolute_path]):
        where = list(violation.absolute_path)
        yield Problem(path, _line(path, where), f"{_place(where)}{_remedy(violation)}")
    for place, text in _texts(data):
        if text.startswith("TODO"):
            yield Problem(path, _line(path, place), f"{_place(place)}still to be filled in ({' '.join(text.split())}).")


def _texts(data: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Return every text in a file's data with its place."""
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(value, (*where, key))


def _remedy(error: Any) -> str:
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        unknown = [key for key in error.instance if key not in known]
        near = difflib.get_close_matches(str(unknown[0]), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known here are {', '.join(known)}."
        return f"{unknown[0]!r} is not known: {hint}"
    if error.validator in ("anyOf", "oneOf") and error.context:
        return _remedy(max(error.context, key=lambda inner: len(inner.absolute_path)))
    if error.validator == "pattern" and "description" in error.schema:
        return f"this must be {error.schema['description']}."
    return f"{error.message}."


def _place(where: Sequence[Any]) -> str:
    return f"{'/'.join(str(part) for part in where)}: " if where else ""


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    text = resources.files("codecheck.rules").joinpath("pack.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _used(folder: Path) -> tuple[list[RulePack], list[Problem]]:
    """Return the packs whose concepts this one uses."""
    path = folder / "pack.yaml"
    try:
        return [load_pack(one) for one in used_packs(folder, read_yaml(path))], []
    except RulePackError as error:
        return [], [Problem(path, _line(path, ["uses"]), str(error))] if path.is_file() else []


def _lexicon(folder: Path, used: Sequence[RulePack]) -> tuple[Lexicon | None, list[Problem]]:
    concepts: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for path in sorted((folder / "lexicon").glob("*.yaml")):
        found = list(_file_problems(path, "lexicon"))
        problems += found
        if found:
            continue
        for name, listed in read_yaml(path).items():
            if name in concepts:
                problems.append(
                    Problem(path, _line(path, [name]), f"concept {name!r} is defined twice: join the two lists.")
                )
            for at, phrase in enumerate(listed):
                try:
                    Lexicon({"one": [_without_refs(str(phrase))]})
                except PhraseError as error:
                    problems.append(Problem(path, _line(path, [name, at]), str(error).removeprefix("concept 'one': ")))
            concepts[name] = [str(entry) for entry in listed]
    if problems:
        return None, problems
    joined = {name: tuple(listed) for name, listed in concepts.items()}
    try:
        for pack in used:
            join_concepts(joined, pack.concepts, pack.path)
    except RulePackError as error:
        return None, [Problem(folder / "lexicon", None, str(error))]
    try:
        return Lexicon(joined), problems
    except PhraseError as error:
        return None, [Problem(folder / "lexicon", None, f"{error}: check its spelling, or add it to the lexicon.")]


def _without_refs(phrase: str) -> str:
    """Replace references by a word, so that one phrase can be checked without the rest of the lexicon."""
    return re.sub(r"<[^<>]+>", "word", phrase)


def _rule_problems(path: Path, data: dict[str, Any], lexicon: Lexicon | None) -> Iterator[Problem]:
    if not path.name.startswith(data["id"]):
        yield Problem(path, _line(path, ["id"]), f"the file must be named for its provision: {data['id']}.yaml.")
    ids = [entry["id"] for entry in [*data["elements"], *data.get("contrary", [])]]
    for repeated in sorted({one for one in ids if ids.count(one) > 1}):
        yield Problem(path, None, f"{repeated!r} is the id of two entries: rename one of them.")
    try:
        provision = build_provision(data, str(path))
    except (ValueError, KeyError, TypeError) as error:
        yield Problem(path, None, f"{error}.")
        return
    if lexicon is None:
        return
    for pattern in all_patterns(provision):
        for phrase in pattern_phrases(pattern):
            try:
                lexicon.phrase(phrase)
            except PhraseError as error:
                yield Problem(
                    path, _line_of_text(path, phrase), f"{error}. docs/rule-authoring.md says how phrases are written."
                )


def _reference_problems(seen: dict[str, Path], elements: dict[str, set[str]], entries: set[str]) -> Iterator[Problem]:
    for path in seen.values():
        data = read_yaml(path)
        for at, element in enumerate(data["elements"]):
            for source in element.get("implied_by", []):
                provision, _, name = source.partition("/")
                if name not in elements.get(provision, set()):
                    yield Problem(path, _line(path, ["elements", at, "implied_by"]), f"there is no element {source!r}.")
        for at, entry in enumerate(data.get("contrary", [])):
            for source in [one for one in entry.get("raised_with", []) if one not in entries]:
                line = _line(path, ["contrary", at, "raised_with"])
                yield Problem(path, line, f"raised_with: there is no contrary entry {source!r}.")
        models = {entry["id"] for entry in data["elements"] if "model" in entry}
        for at, entry in enumerate(data.get("contrary", [])):
            for name in [name for name in entry.get("instead", []) if name not in models]:
                line = _line(path, ["contrary", at, "instead"])
                yield Problem(path, line, f"instead: there is no element {name!r} with a model clause in this file.")
        compared = data.get("compare", {})
        facts = [entry["decides"] for entry in compared.get("facts", []) if "decides" in entry]
        for name in [*compared.get("promised", []), *facts]:
            if name not in elements[data["id"]]:
                yield Problem(path, _line(path, ["compare"]), f"compare: there is no element {name!r} in this file.")
        for twin in [*data.get("row_with", []), *([data["refers_to"]] if "refers_to" in data else [])]:
            if twin not in seen and twin not in elements:
                yield Problem(path, None, f"there is no provision {twin!r} in this pack.")


def _case_problems(folder: Path, seen: dict[str, Path]) -> Iterator[Problem]:
    for pid, rule in seen.items():
        path = rule.with_name(f"{pid}{CASES_SUFFIX}")
        if not path.is_file():
            yield Problem(
                rule, None, f"there are no cases beside it: write {path.name} (docs/rule-authoring.md shows how)."
            )
            continue
        found = list(_file_problems(path, "cases"))
        yield from found
        if found:
            continue
        cases, data = read_yaml(path), read_yaml(rule)
        known = {entry["id"] for entry in data["elements"]}
        for part in cases.get("elements", {}):
            if part not in known:
                yield Problem(path, _line(path, ["elements", part]), f"provision {pid} has no element {part!r}.")
        for element in known:
            kinds = cases.get("elements", {}).get(element, {})
            for kind in ("satisfied", "near_miss"):
                if not kinds.get(kind):
                    yield Problem(path, None, f"element {element!r} has no {kind} case: write at least one.")
    for path in sorted((folder / "provisions").glob(f"*{CASES_SUFFIX}")):
        pid = path.name.removesuffix(CASES_SUFFIX)
        if not path.with_name(f"{pid}.yaml").is_file():
            yield Problem(path, None, "there is no rule file for these cases.")
        elif pid not in seen:
            yield from _file_problems(path, "cases")


def _contact_problems(path: Path) -> Iterator[Problem]:
    """A pack need not have contact details; if it has, nothing may be both current and outdated."""
    if not path.is_file():
        return
    found = list(_file_problems(path, "contacts"))
    yield from found
    if not found:
        details = build_contacts(read_yaml(path))
        for kind, at, name in details.contradictions():
            yield Problem(path, _line(path, ["outdated", kind, at]), f"{name} is also given as current: leave one out.")


def _line(path: Path, where: Sequence[Any]) -> int | None:
    """Return the line of the YAML node at ``where``, or of its nearest ancestor that exists."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return None
    for part in where:
        child = _child(node, part)
        if child is None:
            break
        node = child
    return node.start_mark.line + 1 if node is not None else None


def _child(node: Any, part: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None


def _line_of_text(path: Path, text: str) -> int | None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if text in line:
            return number
    return None
