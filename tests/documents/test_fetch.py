"""Documents at an address, from a server of our own in a thread; never the network."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from codecheck import __version__
from codecheck.documents.fetch import fetch, is_address
from codecheck.errors import InputError

PAGE = b"<!doctype html><html><body><main><h1>Complaints</h1><p>Tell us what went wrong.</p></main></body></html>"


class Site(BaseHTTPRequestHandler):
    """Answers by path; what each path does is in its name."""

    agents: list[str]

    def do_GET(self) -> None:
        type(self).agents.append(self.headers["User-Agent"])
        name, _, number = self.path.lstrip("/").partition("-")
        if name == "page":
            self.answer(200, PAGE)
        elif name == "hop" and int(number):
            self.answer(302, b"", Location=f"/hop-{int(number) - 1}")
        elif name == "hop":
            self.answer(200, PAGE)
        elif name == "loop":
            self.answer(302, b"", Location="/loop")
        elif name == "away":
            self.answer(302, b"", Location="ftp://example.org/page")
        elif name == "status":
            self.answer(int(number), b"<html><p>Sorry</p></html>")
        elif name == "large":  # with no length announced
            self.begin(200, {})
            self.wfile.write(b"x" * int(number))
        elif name == "announced":
            self.begin(200, {"Content-Length": number})
        elif name == "slow":
            time.sleep(1)
            self.answer(200, PAGE)
        elif name == "trickle":  # each byte is in time, the whole is not
            self.begin(200, {})
            for _ in range(20):
                time.sleep(0.05)
                self.wfile.write(b"x")
                self.wfile.flush()
        elif name == "broken":
            self.begin(200, {"Content-Length": "500"})
            self.wfile.write(b"half")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.begin(status, {"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # the reader has hung up, as it should
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.connection.close()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a site that answers as its paths are named."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    Site.agents = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def refusal(address: str, **limits: float) -> str:
    with pytest.raises(InputError) as raised:
        fetch(address, timeout=limits.get("timeout", 5), max_bytes=int(limits.get("max_bytes", 10_000)))
    message = str(raised.value)
    assert message.startswith(address)
    assert "\n" not in message
    return message


def test_a_page_is_fetched_as_it_is(site: str) -> None:
    fetched = fetch(f"{site}/page")
    assert fetched.data == PAGE
    assert fetched.address == f"{site}/page"


def test_the_site_is_told_who_asks(site: str) -> None:
    fetch(f"{site}/page")
    assert Site.agents == [f"codecheck/{__version__}"]


def test_redirects_are_followed_to_the_final_address(site: str) -> None:
    assert fetch(f"{site}/hop-5").address == f"{site}/hop-0"


def test_a_sixth_redirect_is_one_too_many(site: str) -> None:
    assert "more than 5 times" in refusal(f"{site}/hop-6")


def test_a_redirect_in_a_circle_ends(site: str) -> None:
    assert "more than 5 times" in refusal(f"{site}/loop")


def test_a_redirect_to_what_is_not_http_is_refused(site: str) -> None:
    assert "not http" in refusal(f"{site}/away")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "there is no page at that address (404 Not Found). Check the address"),
        (410, "there is no page"),
        (403, "does not let codecheck read that page (403 Forbidden). Save the page from your browser"),
        (429, "does not let codecheck"),
        (500, "the site is in trouble (500 Internal Server Error). Try again later"),
        (503, "the site is in trouble"),
        (204, "gave no page"),
        (418, "gave no page"),
    ],
)
def test_an_answer_that_is_no_page_says_so(site: str, status: int, said: str) -> None:
    assert said in refusal(f"{site}/status-{status}")


def test_what_is_too_large_is_not_read_to_its_end(site: str) -> None:
    assert "is larger than 1000 bytes" in refusal(f"{site}/large-5000000", max_bytes=1000)


def test_what_says_that_it_is_too_large_is_not_read_at_all(site: str) -> None:
    assert "is larger than 10 MB" in refusal(f"{site}/announced-99999999", max_bytes=10 * 1024 * 1024)


def test_exactly_the_limit_is_allowed(site: str) -> None:
    assert len(fetch(f"{site}/large-1000", max_bytes=1000).data) == 1000


@pytest.mark.parametrize("path", ["slow", "trickle"])
def test_a_slow_site_is_not_waited_for(site: str, path: str) -> None:
    begun = time.monotonic()
    assert "within 0.2 seconds" in refusal(f"{site}/{path}", timeout=0.2)
    assert time.monotonic() - begun < 0.9


def test_a_connection_that_breaks_off_says_so(site: str) -> None:
    assert "broke off" in refusal(f"{site}/broken")


def test_a_refused_connection_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert "no connection (connection refused)" in refusal(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "address", ["http://", "https:///page", "http://[::1", "http://127.0.0.1:99999/", "http://a\0b/"]
)
def test_what_is_no_address_is_one_line(address: str) -> None:
    refusal(address)


@pytest.mark.parametrize("name", ["policy.docx", "folder/policy.docx", "C:\\policy.docx", "http.docx", "-", "a b://c"])
def test_a_path_is_no_address(name: str) -> None:
    assert not is_address(name)


@pytest.mark.parametrize("name", ["http://example.org", "HTTPS://example.org/page"])
def test_http_addresses_are(name: str) -> None:
    assert is_address(name)


@pytest.mark.parametrize("name", ["ftp://example.org/policy.pdf", "file:///policy.docx"])
def test_other_addresses_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="only http and https"):
        is_address(name)


def test_the_library_that_fetches_is_loaded_only_for_an_address() -> None:
    code = "import sys, codecheck.cli.app, codecheck.documents.fetch; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
