"""What a text of its kind lacks: by origin of the data (Art. 13, Art. 14), basis, facts of the client, national law."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from gdpr_assess.lang import texts
from gdpr_assess.law.recording import asking
from gdpr_assess.model import DataFrom, Flow, Intake, Lack, Profile, Purpose, Wording, WordingKind
from gdpr_assess.wording import LANGUAGES, assess, lint
from gdpr_assess.wording.kinds import requirements
from gdpr_assess.wording.known import Fact
from gdpr_assess.wording.situation import situation
from gdpr_assess.workspace import ClientFolder

CALL = (
    "You are speaking with Nordlux. This call is recorded for training. You may object. More: nordlux.example/privacy."
)
SCRIPT = "Kim Berg from Nordlux. I have an offer for you. You may object to such calls. More: nordlux.example/privacy."
NOTICE = "Nordlux. We use your data to answer you."
ON = date(2026, 9, 30)


@pytest.fixture
def folder(tmp_path: Any) -> ClientFolder:
    client = ClientFolder(tmp_path)
    client.wordings.mkdir(parents=True)
    return client


def lacks(text: str, kind: WordingKind, **given: Any) -> dict[str, Lack]:
    """Return what a text lacks, by code."""
    return {lack.code: lack for lack in lint(text, kind=kind, language="en", **given).lacking}


def client(*wordings: Wording, flows: tuple[Flow, ...] = (), **profile: Any) -> Intake:
    """Return the intake of a client that serves people in one country."""
    base = {
        "client_name": "Nordlux", "main_country": "IE", "roles": ("controller",), "countries_served": ("IE",),
        "channels": ("phone",), "services": ("inbound_support",),
    }  # fmt: skip
    return Intake(profile=Profile(**base | profile), wordings=wordings, flows=flows)


@pytest.mark.parametrize(
    ("data_from", "due", "asked", "not_due"),
    [
        ("person", {"provision_required"}, set(), {"data_source", "data_categories"}),
        ("elsewhere", {"data_source", "data_categories"}, set(), {"provision_required"}),
        ("both", {"provision_required", "data_source", "data_categories"}, set(), set()),
        (None, {"provision_required"}, {"data_source", "data_categories"}, set()),
    ],
)
def test_a_notice_says_what_the_origin_of_the_data_asks_for(
    data_from: DataFrom | None, due: set[str], asked: set[str], not_due: set[str]
) -> None:
    found = lacks(NOTICE, "privacy_notice", data_from=data_from)
    assert due <= {code for code, lack in found.items() if not lack.asks}
    assert asked <= {code for code, lack in found.items() if lack.asks == "from_elsewhere"}
    assert not not_due & found.keys()


def test_only_what_is_sure_is_missing() -> None:
    result = lint(NOTICE, kind="privacy_notice", language="en")
    assert result.missing == tuple(lack.code for lack in result.lacking if not lack.asks)
    assert {"dpo_contact", "representative", "automated_decision"}.isdisjoint(result.missing or ())


def test_the_articles_are_those_of_art_14_where_no_data_come_from_the_person() -> None:
    assert lacks(NOTICE, "privacy_notice")["retention"].articles == ("13(2)(a)",)
    assert lacks(NOTICE, "privacy_notice", data_from="elsewhere")["retention"].articles == ("14(2)(a)",)


@pytest.mark.parametrize(
    ("basis", "due"),
    [
        ("contract", {"right_portability"}),
        ("consent", {"right_portability", "right_withdraw_consent"}),
        ("legitimate_interest", {"right_objection", "legitimate_interest"}),
        ("legal_obligation", set()),
        ("public_task", {"right_objection"}),
    ],
)
def test_rights_depend_on_the_basis(basis: Any, due: set[str]) -> None:
    found = lacks(NOTICE, "privacy_notice", basis=basis)
    sure = {code for code, lack in found.items() if not lack.asks}
    some = {"right_portability", "right_objection", "right_withdraw_consent", "legitimate_interest"}
    assert sure & some == due


def test_a_script_with_bought_addresses_names_their_source(folder: ClientFolder) -> None:
    said = Wording(id="W1", kind="sales_script", language="en", text=SCRIPT)
    effects = {}
    for bought in (True, False, None):
        findings = assess(client(said, buys_leads=bought), folder, ON)[1]
        effects[bought] = {f.rule: f.effect for f in findings if f.params["element"] == "data_source"}
    assert effects == {
        True: {"missing.data_source": "violation"},
        False: {},
        None: {"depends.from_elsewhere": "indicator"},
    }


def test_the_row_of_a_wording_says_where_its_data_come_from(folder: ClientFolder) -> None:
    said = Wording(id="W1", kind="sales_script", language="en", text=SCRIPT, data_from="elsewhere")
    assert "missing.data_source" in {f.rule for f in assess(client(said, buys_leads=False), folder, ON)[1]}


def test_a_pointer_stands_for_the_full_notice_and_the_full_notice_needs_none() -> None:
    short = "Nordlux records this call to train its staff. You may object."
    (pointer,) = (lack for lack in lacks(short, "recording_notice").values() if lack.instead)
    assert (pointer.code, pointer.authority) == ("more_information", "guidance")
    assert {"retention", "legal_basis", "right_access", "right_complaint"} <= set(pointer.instead)
    assert "more_information" not in lacks(short + " More: nordlux.example/privacy.", "recording_notice")
    full = (
        f"{short} You can reach us at privacy@nordlux.example. Legal basis: legitimate interests. We do not share your"
        " data with anybody. We keep recordings for 30 days. You have the right of access, rectification, erasure,"
        " restriction and portability, and can complain to the supervisory authority. It is voluntary; if you say no,"
        " we serve you just the same."
    )
    assert lacks(full, "recording_notice") == {}


@pytest.mark.parametrize(
    ("country", "purposes", "needed"),
    [
        ("DE", (), True),
        ("DE", ("proof",), True),
        ("DK", (), None),
        ("DK", ("training",), True),
        ("DK", ("proof",), False),
        ("DK", ("proof", "quality"), True),
        ("BE", ("quality",), False),
        ("BE", ("training",), None),
        ("PT", ("proof",), True),
        ("PT", ("training",), None),
        ("FR", (), None),
        ("FR", ("quality",), False),
        ("FR", ("quality", "proof"), None),
        ("IE", (), False),
        ("AT", (), None),
    ],
)
def test_national_law_decides_by_the_purpose_of_a_recording(
    country: str, purposes: tuple[Purpose, ...], needed: bool | None
) -> None:
    ruling = asking(country, purposes, ON)
    assert ruling is not None
    assert ruling.needed is needed


def test_law_read_in_a_source_fails_and_law_from_memory_asks(folder: ClientFolder) -> None:
    seen = {}
    for country in ("DE", "CY", "IE", "US"):
        said = Wording(id="W1", kind="recording_notice", language="en", country=country, text=CALL)
        seen[country] = {
            f.effect: (f.params["land"], f.params["law"])
            for f in assess(client(said), folder, ON)[1]
            if "land" in f.params
        }
    assert seen == {
        "DE": {"violation": ("DE", "s.201 StGB; DE4, DE5; 2022-03")},
        "CY": {"indicator": ("CY", "law 92(I)/1996; 2025-06")},
        "IE": {},
        "US": {},
    }


def test_the_law_of_the_country_stands_beside_a_consent_that_the_text_rests_on() -> None:
    grounds = {country: lacks(CALL, "recording_notice", basis="consent", country=country)["consent_question"].citations
               for country in ("DE", "IE", "CY")}  # fmt: skip
    assert grounds == {"DE": ("4(11)", "7", "s.201 StGB"), "IE": ("4(11)", "7"), "CY": ("4(11)", "7")}


def test_a_contract_takes_away_no_right_to_object_to_advertising() -> None:
    said = {basis: lacks("Nordlux. An offer.", "sales_script", basis=basis)["right_objection"].asks
            for basis in (None, "contract", "consent")}  # fmt: skip
    assert said == {None: None, "contract": "first_contact", "consent": None}


def test_only_a_right_to_object_is_one_where_the_law_gives_it() -> None:
    script = "Nordlux. An offer. You can withdraw your consent at any time."
    assert "right_objection" not in lacks(script, "sales_script", basis="consent")
    assert "right_objection" in lacks(script, "sales_script", basis="legitimate_interest")
    asked = "Nordlux records this call for training. May we record it?"
    assert "right_objection" in lacks(asked, "recording_notice", basis="legitimate_interest")
    assert "consent_question" not in lacks(CALL, "recording_notice", basis="legal_obligation", country="DE")
    for basis, due in (("legitimate_interest", True), ("contract", False)):
        assert ("right_objection" in lacks("Nordlux. To answer you.", "message_notice", basis=basis)) is due


def test_a_request_for_consent_names_data_that_do_not_go_without_saying() -> None:
    assert "data_categories" not in lacks("Nordlux: may we send you offers by e-mail?", "consent_request")
    shared = lacks("Nordlux: may we pass your details to the insurer Astra for its offers?", "consent_request")
    assert shared["data_categories"].articles == ("4(11)", "recital 42")
    assert shared["data_categories"].authority == "guidance"


def test_a_survey_may_be_advertising() -> None:
    def markets(*purposes: Purpose) -> bool | None:
        flows = tuple(Flow(id=f"F{n}", source="people", target="client", kind="collection", purpose=purpose,
                           data_categories=("contact",)) for n, purpose in enumerate(purposes))  # fmt: skip
        return situation(client(flows=flows)).marketing

    assert [markets("marketing"), markets("survey", "service"), markets("service"), markets()] == [
        True, None, False, None,
    ]  # fmt: skip


def test_a_contact_alone_is_no_pointer_to_the_full_notice() -> None:
    said = SCRIPT.replace("More: nordlux.example/privacy.", "Reach us at 01 555 0100.")
    assert "more_information" in lacks(said, "sales_script")
    assert "more_information" not in lacks(SCRIPT, "sales_script")


@pytest.mark.parametrize(("purpose", "effect"), [("training", "indicator"), ("proof", None), ("service", "indicator")])
def test_the_purposes_of_the_clients_recordings_decide(
    purpose: Purpose, effect: str | None, folder: ClientFolder
) -> None:
    said = Wording(id="W1", kind="recording_notice", language="en", text=CALL)
    flow = Flow(id="F1", source="people", target="client", kind="collection", purpose=purpose,
                data_categories=("call_recording",))  # fmt: skip
    intake = client(said, flows=(flow,), main_country="DK", countries_served=("DK",))
    found = [f.effect for f in assess(intake, folder, ON)[1] if f.params["element"] == "consent_question"]
    assert found == ([effect] if effect else [])
    (result,), _, _ = assess(intake, folder, ON)
    assert result.suggestion is not None
    asks = "consent_question" in {hit.code for hit in lint(result.suggestion.text, language="en").elements}
    assert asks == (effect is not None)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_findings_tell_the_law_of_the_country(lang: str, folder: ClientFolder) -> None:
    say = texts(lang)
    for country in ("DE", "CY"):
        said = Wording(id="W1", kind="recording_notice", language="en", country=country, text=CALL)
        (finding,) = (f for f in assess(client(said), folder, ON)[1] if "land" in f.params)
        shown = say(f"wording.{finding.told_as}", "message", **finding.params)
        assert str(finding.params["law"]) in shown


def test_every_fact_that_a_duty_asks_for_has_its_question() -> None:
    asked = {duty.when for duties in requirements().values() for duty in duties if duty.when}
    assert asked <= set(get_args(Fact))
    for fact in {*asked, "recording"}:
        assert texts("zh").has(f"wording.depends.{fact}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_lacking_without_a_kind(language: str) -> None:
    assert lint("Nordlux.", language=language).lacking == ()
