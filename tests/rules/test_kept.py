"""A pack that was read before is read from what was kept, and only if that is its own and can be trusted."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from codecheck.assess.cases import load_cases, run_cases
from codecheck.errors import RulePackError
from codecheck.rules import load
from codecheck.rules.load import load_pack
from codecheck.rules.pack import RulePack

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folder is set as on Linux")


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for packs."""
    base = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(base))
    return base / "codecheck" / "packs"


def read_again(folder: Path) -> RulePack:
    """Load a pack as the next run would."""
    load_pack.cache_clear()
    return load_pack(folder)


def no_yaml(path: Path) -> dict[str, object]:
    raise AssertionError(f"{path} is read")


def test_a_pack_is_read_from_what_was_kept(small_pack: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_again(small_pack)
    monkeypatch.setattr(load, "read_yaml", no_yaml)
    again = read_again(small_pack)
    assert first.provisions == again.provisions


def test_a_kept_pack_passes_its_cases(small_pack: Path, cache: Path) -> None:
    read_again(small_pack)
    read_again(small_pack)
    results = run_cases(load_cases(small_pack / "provisions"), load_pack(small_pack))
    assert results and all(result.passed for result in results)


def test_a_changed_pack_is_read_anew(small_pack: Path, cache: Path) -> None:
    read_again(small_pack)
    lexicon = small_pack / "lexicon" / "words.yaml"
    lexicon.write_text(lexicon.read_text() + "pot:\n- teapot\n")
    assert "pot" in read_again(small_pack).lexicon


def test_a_wrong_pack_is_not_kept(small_pack: Path, cache: Path) -> None:
    rule = small_pack / "provisions" / "X-tea.yaml"
    rule.write_text(rule.read_text().replace("<offer>", "<ofer>"))
    for _ in range(2):
        with pytest.raises(RulePackError, match="ofer"):
            read_again(small_pack)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"digest": "of another"}'])
def test_what_is_damaged_is_read_anew(small_pack: Path, cache: Path, text: str) -> None:
    read_again(small_pack)
    (kept,) = cache.glob("*.json")
    kept.write_text(text)
    assert read_again(small_pack)
    assert json.loads(kept.read_text())["digest"] == kept.stem


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_what_others_can_write_is_not_trusted(
    small_pack: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    read_again(small_pack)
    cache.chmod(mode)
    monkeypatch.setattr(load, "read_yaml", no_yaml)
    with pytest.raises(AssertionError, match="is read"):
        read_again(small_pack)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root can write anywhere")
def test_a_folder_that_cannot_be_written_does_not_matter(small_pack: Path, cache: Path) -> None:
    cache.parent.parent.chmod(0o500)
    assert read_again(small_pack)


def test_no_place_to_keep_it_does_not_matter(small_pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert read_again(small_pack)


def test_only_the_last_packs_are_kept(small_pack: Path, cache: Path) -> None:
    lexicon = small_pack / "lexicon" / "words.yaml"
    for number in range(14):
        lexicon.write_text(lexicon.read_text() + f"more{number}:\n- teapot\n")
        read_again(small_pack)
    assert len(list(cache.iterdir())) == 12
