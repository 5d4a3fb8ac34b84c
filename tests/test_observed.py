"""Declared against observed: every rule's examples, what the exports are read to show, and what notices say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from observed_cases import exports_of, found, notice

from data_samples.generator.files import SAMPLES
from gdpr_assess.assessment.notices import never_leaves, periods, stored_inside
from gdpr_assess.assessment.observed import RULES
from gdpr_assess.assessment.observed_rule import FOLDER, ObservedExample, observed_rule
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.flows.rule import EXAMPLE_DAY, EXAMPLE_PROFILE
from gdpr_assess.lang.texts import entries
from gdpr_assess.law import article, sources
from gdpr_assess.model import Intake
from gdpr_assess.pipeline import assess_client
from gdpr_assess.practices import Observed
from gdpr_assess.practices.observed import clear_country
from gdpr_assess.report.context import Report
from gdpr_assess.report.flow_view import flow_map
from gdpr_assess.workspace import ClientFolder

EXAMPLES = [
    pytest.param(code, example, expected, id=f"{code}-{'triggers' if expected else 'sound'}-{number}")
    for code in RULES
    for expected, examples in ((True, observed_rule(code).triggers), (False, observed_rule(code).sound))
    for number, example in enumerate(examples)
]


@pytest.mark.parametrize(("code", "example", "expected"), EXAMPLES)
def test_example(code: str, example: ObservedExample, expected: bool) -> None:
    rules = [finding.rule for finding in found(example.built(), example.observed, example.as_of)]
    assert rules == [code] * expected, example.because


def test_every_rule_has_its_file_and_every_file_its_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(RULES)
    assert all(observed_rule(code).code == code for code in RULES)


@pytest.mark.parametrize("code", RULES)
def test_rule_names_controls_of_the_client_known_law_and_texts(code: str) -> None:
    data, controls = observed_rule(code), load_catalogue().controls
    assert {controls[control].scope for control in data.controls} == {"client"}
    assert [number for number in data.articles if article(number) is None] == []
    assert [source.id for source in data.sources if source.id not in sources()] == []
    for lang in ("en", "zh"):
        assert {"title", "message", "fix"} <= entries(lang)[f"flows.{code}"].keys()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We keep recordings for six months.", [("recordings", "six months")]),
        ("en", "Messages are deleted after 2 weeks, recordings after 90 days.",
         [("messages", "2 weeks"), ("recordings", "90 days")]),
        ("de", "Wir speichern Gesprächsaufzeichnungen für drei Monate.", [("recordings", "drei Monate")]),
        ("sv", "Vi sparar inspelade samtal i två år.", [("recordings", "två år")]),
        ("pl", "Nagrania rozmów przechowujemy przez 3 miesiące.", [("recordings", "3 miesiące")]),
        ("zh", "录音保存三个月后删除。", [("recordings", "三个月")]),
        ("zh", "录音只用于培训，十四天后删除。", []),
        ("en", "Recordings are kept for 2 years after the contract ends.", []),
        ("en", "Recordings are deleted 30 days after the call.", [("recordings", "30 days")]),
        ("en", "If you do not agree, tell me and the recording is deleted after 2 days.", []),
        ("en", "Contract data are kept for six years.", []),
        ("en", "Recordings are deleted on 3 May.", []),
        ("zh", "本政策自2025年3月1日起生效，录音保存至争议解决。", []),
    ],
)  # fmt: skip
def test_periods_of_recordings_and_messages_are_read(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    result = notice(text, language)
    told = [(period.subject, result.text[period.span[0] : period.span[1]]) for period in periods(result)]
    assert told == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your data are not transferred to a third country."),
        ("en", "We do not transfer your data outside the EU."),
        ("de", "Ihre Daten werden nicht in ein Drittland übermittelt."),
        ("de", "Ihre Daten verlassen die EU nicht."),
        ("de", "Eine Übermittlung in Länder außerhalb der EU findet nicht statt."),
        ("sv", "Uppgifterna överförs inte till något tredjeland."),
        ("pl", "Dane nie są przekazywane poza EOG."),
        ("pl", "Danych nie przekazujemy do państw trzecich."),
        ("zh", "您的数据不会传输到第三国。"),
        ("fr", "Vos données ne quittent jamais l'Union européenne."),
        ("es", "Sus datos no salen de la UE."),
        ("it", "I Suoi dati non lasciano mai l'UE."),
        ("nl", "Uw gegevens blijven altijd binnen de EU."),
        ("pt", "Os seus dados não saem da UE."),
        ("da", "Dine oplysninger forlader aldrig EU."),
        ("fi", "Tietojasi ei siirretä EU:n ulkopuolelle."),
        ("cs", "Údaje nepředáváme mimo EU."),
        ("el", "Τα δεδομένα σας δεν φεύγουν ποτέ από την ΕΕ."),
    ],
)
def test_denied_transfer_is_read(language: str, text: str) -> None:
    assert never_leaves(notice(text, language)) is not None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We may transfer your data outside the EU."),
        ("en", "Without your consent your data are not transferred to a third country."),
        ("de", "Ihre Daten werden nicht in der EU gespeichert."),
        ("de", "Sofern Sie nicht zustimmen, werden Daten nicht in ein Drittland übermittelt."),
        ("sv", "Uppgifterna lagras inte inom EU."),
        ("pl", "Dane są przekazywane poza EOG."),
        ("zh", "您的数据不存储在欧盟境内。"),
        ("fr", "Vos données peuvent être transférées hors de l'UE."),
        ("es", "Salvo que usted lo pida, sus datos no se transfieren fuera de la UE."),
        ("nl", "Uw gegevens worden niet in de EU opgeslagen."),
        ("da", "Dine oplysninger overføres til lande uden for EU."),
        ("hu", "Az adatok soha nem hagyják el az Európai Uniót."),
    ],
)
def test_anything_less_than_a_denial_is_not(language: str, text: str) -> None:
    result = notice(text, language)
    assert (never_leaves(result), stored_inside(result)) == (None, None)


@pytest.mark.parametrize(
    ("text", "land"),
    [("IN", "IN"), ("Germany", "DE"), ("菲律宾", "PH"), ("Filipiny", "PH"), ("NA", None), ("Georgia", None),
     ("tampa", None), ("s3/2026/IN/1.wav", None), ("in", None), ("", None), (None, None)],
)  # fmt: skip
def test_only_a_clear_country_is_a_location(text: str | None, land: str | None) -> None:
    assert clear_country(text) == land


def test_countries_of_customers_are_stated_or_follow_from_the_number(tmp_path: Path) -> None:
    rows = ["1,2026-09-01T09:00:00Z,+4721000000,", "2,2026-09-01T10:00:00Z,+4721000000,SE", "3,2026-09-01T11:00:00Z,,"]
    seen = exports_of(tmp_path, calls="\n".join(["call_id,started_at,customer_number,customer_country", *rows]))
    told = [(one.value, one.count, one.total, one.stated, one.place.row) for one in seen.customers]
    assert told == [("NO", 1, 2, 0, 2), ("SE", 1, 2, 1, 3)]
    assert [(one.value, one.count) for one in seen.channels] == [("phone", 3)]


def test_staff_who_left_or_have_not_come_are_not_counted(tmp_path: Path) -> None:
    rows = ["a1,agent,PH,2025-01-01,", "a2,agent,PH,2025-01-01,2026-01-01", "a3,agent,IN,2027-01-01,", "a4,agent,DE,,"]
    seen = exports_of(tmp_path, staff="\n".join(["person,role,country,access_from,left_at", *rows]))
    assert [(one.value, one.count, one.total, one.place.row) for one in seen.agents] == [
        ("DE", 1, 2, 5),
        ("PH", 1, 2, 2),
    ]


def test_deleted_recordings_lie_nowhere(tmp_path: Path) -> None:
    rows = [
        "r1,c1,2026-09-01,available,IN,",
        "r2,c2,2026-09-01,deleted,IN,2026-09-02",
        "r3,c3,2026-09-01,available,rack 4,",
    ]
    seen = exports_of(
        tmp_path, recordings="\n".join(["recording_id,call_id,created_at,state,location,deleted_at", *rows])
    )
    assert [(one.value, one.count, one.total) for one in seen.locations] == [("IN", 1, 1)]


def test_agents_weigh_by_the_protection_of_their_country() -> None:
    place = {"file": "inputs/evidence/staff.csv", "row": 2}
    agents = [{"value": land, "count": 1, "total": 9, "stated": 1, "place": place} for land in ("JP", "PH", "PL")]
    findings = found(Intake.model_validate({"profile": EXAMPLE_PROFILE}), Observed.model_validate({"agents": agents}))
    weights = {finding.params["land"]: (finding.effect, finding.severity) for finding in findings}
    assert weights == {"JP": ("practice", "medium"), "PH": ("violation", "high"), "PL": ("indicator", "low")}


def test_period_of_a_short_notice_is_that_of_its_subject() -> None:
    (period,) = periods(notice("录音只给维修站听，十四天后删除。", "zh", "recording_notice"))
    assert (period.subject, period.least, period.most, period.plain) == ("recordings", 14, 14, False)


@pytest.mark.parametrize(("days", "effect"), [(30, "practice"), (365, "violation")])
def test_broken_promise_weighs_more_than_a_wrong_one(days: int, effect: str) -> None:
    said = {"id": "W1", "kind": "privacy_notice", "language": "en", "text": "We keep recordings for 90 days."}
    profile = EXAMPLE_PROFILE | {"recording_retention_days": days}
    (finding,) = found(Intake.model_validate({"profile": profile, "wordings": [said]}), Observed())
    assert finding.effect == effect


def test_notice_out_of_use_is_not_compared() -> None:
    old = {"id": "W1", "kind": "recording_notice", "language": "en", "text": "We keep recordings for 30 days."}
    profile = EXAMPLE_PROFILE | {"recording_retention_days": 90}
    in_use, retired = ({"profile": profile, "wordings": [old | more]} for more in ({}, {"valid_to": "2026-01-01"}))
    (finding,) = found(Intake.model_validate(in_use), Observed())
    assert (finding.effect, finding.place.span, finding.params["days"]) == ("violation", (23, 30), [90])
    assert found(Intake.model_validate(retired), Observed()) == []


def test_undeclared_agents_reach_verdict_and_report(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "clean_energy_supplier" / "inputs", tmp_path / "inputs")
    staff = tmp_path / "inputs" / "evidence" / "staff.csv"
    staff.write_text(staff.read_text(encoding="utf-8").replace(",IE,", ",PH,", 2), encoding="utf-8")
    run = assess_client(ClientFolder(tmp_path), EXAMPLE_DAY)
    (finding,) = [one for one in run.findings if one.rule == "OBSERVED_AGENT_COUNTRY_NOT_DECLARED"]
    assert (finding.place.file, finding.place.row, finding.params["count"]) == ("inputs/evidence/staff.csv", 2, 2)
    (verdict,) = [one for one in run.verdicts if one.control == "XFR-01"]
    assert (verdict.verdict, verdict.applicability_contradicted) == ("not_met", True)
    assert "员工在未申报的国家工作" in flow_map(Report(run, "zh"))


def test_a_prefix_names_the_country_of_all_its_numbers(tmp_path: Path) -> None:
    numbers = ["+14165550100", "+12125550100", "+442079460000", "+447797000000", "+12120000000", "me@shop.example"]
    rows = [f"m{i},2026-09-01T09:00:00Z,sms,{number}" for i, number in enumerate(numbers)]
    seen = exports_of(tmp_path, messages="\n".join(["message_id,sent_at,channel,customer_address", *rows]))
    assert [(one.value, one.count, one.stated) for one in seen.customers] == [("CA", 1, 0), ("GB", 2, 0), ("US", 2, 0)]
