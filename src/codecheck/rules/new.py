"""Files for a new provision: a rule and its cases to be filled in, and the pack around them where it is new."""

from __future__ import annotations

import re
from pathlib import Path

from codecheck.errors import InputError
from codecheck.rules.load import CASES_SUFFIX

_ID = re.compile(r"X-[A-Za-z0-9.-]+")

_PACK = """\
id: {id}
version: "1"
title: "TODO: what these rules are, for example: Complaints standard of our own"
edition: "TODO: which standard, and of which date"
source: "TODO: where it can be read"
licence: our own
engine: ">=0.1"
uses: [housing-ombudsman-2024]     # the concepts of this pack may be used in ours
"""

_LEXICON = """\
# Concepts of our own: a name, and the phrases that mean it. Refer to one as <name>. The concepts of the packs that
# pack.yaml `uses` are there too (<resident>, <complaint>, <ombudsman> ...): a name of ours must not be one of theirs.
our-example:
- an example
"""

_RULE = """\
id: {id}
title: "TODO: a few words"
tier: A                            # A: silence in the policy is a row. B: silence is a note, only contrary text a row.
requirement: >
  TODO: what the standard says, in its own words.
topic: []                          # phrases that find what to quote where the policy has nothing on the point itself
elements:                          # one for each thing that can be missing by itself
- id: first-element
  # completes "The complaints policy does not say that ..." and "... to ensure it clearly explains that ..."
  says: "TODO: residents are told so and so"
  # model: We will tell the resident so and so.   # a clause that says it, for policies that do not
  # stage: 1                       # where it must be said of stage 1 (or 2)
  # softened: true                 # where "may" and "aim to" count in full (rights: "you may ...")
  satisfied:                       # any one of these says it; the plainest first
  - "TODO: a phrase, such as: (tell|inform) .. <our-example>"
# contrary:                        # what the standard does not allow
# - id: not-allowed
#   patterns: ["charge ... complaint"]
#   observation: A full sentence on what is wrong with the words quoted.
#   recommendation: The landlord should ...
"""

_CASES = """\
provision: {id}
elements:
  first-element:
    # Eight or more ways in which real policies say it, as unlike each other as you can.
    satisfied:
    - "TODO: a sentence that says it"
    # Six or more that look like it and do not say it: about something else, denied, only promised, half of it.
    near_miss:
    - "TODO: a sentence that looks like it"
# contrary:                        # for each contrary entry of the rule: wordings that must be raised ...
#   not-allowed: [We charge five pounds for a complaint.]
# contrary_near_miss:              # ... and innocent ones that must not
#   not-allowed: [We never charge for a complaint.]
"""


def new_rule(provision: str, folder: Path) -> list[Path]:
    """Write the files of a new provision into the pack in ``folder``, made if it is not there; return their paths.

    Raises InputError if the id does not begin with X-, a file of it is there already, or nothing can be written.
    """
    if not _ID.fullmatch(provision):
        raise InputError(f"{provision}: the id of a provision of your own begins with X-, for example X-1.1.")
    pack_id = re.sub(r"[^a-z0-9-]+", "-", folder.resolve().name.lower()).strip("-") or "our-pack"
    files = {
        folder / "provisions" / f"{provision}.yaml": _RULE,
        folder / "provisions" / f"{provision}{CASES_SUFFIX}": _CASES,
    }
    existing = [path for path in files if path.exists()]
    if existing:
        raise InputError(f"{existing[0]} is there already: choose another id, or edit it.")
    if not (folder / "pack.yaml").exists():
        files = {folder / "pack.yaml": _PACK, folder / "lexicon" / "ours.yaml": _LEXICON, **files}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            name = pack_id if path.name == "pack.yaml" else provision
            path.write_text(text.replace("{id}", name), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{error.filename} could not be written: {error.strerror}.") from None
    return list(files)
