"""Several documents: which is the policy, what the others are, and pages from an address."""

from __future__ import annotations

import functools
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from codecheck.cli.app import run

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
BODY = (
    "A complaint is any expression of dissatisfaction. We acknowledge each complaint at stage 1 and reply to the "
    "complaint in full. Whoever is dissatisfied can take the complaint to stage 2, and can contact the Housing "
    "Ombudsman about the complaint at any time. We learn from complaints.\n"
)
PROCEDURE = f"# Complaints procedure\n\nRead this with our complaints policy.\n\n{BODY}"
ALONE = f"# Complaints procedure\n\n{BODY}"
PAGE = f"<!doctype html><html><body><main><h1>Make a complaint</h1><p>{BODY}</p></main></body></html>"
LINKING = PAGE.replace("</main>", "<p>Read the full policy.</p></main>")
FORM = "# Self-assessment\n\n| Code provision | Code requirement | Comply |\n|---|---|---|\n" + "".join(
    f"| 6.{n} | Complaints are answered. | Yes |\n" for n in range(2, 20)
)
UNRELATED = "# Tenancy agreement\n\n" + "The tenant shall pay the rent and keep the garden tidy. " * 30


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one document of each kind, as the current folder."""
    texts = {
        "policy.md": f"# Complaints policy\n\n{BODY}",
        "second.md": f"# Complaints policy, second edition\n\n{BODY}",
        "policy.html": PAGE.replace("Make a complaint", "Complaints policy"),
        "procedure.md": PROCEDURE,
        "alone.md": ALONE,
        "page.html": PAGE,
        "linking.html": LINKING,
        "form.md": FORM,
        "form2.md": FORM.replace("answered", "dealt with"),
        "unrelated.md": UNRELATED,
        "copy.md": f"# Complaints policy\n\n{BODY}",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kinds(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    """Id, kind and path of the documents of an assessment, in order."""
    assert run(["assess", *arguments, "--format", "json", "--fail-on", "never"]) == 0
    found = json.loads(capsys.readouterr().out)["documents"]
    return [(document["id"], document["kind"], document["path"]) for document in found]


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line of a run that is refused."""
    assert run(["assess", *arguments, "--format", "json", "--output", "out.json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and not Path("out.json").exists()
    assert len(captured.err.strip().splitlines()) == 1
    return captured.err


@pytest.mark.usefixtures("folder")
class TestRecognised:
    """Documents that are given without a word on what they are."""

    def test_others_beside_the_policy_are_recognised(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert kinds(capsys, "policy.md", "form.md", "page.html", "procedure.md") == [
            ("policy", "policy", "policy.md"),
            ("self-assessment", "self-assessment", "form.md"),
            ("website", "website", "page.html"),
            ("procedure", "procedure", "procedure.md"),
        ]

    def test_what_was_recognised_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "policy.md", "procedure.md", "--format", "json"])
        err = capsys.readouterr().err
        assert "policy.md: read as policy (" in err
        assert "procedure.md: read as procedure (" in err

    def test_the_policy_need_not_come_first(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = kinds(capsys, "page.html", "form.md", "policy.md")
        assert [path for _, _, path in found] == ["policy.md", "page.html", "form.md"]
        assert found[0][1] == "policy"

    def test_several_procedures_and_pages_are_allowed(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = kinds(capsys, "policy.md", "procedure.md", "alone.md", "page.html", "linking.html")
        assert [identity for identity, _, _ in found] == ["policy", "procedure", "procedure-2", "website", "website-2"]

    def test_a_page_that_may_be_all_the_policy_there_is_is_assessed(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "page.html", "--format", "json"])
        captured = capsys.readouterr()
        assert json.loads(captured.out)["documents"][0]["kind"] == "policy"
        assert "page.html: reads like a page of a website; assessed as the policy" in captured.err

    def test_so_is_a_procedure_that_stands_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert kinds(capsys, "alone.md", "form.md")[0] == ("policy", "policy", "alone.md")

    def test_the_policy_published_as_a_page_is_a_policy(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert kinds(capsys, str(FIXTURES / "poor" / "policy.html"))[0][1] == "policy"

    def test_of_two_policies_the_first_is_assessed_and_a_line_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "policy.md", "second.md", "--format", "json"])
        captured = capsys.readouterr()
        assert [d["kind"] for d in json.loads(captured.out)["documents"]] == ["policy", "other"]
        assert "second.md: reads like a second policy; put aside" in captured.err

    def test_a_second_policy_that_is_a_page_is_taken_for_the_website(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert kinds(capsys, "policy.md", "policy.html")[1] == ("website", "website", "policy.html")

    def test_a_second_form_is_put_aside(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = kinds(capsys, "policy.md", "form.md", "form2.md")
        assert [kind for _, kind, _ in found] == ["policy", "self-assessment", "other"]

    @pytest.mark.parametrize(("form", "name"), [("docx", "table.docx"), ("markdown", "table.md")])
    def test_a_table_that_codecheck_wrote_is_no_policy(
        self, form: str, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(["assess", "policy.md", "--format", form, "--output", name])
        capsys.readouterr()
        assert kinds(capsys, name, "policy.md")[0][2] == "policy.md"

    def test_what_is_not_about_complaints_is_put_aside(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "policy.md", "unrelated.md", "--format", "json"])
        assert "unrelated.md: does not read like a document on complaints; put aside" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
class TestSaid:
    """What the user says comes before what is recognised."""

    @pytest.mark.parametrize("option", ["--procedure", "--website"])
    def test_an_option_says_what_a_document_is(self, option: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert kinds(capsys, "policy.md", option, "second.md")[1][1] == option.removeprefix("--")

    def test_kind_says_so_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = kinds(capsys, "policy.md", "page.html", "--kind", "page.html=procedure")
        assert found[1] == ("procedure", "procedure", "page.html")

    def test_kind_chooses_the_policy(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = kinds(capsys, "policy.md", "second.md", "--kind", "second.md=policy")
        assert found == [("policy", "policy", "second.md"), ("other", "other", "policy.md")]

    def test_kind_makes_a_policy_of_anything(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert kinds(capsys, "procedure.md", "--kind", "procedure.md=policy")[0][1] == "policy"

    def test_other_is_a_kind_and_needs_no_remark(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "policy.md", "unrelated.md", "--kind", "unrelated.md=other"])
        assert "put aside" not in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["form.md"], "this reads like a self-assessment form, not a policy. Give the policy first"),
        (["procedure.md"], "this reads like a procedure, and no other document reads like a policy"),
        (["linking.html", "form.md"], "this reads like a page of a website, and no other"),
        (["unrelated.md", "procedure.md"], "does not look like a complaints policy"),
        (["page.html", "--kind", "page.html=website"], "you call it a page of a website"),
        (["policy.md", "policy.md"], "policy.md is given twice"),
        (["policy.md", "./policy.md"], "policy.md is given twice"),
        (["policy.md", "--procedure", "policy.md"], "policy.md is given twice"),
        (["policy.md", "copy.md"], "policy.md and copy.md are the same document"),
        (["-", "-"], "standard input is given twice"),
        (
            ["policy.md", "second.md", "--kind", "policy.md=policy", "--kind", "second.md=policy"],
            "calls both the policy",
        ),
        (["policy.md", "--kind", "polcy.md=policy"], "no document of that name is given"),
        (["policy.md", "--procedure", "page.html", "--kind", "page.html=website"], "say different things"),
        (["policy.md", "missing.md"], "No such file: missing.md"),
        (["policy.md", "--website", "ftp://example.org/page"], "only http and https"),
    ],
)
def test_what_cannot_be_assessed_is_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refusal(capsys, *arguments)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, sends /old on to /page.html, and writes no log."""

    def do_GET(self) -> None:
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/page.html")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address at which the folder of documents is served."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_from_an_address_is_in_the_json(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", "policy.md", "--website", f"{site}/old", "--format", "json"])
    document = json.loads(capsys.readouterr().out)["documents"][1]
    assert document["kind"] == "website"
    assert document["path"] == f"{site}/old"
    assert document["retrieved_from"] == f"{site}/page.html"
    assert document["sha256"] == hashlib.sha256(PAGE.encode()).hexdigest()


def test_a_file_has_no_address_in_the_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", str(folder / "policy.md"), "--format", "json"])
    assert "retrieved_from" not in json.loads(capsys.readouterr().out)["documents"][0]


def test_an_address_may_stand_for_any_document(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = kinds(capsys, f"{site}/policy.md", f"{site}/page.html", f"{site}/form.md")
    assert [kind for _, kind, _ in found] == ["policy", "website", "self-assessment"]


def test_a_word_file_or_pdf_at_an_address_is_read_as_such(
    site: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.aspx").write_bytes((FIXTURES / "good" / "policy.docx").read_bytes())
    (folder / "b").write_bytes((FIXTURES / "middling" / "policy.pdf").read_bytes())
    assert kinds(capsys, f"{site}/a.aspx")[0][1] == "policy"
    assert kinds(capsys, f"{site}/b")[0][1] == "policy"


def test_a_picture_at_an_address_is_one_line(site: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "logo").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert "/logo is an image" in refusal(capsys, "policy.md", "--website", f"{site}/logo")


def test_a_page_that_is_not_there_is_one_line(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no page at that address (404" in refusal(capsys, "policy.md", "--website", f"{site}/nothing")


def test_extract_reads_an_address_too(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", f"{site}/page.html"]) == 0
    assert "Make a complaint" in capsys.readouterr().out
