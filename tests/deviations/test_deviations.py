"""Accepted deviations and the baseline, on findings made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from codecheck.config.settings import Deviation
from codecheck.deviations.acceptance import Accepted, accept, check_deviations
from codecheck.deviations.baseline import baseline_text, compare_with_baseline, entries_of
from codecheck.deviations.issues import issues, normalised
from codecheck.errors import InputError
from codecheck.model import (
    Assessment,
    Document,
    DocumentKind,
    Evidence,
    Finding,
    MissingElement,
    ProvisionResult,
    Role,
)
from codecheck.rules.pack import RulePack

TODAY = date(2026, 11, 26)
KINDS: tuple[DocumentKind, ...] = ("policy", "procedure", "website", "self-assessment")


def finding(*provisions: str, missing: str = "", quotes: tuple[Evidence, ...] = (), **changes: Any) -> Finding:
    lacking = tuple(MissingElement(name, name) for name in missing.split())
    base = Finding(
        f"{provisions[0]}/policy", provisions, "warning", "partly_met", "", "Observed.", "Change it.", lacking, quotes
    )
    return replace(base, **changes)


def quote(text: str, document: str = "policy", role: Role = "conflicts", section: str | None = "1") -> Evidence:
    return Evidence(document, text, role, section=section)


def assessment(*findings: Finding, also: tuple[str, ...] = (), kinds: tuple[DocumentKind, ...] = KINDS) -> Assessment:
    provisions = [*(p for one in findings for p in one.provisions), *also]
    return Assessment(
        documents=tuple(Document(kind, kind, kind, "", "", "", ()) for kind in kinds),
        rule_packs=(),
        findings=findings,
        provisions={one: ProvisionResult(one, "partly_met", {}) for one in provisions},
    )


def deviation(provision: str, element: str | None = None, expires: date = TODAY, line: int = 1) -> Deviation:
    return Deviation(provision, "Decided.", "The Head", expires, f"codecheck.toml:{line}", element)


def accepting(pack: RulePack, of: Assessment, *deviations: Deviation) -> Accepted:
    return accept(of, deviations, pack, today=TODAY)


class TestAccept:
    def test_a_whole_provision_up_to_and_including_its_last_day(self, pack: RulePack) -> None:
        done = accepting(pack, assessment(finding("6.2", missing="receipt")), deviation("6.2"))
        (row,) = done.assessment.findings
        assert row.accepted is not None
        assert (row.accepted.reason, row.accepted.owner, row.accepted.expires) == ("Decided.", "The Head", "2026-11-26")
        assert not row.counts
        assert done.remarks == ()

    def test_an_expired_one_hides_nothing_and_says_so(self, pack: RulePack) -> None:
        done = accepting(pack, assessment(finding("6.2")), deviation("6.2", expires=date(2026, 11, 25)))
        assert done.assessment.findings[0].counts
        assert (
            "codecheck.toml:1: the accepted deviation from 6.2 expired on 2026-11-25 (owner: The Head)"
            in done.remarks[0]
        )

    @pytest.mark.parametrize("expires", [TODAY, date(2020, 1, 1)])
    def test_one_that_matches_nothing_is_reported(self, pack: RulePack, expires: date) -> None:
        done = accepting(pack, assessment(also=("6.2",)), deviation("6.2", expires=expires))
        assert done.remarks == (
            "codecheck.toml:1: the accepted deviation from 6.2 is no longer found: take the entry out.",
        )

    def test_a_provision_that_was_not_assessed_gets_no_remark(self, pack: RulePack) -> None:
        assert accepting(pack, assessment(finding("6.3")), deviation("6.2")).remarks == ()

    def test_an_element_is_accepted_where_it_is_all_that_is_missing(self, pack: RulePack) -> None:
        done = accepting(pack, assessment(finding("5.10", missing="review")), deviation("5.10", "review"))
        assert not done.assessment.findings[0].counts

    def test_an_element_among_others_is_not_enough_and_a_line_says_so(self, pack: RulePack) -> None:
        done = accepting(pack, assessment(finding("5.10", missing="review record")), deviation("5.10", "review"))
        assert done.assessment.findings[0].counts
        assert done.remarks == (
            "codecheck.toml:1: the row on 5.10 still counts: the accepted deviation from 5.10 (review) does not cover "
            "all of it.",
        )

    def test_all_elements_together_are(self, pack: RulePack) -> None:
        done = accepting(
            pack,
            assessment(finding("5.10", missing="review record")),
            deviation("5.10", "review", expires=date(2027, 5, 1)),
            deviation("5.10", "record", expires=date(2027, 4, 1)),
        )
        (row,) = done.assessment.findings
        assert row.accepted is not None
        assert row.accepted.expires == "2027-04-01"

    def test_an_element_does_not_cover_words_against_the_code(self, pack: RulePack) -> None:
        row = finding("5.10", missing="review", quotes=(quote("We make no adjustments."),), verdict="contrary")
        assert accepting(pack, assessment(row), deviation("5.10", "review")).assessment.findings[0].counts

    def test_a_row_of_twins_needs_both(self, pack: RulePack) -> None:
        twins = assessment(finding("5.2", "5.3"))
        assert accepting(pack, twins, deviation("5.2")).assessment.findings[0].counts
        assert not accepting(pack, twins, deviation("5.2"), deviation("5.3")).assessment.findings[0].counts

    @pytest.mark.parametrize(
        ("one", "message"),
        [
            (deviation("6.99"), "codecheck.toml:1: there is no provision 6.99. Did you mean 6.9?"),
            (deviation("5.10", "reviews"), "provision 5.10 has no element reviews. Did you mean review?"),
            (deviation("5.10", "xyz"), "provision 5.10 has no element xyz. It has "),
        ],
    )
    def test_what_the_rules_do_not_have_is_refused(self, pack: RulePack, one: Deviation, message: str) -> None:
        with pytest.raises(InputError) as caught:
            check_deviations([one], pack)
        assert message in str(caught.value)


class TestIssues:
    def prints(self, row: Finding, pack: RulePack) -> set[str]:
        return {issue.fingerprint for issue in issues(row, assessment(row), pack)}

    def test_sections_pages_white_space_and_punctuation_do_not_matter(self, pack: RulePack) -> None:
        before = finding("5.2", quotes=(quote("2.3.5 Our informal stage, see section 4.1, is\nquick."),))
        after = finding("5.2", quotes=(quote("2.4.1 Our informal stage (see section 5.2) is quick", section="9"),))
        assert self.prints(before, pack) == self.prints(after, pack)

    def test_numbers_that_are_no_places_do(self) -> None:
        assert normalised("within 10 working days") != normalised("within 15 working days")

    @pytest.mark.parametrize(
        "other",
        [
            finding("5.3", quotes=(quote("We have three stages."),)),
            finding("5.2", quotes=(quote("We have four stages."),)),
            finding("5.2", quotes=(quote("We have three stages.", document="website"),)),
        ],
    )
    def test_provision_words_and_kind_of_document_do(self, other: Finding, pack: RulePack) -> None:
        assert self.prints(finding("5.2", quotes=(quote("We have three stages."),)), pack) != self.prints(other, pack)

    def test_what_is_quoted_for_the_landlord_is_no_issue(self, pack: RulePack) -> None:
        plain = finding("5.10", missing="review")
        quoting = finding("5.10", missing="review", quotes=(quote("We make adjustments.", role="supports"),))
        assert self.prints(plain, pack) == self.prints(quoting, pack)

    def test_each_provision_of_a_row_has_an_issue(self, pack: RulePack) -> None:
        row = finding("5.2", "5.3", id="5.2/self-assessment")
        found = issues(row, assessment(row), pack)
        assert {(one.provision, one.document) for one in found} == {
            ("5.2", "self-assessment"),
            ("5.3", "self-assessment"),
        }


class TestBaseline:
    def compare(self, pack: RulePack, before: Assessment, after: Assessment) -> tuple[int, int, int]:
        """Return how many findings are new and known, and how many entries are gone."""
        entries = entries_of(before.findings, before, pack)
        found = compare_with_baseline(after, entries, pack, concerns=lambda one: one.severity != "note")
        return len(found.new), sum(one.in_baseline for one in found.assessment.findings), len(found.gone)

    def test_the_same_rows_are_known(self, pack: RulePack) -> None:
        rows = assessment(finding("6.2"), finding("5.10", missing="review record"))
        assert self.compare(pack, rows, rows) == (0, 2, 0)

    def test_a_new_row_is_new(self, pack: RulePack) -> None:
        assert self.compare(pack, assessment(finding("6.2")), assessment(finding("6.2"), finding("6.3"))) == (1, 1, 0)

    def test_a_row_that_is_mended_in_part_stays_known_and_its_entry_goes(self, pack: RulePack) -> None:
        before = assessment(finding("5.10", missing="review record"))
        assert self.compare(pack, before, assessment(finding("5.10", missing="review"))) == (0, 1, 1)

    def test_a_row_that_grows_is_new(self, pack: RulePack) -> None:
        after = assessment(finding("5.10", missing="review record"))
        assert self.compare(pack, assessment(finding("5.10", missing="review")), after) == (1, 0, 0)

    def test_of_a_row_of_twins_one_may_be_mended(self, pack: RulePack) -> None:
        stages = (quote("We have three stages."),)
        before = assessment(finding("5.2", "5.3", quotes=stages))
        assert self.compare(pack, before, assessment(finding("5.3", quotes=stages), also=("5.2",))) == (0, 1, 1)

    def test_a_provision_that_is_mended_goes(self, pack: RulePack) -> None:
        assert self.compare(pack, assessment(finding("6.2")), assessment(also=("6.2",))) == (0, 0, 1)

    def test_a_provision_or_a_document_that_was_not_assessed_stays(self, pack: RulePack) -> None:
        before = assessment(finding("6.2"), finding("5.2", quotes=(quote("Stage 0", document="website"),)))
        assert self.compare(pack, before, assessment(also=("5.2",), kinds=("policy",))) == (0, 0, 0)

    def test_an_accepted_row_needs_no_entry(self, pack: RulePack) -> None:
        rows = assessment(finding("6.2"))
        accepted = accepting(pack, rows, deviation("6.2")).assessment
        assert self.compare(pack, rows, accepted) == (0, 0, 1)

    def test_notes_are_not_in_it(self, pack: RulePack) -> None:
        assert self.compare(pack, assessment(), assessment(finding("6.2", severity="note"))) == (0, 0, 0)

    def test_the_file_is_sorted_as_the_code_is(self, pack: RulePack) -> None:
        rows = assessment(finding("6.10"), finding("6.2"), finding("1.4"))
        text = baseline_text(entries_of(rows.findings, rows, pack))
        assert text.index('"1.4"') < text.index('"6.2"') < text.index('"6.10"')

    def test_an_empty_one_is_a_file_too(self) -> None:
        assert baseline_text(()) == '{\n "schema_version": 1,\n "entries": []\n}\n'
