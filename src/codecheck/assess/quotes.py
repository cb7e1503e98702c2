"""Quoting: which words of a document a row rests on, and how an assessor says where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby

from codecheck.model import Clause, Document, Evidence, Role
from codecheck.rules.match import Match

_SHORT_PARAGRAPH = 45  # words
_SHORT_DEFINITION = 80
_ALSO_NEAR = "It also comes near in"
_STAGE_NAMES = {1: "Stage 1", 2: "Stage 2"}
_NAMES_STAGE = re.compile(r"\bstages?\b", re.IGNORECASE)
# What ends an item of a list, and is no part of what it says.
_ITEM_END = re.compile(r"[;,]\s*(?:and|or)?\s*$|\s+(?:and|or)\s*$", re.IGNORECASE)
DOCUMENT_NAMES = {
    "policy": "complaints policy",
    "procedure": "complaints procedure",
    "website": "landlord's website",
    "self-assessment": "self-assessment",
    "other": "document",
}
# As they stand after "its".
OWN_NAMES = DOCUMENT_NAMES | {"website": "website"}


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: the statement's words, the lead-in that they complete, and why they are quoted."""

    clause: Clause
    text: str
    role: Role
    lead: str = ""
    stages: frozenset[int] = frozenset()

    @property
    def place(self) -> tuple[object, ...]:
        """What must be equal for two quotations to share one introduction."""
        kind = "heading" if self.clause.kind == "heading" else "cell" if self.clause.cell is not None else "text"
        return (self.clause.section, self.clause.headings, self.lead, kind, self.role)


def quote_of(match: Match, role: Role) -> Quote:
    """Turn a match into a quotation of the sentences or the list item that it rests on, of a short paragraph the whole.

    Assessors quote a short paragraph as it stands: what is beside the words is often what the row is about.
    """
    passage = match.statement.quotation(match.positions)
    if passage.clause.kind == "paragraph" and len(passage.clause.text.split()) <= _SHORT_PARAGRAPH:
        passage = replace(passage, quote=passage.clause.text.strip())
    lead = ""
    if passage.lead is not None and passage.clause.index != passage.lead.index:
        lead = _last_sentence(passage.lead.text)
    return Quote(passage.clause, passage.quote, role, lead, match.statement.named_stages(match.anchor))


def quotes_of(match: Match, role: Role) -> list[Quote]:
    """Turn a match into quotations: its own, then those of the clauses that say what is meant by it.

    Without these a reader does not see why "within the Response Period" is taken for ten working days.
    """
    also = (one for one in match.statement.also if len(one.text.split()) <= _SHORT_DEFINITION)
    return [quote_of(match, role), *(Quote(one, one.text.strip(), role) for one in also)]


def distinct(quotes: Iterable[Quote], most: int) -> list[Quote]:
    """Keep the first ``most`` quotations, without those contained in one another, in document order."""
    found, kept = list(quotes), list[Quote]()
    for quote in found:
        if any(quote.text in other.text and quote.clause.index == other.clause.index for other in kept):
            continue
        if any(other.lead and other.lead in " ".join(quote.text.split()) for other in found):
            continue
        longer = [k for k in kept if k.clause.index == quote.clause.index and k.text in quote.text]
        if longer:
            kept[kept.index(longer[0])] = quote
        elif not any(" ".join(quote.text.split()) == " ".join(other.text.split()) for other in kept):
            kept.append(quote)
    return sorted(kept[:most], key=lambda quote: (quote.clause.index, quote.clause.text.find(quote.text)))


def evidence_of(quote: Quote, document: Document) -> Evidence:
    """Return the evidence for the assessment JSON: the document's own words and where they stand."""
    clause = quote.clause
    return Evidence(
        document=document.id,
        quote=quote.text,
        role=quote.role,
        section=clause.section,
        heading=heading_of(clause),
        page=clause.page,
        clause=clause.index,
    )


def heading_of(clause: Clause) -> str | None:
    """Return the heading that a clause stands under (its own text if it is a heading)."""
    if clause.kind == "heading":
        return clause.text
    return clause.headings[-1] if clause.headings else None


def quoted(quotes: Sequence[Quote], document: Document, opening: str = "", said: Set[str] = frozenset()) -> list[str]:
    """Write quotations as an assessor does, those of one place together; one sentence a place.

    ``opening`` replaces the plain introduction ("The complaints policy comes closest in section 4.2, which states"),
    once: only one place is the closest.
    ``said`` are lead-ins that the row has quoted already: of their lists, only the items are quoted again.
    """
    written = []
    for _, members in groupby(quotes, key=lambda quote: quote.place):
        group = list(members)
        if group[0].lead and group[0].lead in said:
            written.append(f"The same list also includes: {_sentences(group)}")
        else:
            introduction = _introduction(group, document, _ALSO_NEAR if opening and written else opening)
            written.append(f"{introduction}: {_words(group, introduction)}")
    return written


def sentences(quotations: Sequence[str]) -> list[str]:
    """End each quotation with a full stop of our own where its words do not end a sentence."""
    return [text if text[-2] in ".!?" else f"{text}." for text in quotations]


def not_said(says: Sequence[str], document: Document) -> str:
    """Write that a document does not say that ``says`` (one clause or several, each of which follows "that")."""
    return f"The {DOCUMENT_NAMES[document.kind]} does not say that {listed(says, 'or')}."


def listed(texts: Sequence[str], joiner: str) -> str:
    """Join clauses that each follow "that": "a; that b; or that c"."""
    if len(texts) == 1:
        return texts[0]
    return "; that ".join(texts[:-1]) + f"; {joiner} that {texts[-1]}"


def _introduction(group: Sequence[Quote], document: Document, opening: str) -> str:
    clause = group[0].clause
    name = DOCUMENT_NAMES[document.kind]
    table = _table(clause)
    heading = heading_of(clause)
    about = _about(group)
    if opening and clause.kind == "heading":
        return f"{opening} the heading"
    if opening:
        where = (
            f"section {clause.section}" if clause.section else f'the section "{heading}"' if heading else "this passage"
        )
        return f"{opening} {where}{table}, which{about} states"
    if document.kind == "self-assessment":
        return "In its self-assessment the landlord states"
    if clause.kind == "heading":
        where = f"On page {clause.page} the" if clause.page is not None and document.kind != "policy" else "The"
        return f"{where} {name} has the heading"
    if clause.section:
        return f"Section {clause.section} of the {name}{table}{about or (',' if table else '')} states"
    if heading and (clause.page is None or document.kind == "policy"):
        return f'Under the heading "{heading}"{table}, the {name}{about} states'
    if clause.page is not None:
        return f"On page {clause.page} of the {name}{table}{about or ','} it states"
    return f"The {name}{table}{about or (',' if table else '')} states"


def _about(group: Sequence[Quote]) -> str:
    """Name the stage where only a heading, or a header that is not shown, tells the reader which one it is."""
    stages = set(group[0].stages)
    # A third stage, which the Code does not know, names itself.
    if len(stages) != 1 or not stages <= _STAGE_NAMES.keys() or any(quote.stages != stages for quote in group):
        return ""
    clause = group[0].clause
    shown = [*(quote.text for quote in group), group[0].lead, _table(clause)]
    if not clause.section and (clause.page is None or clause.kind == "heading"):
        shown.append(heading_of(clause) or "")
    told = any(_NAMES_STAGE.search(heading) for heading in clause.headings)
    if not told or any(_NAMES_STAGE.search(text) for text in shown):
        return ""
    return f", relating to {_STAGE_NAMES[stages.pop()]},"


def _table(clause: Clause) -> str:
    if clause.cell is None:
        return ""
    headers = [
        h for h in (clause.cell.band, clause.cell.row_header, clause.cell.column_header) if h and h != clause.text
    ]
    return f", in a table ({', '.join(headers)})" if headers else ", in a table"


def _words(group: Sequence[Quote], introduction: str) -> str:
    # A list straight under its heading has that for its lead-in; a heading that is named is not quoted again.
    if group[0].lead and f'"{group[0].lead}"' not in introduction:
        items = " ".join(_item(quote, at) for at, quote in enumerate(group))
        return f'"{group[0].lead} {items}"'
    return _sentences(group)


def _sentences(group: Sequence[Quote]) -> str:
    return " and ".join(f'"{as_quoted(quote.text)}"' for quote in group)


def _item(quote: Quote, at: int) -> str:
    return f"{'• ' if at == 0 else '... • '}{as_quoted(quote.text)}"


def as_quoted(text: str) -> str:
    """Return words for quotation marks: on one line, without the "; or" that joins an item to the next one.

    What only leads in to a list is quoted with an ellipsis for what follows.
    """
    flat = _ITEM_END.sub("", " ".join(text.split())).replace('"', "'")
    return f"{flat} ..." if flat.endswith(":") else flat


def _last_sentence(text: str) -> str:
    flat = " ".join(text.split())
    cut = max((flat.rfind(mark, 0, len(flat) - 1) for mark in (". ", "! ")), default=-1)
    return (flat[cut + 2 :] if cut >= 0 else flat).replace('"', "'")
