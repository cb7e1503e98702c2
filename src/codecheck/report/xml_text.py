"""Text that XML can hold."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"


def legal_xml(text: str) -> str:
    """Return a text with line feeds for its line ends, and U+FFFD for each character that XML does not allow."""
    return _ILLEGAL.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
