"""Where phrases occur in a document: all places of a phrase at once, by arithmetic on sets of places.

Sets of places are integers (see ``places``), so that "a, then b" is a shift and an "and" over the whole document and
not a loop over its words. What a node of a phrase matches is a relation: for each length, the places at which a match
of that length begins. In "we will reply"::

    reply                   {1: place 2}
    [will] reply            {2: place 1, 1: place 2}

A sequence of nodes is followed backwards first, from all places at once, to the places from which a match gets to its
end: mostly there are none, and that is that. Only from these is it followed forwards, for the lengths. A node is worked
out once for a document, whatever number of phrases it is part of. Before any of that, a phrase is dropped if no run
holds all the words that it cannot do without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from codecheck.language.nodes import Choice, Gap, Node, Nodes, Ref, Word, Words
from codecheck.language.places import Places, Strides, members
from codecheck.language.sieve import Plan, Sieve
from codecheck.language.tokens import Token


class Found(NamedTuple):
    """Matches: the places at which one begins, and the length of the longest one at a start."""

    starts: int
    longest: Callable[[int], int]


NONE_FOUND = Found(0, lambda start: 0)
Relation = dict[int, int]
_Step = tuple[Relation, Strides]
_NOTHING: Relation = {}
# Up to so many starts are followed forwards one by one, more of them all at once.
_FEW = 6
# From so many runs on, it pays to work out which can hold the nodes of a pack for all nodes at once.
_MANY_RUNS = 40


class Matcher:
    """Looks for phrases in the runs of one document, which are known by their number.

    ``node_of`` gives a concept, as a choice, by its name; ``plan_of_nodes`` gives the plan of all nodes.
    """

    def __init__(
        self, runs: Sequence[Sequence[Token]], node_of: Callable[[str], Node], plan_of_nodes: Callable[[], Plan]
    ) -> None:
        self._node_of = node_of
        self._plan_of_nodes = plan_of_nodes
        self._places = Places(runs)
        self.begins, self.spans = self._places.begins, self._places.spans
        self._relations: dict[Node, Relation] = {}
        self._runs: dict[Node, int] = {}
        self._sequence_starts: dict[Nodes, int] = {}
        self._sequence_steps: dict[Nodes, list[_Step]] = {}
        self._choice_starts: dict[Choice, int] = {}
        self._before: dict[tuple[Node, int], int] = {}

    # ---- phrases --------------------------------------------------------------------------------------------------

    def possible(self, nodes: Nodes) -> int:
        """Return the runs in which a phrase can occur at all: all its words do, in whatever order."""
        return self._runs_with_all(nodes)

    def possible_concept(self, name: str) -> int:
        """Return the runs in which a concept can occur."""
        return self._runs_with(self._node_of(name))

    def phrase(self, nodes: Nodes) -> Found:
        """Return the matches of a phrase."""
        if not self._runs_with_all(nodes):
            return NONE_FOUND
        return Found(self._starts(nodes), lambda start: _lengths(self._steps(nodes), start).bit_length() - 1)

    def concept(self, name: str) -> Found:
        """Return the matches of a concept: those of all its phrases."""
        node = self._node_of(name)
        if not self._runs_with(node):
            return NONE_FOUND
        return Found(
            self._node_starts(node),
            lambda start: max(length for length, places in self._relation(node).items() if places >> start & 1),
        )

    # ---- sequences ------------------------------------------------------------------------------------------------

    def _sequence(self, nodes: Nodes) -> Relation:
        if len(nodes) == 1:
            return self._relation(nodes[0])
        starts = self._starts(nodes)
        if not starts:
            return _NOTHING
        steps = self._steps(nodes)
        if starts.bit_count() > _FEW:
            return _all_lengths(steps, starts)
        found: Relation = {}
        for start in members(starts):
            for length in members(_lengths(steps, start)):
                found[length] = found.get(length, 0) | 1 << start
        return found

    def _starts(self, nodes: Nodes) -> int:
        """Return the places from which a match of a sequence gets to its end."""
        known = self._sequence_starts.get(nodes)
        if known is None:
            known = self._sequence_starts[nodes] = self._starts_of(nodes)
        return known

    def _starts_of(self, nodes: Nodes) -> int:
        at = len(nodes) - 1
        starts = self._node_starts(nodes[at])
        while at and starts:
            node = nodes[at - 1]
            most = node.most if at > 1 and isinstance(node, Gap) else 0
            if at == len(nodes) - 1:
                reached = self._places_before(nodes[at], most, starts)
            else:
                reached = self._reaching(starts, most)
            at -= 2 if most else 1
            starts = 0
            for length, places in self._relation(nodes[at]).items():
                starts |= reached >> length & places
        return starts

    def _places_before(self, node: Node, most: int, starts: int) -> int:
        """Return the places from which a node that begins at ``starts`` is reached; many phrases end alike."""
        known = self._before.get((node, most))
        if known is None:
            known = self._before[node, most] = self._reaching(starts, most)
        return known

    def _reaching(self, places: int, most: int) -> int:
        for length, begins in reversed(self._places.strides(most)):
            places |= places >> length & begins
        return places

    def _steps(self, nodes: Nodes) -> list[_Step]:
        """Return the relation of each node, with what may stand between it and the next one."""
        known = self._sequence_steps.get(nodes)
        if known is not None:
            return known
        steps: list[_Step] = []
        for node in nodes:
            if isinstance(node, Gap) and steps:
                steps[-1] = (steps[-1][0], self._places.strides(node.most))
            else:
                steps.append((self._relation(node), self._places.strides(0)))
        self._sequence_steps[nodes] = steps
        return steps

    # ---- nodes ----------------------------------------------------------------------------------------------------

    def _relation(self, node: Node) -> Relation:
        known = self._relations.get(node)
        if known is None:
            known = self._relations[node] = self._relation_of(node)
        return known

    def _node_starts(self, node: Node) -> int:
        """Return the places at which a match of a node begins; how long it is matters only if something follows."""
        known = self._relations.get(node)
        if known is not None:
            return _any_length(known)
        if isinstance(node, Ref):
            return self._node_starts(self._node_of(node.name))
        if not isinstance(node, Choice) or node.optional:
            return _any_length(self._relation(node))
        starts = self._choice_starts.get(node)
        if starts is None:
            starts = 0
            for option in self._possible_options(node):
                starts |= self._starts(option)
            self._choice_starts[node] = starts
        return starts

    def _relation_of(self, node: Node) -> Relation:
        if isinstance(node, Ref):
            return self._relation(self._node_of(node.name))
        if isinstance(node, Choice):
            found = self._any(node)
        elif isinstance(node, Gap):
            found = {length: self._places.before_words(length) for length in range(1, node.most + 1)}
        else:
            places = self._places.of(node)
            found = {1: places} if places else {}
        if node.optional:
            found[0] = self._places.everywhere
        return found

    def _any(self, choice: Choice) -> Relation:
        found: Relation = {}
        for option in self._possible_options(choice):
            for length, places in self._sequence(option).items():
                found[length] = found.get(length, 0) | places
        return found

    def _possible_options(self, choice: Choice) -> Iterable[Nodes]:
        if not self._runs_with(choice):
            return ()
        if self._sieve is not None and choice.number < self._sieve.size:
            return compress(choice.options, self._sieve.options(choice.number, len(choice.options)))
        return [option for option in choice.options if self._runs_with_all(option)]

    # ---- runs -----------------------------------------------------------------------------------------------------

    def _runs_with_all(self, nodes: Nodes) -> int:
        """Return the runs that hold all that ``nodes`` cannot do without."""
        found = self._places.all_runs
        known = self._runs
        later: tuple[Node, ...] = ()
        for node in nodes:
            if node.optional:
                continue
            runs = known.get(node)
            if runs is None:
                if isinstance(node, (Ref, Choice)):
                    # Much work, and for nothing if one of the words is missing.
                    later = (*later, node)
                    continue
                runs = self._runs_with(node)
            found &= runs
            if not found:
                return 0
        for node in later:
            found &= self._runs_with(node)
            if not found:
                return 0
        return found

    def _runs_with(self, node: Node) -> int:
        known = self._runs.get(node)
        if known is None:
            sieve = self._sieve
            # A phrase that was parsed since the plan was made has nodes that are not in it.
            in_plan = sieve is not None and node.number < sieve.size
            known = self._runs[node] = sieve.runs(node.number) if sieve and in_plan else self._runs_with_any(node)
        return known

    def _runs_with_any(self, node: Node) -> int:
        if isinstance(node, (Words, Word)):
            return self._places.runs_of(node)
        if isinstance(node, Ref):
            return self._runs_with(self._node_of(node.name))
        if isinstance(node, Gap):
            return self._places.all_runs
        found = 0
        for option in node.options:
            found |= self._runs_with_all(option)
        return found

    @cached_property
    def _sieve(self) -> Sieve | None:
        return Sieve(self._plan_of_nodes(), self._places) if self._places.runs >= _MANY_RUNS else None


def _any_length(relation: Relation) -> int:
    if len(relation) == 1:
        return next(iter(relation.values()))
    places = 0
    for starts in relation.values():
        places |= starts
    return places


def _lengths(steps: Sequence[_Step], start: int) -> int:
    """Return the lengths, as a set, of all matches of ``steps`` that begin at ``start``."""
    reached = 1
    last = len(steps) - 1
    for at, (relation, between) in enumerate(steps):
        after = 0
        for length, places in relation.items():
            after |= (reached & places >> start) << length
        if at < last:
            for length, places in between:
                after |= (after & places >> start) << length
        reached = after
    return reached


def _all_lengths(steps: Sequence[_Step], starts: int) -> Relation:
    """Return the matches of ``steps`` that begin at ``starts``."""
    found = {0: starts}
    last = len(steps) - 1
    for at, (relation, between) in enumerate(steps):
        after: Relation = {}
        for done, begun in found.items():
            for length, places in relation.items():
                both = begun & places >> done
                if both:
                    after[done + length] = after.get(done + length, 0) | both
        if at < last:
            for length, places in between:
                for done, begun in list(after.items()):
                    both = begun & places >> done
                    if both:
                        after[done + length] = after.get(done + length, 0) | both
        found = after
    return found
