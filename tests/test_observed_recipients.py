"""Mail domains in the exports, and what notices say of recipients and countries, against the declared flows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from observed_cases import exports_of, found, notice

from gdpr_assess.assessment.domain_names import named_like
from gdpr_assess.assessment.notices import no_recipients
from gdpr_assess.flows.rule import EXAMPLE_PROFILE
from gdpr_assess.model import Intake
from gdpr_assess.practices import Observed


def test_domains_of_staff_and_of_organisations_are_counted_and_no_address_is_kept(tmp_path: Path) -> None:
    to = ["claims@insurer.eu"] * 25 + [f"c{i}@gmail.com" for i in range(30)] + ["one@gmail.com"] * 25
    to += [f"c{i}@shop.eu" for i in range(30)]
    rows = [f"m{i},2026-09-01T09:00:00Z,email,outbound,{address},Ann@CallCo.ph" for i, address in enumerate(to)]
    table = "\n".join(["message_id,sent_at,channel,direction,customer_address,agent", *rows])
    seen = exports_of(tmp_path, messages=table, calls="call_id,started_at,agent\n1,2026-09-01T09:00:00Z,x7")
    assert [(one.value, one.count, one.total) for one in seen.recipient_domains] == [("insurer.eu", 25, 110)]
    assert [(one.value, one.count, one.total) for one in seen.staff_domains] == [("callco.ph", 1, 1)]
    assert "@" not in seen.model_dump_json()


@pytest.mark.parametrize(
    ("domain", "name", "fits"),
    [
        ("callco.ph", "CallCo Philippines Inc.", True),
        ("mail.call-co.com", "CallCo", True),
        ("mueller-service.de", "Müller Service GmbH", True),
        ("bahn.de", "Deutsche Bahn AG", True),
        ("lbbw.co.uk", "Landesbank Baden BW", False),
        ("db.com", "Deutsche Bank", True),
        ("nightdesk.in", "CallCo", False),
        ("co.uk", "Company", False),
    ],
)
def test_a_domain_is_compared_with_names_generously(domain: str, name: str, fits: bool) -> None:
    assert named_like(domain, [name]) is fits


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_domain_and_name_can_be_compared(domain: str, name: str) -> None:
    assert named_like(domain, [name]) in (True, False)


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "We share your data with Nordic Debt AB and Speech, Inc.", ["Nordic Debt AB", "Speech, Inc."]),
        ("de", "Empfänger: Ihre Daten erhalten die Inkasso Nord GmbH und die Speech AG.",
         ["Inkasso Nord GmbH", "Speech AG"]),
        ("pl", "Dane przekazujemy firmie Windykacja Sp. z o.o. w Krakowie.", ["Windykacja Sp. z o.o."]),
        ("en", "We share your data with our courier. Our office is at Tower Ltd House.", []),
    ],
)  # fmt: skip
def test_companies_in_sentences_about_recipients_are_read(language: str, text: str, named: list[str]) -> None:
    notices = [{"id": "W1", "kind": "privacy_notice", "language": language, "text": text}]
    findings = found(Intake.model_validate({"profile": EXAMPLE_PROFILE, "wordings": notices}), Observed())
    assert [one.params["named"] for one in findings if one.rule == "NOTICE_RECIPIENT_OTHER"] == named


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We do not share your data with third parties."),
        ("en", "Your data are never passed on to anyone."),
        ("de", "Wir geben Ihre Daten nicht an Dritte weiter."),
        ("sv", "Uppgifterna delas aldrig med tredje part."),
        ("pl", "Nie udostępniamy danych osobom trzecim."),
        ("zh", "我们不会向第三方提供您的数据。"),
    ],
)
def test_denied_recipients_are_read(language: str, text: str) -> None:
    assert no_recipients(notice(text, language)) is not None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We do not share your data with third parties without your consent."),
        ("en", "We share your data with third parties."),
        ("de", "Wir geben Ihre Daten an Dritte weiter."),
        ("sv", "Uppgifterna delas med tredje part."),
        ("pl", "Udostępniamy dane osobom trzecim."),
        ("zh", "未经您同意，我们不会向第三方提供您的数据。"),
    ],
)
def test_anything_less_than_denied_recipients_is_not(language: str, text: str) -> None:
    assert no_recipients(notice(text, language)) is None


@pytest.mark.parametrize(
    ("language", "text", "lands"),
    [
        ("en", "Data are sent to India and the United States.", ["IN", "US"]),
        ("de", "Daten werden in die USA und nach Indien übermittelt.", ["IN", "US"]),
        ("sv", "Uppgifterna överförs till Filippinerna.", ["PH"]),
        ("pl", "Dane przekazujemy do Indonezji i Filipin.", ["ID", "PH"]),
        ("zh", "数据将传输至印度尼西亚。", ["ID"]),
        ("en", "Our agent Jordan sent a postcard to Georgia.", []),
        ("en", "Your data are not transferred outside the EU, nor sent to India.", []),
    ],
)
def test_countries_to_which_data_go_are_read(language: str, text: str, lands: list[str]) -> None:
    notices = [{"id": "W1", "kind": "recording_notice", "language": language, "text": text}]
    findings = found(Intake.model_validate({"profile": EXAMPLE_PROFILE, "wordings": notices}), Observed())
    assert [land for one in findings for land in one.params["lands"]] == lands
