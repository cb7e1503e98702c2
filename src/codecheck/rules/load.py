"""Loading a rule pack from its folder: pack.yaml, lexicon/*.yaml and provisions/*.yaml."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from codecheck.errors import RulePackError
from codecheck.language.lexicon import Lexicon
from codecheck.language.phrases import PhraseError
from codecheck.model import PackInfo
from codecheck.rules.build import build_describes, build_provision
from codecheck.rules.kept import digest_of, keep, kept
from codecheck.rules.pack import Pattern, Provision, RulePack

DEFAULT_PACK = "housing-ombudsman-2024"
CASES_SUFFIX = ".cases.yaml"
_TWICE = " stands twice in one mapping: keep one of the two"
SECOND_READER_FILE = "second-reader.npz"
_KEPT = {"header", "concepts", "borrowed", "rules", "lexicon"}


def packs_folder() -> Path:
    """Return the folder of the packs that come with codecheck: in the wheel, else in the source tree."""
    shipped = Path(str(resources.files("codecheck"))) / "packs"
    return shipped if shipped.is_dir() else Path(__file__).resolve().parents[3] / "rules"


def find_pack(name_or_path: str = DEFAULT_PACK) -> Path:
    """Return the folder of a pack given by id or by path; raise RulePackError if there is none."""
    for candidate in (Path(name_or_path), packs_folder() / name_or_path):
        if (candidate / "pack.yaml").is_file():
            return candidate
    known = sorted(p.parent.name for p in packs_folder().glob("*/pack.yaml"))
    raise RulePackError(
        f"No rule pack {name_or_path!r}: give the folder that holds its pack.yaml, or one of {', '.join(known)}."
    )


@lru_cache(maxsize=8)
def load_pack(folder: Path) -> RulePack:
    """Load the pack in ``folder``; raise RulePackError, naming file and remedy, if it does not hold together.

    The schema is not checked here (`codecheck rules validate` does that); what cannot be used is refused.
    """
    digest = digest_of_pack(folder)
    data = kept(digest) if digest is not None else None
    if data is not None and data.keys() >= _KEPT:
        lexicon = Lexicon.parsed(data["lexicon"])
        provisions = _provisions(folder, data["rules"], lexicon, checked=True)
    else:
        data, lexicon, provisions = parse_pack(folder)
        if digest is not None:
            keep(digest, data)
    header = data["header"]
    pack = RulePack(
        info=PackInfo(header["id"], str(header["version"]), header["title"], sections=dict(header.get("sections", {}))),
        edition=header["edition"],
        source=header["source"],
        lexicon=lexicon,
        provisions=dict(sorted(provisions.items(), key=lambda pair: provision_order(pair[0]))),
        path=str(folder),
        concepts={name: tuple(listed) for name, listed in data["concepts"].items()},
        describes=build_describes(header.get("describes", {})),
        borrowed=frozenset(data["borrowed"]),
        second_reader=str(folder / SECOND_READER_FILE) if (folder / SECOND_READER_FILE).is_file() else "",
    )
    # A pack is a hundred thousand objects that live as long as the process: the garbage collector need not look again.
    gc.freeze()
    return pack


def parse_pack(folder: Path) -> tuple[dict[str, Any], Lexicon, dict[str, Provision]]:
    """Read the files of a pack and parse its phrases; raise RulePackError as ``load_pack`` does.

    Returns what is kept for the next run, and the lexicon and the provisions that come of it.
    """
    data = _plain(_read(folder))
    lexicon = _lexicon(folder, data["concepts"])
    provisions = _provisions(folder, data["rules"], lexicon, checked=False)
    return data | {"lexicon": lexicon.data()}, lexicon, provisions


def digest_of_pack(folder: Path) -> str | None:
    """Return the digest under which a pack is kept, None where its files cannot be read."""
    try:
        files = [folder / "pack.yaml", *_lexicon_files(folder), *rule_files(folder)]
        if "uses" in files[0].read_text(encoding="utf-8"):
            for other in used_packs(folder, read_yaml(files[0])):
                files += [other / "pack.yaml", *_lexicon_files(other)]
        return digest_of(files)
    except (OSError, UnicodeDecodeError, RulePackError):
        return None  # reading the pack says what is wrong


def _read(folder: Path) -> dict[str, Any]:
    """Read the files of a pack; of each rule file its path within the pack, and its data."""
    header = read_yaml(folder / "pack.yaml")
    concepts = _concepts(folder)
    own = set(concepts)
    for other in used_packs(folder, header):
        join_concepts(concepts, _concepts(other), str(other))
        header = {"describes": read_yaml(other / "pack.yaml").get("describes", {}), **header}
    rules = [[path.relative_to(folder).as_posix(), read_yaml(path)] for path in rule_files(folder)]
    return {"header": header, "concepts": concepts, "borrowed": sorted(set(concepts) - own), "rules": rules}


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Return what JSON makes of data, so that a pack is the same the first time as when it was kept."""
    try:
        plain: dict[str, Any] = json.loads(json.dumps(data, default=str))
    except TypeError:  # a key that JSON does not know; building the pack says what is wrong
        return data
    return plain


def _lexicon(folder: Path, concepts: dict[str, Sequence[str]]) -> Lexicon:
    try:
        return Lexicon(concepts)
    except PhraseError as error:
        raise RulePackError(f"{_lexicon_file(folder, str(error))}: {error}") from None


def _provisions(
    folder: Path, rules: Iterable[tuple[str, Any]], lexicon: Lexicon, *, checked: bool
) -> dict[str, Provision]:
    provisions: dict[str, Provision] = {}
    for name, data in rules:
        path = folder / name
        try:
            provision = build_provision(data, str(path))
            if not checked:
                _check_phrases(provision, lexicon)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            raise RulePackError(f"{path}: {reason}. `codecheck rules validate` says where.") from None
        if provision.id in provisions:
            raise RulePackError(f"{path}: provision {provision.id} is also in {provisions[provision.id].path}.")
        provisions[provision.id] = provision
    if not provisions:
        raise RulePackError(f"{folder}: there is no rule in its folder 'provisions'.")
    return provisions


def used_packs(folder: Path, header: Mapping[str, Any]) -> list[Path]:
    """Return the folders of the packs whose concepts a pack ``uses``; raise RulePackError where one cannot be used.

    A pack that is used cannot itself use another.
    """
    found = []
    for name in header.get("uses", ()):
        beside = folder / str(name)
        other = beside if (beside / "pack.yaml").is_file() else find_pack(str(name))
        if "uses" in read_yaml(other / "pack.yaml"):
            raise RulePackError(f"{folder / 'pack.yaml'}: {name} uses other packs itself: name those here instead.")
        found.append(other)
    return found


def join_concepts(concepts: dict[str, tuple[str, ...]], others: Mapping[str, tuple[str, ...]], path: str) -> None:
    """Add the concepts of another pack; raise RulePackError where a name is there with other phrases."""
    for name, phrases in others.items():
        if concepts.setdefault(name, phrases) != phrases:
            raise RulePackError(
                f"{path}: concept {name!r} is defined otherwise in another pack: rename one of the two."
            )


def provision_order(provision: str) -> tuple[int, ...]:
    """Sort key that puts 6.2 before 6.10 and local provisions (X-...) last."""
    parts = provision.split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (999,)


def rule_files(folder: Path) -> list[Path]:
    """Return the rule files of a pack, without the cases beside them."""
    return sorted(p for p in (folder / "provisions").glob("*.yaml") if not p.name.endswith(CASES_SUFFIX))


def _lexicon_files(folder: Path) -> list[Path]:
    return sorted((folder / "lexicon").glob("*.yaml"))


def read_kept_yaml(path: Path) -> Any:
    """Return what ``read_yaml`` does, as JSON has it, from what an earlier run kept if there is that."""
    try:
        digest = digest_of([path])
    except OSError:
        return read_yaml(path)
    data = kept(digest)
    if data is None or "data" not in data:
        data = parse_yaml(path)
        keep(digest, data)
    return data["data"]


def parse_yaml(path: Path) -> dict[str, Any]:
    """Return what is kept of a YAML file; raise RulePackError as ``read_yaml`` does."""
    return _plain({"data": read_yaml(path)})


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML mapping; raise RulePackError naming file and line if it is not one."""
    import yaml  # late: a pack that was kept is not read from its YAML

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    except OSError as error:
        raise RulePackError(f"{path}: {error.strerror or error}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or "not valid YAML"
        remedy = "" if problem.endswith(_TWICE) else " Text with ': ' or '#' in it must stand in quotation marks."
        raise RulePackError(f"{where}: {problem}.{remedy}") from None
    if not isinstance(data, dict):
        raise RulePackError(f"{path}: a mapping (key: value) is expected at the top of the file.")
    return data


@lru_cache(maxsize=1)
def _loader() -> type[Any]:
    """Return a YAML loader for which a key that stands twice in a mapping is a fault: one of the two would be lost."""
    import yaml

    parent: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(parent):  # type: ignore[misc]  # the parent is known only when the program runs
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen = set()
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                    if key.value in seen:
                        raise yaml.constructor.ConstructorError(None, None, f"{key.value!r}{_TWICE}", key.start_mark)
                    seen.add(key.value)
            return super().construct_mapping(node, deep)

    return Loader


def _concepts(folder: Path) -> dict[str, tuple[str, ...]]:
    concepts: dict[str, tuple[str, ...]] = {}
    for path in _lexicon_files(folder):
        for name, listed in read_yaml(path).items():
            if name in concepts:
                raise RulePackError(f"{path}: concept {name!r} is defined twice in this pack.")
            if not isinstance(listed, list):
                raise RulePackError(f"{path}: concept {name!r} must be a list of phrases.")
            wrong = next((entry for entry in listed if not isinstance(entry, (str, int, float))), None)
            if wrong is not None:
                raise RulePackError(
                    f"{path}: concept {name!r} has an entry that is no text: put {wrong} in quotation marks."
                )
            concepts[str(name)] = tuple(str(entry) for entry in listed)
    return concepts


def _lexicon_file(folder: Path, message: str) -> Path:
    """Return the lexicon file that defines the concept which a message names, else the lexicon's folder."""
    for path in _lexicon_files(folder):
        if any(f"concept {name!r}" in message for name in read_yaml(path)):
            return path
    return folder / "lexicon"


def _check_phrases(provision: Provision, lexicon: Lexicon) -> None:
    for pattern in all_patterns(provision):
        for phrase in pattern_phrases(pattern):
            lexicon.phrase(phrase)


def all_patterns(provision: Provision) -> list[Pattern]:
    """Return every pattern of a provision, whatever it is for."""
    found = list(provision.topic)
    for element in provision.elements:
        found += [
            *element.satisfied,
            *element.none,
            *element.weak,
            *element.near,
            *element.mentioned,
            *element.needs,
            *element.misleading,
        ]
        found += [pattern for patterns in element.shown_by.values() for pattern in patterns]
    for contrary in provision.contrary:
        found += [*contrary.patterns, *contrary.unless, *contrary.misleading]
    found += [pattern for fact in provision.compare.facts for pattern in fact.patterns]
    found += provision.compare.deciders.patterns if provision.compare.deciders is not None else ()
    return found


def pattern_phrases(pattern: Pattern) -> list[str]:
    """Return every phrase that a pattern uses."""
    terms = [term for group in pattern.all_of for term in group]
    found = [t.phrase for t in (*terms, *pattern.none_of, *pattern.section_has, *pattern.section_lacks)]
    found += (*pattern.heading, *pattern.heading_lacks)
    if pattern.repeats is not None:
        found += [pattern.repeats.words, *pattern_phrases(pattern.repeats.said)]
    return found
