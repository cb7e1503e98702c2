"""Where phrases occur in a document: all places of a phrase at once, by arithmetic on sets of places.

The tokens of all runs (sentences, mostly) stand in one line, each run followed by a place that holds no word. A set of
places is an integer, bit p standing for place p, so that "a, then b" is a shift and an "and" over the whole document
and not a loop over its words. What a node of a phrase matches is a relation: for each length, the places at which a
match of that length begins. In "we will reply"::

    reply                   {1: place 2}
    [will] reply            {2: place 1, 1: place 2}

Relations are composed along a sequence: backwards first, for the places from which a match gets to the end at all
(mostly there are none, and that is the end of it), then forwards from those places, for the lengths. A node is worked
out once for a document, whatever number of phrases it is part of. Before any of that, a phrase is dropped if no run
holds all the words that it cannot do without; sets of runs are integers too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from codecheck.language.nodes import Choice, Gap, Node, Nodes, Ref, Word, Words
from codecheck.language.tokens import SENTENCE_END, Token

# Up to two of these may stand before any word of a phrase but the first.
FILLERS = frozenset(
    (
        "the a an your their our his her its my this that these those such also then clearly fully promptly always "
        "simply directly properly carefully personally immediately quickly please ,"
    ).split()
)

Relation = dict[int, int]
_NOWHERE: Relation = {}


class Matcher:
    """Looks for phrases in the runs of one document. ``phrases_of`` gives the phrases of a concept by its name."""

    def __init__(self, runs: Sequence[Sequence[Token]], phrases_of: Callable[[str], Iterable[Nodes]]) -> None:
        self._phrases_of = phrases_of
        self._offsets: list[int] = []
        self._run_of: list[int] = []
        self._by_key: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for number, tokens in enumerate(runs):
            place = len(self._run_of)
            self._offsets.append(place)
            self._run_of += [number] * (len(tokens) + 1)
            for token in tokens:
                self._by_key.setdefault(token.key, []).append(place)
                self._by_word.setdefault(token.word, []).append(place)
                place += 1
        self._lengths = [len(tokens) for tokens in runs]
        self._size = len(self._run_of)
        self._everywhere = (1 << self._size) - 1
        self._vocabulary = sorted(self._by_word)
        self._stops = self._set(self._places(SENTENCE_END) + [at - 1 for at in (*self._offsets[1:], self._size)])
        self._fillers = self._set(self._places(FILLERS))
        self._between: dict[int, Relation] = {}
        self._relations: dict[Node, Relation] = {}
        self._concepts: dict[str, Relation] = {}
        self._runs: dict[Node, int] = {}
        self._key_runs: dict[str, int] = {}

    def sequence(self, nodes: Nodes) -> Relation:
        """Return the matches of a phrase."""
        if not self._runs_with_all(nodes):
            return _NOWHERE
        if len(nodes) == 1:
            return self._relation(nodes[0])
        steps: list[Relation] = []
        gap: Gap | None = None
        for node in nodes:
            if isinstance(node, Gap) and steps:
                if gap is not None:
                    steps.append(self._relation(gap))
                gap = node
                continue
            if steps:
                steps.append(self._within(gap.most if gap is not None else 0))
            steps.append(self._relation(node))
            gap = None
        return _composed(steps, self._everywhere)

    def concept(self, name: str) -> Relation:
        """Return the matches of a concept: those of all its phrases."""
        known = self._concepts.get(name)
        if known is None:
            known = self._concepts[name] = _union(self.sequence(nodes) for nodes in self._phrases_of(name))
        return known

    def runs(self, relation: Relation) -> list[int]:
        """Return the numbers of the runs in which there is a match, in order."""
        places = 0
        for begins in relation.values():
            places |= begins
        found = []
        while places:
            run = self._run_of[(places & -places).bit_length() - 1]
            found.append(run)
            after = self._offsets[run] + self._lengths[run] + 1
            places = places >> after << after
        return found

    def longest(self, relation: Relation, run: int) -> list[tuple[int, int]]:
        """Return start and end of the longest match at each start in a run, in order, counted from the run's start."""
        offset, inside = self._offsets[run], (1 << self._lengths[run]) - 1
        ends: dict[int, int] = {}
        for length, begins in relation.items():
            here = begins >> offset & inside
            while here:
                start = (here & -here).bit_length() - 1
                here &= here - 1
                ends[start] = max(ends.get(start, 0), start + length)
        return sorted(ends.items())

    # ---- relations ------------------------------------------------------------------------------------------------

    def _relation(self, node: Node) -> Relation:
        known = self._relations.get(node)
        if known is None:
            known = self._relations[node] = self._relation_of(node)
        return known

    def _relation_of(self, node: Node) -> Relation:
        if isinstance(node, Ref):
            return self.concept(node.name)
        if isinstance(node, Gap):
            return self._open(node.most)
        if isinstance(node, Choice):
            found = _union(self.sequence(option) for option in node.options)
        else:
            places = self._set(self._places_of(node))
            found = {1: places} if places else {}
        if node.optional:
            found[0] = self._everywhere
        return found

    def _open(self, most: int) -> Relation:
        """Return the matches of any words, ``most`` at most and within a sentence."""
        found = {0: self._everywhere}
        for length in range(1, most + 1):
            found[length] = found[length - 1] & ~self._stops >> length - 1
        return found

    def _within(self, most: int) -> Relation:
        """Return what may stand between two nodes: any words, ``most`` at most, then up to two that mean nothing."""
        known = self._between.get(most)
        if known is None:
            fillers = {0: self._everywhere, 1: self._fillers, 2: self._fillers & self._fillers >> 1}
            known = self._between[most] = _composed([self._open(most), fillers], self._everywhere)
        return known

    # ---- words ----------------------------------------------------------------------------------------------------

    def _places_of(self, node: Word | Words) -> list[int]:
        if isinstance(node, Words):
            found = [place for key in node.keys & self._by_key.keys() for place in self._by_key[key]]
            return found + [place for word in node.others for place in self._places_of(word)]
        if node.how == "key":
            return self._by_key.get(node.text, [])
        if node.how == "exact":
            return self._by_word.get(node.text, [])
        if node.how == "prefix":
            return self._places(self._beginning(node.text))
        return self._places(word for word in self._vocabulary if word[0].isdigit())

    def _places(self, words: Iterable[str]) -> list[int]:
        return [place for word in words for place in self._by_word.get(word, ())]

    def _beginning(self, prefix: str) -> list[str]:
        """Return the words of the document that begin with ``prefix``."""
        first = bisect_left(self._vocabulary, prefix)
        return self._vocabulary[first : bisect_left(self._vocabulary, prefix + "\uffff", first)]

    def _set(self, places: Iterable[int]) -> int:
        bits = bytearray(self._size // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    # ---- runs -----------------------------------------------------------------------------------------------------

    def _runs_with_all(self, nodes: Nodes) -> int:
        """Return the set of the runs that hold, anywhere, all that ``nodes`` cannot do without; -1 if that is none."""
        found = -1
        known = self._runs
        for node in nodes:
            if not node.optional:
                runs = known.get(node)
                if runs is None:
                    runs = known[node] = self._runs_with(node)
                found &= runs
                if not found:
                    return 0
        return found

    def _runs_with(self, node: Node) -> int:
        found = 0
        if isinstance(node, Choice):
            for option in node.options:
                found |= self._runs_with_all(option)
        elif isinstance(node, Ref):
            for run in self.runs(self.concept(node.name)):
                found |= 1 << run
        elif isinstance(node, Words):
            for key in node.keys & self._by_key.keys():
                found |= self._runs_with_key(key)
            for word in node.others:
                found |= self._runs_with_all((word,))
        elif isinstance(node, Word) and node.how == "key":
            found = self._runs_with_key(node.text)
        elif isinstance(node, Word):
            found = self._runs_at(self._places_of(node))
        return found

    def _runs_with_key(self, key: str) -> int:
        known = self._key_runs.get(key)
        if known is None:
            known = self._key_runs[key] = self._runs_at(self._by_key.get(key, ()))
        return known

    def _runs_at(self, places: Iterable[int]) -> int:
        found = 0
        for run in {self._run_of[place] for place in places}:
            found |= 1 << run
        return found


def _union(relations: Iterable[Relation]) -> Relation:
    found: Relation = {}
    for relation in relations:
        for length, begins in relation.items():
            found[length] = found.get(length, 0) | begins
    return found


def _composed(steps: Sequence[Relation], everywhere: int) -> Relation:
    """Return the matches of all ``steps`` one after the other."""
    reach = everywhere
    for step in reversed(steps):
        begins = 0
        for length, places in step.items():
            begins |= reach >> length & places
        if not begins:
            return _NOWHERE
        reach = begins
    found = {0: reach}
    for step in steps:
        longer: Relation = {}
        for done, begins in found.items():
            for length, places in step.items():
                both = begins & places >> done
                if both:
                    longer[done + length] = longer.get(done + length, 0) | both
        found = longer
    return found
