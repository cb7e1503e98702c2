"""What many tests share: the rule pack, the Code's wording, a quick way from text to a form, and a small pack."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

# The tests run on all cores already: numpy is not to run on all of them at once too, here or in what tests start. It
# asks once, when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from codecheck.documents.document import read_document
from codecheck.forms import SelfAssessmentForm, read_form
from codecheck.rules.load import find_pack, load_pack
from codecheck.rules.pack import RulePack

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"

PACK = """\
id: small
version: "1"
title: A small pack
edition: none
source: our own
licence: MIT
engine: ">=0.1"
"""
RULE = """\
id: X-tea
title: Tea is offered
tier: A
requirement: Landlords must offer tea to everybody who complains.
elements:
- id: offered
  says: tea is offered to the resident
  satisfied:
  - "<offer> ... tea"
contrary:
- id: charged
  patterns: ["charge ... tea"]
  observation: The Code does not allow a charge for tea.
  recommendation: The landlord should stop charging for tea.
"""
LEXICON = "offer:\n- offer\n- (give|pour) you\n"
CASES = """\
provision: X-tea
elements:
  offered:
    satisfied: [We will offer you tea.]
    near_miss: [We do not offer tea.]
contrary:
  charged: [We charge residents for tea.]
contrary_near_miss:
  charged: [We never charge for tea.]
"""


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests out of the pack cache of whoever runs them, and on GitHub out of the summary of the job."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def pack() -> RulePack:
    """The pack that comes with codecheck."""
    return load_pack(find_pack())


@pytest.fixture(scope="session")
def requirements(pack: RulePack) -> Mapping[str, str]:
    """The Code's wording of each provision."""
    return {provision: rule.requirement.strip() for provision, rule in pack.provisions.items()}


@pytest.fixture(scope="session")
def form_of(requirements: Mapping[str, str]) -> Callable[..., SelfAssessmentForm]:
    """Read a form given as text (with the file name that says what it is) or as the path of a file."""

    def read(source: str | Path, name: str = "form.md") -> SelfAssessmentForm:
        data = source.read_bytes() if isinstance(source, Path) else source.encode()
        document = read_document(data, str(source) if isinstance(source, Path) else name, kind="self-assessment")
        return read_form(document, requirements)

    return read


@pytest.fixture
def pack_of(tmp_path: Path) -> Callable[[str, Mapping[str, str]], Path]:
    """Writes a pack with the engine's own lexicon, given its pack.yaml and the provisions by id; returns its folder."""

    def write(head: str, provisions: Mapping[str, str]) -> Path:
        (tmp_path / "lexicon").mkdir()
        (tmp_path / "provisions").mkdir()
        core = (find_pack() / "lexicon" / "core.yaml").read_text(encoding="utf-8")
        (tmp_path / "lexicon" / "core.yaml").write_text(core, encoding="utf-8")
        (tmp_path / "pack.yaml").write_text(head, encoding="utf-8")
        for name, text in provisions.items():
            (tmp_path / "provisions" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """The folder of a pack with one rule, one concept and its cases."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "provisions").mkdir()
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "lexicon" / "words.yaml").write_text(LEXICON, encoding="utf-8")
    (tmp_path / "provisions" / "X-tea.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "provisions" / "X-tea.cases.yaml").write_text(CASES, encoding="utf-8")
    # What the engine itself asks the lexicon for.
    core = ROOT / "rules" / "housing-ombudsman-2024" / "lexicon" / "core.yaml"
    (tmp_path / "lexicon" / "core.yaml").write_text(core.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path
