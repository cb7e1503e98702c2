"""Rows that came apart: wording in the wrong row, and numbers that do not go with it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

from codecheck.forms.draft import Draft, Piece
from codecheck.forms.wording import Requirements, words

_MIN_WORDS = 6


def move_tails(drafts: list[Draft], code: Requirements) -> None:
    """Give the end of a provision that was read at the head of the next row back to the row it belongs to.

    A page break through a row leaves its last words in front of the next provision's ("recorded and monitored. A
    complaint must be raised ..."); the Code says where the one ends and the other begins.
    """
    for above, below in pairwise(drafts):
        if not (above.provision and below.provision and above.requirement and below.requirement):
            continue
        whole, other = code.texts.get(above.provision), code.texts.get(below.provision)
        if not whole or not other:
            continue
        first = below.requirement[0]
        at = _border(above.wording, first.text, whole, other)
        if at:
            above.requirement.append(Piece(first.text[:at].strip(), first.clause))
            below.requirement[0] = Piece(first.text[at:].strip(), first.clause)


def move_heads(drafts: list[Draft], code: Requirements) -> None:
    """Give the first half of a row that was read as the end of the row above back to the row it belongs to.

    Where the number stands in the middle of a tall row, and the row begins at the top of a page and ends on the next,
    its first half has no number and looks like more of the row before. What stands on that page belongs to the row.
    """
    for above, below in pairwise(drafts):
        page = _page_of_head(above, below, code)
        if page is None:
            continue
        for kept, moved in (
            (above.requirement, below.requirement),
            (above.evidence, below.evidence),
            (above.commentary, below.commentary),
        ):
            moved[:0] = _take(kept, page)
        actions = [(label, _take(pieces, page)) for label, pieces in above.actions]
        above.actions = [(label, pieces) for label, pieces in above.actions if pieces]
        for label, pieces in reversed(actions):
            if pieces:
                below.add_before(label, pieces)


def _page_of_head(above: Draft, below: Draft, code: Requirements) -> int | None:
    """Return the page on which ``above`` holds the beginning of ``below``, or None."""
    if not (above.provision and below.provision and len(above.requirement) > 1):
        return None
    start = above.requirement[0].clause.page
    for piece in above.requirement[1:]:
        page = piece.clause.page
        if page is None or page == start or len(words(piece.text)) < _MIN_WORDS:
            continue
        own, other = code.held(piece.text, above.provision), code.held(piece.text, below.provision)
        if other is not None and other.share >= 0.75 and other.start <= 2 and (own is None or own.share < other.share):
            return page
    return None


def _take(pieces: list[Piece], page: int) -> list[Piece]:
    """Take the pieces that stand on ``page`` out of a list and return them."""
    taken = [piece for piece in pieces if piece.clause.page == page]
    pieces[:] = [piece for piece in pieces if piece.clause.page != page]
    return taken


def _border(above: str, below: str, whole: str, other: str) -> int:
    """Return where in ``below`` the wording ``other`` begins, if what stands before it ends ``whole``; else 0."""
    begins = words(other)[:4]
    said = words(below)
    if len(begins) < 4 or said[:4] == begins:
        return 0
    missing = words(whole)[len(words(above)) :]
    place = next((at for at in range(len(said) - 3) if said[at : at + 4] == begins), 0)
    if not place or not missing or SequenceMatcher(None, said[:place], missing, autojunk=False).ratio() < 0.8:
        return 0
    tokens = below.split()
    for at in range(1, len(tokens)):  # the words of the text as printed, up to where the next provision begins
        rest = " ".join(tokens[at:])
        if words(rest)[:4] == begins:
            return len(" ".join(tokens[:at])) if " ".join(tokens) == below else below.find(rest[:20])
    return 0


def renumber(drafts: list[Draft], code: Requirements) -> list[str]:
    """Correct numbers whose row plainly holds the wording of another provision; return a warning for each.

    Only where that provision has no row of its own: a landlord who numbers two rows alike may have meant it.
    """
    warnings: list[str] = []
    taken = {draft.provision for draft in drafts}
    for draft in drafts:
        if draft.number is None or len(words(draft.wording)) < _MIN_WORDS:
            continue
        own = code.held(draft.wording, draft.number)
        if own is not None and own.share >= 0.5:
            continue
        match = code.find(draft.wording)
        if match is None or match.share < 0.8 or match.provision in taken:
            continue
        warnings.append(f"the row numbered {draft.number} holds the wording of {match.provision}, and is read as that")
        draft.number, draft.guess = match.provision, None
        taken.add(match.provision)
    return warnings
