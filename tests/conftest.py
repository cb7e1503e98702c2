"""What many tests share: the rule pack, and a quick way from Markdown to a document and to an assessment."""

from __future__ import annotations

from pathlib import Path

import pytest

from codecheck.rules.load import find_pack, load_pack
from codecheck.rules.pack import RulePack

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"


@pytest.fixture(scope="session")
def pack() -> RulePack:
    """The pack that comes with codecheck."""
    return load_pack(find_pack())
