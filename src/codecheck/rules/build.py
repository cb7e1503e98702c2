"""From the data of a rule file to a Provision. The data has been checked against the schema before it comes here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from codecheck.language.durations import WORKING_DAYS_IN
from codecheck.rules.pack import (
    Comparison,
    Contrary,
    Deciders,
    Element,
    Fact,
    Pattern,
    Provision,
    Repeat,
    Term,
    TimeTest,
)

_LIMIT = re.compile(r"^(\d+) (working days|days|calendar days|weeks|months|years|hours)$")


def build_provision(data: Mapping[str, Any], path: str) -> Provision:
    """Build a Provision from the mapping of its rule file; raise ValueError with a remedy where a value is wrong."""
    return Provision(
        id=data["id"],
        title=data["title"],
        tier=data["tier"],
        requirement=_prose(data["requirement"]),
        elements=tuple(_element(entry) for entry in data["elements"]),
        contrary=tuple(_contrary(entry) for entry in data.get("contrary", ())),
        topic=_patterns(data.get("topic")),
        row_with=tuple(data.get("row_with", ())),
        refers_to=data.get("refers_to"),
        compare=_comparison(data.get("compare", {})),
        path=path,
    )


def _element(data: Mapping[str, Any]) -> Element:
    return Element(
        id=data["id"],
        says=_prose(data["says"]),
        satisfied=_patterns(data.get("satisfied")),
        none=_patterns(data.get("none")),
        weak=_patterns(data.get("weak")),
        near=_patterns(data.get("near")),
        stage=data.get("stage"),
        unstaged=data.get("unstaged", True),
        implied_by=tuple(data.get("implied_by", ())),
        optional=data.get("optional", False),
        absent_is_met=data.get("absent_is_met", False),
        reads_exclusions=data.get("reads_exclusions", False),
        for_some=data.get("for_some", False),
        softened=data.get("softened", False),
        each_stage=data.get("each_stage", False),
        shown_by={kind: _patterns(entries) for kind, entries in data.get("shown_by", {}).items()},
        mentioned=_patterns(data.get("mentioned")),
        needs=_patterns(data.get("needs")),
        misleading=_patterns(data.get("misleading")),
        model=_prose(data.get("model", "")),
    )


def build_describes(data: Mapping[Any, Any]) -> dict[int, tuple[Pattern, ...]]:
    """Turn the key ``describes`` of a pack's header into patterns by stage."""
    return {int(stage): _patterns(entries) for stage, entries in data.items()}


def _comparison(data: Mapping[str, Any]) -> Comparison:
    return Comparison(
        promised=tuple(data.get("promised", ())),
        stage=data.get("stage"),
        facts=tuple(
            Fact(
                id=entry["id"],
                says=_prose(entry["says"]),
                patterns=_patterns(entry["patterns"]),
                stage=entry.get("stage"),
                trigger=entry.get("trigger", False),
                silence=entry.get("silence", False),
                decides=entry.get("decides"),
                close=entry.get("close"),
                step=entry.get("step"),
                limit=_limit(entry["at_most"]) if "at_most" in entry else None,
            )
            for entry in data.get("facts", ())
        ),
        contacts=data.get("contacts", False),
        deciders=_deciders(data["deciders"]) if "deciders" in data else None,
    )


def _deciders(data: Mapping[str, Any]) -> Deciders:
    return Deciders(
        says=_prose(data["says"]),
        stage=data["stage"],
        patterns=_patterns(data["patterns"]),
        roles=dict(data["roles"]),
        open=tuple(data.get("open", ())),
    )


def _contrary(data: Mapping[str, Any]) -> Contrary:
    return Contrary(
        id=data["id"],
        patterns=_patterns(data["patterns"]),
        observation=_prose(data["observation"]),
        recommendation=_prose(data["recommendation"]),
        verdict=data.get("verdict", "contrary"),
        stage=data.get("stage"),
        unstaged=data.get("unstaged", True),
        unless=_patterns(data.get("unless")),
        quotes=data.get("quotes", 3),
        patterns_only=data.get("patterns_only", False),
        beside_gaps=data.get("beside_gaps", False),
        misleading=_patterns(data.get("misleading")),
        instead=tuple(data.get("instead", ())),
        raised_with=tuple(data.get("raised_with", ())),
    )


def _prose(text: str) -> str:
    return " ".join(str(text).split())


def _patterns(data: Any) -> tuple[Pattern, ...]:
    return tuple(_pattern(entry) for entry in data or ())


def _pattern(data: Any) -> Pattern:
    if isinstance(data, str):
        return Pattern(all_of=((_term(data),),))
    all_of = tuple(_group(entry) for entry in data.get("all", ()))
    return Pattern(
        all_of=all_of,
        none_of=tuple(_term(entry) for entry in data.get("none", ())),
        time=_time(data["time"]) if "time" in data else None,
        near=data.get("near"),
        within=data.get("within", "sentence"),
        heading=tuple(data.get("heading", ())),
        heading_lacks=tuple(data.get("heading_lacks", ())),
        section_has=tuple(_term(entry) for entry in data.get("section_has", ())),
        section_lacks=tuple(_term(entry) for entry in data.get("section_lacks", ())),
        softened=data.get("softened", False),
        stage=data.get("stage"),
        repeats=_repeat(data["repeats"]) if "repeats" in data else None,
    )


def _repeat(data: Mapping[str, Any]) -> Repeat:
    return Repeat(words=str(data["words"]), said=_pattern(data["said"]))


def _group(data: Any) -> tuple[Term, ...]:
    return tuple(_term(entry) for entry in data) if isinstance(data, list) else (_term(data),)


def _term(text: Any) -> Term:
    return _term_of(str(text))


@lru_cache(maxsize=20_000)  # rules repeat themselves
def _term_of(text: str) -> Term:
    if text.startswith("!"):
        return Term(text[1:].strip(), "denied")
    if text.startswith("~"):
        return Term(text[1:].strip(), "either")
    return Term(text)


def _time(data: Mapping[str, Any]) -> TimeTest:
    limit = data.get("at_most", data.get("over"))
    return TimeTest(
        acts=tuple(data.get("act", ())),
        limit=_limit(limit) if limit is not None else None,
        over="over" in data,
        further=data.get("further"),
        total=data.get("total"),
        triggers=tuple(data.get("from", ())),
        not_triggers=tuple(data.get("not_from", ())),
    )


def _limit(text: str) -> float:
    match = _LIMIT.match(str(text))
    if match is None:
        raise ValueError(f"{text!r} is not a length of time: write it as '10 working days'")
    return int(match.group(1)) * WORKING_DAYS_IN[match.group(2)]
