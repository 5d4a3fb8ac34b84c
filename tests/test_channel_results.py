"""Results by channel: counts that add up, claims against records, what to hand over, the page in both languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from evidence_cases import check, rows
from example_run import example_run

from gdpr_assess.installed import shipped
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.model import Assessment
from gdpr_assess.pipeline import assess_client
from gdpr_assess.practices.rule import rules
from gdpr_assess.practices.tally import PLACES_OF_CHANNEL
from gdpr_assess.report.channel_rows import channel_rows
from gdpr_assess.report.channel_view import results_by_channel
from gdpr_assess.report.claims_view import claims, contradicted
from gdpr_assess.report.context import Report
from gdpr_assess.report.handed_view import handed_over
from gdpr_assess.report.practices_view import practices
from gdpr_assess.report.testable_view import asks, what_was_tested
from gdpr_assess.workspace import ClientFolder


@cache
def sample(name: str) -> Assessment:
    return assess_client(ClientFolder(shipped("data_samples") / name), date(2026, 9, 30))


def swedish(lang: str = "en") -> Report:
    return Report(sample("swedish_telesales"), lang)


def messages(count: int, channel: str) -> str:
    card = "my card is 4111 1111 1111 1111"
    return "\n".join(f"{channel}{n} | {channel} | {card}" for n in range(count))


def test_each_channel_has_its_own_counts_rate_and_first_places(tmp_path: Path) -> None:
    text = "\n".join(["message_id | channel | text", messages(30, "email"), messages(2, "sms"), "x | sms | hello"])
    result = check(tmp_path, "personal_data.cards", messages=text)
    email, sms = result.by_channel
    assert (email.channel, email.population, email.exceptions, email.rate) == ("email", 30, 30, 1.0)
    assert (sms.channel, sms.population, sms.exceptions, sms.rate) == ("sms", 3, 2, round(2 / 3, 6))
    assert rows(email) == list(range(2, 2 + PLACES_OF_CHANNEL))
    assert rows(sms) == [32, 33]


def test_records_that_name_no_channel_are_counted_apart(tmp_path: Path) -> None:
    text = "message_id | channel | text\n1 | email | hello\n2 |  | 4111 1111 1111 1111"
    result = check(tmp_path, "personal_data.cards", messages=text)
    assert [(one.channel, one.exceptions) for one in result.by_channel] == [("email", 0), (None, 1)]


def test_channels_add_up_to_the_whole() -> None:
    divided = [result for result in sample("swedish_telesales").checks if result.by_channel]
    assert divided
    for result in divided:
        for name in ("population", "exceptions", "untested"):
            assert sum(getattr(part, name) for part in result.by_channel) == getattr(result, name), result.check
        assert {part.channel for part in result.by_channel} <= {*rules()[result.check].channels, None}, result.check


def test_every_check_stands_in_each_channel_in_use_that_it_concerns() -> None:
    report = swedish()
    used = set(report.run.client.channels)
    by_channel = {row.channel: {one.row.check.check for one in row.checks} for row in channel_rows(report)}
    assert used < set(by_channel)
    for name, rule in rules().items():
        shown = {channel for channel, names in by_channel.items() if name in names and channel in {*used, None}}
        assert shown == (set(rule.channels) & used if rule.channels else {None}), name


def test_a_channel_shows_its_own_figures_in_its_sentence() -> None:
    phone = next(row for row in channel_rows(swedish()) if row.channel == "phone")
    one = next(one for one in phone.checks if one.row.check.check == "marketing.hours")
    assert one.row.said is not None
    assert (one.row.check.channel, one.ended) == ("phone", "exceptions")
    assert f"{one.row.check.exceptions} of {one.row.check.population - one.row.check.untested} " in one.row.said


def test_claims_contradicted_by_records_come_with_figures_places_and_links() -> None:
    report = swedish()
    found = contradicted(report)
    assert found
    page = str(claims(report))
    for gap, shown in found:
        assert gap.claimed
        assert f'href="#{gap.anchor}"' in page
        assert all(row.finding.severity in ("high", "medium", "low") for row in shown)
        assert all(re.search(r"\d", row.message) for row in shown)
    assert "Whoever says no is blocked at once." in page


def test_without_records_no_claim_is_called_confirmed() -> None:
    run = sample("swedish_telesales").model_copy(update={"checks": (), "gaps": (), "evidence": ()})
    page = str(practices(Report(run, "en")))
    assert "cannot be held against records" in page
    assert "No records were handed over" in page


def test_what_was_handed_over_names_every_file_once_per_table() -> None:
    report = Report(sample("bpo_eu_us"), "en")
    page = str(handed_over(report))
    assert page.count("<tr>") == len(report.run.evidence) + 1
    assert "Amazon Connect" in page


def test_what_was_handed_over_names_the_system_that_the_client_says_a_file_comes_from() -> None:
    report = Report(sample("swedish_telesales"), "en")
    stated = {fact["system"] for fact in report.run.evidence} - {None}
    page = str(handed_over(report))
    assert stated
    assert all(system.name in page for system in report.run.systems if system.id in stated)


def test_what_to_hand_over_is_named_for_every_check_that_was_not_made() -> None:
    report = Report(sample("dach_contact_centre"), "en")
    missing = [row.check for row in report.checks if row.check.outcome == "not_testable"]
    assert missing
    page = str(what_was_tested(report))
    for result in missing:
        assert all(demand for demand in asks(report, result))
        assert report.check(result).title in page
    assert "Consents: an export with" in page


def test_channels_in_use_without_a_record_are_named() -> None:
    run = sample("swedish_telesales")
    client = run.client.model_copy(update={"channels": (*run.client.channels, "chat")})
    report = Report(run.model_copy(update={"client": client}), "en")
    assert "no call or message of them was handed over: Chat." in str(what_was_tested(report))
    assert "no call or message of them" not in str(what_was_tested(swedish()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_in_every_language(lang: str) -> None:
    page = str(practices(swedish(lang)))
    order = [page.index(f'id="{name}"') for name in ("claims", "handed-over", "testable", "channels", "checks")]
    assert order == sorted(order)
    assert "[en]" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#(check-[^"]+)"', page))
    assert targets
    assert targets <= set(ids)


def test_the_chart_says_in_words_what_it_shows() -> None:
    page = str(results_by_channel(swedish()))
    alt = re.findall(r'<img src="data:image/svg[^"]*" alt="([^"]*)"', page)
    assert len(alt) == 1
    assert "Phone: 6 with exceptions" in alt[0]


def test_hostile_texts_stay_text() -> None:
    assert "<img src=x" not in str(practices(Report(example_run(), "en")))
