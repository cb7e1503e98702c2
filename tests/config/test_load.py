"""Reading a configuration: what it says, and one line with file, line and remedy for whatever is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codecheck.config.check import line_of
from codecheck.config.find import find_config
from codecheck.config.load import load_config
from codecheck.config.settings import Output, Settings
from codecheck.errors import InputError

WHOLE = """\
rules = ["housing-ombudsman-2024", "./our-pack"]
only = "6.*"
skip = ["6.8"]
fail-on = "error"
notes = true
baseline = "known.json"

[documents]
policy = "papers/policy.docx"
procedure = "procedure.pdf"
website = ["https://www.example.org/complaints", "page.html"]
self-assessment = "form.docx"

[[output]]
format = "csv"
file = "out/table.csv"

[[output]]
format = "markdown"

[[accept]]
provision = "6.10"
element = "stage-2"
reason = "The board decides in May."
owner = "Head of Complaints"
expires = 2027-05-31
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(text: str, name: str = "codecheck.toml") -> Settings:
    Path(name).write_text(text, encoding="utf-8")
    return load_config(Path(name))


def refused(text: str, name: str = "codecheck.toml") -> str:
    with pytest.raises(InputError) as caught:
        load(text, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.usefixtures("here")
class TestLoad:
    def test_everything_is_read(self) -> None:
        settings = load(WHOLE)
        assert settings.path == Path("codecheck.toml")
        assert settings.documents == {
            "policy": ("papers/policy.docx",),
            "procedure": ("procedure.pdf",),
            "website": ("https://www.example.org/complaints", "page.html"),
            "self-assessment": ("form.docx",),
        }
        assert settings.rules == ("housing-ombudsman-2024", "our-pack")
        assert (settings.only, settings.skip) == (("6.*",), ("6.8",))
        assert (settings.fail_on, settings.notes, settings.baseline) == ("error", True, Path("known.json"))
        assert settings.outputs == (Output("csv", Path("out/table.csv")), Output("markdown", None))

    def test_an_accepted_deviation_knows_its_line_and_last_day(self) -> None:
        (deviation,) = load(WHOLE).accepted
        assert (deviation.provision, deviation.element) == ("6.10", "stage-2")
        assert deviation.expires == date(2027, 5, 31)
        assert deviation.place == "codecheck.toml:21"

    def test_a_date_in_quotation_marks_is_a_date_too(self) -> None:
        assert load(WHOLE.replace("2027-05-31", '"2027-05-31"')).accepted[0].expires == date(2027, 5, 31)

    def test_an_empty_file_says_nothing(self) -> None:
        assert load("") == Settings(path=Path("codecheck.toml"))

    def test_pyproject_is_read_by_its_table(self) -> None:
        text = '[project]\nname = "x"\n[tool.codecheck]\nskip = ["3.5"]\n[tool.codecheck.documents]\npolicy = "p.md"\n'
        settings = load(text, "pyproject.toml")
        assert settings.skip == ("3.5",)
        assert settings.documents == {"policy": ("p.md",)}

    def test_paths_are_seen_from_the_current_folder(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (here / "codecheck.toml").write_text(WHOLE, encoding="utf-8")
        (here / "sub").mkdir()
        monkeypatch.chdir(here / "sub")
        settings = load_config(Path("../codecheck.toml"))
        assert settings.documents["policy"] == ("../papers/policy.docx",)
        assert settings.baseline == Path("../known.json")
        assert settings.rules == ("housing-ombudsman-2024", "../our-pack")


WRONG = [
    ("skp = []\n", "codecheck.toml:1: unknown key skp. Did you mean skip?"),
    ("fail_on = 'error'\n", "codecheck.toml:1: unknown key fail_on. Did you mean fail-on?"),
    ("[documents]\npolcy = 'a'\n", "codecheck.toml:2: unknown key polcy in [documents]. Did you mean policy?"),
    ("[docs]\npolicy = 'a'\n", "codecheck.toml:1: unknown key docs."),
    (
        "[[output]]\nfile = 'a.csv'\n[[output]]\nfiles = 'b.csv'\n",
        "codecheck.toml:4: unknown key files in [[output]]. Did you mean file?",
    ),
    ("notes = 'yes'\n", "codecheck.toml:1: notes wants true or false, without quotation marks."),
    ("fail-on = 'all'\n", "codecheck.toml:1: fail-on is 'all': it is one of error, warning, note, never."),
    ("only = 6.2\n", "codecheck.toml:1: only wants text, or a list of texts in square brackets."),
    ("only = [6.10]\n", "codecheck.toml:1: only wants text, in quotation marks."),
    ("baseline = ''\n", "codecheck.toml:1: baseline is empty."),
    ("[[output]]\n", "codecheck.toml:1: nothing is said in [[output]]: give a format, a file, or both."),
    ("accept = 'all'\n", "codecheck.toml:1: accept wants tables with a header in double square brackets."),
    ("documents = 'a'\n", "codecheck.toml:1: documents wants a table, with a header in square brackets."),
    ("only = [6.2\n", "codecheck.toml is not valid TOML:"),
    (
        WHOLE.replace('reason = "The board decides in May."\n', ""),
        "codecheck.toml:21: reason is missing in [[accept]]: an accepted deviation has provision, reason, owner and",
    ),
    (WHOLE.replace('owner = "Head of Complaints"', "owner = ' '"), "codecheck.toml:25: owner is empty."),
    (WHOLE.replace("2027-05-31", '"May"'), "codecheck.toml:26: expires is 'May': write a date, such as 2027-03-31."),
    (WHOLE.replace('"6.10"', "6.10"), "codecheck.toml:22: provision wants text, in quotation marks."),
    ("skp = []\nnots = 1\nx = 2\n", "(2 more like this.)"),
]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_wrong_is_one_line_with_its_place_and_a_remedy(text: str, message: str) -> None:
    assert message in refused(text)


@pytest.mark.usefixtures("here")
def test_a_line_of_pyproject_is_that_of_the_whole_file() -> None:
    text = '[project]\nname = "x"\n\n[tool.codecheck]\nskp = ["3.5"]\n'
    assert refused(text, "pyproject.toml").startswith("pyproject.toml:5: unknown key skp.")


@pytest.mark.usefixtures("here")
def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(InputError, match=r"no configuration nothing\.toml"):
        load_config(Path("nothing.toml"))


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (["a", "b"], 2),
        (["list", 0, "b"], 4),
        (["list", 1, "b"], 6),
        (["list", 1, "x"], 5),
        (["c", "d"], 7),
        (["e"], None),
    ],
)
def test_the_line_of_a_key(where: list[str | int], line: int | None) -> None:
    assert line_of("[a]\nb = 1\n[[list]]\nb = 1\n[[list]]\n'b' = 2\n[c . d]\n", where) == line


class TestFind:
    def test_the_nearest_folder_above_comes_first(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "b"
        folder.mkdir(parents=True)
        (tmp_path / "codecheck.toml").touch()
        assert find_config(folder) == tmp_path / "codecheck.toml"
        (tmp_path / "a" / "codecheck.toml").touch()
        assert find_config(folder) == tmp_path / "a" / "codecheck.toml"

    def test_codecheck_toml_comes_before_pyproject(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text("[tool.codecheck]\n", encoding="utf-8")
        assert find_config(tmp_path) == tmp_path / "pyproject.toml"
        (tmp_path / "codecheck.toml").touch()
        assert find_config(tmp_path) == tmp_path / "codecheck.toml"

    @pytest.mark.parametrize("text", ["[project]\nname = 'x'\n", "[project]\nname = 'codecheck'\n", "not = = toml\n"])
    def test_a_pyproject_that_is_not_about_codecheck_is_passed_over(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "codecheck.toml").touch()
        (tmp_path / "a" / "pyproject.toml").write_text(text, encoding="utf-8")
        assert find_config(tmp_path / "a") == tmp_path / "codecheck.toml"

    def test_a_broken_pyproject_that_is_about_codecheck_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text("[tool.codecheck]\nskip = [\n", encoding="utf-8")
        with pytest.raises(InputError, match="not valid TOML"):
            find_config(tmp_path)
