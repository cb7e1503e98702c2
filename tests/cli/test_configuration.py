"""The configuration as a user of the command line meets it: documents, outputs, accepted deviations, baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codecheck.cli.app import run

POLICY = """\
# Complaints policy

A complaint is an expression of dissatisfaction, however made. We deal with complaints in two stages. A complaint at
stage 1 is acknowledged within five working days. We respond to a complaint at stage 1 within ten working days of
acknowledging it. At stage 2 a complaint is acknowledged within five working days and we respond within twenty
working days. You may take your complaint to the Housing Ombudsman at any time.
"""
PROCEDURE = "# Complaints procedure\n\n" + "Officers acknowledge a complaint at stage 1 within seven working days. " * 6
ACCEPT = """
[[accept]]
provision = "{provision}"
reason = "The board decides in May."
owner = "Head of Complaints"
expires = {expires}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a policy and a procedure."""
    (tmp_path / "policy.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "procedure.md").write_text(PROCEDURE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(text: str, name: str = "codecheck.toml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def accepting(*provisions: str, expires: str = "2999-12-31") -> str:
    return "".join(ACCEPT.format(provision=one, expires=expires) for one in provisions)


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    assert run(["assess", "--format", "json", *arguments]) in (0, 1)
    data: dict[str, object] = json.loads(capsys.readouterr().out)
    return data


def names(data: dict[str, object]) -> list[str]:
    documents = data["documents"]
    assert isinstance(documents, list)
    return [document["path"] for document in documents]


@pytest.mark.usefixtures("folder")
class TestDocuments:
    BOTH = '[documents]\npolicy = "policy.md"\nprocedure = "procedure.md"\n'

    def test_assess_alone_takes_those_of_the_configuration(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(self.BOTH)
        assert names(as_json(capsys)) == ["policy.md", "procedure.md"]

    def test_the_configuration_in_force_is_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(self.BOTH)
        run(["assess"])
        assert capsys.readouterr().err.startswith("codecheck.toml: configuration\n")

    def test_from_a_folder_below_paths_are_seen_from_there(
        self, capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        configure(self.BOTH)
        (folder / "sub").mkdir()
        monkeypatch.chdir(folder / "sub")
        assert names(as_json(capsys)) == ["../policy.md", "../procedure.md"]

    def test_a_document_of_the_command_line_takes_the_place_of_all(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(self.BOTH)
        Path("draft.md").write_text(POLICY + "\nA draft.\n", encoding="utf-8")
        assert names(as_json(capsys, "draft.md")) == ["draft.md"]

    def test_an_option_takes_the_place_of_its_key(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(self.BOTH)
        Path("new.md").write_text(PROCEDURE + "\nNew.\n", encoding="utf-8")
        assert names(as_json(capsys, "--procedure", "new.md")) == ["policy.md", "new.md"]

    def test_pyproject_works_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure('[tool.codecheck.documents]\npolicy = "policy.md"\n', "pyproject.toml")
        assert names(as_json(capsys)) == ["policy.md"]

    def test_config_names_another_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure("broken", "codecheck.toml")
        configure('[documents]\npolicy = "policy.md"\n', "other.toml")
        assert names(as_json(capsys, "--config", "other.toml")) == ["policy.md"]

    @pytest.mark.parametrize("option", ["--no-config", "--isolated"])
    def test_no_config_uses_none(self, option: str, capsys: pytest.CaptureFixture[str]) -> None:
        configure("broken")
        assert run(["assess", option]) == 2
        assert "No document is given" in capsys.readouterr().err

    def test_without_documents_anywhere_a_line_says_what_to_do(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["assess"]) == 2
        assert "`codecheck init` writes a file that names them" in capsys.readouterr().err
        configure("skip = ['3.5']\n")
        assert run(["assess"]) == 2
        assert "codecheck.toml names none" in capsys.readouterr().err

    def test_a_configuration_lies_in_the_document_s_folder_or_above_not_in_the_current_one(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        configure('only = ["6.2"]\n')
        (folder / "elsewhere").mkdir()
        monkeypatch.chdir(folder / "elsewhere")
        configure('only = ["6.3"]\n')
        provisions = as_json(capsys, str(folder / "policy.md"))["provisions"]
        assert isinstance(provisions, dict)
        assert list(provisions) == ["6.2"]


@pytest.mark.usefixtures("folder")
class TestOptions:
    def test_selection_notes_and_level_come_from_the_configuration(self) -> None:
        configure('only = ["6.2"]\nfail-on = "never"\n')
        assert run(["assess", "policy.md"]) == 0

    def test_the_command_line_wins(self) -> None:
        configure('only = ["6.*"]\nfail-on = "never"\n')
        assert run(["assess", "policy.md", "--fail-on", "warning"]) == 1
        assert run(["assess", "policy.md", "--fail-on", "warning", "--only", "5.3"]) == 0

    def test_a_provision_that_is_not_there_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure('skip = ["6.99"]\n')
        assert run(["assess", "policy.md"]) == 2
        assert "codecheck.toml: skip 6.99: there is no such provision" in capsys.readouterr().err

    def test_outputs_are_written_beside_the_configuration(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        configure('[[output]]\nformat = "csv"\n[[output]]\nfile = "table.md"\n')
        (folder / "sub").mkdir()
        monkeypatch.chdir(folder / "sub")
        run(["assess", "../policy.md"])
        assert capsys.readouterr().out.startswith("Code Provision,")
        assert (folder / "table.md").read_text(encoding="utf-8").startswith("| Code Provision |")

    def test_outputs_of_the_command_line_take_their_place(self) -> None:
        configure('[[output]]\nfile = "table.md"\n')
        run(["assess", "policy.md", "--output", "table.csv"])
        assert Path("table.csv").exists()
        assert not Path("table.md").exists()

    def test_an_unknown_format_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure('[[output]]\nformat = "markdwn"\n')
        assert run(["assess", "policy.md"]) == 2
        assert "there is no format markdwn. Did you mean markdown?" in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["codecheck.toml", "known.json"])
    def test_the_configuration_and_the_baseline_are_not_overwritten(
        self, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        configure('baseline = "known.json"\n')
        assert run(["assess", "policy.md", "--format", "json", "--output", name]) == 2
        assert f"{name} is the configuration or the baseline" in capsys.readouterr().err

    def test_nothing_left_to_check_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["assess", "policy.md", "--only", "6.2", "--skip", "6.2"]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("codecheck: Nothing is left to check")

    def test_an_output_that_cannot_be_written_is_refused_before_anything_is_read(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["assess", "policy.md", "--output", "nowhere/table.csv"]) == 2
        assert run(["assess", "policy.md", "--output", "procedure.md/table.csv"]) == 2
        err = capsys.readouterr().err
        assert "read as" not in err
        assert "procedure.md is a file, not a folder" in err


@pytest.mark.usefixtures("folder")
class TestAccepted:
    def test_it_is_shown_and_does_not_count(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["assess", "policy.md", "--only", "6.5"]) == 1
        configure(accepting("6.5"))
        assert run(["assess", "policy.md", "--only", "6.5"]) == 0
        out = capsys.readouterr().out
        assert "6.5  not met (accepted)" in out
        assert "Accepted by Head of Complaints until 31 December 2999: The board decides in May." in out
        assert "1 row for Appendix 1 (1 accepted)." in out

    def test_json_says_why_and_by_whom(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(accepting("6.5"))
        findings = as_json(capsys, "policy.md", "--only", "6.5")["findings"]
        assert isinstance(findings, list)
        assert findings[0]["accepted"] == {
            "reason": "The board decides in May.",
            "owner": "Head of Complaints",
            "expires": "2999-12-31",
        }

    def test_an_expired_one_counts_again(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(accepting("6.5", expires="2020-01-31"))
        assert run(["assess", "policy.md", "--only", "6.5"]) == 1
        captured = capsys.readouterr()
        assert "expired on 2020-01-31" in captured.err
        assert "accepted" not in captured.out

    def test_an_unused_one_is_reported(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(accepting("5.3"))
        assert run(["assess", "policy.md", "--only", "5.3"]) == 0
        assert "codecheck.toml:2: the accepted deviation from 5.3 is no longer found" in capsys.readouterr().err

    def test_an_unknown_provision_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure(accepting("6.55"))
        assert run(["assess", "policy.md"]) == 2
        assert "codecheck.toml:2: there is no provision 6.55. Did you mean 6.5?" in capsys.readouterr().err


def entries(path: str = "codecheck-baseline.json") -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(Path(path).read_text(encoding="utf-8"))["entries"]
    return found


@pytest.mark.usefixtures("folder")
class TestBaseline:
    def test_the_rows_of_today_do_not_count_tomorrow(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure('baseline = "codecheck-baseline.json"\n')
        assert run(["baseline", "policy.md"]) == 0
        assert run(["assess", "policy.md"]) == 0
        assert "33 rows for Appendix 1 (33 in the" in capsys.readouterr().out

    def test_it_survives_edits_elsewhere(self) -> None:
        run(["baseline", "policy.md"])
        about = "## 1 About us\n\n1.1 We let 4,000 homes in three counties.\n\n"
        text = POLICY.replace("policy\n\n", f"policy\n\n{about}## 2 Complaints\n\n2.1 ")
        text = text.replace("two stages. ", "two stages.\n\n2.2 ")
        Path("policy.md").write_text(text, encoding="utf-8")
        assert run(["assess", "policy.md", "--baseline", "codecheck-baseline.json"]) == 0

    @pytest.mark.parametrize("level", ["never", "error", "note"])
    def test_what_is_known_does_not_depend_on_what_fails(self, level: str, capsys: pytest.CaptureFixture[str]) -> None:
        run(["baseline", "policy.md"])
        before = entries()
        run(["assess", "policy.md", "--baseline", "codecheck-baseline.json", "--fail-on", level])
        captured = capsys.readouterr()
        assert "no longer found" not in captured.err
        assert "(33 in the" in captured.out
        run(["baseline", "policy.md", "--fail-on", level])
        assert entries() == before

    def test_a_new_row_fails_and_is_not_put_in(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["baseline", "policy.md"])
        before = entries()
        Path("policy.md").write_text(POLICY + "\nThere is a stage 3: the board hears an appeal.\n", encoding="utf-8")
        assert run(["assess", "policy.md", "--baseline", "codecheck-baseline.json"]) == 1
        capsys.readouterr()
        assert run(["baseline", "policy.md"]) == 1
        assert "new: 5.3 contrary to the Code" in capsys.readouterr().out
        assert entries() == before

    def test_growing_needs_a_reason_and_keeps_it(self) -> None:
        run(["baseline", "policy.md"])
        Path("policy.md").write_text(POLICY + "\nThere is a stage 3: the board hears an appeal.\n", encoding="utf-8")
        assert run(["baseline", "policy.md", "--grow", " "]) == 2
        assert run(["baseline", "policy.md", "--grow", "The board votes in May."]) == 0
        assert {one["reason"] for one in entries() if one["provision"] == "5.3"} == {"The board votes in May."}
        assert run(["assess", "policy.md", "--baseline", "codecheck-baseline.json"]) == 0

    def test_what_is_mended_goes(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["baseline", "policy.md", "--only", "6.5,6.13"])
        assert [one["provision"] for one in entries()] == ["6.5", "6.13"]
        mended = "\nThe officer who decides at stage 2 is not the one who decided at stage 1.\n"
        Path("policy.md").write_text(POLICY + mended, encoding="utf-8")
        assert run(["baseline", "policy.md", "--check"]) == 1
        assert len(entries()) == 2
        run(["assess", "policy.md", "--baseline", "codecheck-baseline.json"])
        assert "1 entry no longer found" in capsys.readouterr().err
        assert run(["baseline", "policy.md", "--only", "6.5,6.13"]) == 0
        assert [one["provision"] for one in entries()] == ["6.5"]
        assert run(["baseline", "policy.md", "--only", "6.5,6.13", "--check"]) == 0

    def test_the_file_lies_beside_the_configuration(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        configure('[documents]\npolicy = "policy.md"\n')
        (folder / "sub").mkdir()
        monkeypatch.chdir(folder / "sub")
        assert run(["baseline"]) == 0
        assert (folder / "codecheck-baseline.json").exists()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (
                ["assess", "policy.md", "--baseline", "none.json"],
                "no baseline none.json: `codecheck baseline` writes it",
            ),
            (["assess", "policy.md", "--baseline", "procedure.md"], "procedure.md is not a baseline of codecheck"),
            (["baseline", "policy.md", "--baseline", "policy.md"], "is one of the documents"),
            (["baseline", "policy.md", "--check"], "There is no baseline codecheck-baseline.json to check"),
            (["baseline", "policy.md", "--check", "--grow", "x"], "--grow writes and --check does not"),
        ],
    )
    def test_wrong_usage_is_one_line(self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(arguments) == 2
        err = capsys.readouterr().err
        assert said in err
        assert len(err.splitlines()) == 1

    def test_a_baseline_of_another_version_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("b.json").write_text('{"schema_version": 2, "entries": []}', encoding="utf-8")
        assert run(["assess", "policy.md", "--baseline", "b.json"]) == 2
        assert "written by another version" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
class TestVoice:
    def test_quiet_says_nothing_but_the_result(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "policy.md", "--format", "csv", "--quiet"])
        captured = capsys.readouterr()
        assert captured.err == ""
        assert captured.out.startswith("Code Provision,")

    def test_quiet_still_says_what_is_wrong(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["assess", "nothing.md", "--quiet"]) == 2
        assert "No such file" in capsys.readouterr().err

    def test_verbose_says_which_rules_how_long_and_what_was_read(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "policy.md", "--verbose", "--output", "table.csv"])
        err = capsys.readouterr().err
        assert "rules: housing-ombudsman-2024 " in err
        assert "policy.md: markdown, " in err
        assert "\nchecked in " in err

    def test_both_are_refused(self) -> None:
        assert run(["assess", "policy.md", "--quiet", "--verbose"]) == 2

    def test_what_was_written_is_said_with_the_counts(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["assess", "policy.md", "--output", "table.csv", "--only", "5.3"])
        assert capsys.readouterr().err.endswith("written: table.csv\n1 provision: 1 met. 0 rows for Appendix 1.\n")

    @pytest.mark.parametrize(("value", "coloured"), [("", True), ("1", False)])
    def test_no_color_counts_unless_it_is_empty(
        self, value: str, coloured: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setenv("NO_COLOR", value)
        run(["assess", "policy.md"])
        assert ("\x1b[" in capsys.readouterr().out) is coloured

    def test_a_device_is_written_to_and_not_replaced(self) -> None:
        assert run(["assess", "policy.md", "--format", "csv", "--output", "/dev/null"]) == 1
        assert Path("/dev/null").is_char_device()
