"""The packs that come with codecheck are read when it is built; what was kept then is used only while it is true."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from codecheck.errors import RulePackError
from codecheck.rules import kept, load
from codecheck.rules.contacts import load_contacts
from codecheck.rules.install import keep_installed
from codecheck.rules.load import find_pack, load_pack
from codecheck.rules.pack import RulePack

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder beside the code, empty, and a user's cache folder that keeps nothing."""
    folder = tmp_path / "installed"
    monkeypatch.setattr(kept, "INSTALLED", folder)
    monkeypatch.setattr(kept, "_folder", lambda: None)
    return folder


def read_again(folder: Path) -> RulePack:
    """Load a pack as the next run would."""
    load_pack.cache_clear()
    return load_pack(folder)


def no_yaml(path: Path) -> dict[str, object]:
    raise AssertionError(f"{path} is read")


def test_the_first_run_reads_no_yaml(small_pack: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = read_again(small_pack)
    keep_installed([small_pack], installed)
    monkeypatch.setattr(load, "read_yaml", no_yaml)
    assert read_again(small_pack).provisions == parsed.provisions


def test_contact_details_are_kept_too(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_installed([find_pack()], installed)
    monkeypatch.setattr(load, "read_yaml", no_yaml)
    load_contacts.cache_clear()
    assert load_contacts(find_pack()) is not None


def test_a_pack_that_was_changed_since_is_read_anew(small_pack: Path, installed: Path) -> None:
    keep_installed([small_pack], installed)
    lexicon = small_pack / "lexicon" / "words.yaml"
    lexicon.write_text(lexicon.read_text() + "pot:\n- teapot\n")
    assert "pot" in read_again(small_pack).lexicon


def test_what_was_kept_for_another_digest_is_refused(
    small_pack: Path, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_installed([small_pack], installed)
    (path,) = installed.glob("*.json")
    path.write_text(path.read_text().replace(path.stem, "0" * 64))
    monkeypatch.setattr(load, "read_yaml", no_yaml)
    with pytest.raises(AssertionError, match="is read"):
        read_again(small_pack)


def test_what_an_earlier_build_kept_is_removed(small_pack: Path, installed: Path) -> None:
    installed.mkdir()
    (installed / "older.json").write_text("{}")
    keep_installed([small_pack], installed)
    assert not (installed / "older.json").exists()


def test_a_pack_that_does_not_hold_together_is_not_built(small_pack: Path, installed: Path) -> None:
    rule = small_pack / "provisions" / "X-tea.yaml"
    rule.write_text(rule.read_text().replace("<offer>", "<ofer>"))
    with pytest.raises(RulePackError, match="ofer"):
        keep_installed([small_pack], installed)


def test_the_wheel_holds_what_its_own_packs_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    tree = tmp_path / "tree"
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "kept_packs"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    (built,) = wheel.WheelBuilder(str(tree)).build(directory=str(tmp_path), versions=["standard"])
    zipfile.ZipFile(built).extractall(tmp_path / "site")
    package = tmp_path / "site" / "codecheck"
    monkeypatch.setattr(kept, "INSTALLED", package / "kept_packs")
    monkeypatch.setattr(kept, "_folder", lambda: None)
    monkeypatch.setattr(load, "read_yaml", no_yaml)
    assert read_again(package / "packs" / "housing-ombudsman-2024").provisions
