"""The wording of a row: observation and recommendation, as an assessor would write them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from codecheck.assess.evaluate import ElementOutcome, ProvisionOutcome
from codecheck.assess.points import WEAK_REASONS, points_against, suggested
from codecheck.assess.quotes import (
    DOCUMENT_NAMES,
    OWN_NAMES,
    Quote,
    distinct,
    evidence_of,
    listed,
    not_said,
    quote_of,
    quoted,
    quotes_of,
    sentences,
)
from codecheck.assess.remarks import Remark, remarked
from codecheck.model import Document, Evidence, MissingElement, Point

_MOST_SUPPORTS = 3
_MOST_NEAR = 2
_POLICY = "its complaints policy"
REFERS_BACK = "Recommendations for this section of the Code have been made in Section"
_NOT_MIRRORED = ("self-assessment", "policy")
_WEAK_ADVICE = {
    "days": "If the landlord means working days, it should say so; if it means a shorter period than the Code's, it "
    "should make sure that this is what it intends.",
    "calendar": "The landlord should give the period in working days, as the Code does.",
    "softened": "The landlord should state this as a commitment rather than as an aim.",
    "some": "The landlord should make clear that this holds for every complaint, and not for some of them only.",
    "stage-1": "The landlord should make clear that this applies at Stage 2 too.",
    "stage-2": "The landlord should make clear that this applies at Stage 1 too.",
}


_SUPPLEMENTARY = (
    "The landlord should ensure that any supplementary documents, including its website, then mirror the wording of "
    "the policy, so that residents are not confused about the process it follows."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a row says, sentence by sentence, and the evidence and missing elements behind it.

    ``refers`` and ``explain`` (what the ``policy`` should explain, each to follow "that") open the recommendation,
    ``advice`` goes on with it, and ``differing`` are the other documents that should mirror the policy. ``process``
    says that the row is about a step that other documents describe too: what is put right in the policy should stand
    there. ``suggested`` are the model clauses for what is missing or contrary, ``points`` what is wrong, one by one.
    """

    policy: Document
    observed: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    missing: tuple[MissingElement, ...]
    refers: tuple[str, ...] = ()
    explain: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    differing: tuple[Document, ...] = ()
    process: bool = False
    suggested: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def observation(self) -> str:
        """The observation: nothing is said twice."""
        return " ".join(dict.fromkeys(self.observed))

    @property
    def recommendation(self) -> str:
        """The recommendation: nothing is recommended twice."""
        parts = list(self.refers)
        if self.explain:
            name = DOCUMENT_NAMES[self.policy.kind]
            says = listed(list(dict.fromkeys(self.explain)), "and")
            parts.append(f"The landlord should review its {name} to ensure it clearly explains that {says}.")
        parts += self.advice
        parts += _mirror(self.differing, bool(parts), self.policy)
        if self.process and not self.differing:
            parts.append(_SUPPLEMENTARY)
        return " ".join(dict.fromkeys(parts))


def one_row(rows: Sequence[Wording]) -> Wording:
    """Make one row of those of twin provisions, which often rest on the same words."""
    if len(rows) == 1:
        return rows[0]
    return Wording(
        policy=rows[0].policy,
        observed=tuple(text for row in rows for text in row.observed),
        evidence=tuple(item for row in rows for item in row.evidence),
        missing=tuple(item for row in rows for item in row.missing),
        refers=tuple(text for row in rows for text in row.refers),
        explain=tuple(text for row in rows for text in row.explain),
        advice=tuple(text for row in rows for text in row.advice),
        differing=tuple(document for row in rows for document in row.differing),
        process=any(row.process for row in rows),
        suggested=tuple(text for row in rows for text in row.suggested),
        points=tuple(point for row in rows for point in row.points),
    )


def write_row(
    outcome: ProvisionOutcome,
    document: Document,
    *,
    refers_to: str | None,
    remarks: Sequence[Remark] = (),
    beside: Sequence[ProvisionOutcome] = (),
) -> Wording:
    """Write the row for one provision that the documents do not fully meet.

    ``document`` is the policy and ``outcome`` what it says; ``remarks`` are what the other documents add, quoted in the
    order in which assessors take them: self-assessment, policy, procedure, website, then what is missing. ``refers_to``
    is the stage 1 twin whose row already makes the recommendation, if it has a row. ``beside`` are the twins that are
    met: what the policy says of them is quoted too ("This is a two-stage process").
    """
    if is_note(outcome, remarks):
        return _note(outcome, document)
    # A row on practice is about what is said against the Code: what is said for it, or not said, is no part of it.
    lacking = _lacking(outcome) if outcome.provision.tier == "A" else []
    against = _against(outcome)
    contrary = [quote for quotes, _ in against for quote in quotes]
    supports = _supports(outcome, contrary, remarks) + _not_in(distinct(_first_words(beside), 1), contrary)
    near = [] if contrary or supports or not lacking else _near(outcome, lacking)
    parts = sentences(quoted(supports, document))
    said: set[str] = {quote.lead for quote in supports}
    for quotes, wrong in against:
        parts += [*sentences(quoted(quotes, document, said=said)), wrong]
        said.update(quote.lead for quote in quotes)
    parts += sentences(quoted(near, document, f"The {DOCUMENT_NAMES[document.kind]} comes closest in"))
    reasons = sorted({m.why_weak for e in lacking for m in e.matches if m.why_weak in WEAK_REASONS})
    parts += [WEAK_REASONS[reason] for reason in reasons]
    said_weakly = [e for e in lacking if e.matches]
    never = [e.element.says for e in lacking if e not in said_weakly]
    unsaid = [not_said(never, document)] if never else []
    half = [e for e in said_weakly if not any(m.why_weak for m in e.matches)]
    unsaid += _half_said(half, document)
    first = [remark for remark in remarks if remark.document.kind == "self-assessment"]
    after = [remark for remark in remarks if remark.document.kind != "self-assessment"]
    observation = [
        *(text for remark in first for text in remarked(remark)),
        *parts,
        *(text for remark in after for text in remarked(remark)),
        *unsaid,
    ]
    own = [evidence_of(quote, document) for quote in [*contrary, *supports, *near]]
    others = [evidence_of(quote, remark.document) for remark in remarks for quote in remark.quotes]
    return Wording(
        policy=document,
        observed=tuple(observation),
        evidence=(*own, *others, *(item for remark in remarks for item in remark.rests_on)),
        missing=tuple(MissingElement(e.element.id, e.element.says) for e in lacking),
        refers=() if refers_to is None else (f"{REFERS_BACK} {refers_to} of this assessment.",),
        explain=tuple(e.element.says for e in lacking),
        advice=tuple(_advice(outcome, reasons, remarks)),
        differing=tuple(r.document for r in remarks if r.verdict and r.document.kind not in _NOT_MIRRORED),
        process=bool(outcome.provision.compare.promised and lacking)
        and any(r.document.kind not in _NOT_MIRRORED for r in remarks),
        suggested=suggested(outcome, lacking),
        points=(*points_against(outcome, lacking, remarks, document), *(Point(text) for text in unsaid)),
    )


def is_note(outcome: ProvisionOutcome, remarks: Sequence[Remark]) -> bool:
    """Tell whether a provision on practice (Tier B) has nothing said against it: silence is a note, and no row."""
    return outcome.provision.tier == "B" and not outcome.contrary and not any(remark.verdict for remark in remarks)


def _note(outcome: ProvisionOutcome, document: Document) -> Wording:
    lacking = _lacking(outcome)
    says = listed([e.element.says for e in lacking], "or")
    observed = f"Not evidenced in the documents supplied: that {says}."
    return Wording(
        policy=document,
        observed=(observed,),
        evidence=(),
        missing=tuple(MissingElement(e.element.id, e.element.says) for e in lacking),
        advice=("The landlord may be asked for its evidence, or for its self-assessment.",),
        suggested=suggested(outcome, lacking),
        points=(Point(observed),),
    )


def _lacking(outcome: ProvisionOutcome) -> list[ElementOutcome]:
    """Return the elements that the policy must say and does not."""
    return [e for e in outcome.elements if e.state != "satisfied" and not e.element.optional]


def _against(outcome: ProvisionOutcome) -> list[tuple[list[Quote], str]]:
    """Return, for each contrary entry, its quotations (each made once in a row) and what is wrong with them."""
    found: list[tuple[list[Quote], str]] = []
    taken: list[Quote] = []
    for entry in outcome.contrary:
        quotes = [quote_of(match, "conflicts") for match in entry.matches]
        # A cell "3" says nothing by itself where the heading "Stage 3" is quoted too.
        telling = [quote for quote in quotes if quote.clause.cell is None or len(quote.text.split()) > 1]
        fresh = _not_in(distinct(telling or quotes, entry.contrary.quotes), taken)
        taken += fresh
        found.append((fresh, entry.contrary.observation))
    return found


def _supports(outcome: ProvisionOutcome, taken: Collection[Quote], remarks: Sequence[Remark]) -> list[Quote]:
    """Choose what the policy says of the elements, and first the words from which other documents differ.

    Where only the other documents make the row, the rest of what the policy says is beside the point.
    """
    found = [quote for remark in remarks for quote in remark.own_words]
    if outcome.provision.tier == "A" and (not found or _lacking(outcome)):
        found += [
            quote
            for element in outcome.elements
            for match in element.matches[: 1 if element.state == "satisfied" else 2]
            for quote in quotes_of(match, "supports")
        ]
    return _not_in(distinct(found, _MOST_SUPPORTS), taken)


def _first_words(outcomes: Sequence[ProvisionOutcome]) -> list[Quote]:
    return [quote_of(match, "supports") for one in outcomes for e in one.elements for match in e.matches[:1]]


def _near(outcome: ProvisionOutcome, lacking: Sequence[ElementOutcome]) -> list[Quote]:
    """Choose what comes near the missing elements, else what the document says on the provision's topic."""
    found = [match for element in lacking for match in element.near[:_MOST_NEAR]] or list(outcome.topic[:_MOST_NEAR])
    return distinct([quote_of(match, "near") for match in found], _MOST_NEAR)


def _not_in(quotes: Sequence[Quote], taken: Collection[Quote]) -> list[Quote]:
    return [
        quote
        for quote in quotes
        if not any(quote.clause.index == other.clause.index and quote.text in other.text for other in taken)
        and not any(other.lead and other.lead in " ".join(quote.text.split()) for other in taken)
    ]


def _half_said(lacking: Sequence[ElementOutcome], document: Document) -> list[str]:
    if not lacking:
        return []
    says = listed([e.element.says for e in lacking], "and")
    return [f"The {DOCUMENT_NAMES[document.kind]} says only in part that {says}."]


def _advice(outcome: ProvisionOutcome, reasons: Sequence[str], remarks: Sequence[Remark]) -> list[str]:
    """Return what to do about weak wording, about what is contrary, and about what the other documents say."""
    return [
        *(_WEAK_ADVICE[reason] for reason in reasons),
        *(found.contrary.recommendation for found in outcome.contrary),
        *(text.replace(_POLICY, f"its {OWN_NAMES[r.document.kind]}") for r in remarks for text in r.advice),
    ]


def _mirror(differing: Sequence[Document], more: bool, policy: Document) -> list[str]:
    """Return the advice that documents which differ from the policy should say the same as it does."""
    if not differing:
        return []
    names = list(dict.fromkeys(f"its {OWN_NAMES[document.kind]}" for document in differing))
    theirs = " and ".join(names)
    also = " also" if more else ""
    return [
        f"The landlord should{also} review {theirs} against its {OWN_NAMES[policy.kind]}, and ensure that any "
        "supplementary documents, including its website, mirror the wording of the policy, so that residents are not "
        "confused about the process it follows."
    ]
