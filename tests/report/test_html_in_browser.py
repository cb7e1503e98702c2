"""The HTML report in headless Chromium: it loads, filters, links both ways, and writes nothing to the console.

Chromium is spoken to over its debugging pipe, so that neither a driver nor a library is needed. Without one on the path
(or named by CODECHECK_CHROMIUM) these tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import DocumentKind
from codecheck.report.html.page import html_report
from codecheck.rules.pack import RulePack

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "labelled" / "upper-tarn"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROGRAM = os.environ.get("CODECHECK_CHROMIUM") or next((path for n in NAMES if (path := shutil.which(n))), None)
AXE = Path(str(resources.files("axe_core_python"))) / "axe.min.js"
LONGEST = 300  # seconds that all of these tests may take
pytestmark = pytest.mark.skipif(PROGRAM is None or sys.platform == "win32", reason="there is no Chromium")


class Browser:
    """One page in headless Chromium; ``console`` is what it wrote there, and what it failed at."""

    def __init__(self, program: str, profile: Path) -> None:
        self.console: list[str] = []
        self._sent = 0
        self._session: dict[str, str] = {}
        self._loaded: set[str] = set()
        theirs, self._out = _pipe()
        self._in, answers = _pipe()
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"]
        shell = f'exec "$0" "$@" 3<&{theirs} 4>&{answers}'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, program, *flags, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(theirs, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # An answer that never comes would be waited for without end.
        self._watch = threading.Timer(LONGEST, self._process.kill)
        self._watch.start()
        os.close(theirs)
        os.close(answers)
        self._answers = os.fdopen(self._in, "rb")
        pages = [one for one in self.send("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        attached = self.send("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        self.send("Page.setLifecycleEventsEnabled", enabled=True)
        self.media("light")

    def send(self, method: str, **parameters: Any) -> Any:
        """Send a command of the DevTools protocol and return its result."""
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters, **self._session}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._sent:
            pass
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def media(self, scheme: str) -> None:
        """Prefer a colour scheme, and no motion."""
        wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        features = [{"name": name, "value": value} for name, value in wanted.items()]
        self.send("Emulation.setEmulatedMedia", features=features)

    def open(self, address: str, width: int = 1440) -> None:
        """Load a page afresh, in a window of so many pixels."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.send("Page.navigate", url="about:blank")
        loader = self.send("Page.navigate", url=address)["loaderId"]
        while loader not in self._loaded:
            self._receive()

    def run(self, script: str) -> Any:
        """Return the value of an expression of JavaScript, of a promise what it comes to."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key where the focus is."""
        code = {"Tab": 9, "Enter": 13, "ArrowRight": 39}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def close(self) -> None:
        """End Chromium."""
        self._watch.cancel()
        self._process.terminate()
        self._process.wait(timeout=20)
        self._answers.close()
        os.close(self._out)

    def _receive(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "Chromium has gone."
            data += byte
        message: dict[str, Any] = json.loads(data)
        method, told = message.get("method"), message.get("params", {})
        if method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
            self.console.append(json.dumps(told))
        elif method == "Page.lifecycleEvent" and told["name"] == "load":
            self._loaded.add(told["loaderId"])
        return message


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are above 4, since Chromium's own are 3 and 4."""
    import fcntl

    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(str(PROGRAM), tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def address(pack: RulePack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of a policy, a procedure and a page that disagree, as a file."""
    kinds: dict[DocumentKind, str] = {"policy": "policy.docx", "procedure": "procedure.pdf", "website": "website.html"}
    documents = [
        read_document((FIXTURE / name).read_bytes(), name, document_id=kind, kind=kind) for kind, name in kinds.items()
    ]
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(html_report(assess(documents, pack)), encoding="utf-8")
    return file.as_uri()


SHOWN = "[...document.querySelectorAll('.rows tbody tr')].filter(row => row.getClientRects().length)"
CHOOSE = "((name, value) => {{ const s = document.querySelector(`[name=${{name}}]`); s.value = value; "
CHOOSE += "s.dispatchEvent(new Event('change', {{bubbles: true}})); }})('{0}', '{1}')"


def test_it_loads_with_all_rows_and_a_silent_console(browser: Browser, address: str) -> None:
    browser.open(address)
    assert browser.run(f"{SHOWN}.length === document.querySelectorAll('.rows tbody tr').length")
    assert browser.run("document.querySelector('.count').textContent").startswith(
        browser.run(f"String({SHOWN}.length)")
    )
    assert browser.console == []


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("section", "6", "row => row.dataset.sections.split(' ').includes('6')"),
        ("verdict", "met", "row => row.dataset.verdict === 'met'"),
        ("verdict", "not-met-in-full", "row => row.dataset.verdict !== 'met'"),
        ("document", "procedure", "row => row.querySelector('a[href^=\"#quote-procedure\"]')"),
    ],
)
def test_it_filters(browser: Browser, address: str, name: str, value: str, holds: str) -> None:
    browser.open(address)
    total = browser.run(f"{SHOWN}.length")
    browser.run(CHOOSE.format(name, value))
    shown = browser.run(f"{SHOWN}.length")
    assert 0 < shown < total
    assert browser.run(f"{SHOWN}.every({holds})")
    assert browser.run("document.querySelector('.count').textContent") == f"{shown} of {total} rows shown"
    browser.run("document.querySelector('.filters button').click()")
    assert browser.run(f"{SHOWN}.length") == total


def test_filters_that_nothing_fits_say_so(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run(CHOOSE.format("section", "9") + ";" + CHOOSE.format("verdict", "inconsistent"))
    assert browser.run("document.querySelector('.empty').getClientRects().length") == 1


def test_a_quotation_leads_to_its_words_and_these_to_their_row(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run("document.querySelector('.rows a.words[href^=\"#quote-website\"]').click()")
    assert browser.run("document.activeElement.matches('mark[id^=\"quote-website\"]')")
    assert browser.run("document.querySelector('#document-website').getClientRects().length") == 1
    assert browser.run("document.querySelector('#document-policy').hidden")
    inside = "(r => r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())"
    assert browser.run(inside)
    browser.run("document.activeElement.nextElementSibling.querySelector('a').click()")
    assert browser.run("document.activeElement.matches('tr') && location.hash === '#' + document.activeElement.id")


def test_an_address_opens_at_its_row_or_quotation(browser: Browser, address: str) -> None:
    browser.open(f"{address}#row-2.2-policy")
    assert browser.run("document.activeElement.id") == "row-2.2-policy"
    quote = browser.run("document.querySelector('#document-procedure mark').id")
    browser.open(f"{address}#{quote}")
    assert browser.run("document.activeElement.id") == quote


def test_a_link_to_a_row_that_is_filtered_out_shows_it(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run(CHOOSE.format("section", "9"))
    browser.run("document.querySelector('.tile').click()")
    assert browser.run("document.activeElement.getClientRects().length") > 0
    assert browser.run("document.querySelector('[name=section]').value") == ""


def test_going_back_returns_to_the_row(browser: Browser, address: str) -> None:
    browser.open(f"{address}#row-2.2-policy")
    browser.run("document.querySelector('[id=\"row-2.2-policy\"] a.words').click()")
    back = "addEventListener('popstate', () => setTimeout(() => done(1)), {once: true}); history.back();"
    assert browser.run(f"new Promise(done => {{ {back} }})") == 1
    assert browser.run("document.activeElement.id") == "row-2.2-policy"


def test_the_keyboard_reaches_the_documents(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("Tab")
    assert browser.run("document.activeElement.className") == "skip"
    browser.run("document.querySelector('[role=tab]').focus()")
    browser.press("ArrowRight")
    assert browser.run("document.activeElement.getAttribute('aria-selected')") == "true"
    assert browser.run("document.querySelector('#document-procedure').hidden") is False
    assert browser.run("document.querySelectorAll('[role=tab][tabindex=\"0\"]').length") == 1


def test_only_marked_passages_can_be_shown(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.run("document.querySelector('.only input').click()")
    lines = "[...document.querySelectorAll('#document-policy .text p, #document-policy .text li')]"
    shown = f"{lines}.filter(line => line.getClientRects().length)"
    assert browser.run(f"{shown}.length > 0 && {shown}.length < {lines}.length")
    assert browser.run(f"{shown}.every(line => line.closest('td') || line.querySelector('mark'))")


@pytest.mark.parametrize("width", [320, 390, 768, 1100, 1440])
def test_nothing_runs_over_the_side(browser: Browser, address: str, width: int) -> None:
    browser.open(address, width)
    assert browser.run("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1440])
def test_what_can_be_pressed_is_large_enough(browser: Browser, address: str, width: int) -> None:
    browser.open(address, width)
    controls = "[...document.querySelectorAll('.tile, .to-row, button, select, nav a, summary')]"
    small = "const r = e.getBoundingClientRect(); return r.width && (r.width < 24 || r.height < 24);"
    assert browser.run(f"{controls}.filter(e => {{ {small} }}).map(e => e.outerHTML)") == []


def test_without_script_everything_is_there(browser: Browser, address: str) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address)
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run(f"{SHOWN}.length === document.querySelectorAll('.rows tbody tr').length")
    assert browser.run("[...document.querySelectorAll('.panel')].every(panel => panel.getClientRects().length)")
    assert browser.run("document.querySelector('.filters').getClientRects().length") == 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_no_barrier(browser: Browser, address: str, scheme: str, width: int) -> None:
    browser.media(scheme)
    browser.open(address, width)
    browser.run(AXE.read_text(encoding="utf-8") + ";0")
    rules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']"
    found = browser.run(f"axe.run({{runOnly: {rules}}}).then(r => [r.passes.length, r.violations.map(v => v.help)])")
    browser.media("light")
    assert found[0] > 30
    assert found[1] == []


def test_nothing_was_written_to_the_console(browser: Browser) -> None:
    assert browser.console == []
