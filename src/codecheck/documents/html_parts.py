"""What the parts of a web page are for: content, accordion heading, hidden panel, or furniture around the content.

`Any` stands for an lxml element here: lxml has no type information.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree

from codecheck.documents.cleaning import clean

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre search section summary table tbody
    td tfoot th thead tr ul
"""
_NEVER_SHOWN = """
    audio button canvas datalist embed head iframe input map math meter nav noscript object option progress script
    select style svg template textarea title video
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_NEVER = frozenset(_NEVER_SHOWN.split())
_FURNITURE_ROLES = frozenset(
    {"alertdialog", "banner", "contentinfo", "dialog", "navigation", "search", "menu", "menubar"}
)
_FURNITURE = re.compile(
    r"cookie|onetrust|cookiebot|ccc-|gdpr|breadcrumb|skip-?(?:link|to)|pagination|share-?(?:button|link|this)"
)
_ACCORDION = re.compile(
    r"accordion|collaps|faq|toggle|tab-?(?:panel|pane|content)|\btabs?\b|expand|drawer|read-?more|disclosure"
)
_ACCORDION_HEAD = re.compile(
    r"(?:accordion|collapse|collapsible|faq|toggle|tab)[\w-]*?[-_]*"
    r"(?:title|header|heading|head|trigger|label|question|button|link|opener)\b"
)
_CONTROL_WORDS = re.compile(
    r"(?:(?:show|hide|open|close|expand|collapse|view|read|toggle)(?: (?:all|more|less|this))?"
    r"(?: (?:sections?|details|panels?))?|print(?: this)?(?: page)?|details|more|back to top"
    r"|[+\u2013\u2212\u00d7▲▼▾▴\u203a»-])",
    re.IGNORECASE,
)
_UNSEEN_CLASS = re.compile(r"(?:^|\s)(?:[\w]+-)?(?:visually-?hidden|sr-only|screen-reader(?:-text)?)\b")
_OPENING = ("aria-expanded", "aria-controls", "data-target", "data-bs-target")
_MAX_HEADING = 200


def text_of(element: Any) -> str:
    """Return all text below `element` on one line."""
    return clean(" ".join(element.itertext("*")))


def names(element: Any) -> str:
    """Return the class and id of `element`, which say what its author meant it for."""
    return f"{element.get('class', '')} {element.get('id', '')}".lower().strip()


def is_furniture(element: Any, *, landmark: bool) -> bool:
    """Tell whether `element` stands around the content: menus, search, cookie banners, scripts.

    `landmark` says that the page marks its content with `<main>` or `<article>`: a header or dialog in there belongs
    to the content, elsewhere it belongs to the site.
    """
    tag = element.tag
    if tag in _NEVER and not is_control(element):
        return True
    if tag in ("html", "body", "main", "article"):
        return False
    role = element.get("role", "")
    if role in _FURNITURE_ROLES or tag == "dialog":
        return not landmark or role in ("navigation", "search") or bool(_FURNITURE.search(names(element)))
    if tag in ("header", "footer"):
        return not landmark and element.getparent().tag not in ("section", "article", "blockquote")
    # A class may also say that the page waits for consent, on the element that holds everything.
    return bool(_FURNITURE.search(names(element))) and element.find(".//h1") is None


def is_hidden(element: Any, *, in_accordion: bool) -> bool:
    """Tell whether `element` is invisible to stay so. What an accordion or a tab hides until asked is content."""
    inline = element.tag not in BLOCKS
    if inline and (element.get("aria-hidden") == "true" or _UNSEEN_CLASS.search(element.get("class", ""))):
        return True
    style = re.sub(r"\s", "", element.get("style", "")).lower()
    unseen = (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )
    return unseen and not (in_accordion or is_accordion(element))


def is_accordion(element: Any) -> bool:
    """Tell whether `element` is, by its name or role, an accordion, a panel of one, or a tab panel."""
    return element.tag == "details" or element.get("role") == "tabpanel" or bool(_ACCORDION.search(names(element)))


def controlled_panels(root: Any) -> frozenset[str]:
    """Return the ids of everything on the page that a button or link opens."""
    found: set[str] = set()
    for element in root.iter("button", "a", "div", "span", "summary", "li", "label"):
        opens = element.get("aria-controls") or element.get("data-target") or element.get("data-bs-target")
        if not opens and (element.get("data-toggle") or element.get("data-bs-toggle") or element.get("role") == "tab"):
            opens = element.get("href")
        found.update((opens or "").replace("#", " ").split())
    return frozenset(found)


def tab_titles(root: Any) -> dict[str, str]:
    """Return the text of each tab by the id of its panel; on the page the tabs stand together, above all panels."""
    titles = {}
    for tab in root.xpath("//*[@role='tab']"):
        panel = tab.get("aria-controls") or (tab.get("href") or "").removeprefix("#")
        if panel:
            titles[panel] = text_of(tab)
    return titles


def is_control(element: Any) -> bool:
    """Tell whether `element` is a button that opens part of the text, or is the text of a heading."""
    if not (element.tag == "button" or element.get("role") == "button") or element.get("type") in ("submit", "reset"):
        return False
    if any(element.get(name) is not None for name in _OPENING):
        return True
    above = [element, *islice(element.iterancestors(), 3)]
    return any(part.tag in HEADINGS or part.tag in ("summary", "dt") for part in above) or any(
        _ACCORDION.search(names(part)) for part in above if part.tag not in ("html", "body", "main")
    )


def is_accordion_heading(element: Any) -> bool:
    """Tell whether `element` is the part of an accordion that stays visible and names what is below it."""
    if element.tag == "summary" or is_control(element):
        heading = True
    elif element.tag in ("a", "label", "div", "span", "p", "dt"):
        opens = element.tag == "a" and (
            element.get("aria-expanded") or element.get("data-toggle") or element.get("data-bs-toggle")
        )
        heading = bool(opens or _ACCORDION_HEAD.search(names(element)))
    else:
        heading = False
    is_box = element.tag in ("div", "span", "p")
    if not heading or (is_box and next(element.iter(*HEADINGS, "button", "summary", "a"), None) is not None):
        return False
    text = text_of(element)
    return bool(text) and not is_control_word(text) and (element.tag == "summary" or len(text) <= _MAX_HEADING)


def is_unclosed(heading: Any) -> bool:
    """Tell whether so much text stands in a heading that somebody must have forgotten to close it."""
    return len(text_of(heading)) > _MAX_HEADING


def is_control_word(text: str) -> bool:
    """Tell whether `text` only works an accordion ("Show", "Open all sections", "+")."""
    return _CONTROL_WORDS.fullmatch(text) is not None


def heading_level(element: Any) -> int | None:
    """Return the level of a heading element, or None for any other."""
    if element.get("role") == "heading":
        level = element.get("aria-level", "2")
        return int(level) if level.isascii() and level.isdigit() and 0 < int(level) < 10 else 2
    return HEADINGS.get(element.tag) if element.get("role") not in ("presentation", "none") else None


def is_long(element: Any) -> bool:
    """Tell whether a <dd> is running text rather than a fact such as a telephone number."""
    return element.find("p") is not None or element.find("ul") is not None or len(text_of(element)) > 200


def names_section(element: Any) -> bool:
    """Tell whether a <dt> is the heading of what follows, as in questions and answers, not the name of a fact."""
    answer = element.getnext()
    return text_of(element).endswith("?") or (answer is not None and answer.tag == "dd" and is_long(answer))


def content_roots(page: Any) -> tuple[list[Any], bool]:
    """Return the elements that hold the content, in order, and whether the page marks them as such.

    `<main>`, `role=main` or `<article>`, whichever comes first and holds most of the words of the body; with them the
    asides that follow (an Ombudsman contact box often stands in one). Else the whole body.
    """
    body = page.find(".//body")
    if body is None:
        return [page], False
    length = _content_length(body)
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = _outermost(body.findall(path))
        if found and 2 * sum(_content_length(element) for element in found) >= length:
            return found + list(found[-1].itersiblings("aside")), True
    return [body], False


def _outermost(elements: list[Any]) -> list[Any]:
    known = set(elements)
    return [element for element in elements if known.isdisjoint(element.iterancestors())]


def _content_length(element: Any) -> int:
    """Characters of text below `element`, without menus, headers, footers and scripts."""
    length = 0
    walk = etree.iterwalk(element, events=("start",))
    for _, part in walk:
        if part is not element:
            length += len((part.tail or "").strip())
        if part.tag in ("nav", "header", "footer", "aside") or part.tag in _NEVER:
            walk.skip_subtree()
        elif isinstance(part.tag, str):
            length += len((part.text or "").strip())
    return length
