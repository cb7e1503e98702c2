"""A document at an address: over http or https, within limits of time, size and redirects.

Nothing is kept and no cookie is sent back. Whatever goes wrong is one InputError that says what and what to do.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from codecheck import __version__
from codecheck.errors import InputError

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 5
TIMEOUT = 15.0
_SCHEMES = ("http://", "https://")
_SAVE = "Save the page from your browser and give that file."
_HEADERS = {
    "User-Agent": f"codecheck/{__version__}",
    "Accept": "text/html, application/pdf, */*;q=0.5",
    "Accept-Encoding": "identity",  # a small answer must not unpack to a large one
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: the bytes, and the address that they came from after redirects."""

    data: bytes
    address: str


@dataclass(slots=True)
class _Outcome:
    """What the thread that fetches leaves behind. ``given_up`` tells it that nobody waits any more."""

    fetched: Fetched | None = None
    error: BaseException | None = None
    given_up: threading.Event = field(default_factory=threading.Event)


def is_address(name: str) -> bool:
    """Tell whether ``name`` is an address and not the path of a file; raise InputError for one that is not http."""
    scheme, separator, _ = name.partition("://")
    if not separator or not scheme.isascii() or not scheme.replace("+", "").isalnum():
        return False
    if not name.lower().startswith(_SCHEMES):
        raise InputError(f"{name}: codecheck fetches only http and https addresses. {_SAVE}")
    return True


def fetch(address: str, *, timeout: float = TIMEOUT, max_bytes: int = MAX_BYTES) -> Fetched:
    """Return what is at ``address``; ``timeout`` is in seconds and for all of it, from the name to the last byte.

    Raises InputError, in one line, if there is no answer, none in time, one that is an error, too many redirects (over
    5), or more than ``max_bytes``.
    """
    outcome = _Outcome()
    # The library's own time limits are for each step, and finding the host has none: so a thread, waited for so long.
    worker = threading.Thread(target=_work, args=(address, timeout, max_bytes, outcome), daemon=True)
    worker.start()
    worker.join(timeout)
    if worker.is_alive():
        outcome.given_up.set()
        raise _too_slow(address, timeout)
    if outcome.fetched is not None:
        return outcome.fetched
    error = outcome.error
    if error is None or isinstance(error, InputError):
        raise error or _too_slow(address, timeout)
    raise _told(error, address, timeout) from None


def _work(address: str, timeout: float, max_bytes: int, outcome: _Outcome) -> None:
    try:
        outcome.fetched = _retrieve(address, timeout, max_bytes, outcome.given_up)
    except BaseException as error:  # handed to the thread that waits
        outcome.error = error


def _retrieve(address: str, timeout: float, max_bytes: int, given_up: threading.Event) -> Fetched | None:
    # Imported late: most runs fetch nothing.
    import httpx

    with (
        httpx.Client(headers=_HEADERS, timeout=timeout, follow_redirects=True, max_redirects=MAX_REDIRECTS) as client,
        client.stream("GET", address) as answer,
    ):
        if answer.status_code != HTTPStatus.OK:
            raise InputError(_refusal(address, answer))
        data = bytearray()
        announced = answer.headers.get("Content-Length", "")
        if announced.isascii() and announced.isdigit() and int(announced) > max_bytes:
            raise _too_large(address, max_bytes)
        for chunk in answer.iter_bytes():
            data += chunk
            if len(data) > max_bytes:
                raise _too_large(address, max_bytes)
            if given_up.is_set():
                return None
        return Fetched(bytes(data), str(answer.url))


def _refusal(address: str, answer: httpx.Response) -> str:
    status = answer.status_code
    known = next((entry.phrase for entry in HTTPStatus if entry == status), "")
    code = f"{status} {known}".strip()
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return f"{address}: there is no page at that address ({code}). Check the address in your browser."
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS):
        return f"{address}: the site does not let codecheck read that page ({code}). {_SAVE}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{address}: the site is in trouble ({code}). Try again later, or save the page from your browser."
    return f"{address}: the site gave no page ({code}). {_SAVE}"


def _told(error: BaseException, address: str, timeout: float) -> InputError:
    """Return in our own words what the library raised."""
    import httpx

    if isinstance(error, httpx.TooManyRedirects):
        return InputError(f"{address}: the site sends the visitor on more than {MAX_REDIRECTS} times. {_SAVE}")
    if isinstance(error, httpx.TimeoutException):
        return _too_slow(address, timeout)
    if isinstance(error, httpx.UnsupportedProtocol):
        return InputError(f"{address}: that address leads to one that is not http or https. {_SAVE}")
    if isinstance(error, httpx.ConnectError):
        return InputError(f"{address}: no connection ({_reason(error)}). Check the address and the network. {_SAVE}")
    if isinstance(error, httpx.HTTPError):
        return InputError(f"{address}: the connection broke off ({_reason(error)}). Try again. {_SAVE}")
    # InvalidURL, and what the standard library raises for a host that cannot be one.
    if isinstance(error, (httpx.InvalidURL, ValueError, OSError)):
        return InputError(f"{address}: that is not an address that can be fetched. Check it in your browser.")
    return InputError(f"{address}: the page could not be fetched ({_reason(error)}). {_SAVE}")


def _reason(error: BaseException) -> str:
    text = " ".join(str(error).split())
    # "[Errno 111] Connection refused": the number tells nobody anything.
    text = text.partition("] ")[2] if text.startswith("[Errno") else text
    return text[:120].lower() or type(error).__name__


def _too_slow(address: str, timeout: float) -> InputError:
    return InputError(f"{address}: the site did not answer in full within {timeout:g} seconds. Try again. {_SAVE}")


def _too_large(address: str, max_bytes: int) -> InputError:
    limit = f"{max_bytes / 1024 / 1024:g} MB" if max_bytes >= 1024 * 1024 else f"{max_bytes} bytes"
    return InputError(f"{address}: what is there is larger than {limit}. Save the document itself and give that file.")
