"""The phrase language of rule packs.

A phrase is what a rule author writes in YAML instead of a regular expression::

    acknowledge complaint          both words, in any inflection; "your", "the", "promptly" may stand between
    =will                          exactly this form
    acknowledg*                    anything that begins so
    (reply|write back|get back)    one of these
    [full] response                "full" may be missing
    reply ... week                 up to 6 words between (".." up to 2, "...." up to 15), within one sentence
    #                              a number in digits
    <ombudsman>                    any phrase of that concept of the lexicon
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from codecheck.language.nodes import Gap, NodeTable, Row, can_be_empty
from codecheck.language.words import inflection_key

GAPS = {"..": 2, "...": 6, "....": 15}

_LEXEMES = re.compile(r"(\.{2,}|<[^<>]+>|[()\[\]|]|=?[^\s()\[\]|<>]+)")
Numbers = tuple[int, ...]


class PhraseError(ValueError):
    """A phrase that is not well formed."""


def parse(phrase: str, table: NodeTable | None = None) -> Numbers:
    """Parse a phrase into nodes of ``table``; raise PhraseError, saying what is wrong, if it is not well formed."""
    table = table if table is not None else NodeTable()
    lexemes = _lexemes(phrase)
    options, rest = _options(lexemes, 0, "", table)
    if rest != len(lexemes):
        raise PhraseError(f"unexpected {lexemes[rest]!r} in {phrase!r}")
    sequence = table.nodes(options[0])
    if not sequence or can_be_empty(sequence):
        raise PhraseError(f"{phrase!r} would match an empty text")
    if isinstance(sequence[0], Gap) or isinstance(sequence[-1], Gap):
        raise PhraseError(f"{phrase!r} begins or ends with a gap: put a word or a concept there")
    return _without_idle_gaps(options[0], table)


def _lexemes(phrase: str) -> list[str]:
    if ("<" in phrase or ">" in phrase) and _LEXEMES.sub("", phrase).strip():
        raise PhraseError(f"cannot read {phrase!r}: a concept stands between < and >")
    found: list[str] = _LEXEMES.findall(phrase)
    return found


def _options(lexemes: list[str], at: int, closer: str, table: NodeTable) -> tuple[tuple[Numbers, ...], int]:
    options: list[Numbers] = []
    current: list[int] = []
    # "a|b c" at the top level would be ambiguous to a reader: single words may be joined by "|" without brackets.
    while at < len(lexemes):
        lexeme = lexemes[at]
        if lexeme == closer:
            return (*options, _without_idle_gaps(current, table)), at + 1
        if lexeme == "|":
            if not closer:
                raise PhraseError("put alternatives in brackets: (reply|write back)")
            options.append(_without_idle_gaps(current, table))
            current = []
            at += 1
            continue
        if lexeme in ("(", "["):
            inner, at = _options(lexemes, at + 1, ")" if lexeme == "(" else "]", table)
            # "(to|for|)" reads as "[to|for]".
            current.append(table.choice(filter(None, inner), optional=lexeme == "[" or not all(inner)))
            continue
        current.append(table.add(_row(lexeme)))
        at += 1
    if closer:
        raise PhraseError(f"{closer!r} is missing")
    return (*options, tuple(current)), at


def _without_idle_gaps(numbers: Sequence[int], table: NodeTable) -> Numbers:
    """Drop a gap at the end of an alternative, where it counts for nothing, and make one of two in a row."""
    found: list[int] = []
    most = 0
    for number in numbers:
        row = table.rows[number]
        if row[0] == "gap":
            most += row[1]
            continue
        if most:
            found.append(table.add(("gap", most)))
            most = 0
        found.append(number)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _row(lexeme: str) -> Row:
    if lexeme in GAPS:
        return ("gap", GAPS[lexeme])
    if lexeme.startswith(".") and lexeme != ".":
        raise PhraseError(f"{lexeme!r}: a gap is '..', '...' or '....'")
    if lexeme.startswith("<"):
        return ("ref", lexeme[1:-1].strip())
    if lexeme in (")", "]", ">"):
        raise PhraseError(f"{lexeme!r} without its opening bracket")
    lexeme = lexeme.lower()
    if lexeme == "#":
        return ("number", "#")
    if lexeme.startswith("="):
        return ("exact", lexeme[1:])
    if lexeme.endswith("*"):
        if len(lexeme) < 4:
            raise PhraseError(f"{lexeme!r} is too short a beginning: give at least three letters")
        return ("prefix", lexeme[:-1])
    if ".." in lexeme or not re.fullmatch(r"[a-z0-9][a-z0-9'.,&£@]*|[?.:;,&£@]", lexeme):
        raise PhraseError(f"{lexeme!r} can never match: write words without hyphens or quotation marks")
    return ("key", inflection_key(lexeme))
