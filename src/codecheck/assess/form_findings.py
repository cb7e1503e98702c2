"""What is wrong with a self-assessment form as a whole: said once, in a row of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

from codecheck.assess.self_assessment import FormView
from codecheck.forms import altered
from codecheck.model import Finding
from codecheck.rules.pack import Provision

# The provision that asks for the annual self-assessment against the Code.
_ANNUAL = "8.1"
_REDO = (
    "The landlord should complete its self-assessment on the form of the current Complaint Handling Code, in full, and "
    "publish it with the governing body's response."
)


def form_findings(
    view: FormView, provisions: Mapping[str, Provision], wanted: Callable[[str], bool]
) -> Iterator[Finding]:
    """Yield the rows on a form made against another Code, left incomplete, or worded otherwise than the Code.

    ``wanted`` chooses provisions by id, as for every other row.
    """
    if _ANNUAL not in provisions:
        return
    if view.form.edition == "2022":
        if wanted(_ANNUAL):
            yield _finding(
                view,
                "edition",
                (_ANNUAL,),
                provisions,
                "The self-assessment was made against the superseded Complaint Handling Code of 2022, whose provisions "
                "are numbered and worded otherwise, so that it cannot be read against the current Code.",
                _REDO,
            )
        return
    left_out = [pid for pid in view.missing if provisions[pid].tier == "B" and wanted(pid)]
    if left_out:
        every = ", ".join(view.missing)
        text = f"The self-assessment does not address these provisions of the Code: {every}."
        yield _finding(view, "incomplete", tuple(left_out), provisions, text, _REDO)
    reworded = [
        pid
        for pid, entry in view.form.entries.items()
        if pid in provisions and altered(entry.requirement, provisions[pid].requirement)
    ]
    if reworded and wanted(_ANNUAL):
        text = f"The self-assessment words these provisions otherwise than the Code does: {', '.join(reworded)}."
        yield _finding(view, "reworded", (_ANNUAL,), provisions, text, _REDO)


def _finding(
    view: FormView,
    name: str,
    concerned: tuple[str, ...],
    provisions: Mapping[str, Provision],
    observation: str,
    recommendation: str,
) -> Finding:
    requirement = provisions[_ANNUAL].requirement
    return Finding(
        id=f"{name}/{view.document.id}",
        provisions=concerned,
        severity="warning",
        verdict="partly_met",
        requirement=requirement,
        observation=observation,
        recommendation=recommendation,
        fingerprint=hashlib.sha256("\x1f".join([view.document.kind, name, *concerned]).encode()).hexdigest()[:16],
    )
