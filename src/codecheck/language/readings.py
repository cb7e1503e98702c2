"""The readings of a document: its passages as written, then those that only other clauses make clear, read with these.

A sentence with a defined term is read again with the meaning in its place, and one that refers to another clause
together with that clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from codecheck.language.cross_references import CrossReferences, says_the_same
from codecheck.language.definitions import Definitions
from codecheck.language.passages import Passage, PassageReader
from codecheck.language.tokens import Token
from codecheck.model import Document


def read_passages(document: Document, definitions: Definitions) -> list[Passage]:
    """Return the passages of a document in order, then what is read again, by its ``definitions`` too."""
    found = PassageReader(document).read()
    written = len(found)
    again: dict[int, int] = {}
    if definitions:
        for number, meant in enumerate(PassageReader(document, definitions.meant).read()):
            if meant.tokens != found[number].tokens:
                again[number] = len(found)
                parts = tuple(again.get(part, part) for part in meant.parts)
                also = definitions.used_in(meant.clause, found[number].tokens[meant.own :])
                found.append(replace(meant, parts=parts, plain=number, also=also, again="defined"))
    found += _referring(document, found[:written], [found[again.get(number, number)] for number in range(written)])
    return found


def _referring(document: Document, written: Sequence[Passage], meant: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the sentences that refer to other words: each after these, or these in its place if they apply there."""
    references = CrossReferences(document)
    sentences: dict[int, list[int]] = {}
    for number, passage in enumerate(written):
        if not passage.parts:
            sentences.setdefault(passage.clause.index, []).append(number)
    for number, passage in enumerate(written):
        if passage.parts or passage.clause.kind == "heading":
            continue
        referred = references.found_in(passage.clause, passage.quote)
        there = [at for one in referred if one.applies for c in one.clauses for at in sentences.get(c.index, ())]
        if says_the_same(passage.quote):
            there += _before(passage, sentences, number)
        for at in there:
            applied = replace(meant[at], clause=passage.clause, quote=passage.quote, lead=None)
            yield replace(applied, plain=number, also=(written[at].clause,), again="applied")
        clauses = tuple(clause for one in referred for clause in one.clauses)
        said: tuple[Token, ...] = ()
        for clause in clauses:
            for at in sentences.get(clause.index, ()):
                said += meant[at].tokens[meant[at].own :]
        if said:
            own = len(said) + meant[number].own
            tokens = said + meant[number].tokens
            yield replace(passage, tokens=tokens, own=own, plain=number, also=clauses, again="referring")


def _before(passage: Passage, sentences: dict[int, list[int]], number: int) -> list[int]:
    """Return the numbers of what stands before a sentence: in its paragraph, or else the paragraph above it."""
    own = [at for at in sentences[passage.clause.index] if at < number]
    return own or sentences.get(passage.clause.index - 1, [])
