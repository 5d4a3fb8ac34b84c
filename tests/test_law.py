"""The facts of law: complete, sourced, dated; and the points on which a client's result turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import get_args

import pytest
from pydantic import BaseModel

from gdpr_assess import law
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.flows.clauses import MODULES
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.lang.texts import entries
from gdpr_assess.model.values import TransferTool

DAY = date(2026, 9, 30)


def _facts(value: object) -> Iterator[law.Fact[object]]:
    if isinstance(value, law.Fact):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _facts(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _facts(item)


def test_all_32_countries_are_there_and_named_by_their_iso_code() -> None:
    assert len(law.countries()) == 32
    assert all(land.code == code for code, land in law.countries().items())
    assert len(law.eea()) == 30
    assert law.eea() & {"DE", "NO", "CH", "GB"} == {"DE", "NO"}


@pytest.mark.parametrize("code", law.countries())
def test_every_fact_of_a_country_names_known_sources(code: str) -> None:
    facts = list(_facts(law.countries()[code]))
    assert len(facts) > 8
    assert {source for fact in facts for source in fact.source} <= law.sources().keys()
    assert all(fact.source for fact in facts if fact.verified)


@pytest.mark.parametrize("code", law.countries())
def test_versions_of_a_fact_do_not_overlap(code: str) -> None:
    marketing = law.countries()[code].marketing
    for name in type(marketing).model_fields:
        value = getattr(marketing, name)
        versions = value.versions if isinstance(value, law.Dated) else ()
        ends = [(fact.since or date.min, fact.until or date.max) for fact in versions]
        assert all(first[1] < second[0] for first, second in pairwise(ends)), name


def test_calling_hours_are_well_formed() -> None:
    for land in law.countries().values():
        for fact in land.marketing.hours.versions if land.marketing.hours else ():
            spans = [span for day in fact.value.spans.values() for span in day]
            assert spans
            assert all(re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", span) and span[:5] < span[6:] for span in spans)


@pytest.mark.parametrize(
    ("code", "day", "regime"),
    [
        ("FR", "2026-08-10", "opt_out_register"),
        ("FR", "2026-08-11", "opt_in"),
        ("DE", "2026-09-30", "opt_in"),
        ("PL", "2026-09-30", "opt_in"),
        ("NO", "2026-09-30", "opt_out_register"),
        ("SE", "2026-09-30", None),  # by memory: known() keeps silent
    ],
)
def test_verified_rule_of_a_live_call_at_a_day(code: str, day: str, regime: str | None) -> None:
    land = law.country(code)
    assert land is not None
    assert land.marketing.live_call.known(date.fromisoformat(day)) == regime


def test_names_that_changed() -> None:
    uk, sweden = law.country("UK"), law.country("SE")
    assert uk is not None
    assert sweden is not None
    assert uk.code == "GB"
    assert uk.authority.names["en"].since == date(2026, 9, 30)
    assert sweden.authority.names["sv"].verified
    assert [(name.name, name.until) for name in sweden.authority.former] == [("Datainspektionen", date(2020, 12, 31))]


def test_unknown_country_is_none() -> None:
    assert law.country("XX") is None


@pytest.mark.parametrize(
    ("place", "day", "safe"),
    [
        ("SE", "2026-09-30", True),
        ("JP", "2026-09-30", True),
        ("PH", "2026-09-30", False),
        ("CA", "2026-09-30", None),
        ("US", "2026-09-30", None),
        ("US", "2023-07-09", False),
        ("BR", "2026-01-25", False),
        ("BR", "2026-01-26", True),
        ("UK", "2031-12-27", True),
        ("GB", "2031-12-28", False),
    ],
)
def test_adequacy_at_a_day(place: str, day: str, safe: bool | None) -> None:
    assert law.adequate(place, date.fromisoformat(day)) is safe


def test_modules_of_the_clauses_are_those_that_the_rules_know() -> None:
    found = {(tool.exporter, tool.importer): tool.id for tool in law.clauses(DAY) if tool.exporter}
    assert found == MODULES
    assert {source for tool in law.clauses(DAY) for source in tool.source} <= law.sources().keys()
    assert {tool.id for tool in law.clauses(DAY)} <= set(get_args(TransferTool))


def test_decisions_are_17_each_once_with_a_known_source() -> None:
    places = [decision.place for decision in law.decisions()]
    assert len(places) == len(set(places)) == 17
    assert all(set(decision.source) <= law.sources().keys() for decision in law.decisions())
    assert all((decision.scope == "conditional") == bool(decision.condition) for decision in law.decisions())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vår tillsynsmyndighet är Datainspektionen.", {"se_datainspektionen"}),
        ("skarga do GIODO", {"pl_giodo"}),
        ("Directive 95/46/EC and the Privacy Shield", {"eu_95_46", "eu_privacy_shield"}),
        ("the Information Commissioner's Office (ICO)", {"gb_ico"}),
        ("the Information Commission", set()),
        ("Office of the Data Protection Registrar", {"gb_registrar"}),
        ("loi du 8 décembre 1992", {"be_1992"}),
        (
            "zákon č. 122/2013 Z. z., ZVOP-1, DSG 2000, NN 103/03",
            {"sk_122_2013", "si_zvop_1", "at_dsg_2000", "hr_103_2003"},
        ),
        ("ZVOP-2, DSG, NN 42/18, Cap. 586, TKG 2021", set()),
        ("Integritetsskyddsmyndigheten, puls, Bel-me-niet-meer", set()),
        ("Klaga hos Datainspektionen på Åland.", set()),
        ("dem Eidgenössischen Datenschutzbeauftragten", {"ch_edsb"}),
        ("Préposé fédéral à la protection des données et à la transparence", set()),
        ("Autoritat Catalana de Protecció de Dades", set()),
        ("l'Agència Catalana de Protecció de Dades, la Agencia Vasca de Protección de Datos", {"es_apdcat", "es_avpd"}),
        ("ustawa z 16 lipca 2004 r. Prawo telekomunikacyjne, LORTAD", {"pl_pt_2004", "es_lortad"}),
        ("TDDDG, zákon č. 110/2019 Sb., Ley Orgánica 3/2018", set()),
        (
            "TDDSG, 256/1992 Sb., Lei n.º 10/91, SFS 1973:289",
            {"de_tddsg", "cz_256_1992", "pt_10_91", "se_datalagen_1973"},
        ),
    ],
)
def test_patterns_find_superseded_names(text: str, expected: set[str]) -> None:
    assert {item.id for item in law.superseded() if re.search(item.pattern, text)} == expected


def test_superseded_entries_are_unique_and_sourced() -> None:
    ids = [item.id for item in law.superseded()]
    assert len(ids) == len(set(ids))
    assert all(set(item.source) <= law.sources().keys() for item in law.superseded())
    assert all(item.source for item in law.superseded() if item.verified)
    assert all(item.since <= DAY for item in law.superseded())


def test_every_gdpr_article_cited_in_the_catalogue_has_a_title() -> None:
    cited = {text for control in load_catalogue().controls.values() for text in control.articles}
    plain = {text for text in cited if re.fullmatch(r"\d+(\(\w+\))*", text)}
    assert plain
    assert sorted(text for text in plain if law.article(text) is None) == []


def test_article_titles() -> None:
    found = law.article("GDPR 28(3)(a)")
    assert found is not None
    assert found.titles["en"] == "Processor"
    assert found.unofficial == ("zh",)


@pytest.mark.parametrize("rules", [law.fines().eu, law.fines().uk], ids=["eu", "uk"])
def test_fines_follow_the_size_bands_without_gaps(rules: law.FineRules) -> None:
    bands = rules.size
    assert bands[0].above == 0
    assert [band.above for band in bands[1:]] == [band.up_to for band in bands[:-1]]
    assert bands[-1].up_to is None
    assert all(first.percent[0] <= second.percent[0] for first, second in pairwise(bands))
    assert [rules.seriousness[band].percent[1] for band in law.BANDS] == [10, 20, 100]


def test_the_legal_maxima_of_the_union_and_the_united_kingdom() -> None:
    amounts = {t: (law.fines().eu.maxima[t].fixed, law.fines().uk.maxima[t].fixed) for t in law.TIERS}
    assert amounts == {"83(4)": (10_000_000, 8_700_000), "83(5)": (20_000_000, 17_500_000)}


def test_the_british_table_read_in_the_draft_only_is_never_called_verified() -> None:
    uk = law.fines().uk
    assert {fact.status for fact in (*uk.seriousness.values(), *uk.size)} == {"memory"}


def test_real_decisions_are_complete_sourced_and_told_in_words() -> None:
    known = law.cases()
    every = [*known.fined, *known.no_fine]
    assert len(known.fined) == 54
    assert len({case.id for case in every}) == len(every)
    assert {source for case in every for source in case.source} <= law.sources().keys()
    assert {f"cases.{case.id}" for case in every} == {key for key in entries("en") if key.startswith("cases.")}
    assert all((case.amount is None) == (case.currency is None) for case in every)
    assert [case.id for case in known.fined if case.amount is None] == ["de_emotion_2024"]


def test_the_themes_of_the_decisions_are_about_domains_of_the_catalogue() -> None:
    domains = {control.domain for control in load_catalogue().controls.values()}
    assert {domain for named in law.cases().themes.values() for domain in named} <= domains


def test_every_article_of_the_gdpr_has_a_title_in_the_languages_of_the_reports() -> None:
    assert list(law.articles()) == [str(number) for number in range(1, 100)]
    assert all(article.titles.keys() == set(LANGUAGES) for article in law.articles().values())
    assert all(article.titles["zh"] != article.titles["en"] for article in law.articles().values())


@pytest.mark.parametrize("code", law.countries())
def test_every_fact_of_a_country_has_a_status_and_a_date(code: str) -> None:
    land = law.countries()[code]
    facts = list(_facts(land))
    assert {fact.status for fact in facts} <= {"verified", "memory"}
    assert all(fact.as_of or land.reviewed for fact in facts)
    assert all(fact.as_of for fact in facts if not fact.verified)
    assert land.authority.names.keys() & set(land.languages)


WANTED = {
    "digital_age": lambda land: land.digital_age or "digital_age" in land.other,
    "criminal": lambda land: land.recording.criminal,
    "inform": lambda land: land.recording.inform,
    "before_choice": lambda land: land.recording.before_choice,
    "citation": lambda land: land.marketing.citation,
    "register": lambda land: land.marketing.register_,
    "hours": lambda land: land.marketing.hours or "hours" in land.marketing.other,
    "consent_months": lambda land: land.marketing.consent_months,
    "proof_years": lambda land: land.marketing.proof_years or land.marketing.proof,
}


@pytest.mark.parametrize("code", law.countries())
def test_every_country_says_everything_or_that_it_was_not_found(code: str) -> None:
    land = law.countries()[code]
    marketing, recording = land.marketing, land.recording
    rules = (marketing.live_call, marketing.automated_call, marketing.email, marketing.sms, marketing.soft_opt_in)
    for rule in (*rules, marketing.rule, recording.party_rule):
        assert rule is not None
        assert rule.on(DAY)
    assert recording.rule.value
    missing = {name for name, known in WANTED.items() if not known(land)}
    assert missing == set(land.unknown.facts if land.unknown else ())
    assert land.unknown is None or land.unknown.on <= land.reviewed


def _entry(item: law.Difference) -> object:
    kind, _, name = item.fact.partition(".")
    if kind == "superseded":
        return next(entry for entry in law.superseded() if entry.id == name)
    found: object = law.countries()[item.country]
    for part in item.fact.split("."):
        found = found[part] if isinstance(found, dict) else getattr(found, part + "_" * (part == "register"))
    return found


@pytest.mark.parametrize("item", law.differences(), ids=lambda item: item.id)
def test_a_difference_names_the_entry_that_follows_from_it_and_known_sources(item: law.Difference) -> None:
    assert _entry(item) is not None
    assert item.country in {*law.countries(), "EU"}
    assert 1 <= item.taken <= len(item.views)
    assert {source for view in item.views for source in view.source} <= law.sources().keys()


def test_each_difference_is_told_once() -> None:
    ids = [item.id for item in law.differences()]
    assert len(ids) == len(set(ids)) >= 25
