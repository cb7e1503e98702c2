"""The lexicon: concepts, each a list of phrases in the phrase language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from codecheck.language import phrases
from codecheck.language.nodes import Node, Nodes, NodeTable, references
from codecheck.language.phrases import PhraseError
from codecheck.language.sieve import Plan, plan_of


class Lexicon:
    """Concepts by name. Phrases outside the lexicon may refer to its concepts too."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        """Parse ``concepts``; raise PhraseError, naming concept and phrase, where one is not well formed."""
        self._table = NodeTable()
        self._concepts: dict[str, int] = {}
        self._phrases: dict[str, Sequence[int]] = {}
        self._plan: Plan | None = None
        for name, listed in concepts.items():
            try:
                sequences = [phrases.parse(str(phrase), self._table) for phrase in listed]
            except PhraseError as error:
                raise PhraseError(f"concept {name!r}: {error}") from None
            self._concepts[name] = self._table.choice(sequences, optional=False)
        for name in self._concepts:
            self._check_refs((self.concept(name),), f"concept {name!r}")
        self._check_cycles()

    @classmethod
    def parsed(cls, data: Mapping[str, Any]) -> Lexicon:
        """Return the lexicon that gave ``data``; nothing is parsed or checked again."""
        lexicon = cls({})
        lexicon._table = NodeTable(data["rows"])
        lexicon._concepts = data["concepts"]
        lexicon._phrases = data["phrases"]
        lexicon._plan = Plan(**data["plan"])
        return lexicon

    def data(self) -> dict[str, Any]:
        """Return all that was parsed, concepts and phrases, as plain values for JSON; see ``parsed``."""
        plan = asdict(self.plan())
        return {"rows": self._table.rows, "concepts": self._concepts, "phrases": self._phrases, "plan": plan}

    def __contains__(self, name: str) -> bool:
        return name in self._concepts

    def names(self) -> tuple[str, ...]:
        """Return the names of all concepts."""
        return tuple(self._concepts)

    def phrase(self, text: str) -> Nodes:
        """Parse a phrase once and keep it; raise PhraseError if it is not well formed or names no concept."""
        numbers = self._phrases.get(text)
        if numbers is None:
            numbers = phrases.parse(text, self._table)
            self._check_refs(self._table.nodes(numbers), f"phrase {text!r}")
            self._phrases[text] = numbers
        return self._table.nodes(numbers)

    def plan(self) -> Plan:
        """Return the plan of all nodes that there were when it was first asked for."""
        if self._plan is None:
            self._plan = plan_of(self._table.rows, self._concepts)
        return self._plan

    def concept(self, name: str) -> Node:
        """Return a concept as the choice of its phrases; raise KeyError if there is none of that name."""
        return self._table.node(self._concepts[name])

    def _check_refs(self, sequence: Nodes, where: str) -> None:
        for ref in references(sequence):
            if ref not in self._concepts:
                raise PhraseError(f"{where}: there is no concept <{ref}>")

    def _check_cycles(self) -> None:
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> None:
            if name in path:
                raise PhraseError(f"concepts refer to one another in a circle: {' -> '.join((*path, name))}")
            if name in done:
                return
            for ref in references((self.concept(name),)):
                visit(ref, (*path, name))
            done.add(name)

        for name in self._concepts:
            visit(name, ())
