"""The files that `codecheck init` writes: a commented codecheck.toml, a pre-commit entry and a CI job."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from codecheck.model import DocumentKind

_KINDS: Mapping[DocumentKind, tuple[str, str]] = {
    "policy": ("policy.docx", "Word, PDF, HTML, Markdown or text; or an address."),
    "procedure": ("procedure.docx", "One, or a list: [\"a.docx\", \"b.pdf\"]."),
    "website": ("https://www.example.org/complaints", "Addresses, or saved pages."),
    "self-assessment": ("self-assessment.docx", "The form of the Code."),
}  # fmt: skip

PRE_COMMIT = """\
# Runs codecheck when a document changes: `pip install pre-commit`, then `pre-commit install`.
repos:
- repo: local
  hooks:
  - id: codecheck
    name: codecheck
    entry: codecheck assess
    language: system
    pass_filenames: false
    files: '(?i)\\.(docx|pdf|html?|md|txt)$|(^|/)codecheck\\.toml$'
"""

WORKFLOW = """\
# Checks the complaint documents on every change. Annotations stand beside the changed files, the table in the summary.
name: codecheck
on: [push, pull_request]
permissions:
  contents: read
jobs:
  codecheck:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
    # Put in the place of OWNER whoever keeps the copy of codecheck that you use, and the version that you mean.
    - uses: OWNER/codecheck@v0.1.0
"""

_HEAD = """\
# What codecheck checks here; `codecheck assess` alone then does it. Paths are relative to this file.
# Options of the command line come before what stands here.

# Rule packs: the id of one that comes with codecheck, or the folder of your own.
# rules = ["housing-ombudsman-2024", "./our-pack"]

# Only these provisions, or all but these.
# only = ["6.*", "1.4"]
# skip = ["3.5"]

# The severity from which the exit status is 1: error, warning, note or never.
# fail-on = "warning"

# What is known already and does not count; `codecheck baseline` keeps the file.
# baseline = "codecheck-baseline.json"

[documents]
"""

_TAIL = """
# Reports to write. Without any, the table is shown on the screen.
# [[output]]
# file = "appendix1.docx"

# Accepted deviations: shown with their reason, and not counted up to and including the last day.
# [[accept]]
# provision = "5.10"
# element = "review"            # leave it out to accept the whole provision; `codecheck explain 5.10` has the names
# reason = "The register of adjustments is reviewed from the spring; the policy follows."
# owner = "Head of Customer Relations"
# expires = 2027-03-31
"""


def draft_config(documents: Mapping[DocumentKind, Sequence[str]]) -> str:
    """Return a commented codecheck.toml that names ``documents``; a kind without any stands there as a comment."""
    lines = []
    for kind, (example, comment) in _KINDS.items():
        names = documents.get(kind, ())
        value = json.dumps(names[0] if len(names) == 1 else list(names) or example, ensure_ascii=False)
        lines.append(f"# {comment}\n{'' if names else '# '}{kind} = {value}\n")
    return _HEAD + "".join(lines) + _TAIL
