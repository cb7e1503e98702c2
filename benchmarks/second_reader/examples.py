"""Examples to train on: passages of rule cases, annotated documents and excerpts, and which points they make.

A point is an element ("2.4/reasons") of a provision of tier A, on which a policy must not be silent, or, with a "!"
before it, a contrary entry ("!5.2/extra-stage") of any provision.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from excerpts import Excerpt, load_excerpts

from codecheck.assess.cases import EXPECTATIONS, Case, case_document, load_cases, model_cases
from codecheck.assess.evaluate import evaluate_element, read_statements
from codecheck.documents.document import read_document
from codecheck.language.statements import Statement
from codecheck.rules.load import find_pack, load_pack
from codecheck.rules.match import Reading
from codecheck.rules.pack import Element, RulePack
from codecheck.second_reader.windows import Window, bare_heading, is_read, window_of, windows

ANNOTATED = "annotated"
EXCERPT = "excerpt"
_TOGETHER = re.compile(r"\s*\|\|\s*")  # between passages that make a point only together
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_MOST_PARTS = 12
_LEAST_SHARED = 8  # letters: a shorter sentence ("Yes.") is found in any passage


class Passage(NamedTuple):
    """What the network reads at a time: a window without its statements."""

    stage: int
    heading: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, window: Window) -> Passage:
        """Return the passage of a window."""
        return cls(window.stage, window.heading, tuple(part for part in window.parts if part))

    @property
    def texts(self) -> tuple[str, ...]:
        """The heading, if there is one, and the parts."""
        return (self.heading, *self.parts) if self.heading else self.parts


@dataclass(frozen=True, slots=True)
class Example:
    """A passage and what is known of it; it most likely makes none of the points that are not named.

    ``kind`` is that of its case, "annotated" or "excerpt"; ``writer`` the folder of an annotated document, or the file
    of an excerpt. It makes the points in ``made``, comes near those in ``denied`` without making them, and nothing is
    known of those in ``unsure``. Those in ``missing`` its whole document does not make.
    """

    kind: str
    writer: str
    passage: Passage
    made: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotations:
    """What is written beside an annotated document, its passages as keys (see ``key``).

    ``made`` gives for each point the ways in which the document makes it: passages that do so together. ``missing`` are
    the elements that it does not meet, ``denied`` the passages that come near a point.
    """

    made: Mapping[str, Sequence[Sequence[str]]]
    denied: Mapping[str, Sequence[str]]
    missing: tuple[str, ...]


def points_of(pack: RulePack) -> list[str]:
    """Return the points that the network is trained on: elements, then contrary entries, in the order of the pack."""
    every = pack.provisions.values()
    elements = [f"{one.id}/{element.id}" for one in every if one.tier == "A" for element in one.elements]
    return elements + [f"!{one.id}/{entry.id}" for one in every for entry in one.contrary]


def key(text: str) -> str:
    """Return the letters and figures of a text: Markdown's marks, white space and quotation marks do not count."""
    return _NO_LETTER.sub("", text.lower())


def annotated_files(folder: Path, writers: Collection[str] = ()) -> list[Path]:
    """Return the annotated documents in the folders of writers (all, if none is named); end the script without any."""
    every = sorted(path for path in folder.glob("*/*.md") if path.with_suffix(".yaml").exists())
    found = [path for path in every if not writers or path.parent.name in writers]
    if not found:
        raise SystemExit(f"{folder} has no annotated document.")
    return found


def named_writers(names: str, folder: Path) -> frozenset[str]:
    """Return the writers in a list like "w7,w11"; end the script where one of them has no folder."""
    found = frozenset(filter(None, names.split(",")))
    unknown = sorted(name for name in found if not (folder / name).is_dir())
    if unknown:
        raise SystemExit(f"{folder} has no folder {', '.join(unknown)}.")
    return found


def load_annotations(path: Path) -> Annotations:
    """Load the annotations beside a document; raise OSError or yaml.YAMLError if they cannot be read."""
    data = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    made = {
        point: [tuple(map(key, _TOGETHER.split(passage))) for passage in passages]
        for point, passages in _by_point(data, "satisfied")
    }
    made |= {f"!{point}": [(key(passage),) for passage in passages] for point, passages in _by_point(data, "contrary")}
    denied = {point: list(map(key, passages)) for point, passages in _by_point(data, "near")}
    denied |= {f"!{point}": list(map(key, passages)) for point, passages in _by_point(data, "innocent")}
    return Annotations(made, denied, tuple(sorted(data.get("missing") or ())))


def read_annotated(path: Path) -> Reading:
    """Read an annotated document as a policy, whatever it is: the network reads sentences, and knows no kinds."""
    return read_statements(read_document(path.read_bytes(), path.name, document_id="policy", kind="policy"), _pack())


def document_examples(path: Path) -> list[Example]:
    """Return an example for each window of an annotated document."""
    notes = load_annotations(path)
    return [_window_example(window, notes, path.parent.name) for window in windows(read_annotated(path).sentences)]


def case_example(case: Case) -> Example | None:
    """Return the example of a rule case, None where it has no words.

    A case says whether it makes its own point. Of the others of its provision, and of the elements that the patterns
    find in it, nothing is known.
    """
    reading = read_statements(case_document(case.text), _pack())
    passage = _case_passage(reading.sentences)
    if passage is None:
        return None
    own = f"{'!' if case.kind.startswith('contrary') else ''}{case.provision}/{case.part}"
    found = {point for point, element in _elements() if evaluate_element(reading, element).state != "missing"}
    beside = {point for point in points_of(_pack()) if point.lstrip("!").split("/")[0] == case.provision}
    made = EXPECTATIONS[case.kind]
    return Example(
        kind=case.kind,
        writer="",
        passage=passage,
        made=(own,) if made else (),
        denied=() if made else (own,),
        unsure=tuple(sorted((found | beside) - {own})),
    )


def excerpt_examples(excerpt: Excerpt, writer: str) -> list[Example]:
    """Return an example for each window of an excerpt.

    Its writer thought of one point alone: of the elements, and of what else is against the Code in the provision,
    nothing is known. What stands around the mark is not against the Code.
    """
    own, marked = excerpt.point, key(excerpt.marked)
    notes = Annotations({own: [(marked,)]} if excerpt.makes else {}, {} if excerpt.makes else {own: [marked]}, ())
    provision = own.lstrip("!").split("/")[0]
    unknown = {point for point in points_of(_pack()) if point[0] != "!" or point[1:].split("/")[0] == provision} - {own}
    reading = read_statements(case_document(excerpt.markdown), _pack())
    found = []
    for window in windows(reading.sentences):
        example = _window_example(window, notes, writer)
        denied = () if own in (*example.made, *example.unsure) or own[0] != "!" else (own,)
        unsure = tuple(sorted({*example.unsure, *unknown}))
        found.append(replace(example, kind=EXCERPT, unsure=unsure, denied=example.denied or denied))
    return [example for example in found if example.passage.parts]


def gather(annotated: Path, excerpts: Path, limit: int | None = None) -> list[Example]:
    """Return all examples: of cases and model clauses, documents and excerpts; ``limit`` takes few of each."""
    cases = (load_cases(find_pack() / "provisions") + model_cases(_pack()))[:limit]
    # A document has some three hundred windows: under a limit a few are enough.
    files = annotated_files(annotated)[: None if limit is None else 1 + limit // 300]
    points = points_of(_pack())
    short = [(one, path.stem) for path in sorted(excerpts.glob("*.md")) for one in load_excerpts(path, points)][:limit]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [example for example in pool.map(case_example, cases, chunksize=100) if example is not None]
        found += [example for examples in pool.map(document_examples, files) for example in examples]
        of_excerpts = pool.map(excerpt_examples, *zip(*short, strict=True), chunksize=50) if short else ()
        found += [example for examples in of_excerpts for example in examples]
    return found


def save(examples: Iterable[Example], path: Path) -> None:
    """Write examples to a file, one a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(example), ensure_ascii=False) + "\n" for example in examples)


def load(path: Path) -> list[Example]:
    """Read the examples that ``save`` wrote."""
    with path.open(encoding="utf-8") as file:
        return [_from_json(json.loads(line)) for line in file]


def _from_json(data: dict[str, Any]) -> Example:
    stage, heading, parts = data.pop("passage")
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return Example(**{**data, **lists}, passage=Passage(stage, heading, tuple(parts)))


def _by_point(data: Mapping[str, Any], group: str) -> Iterator[tuple[str, list[str]]]:
    for point, passages in (data.get(group) or {}).items():
        yield str(point), [str(passage) for passage in passages or ()]


def _window_example(window: Window, notes: Annotations, writer: str) -> Example:
    """Say what a window makes: what all of a passage says. Of what it holds only a piece of, nothing is known."""
    first = window.statements[0]
    lead = first.lead.text if first.lead is not None else ""
    whole = key(" ".join([lead, *(statement.quote for statement in window.statements)]))
    quotes = [quote for statement in window.statements if len(quote := key(statement.quote)) > _LEAST_SHARED]
    made, unsure = [], []
    for point, ways in notes.made.items():
        if any(all(passage in whole for passage in way) for way in ways):
            made.append(point)
        elif any(quote in passage or passage in quote for way in ways for passage in way for quote in quotes):
            unsure.append(point)
    near = (point for point, passages in notes.denied.items() if any(passage in whole for passage in passages))
    denied = tuple(point for point in near if point not in made and point not in unsure)
    return Example(ANNOTATED, writer, Passage.of(window), tuple(made), denied, tuple(unsure), notes.missing)


def _case_passage(sentences: Sequence[Statement]) -> Passage | None:
    """Return a whole case as one passage: headings other than its first stand among its parts."""
    readable = [statement for statement in sentences if is_read(statement)]
    body = [statement for statement in readable if statement.clause.kind != "heading"] or readable
    if not body:
        return None
    heading = _heading(body[0])
    parts: dict[str, None] = {}
    for statement in body:
        if _heading(statement) not in ("", heading):
            parts.setdefault(_heading(statement))
        parts |= dict.fromkeys(window_of([statement], heading).parts)
    return Passage.of(replace(window_of(body, heading), parts=tuple(parts)[:_MOST_PARTS]))


def _heading(statement: Statement) -> str:
    return bare_heading(statement.clause.headings[-1]) if statement.clause.headings else ""


@cache
def _pack() -> RulePack:
    return load_pack(find_pack())


@cache
def _elements() -> list[tuple[str, Element]]:
    """Elements with their points. A fragment is silent on nearly everything: only what is said may meet them."""
    return [
        (f"{provision.id}/{element.id}", replace(element, absent_is_met=False))
        for provision in _pack().provisions.values()
        if provision.tier == "A"
        for element in provision.elements
    ]
