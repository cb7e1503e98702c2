"""What the tests of forms share: the Code's wording, and a quick way from text or a file to a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from codecheck.documents.document import read_document
from codecheck.forms import SelfAssessmentForm, read_form
from codecheck.rules.pack import RulePack

ReadText = Callable[..., SelfAssessmentForm]


@pytest.fixture(scope="session")
def requirements(pack: RulePack) -> Mapping[str, str]:
    """The Code's wording of each provision."""
    return {provision: rule.requirement.strip() for provision, rule in pack.provisions.items()}


@pytest.fixture(scope="session")
def form_of(requirements: Mapping[str, str]) -> ReadText:
    """Read a form given as text (with the file name that says what it is) or as the path of a file."""

    def read(source: str | Path, name: str = "form.md") -> SelfAssessmentForm:
        data = source.read_bytes() if isinstance(source, Path) else source.encode()
        document = read_document(data, str(source) if isinstance(source, Path) else name, kind="self-assessment")
        return read_form(document, requirements)

    return read
