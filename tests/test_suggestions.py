"""Compliant wordings: complete and clean by the linter in every variant, nothing invented, taken over as a version."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from gdpr_assess import intake as workbook
from gdpr_assess import wording
from gdpr_assess.assessment.notices import never_leaves, no_recipients, periods
from gdpr_assess.issue import DataError
from gdpr_assess.lang.formatting import country_name
from gdpr_assess.law import sources
from gdpr_assess.model import (
    Flow,
    Intake,
    Partner,
    Place,
    Profile,
    Site,
    System,
    Wording,
    WordingKind,
    WordingResult,
)
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.suggestion import SuggestionForm
from gdpr_assess.notebook.forms.taking_over import following
from gdpr_assess.wording import lint, suggest
from gdpr_assess.wording.suggest import About, Facts
from gdpr_assess.wording.suggest.facts import period
from gdpr_assess.wording.suggest.schema import Condition, remedies, template, words
from gdpr_assess.workspace import ClientFolder

KINDS: tuple[WordingKind, ...] = get_args(WordingKind)
EVERYTHING: frozenset[Condition] = frozenset(
    ("recording_consent", "consent", "dpo", "representative", "third_country", "legitimate_interest", "bought_data",
     "automated", "email", "phone", "sms", "recipients", "call_consent")
)  # fmt: skip
VARIANTS: dict[str, frozenset[Condition]] = {
    "least": frozenset(("email",)),
    "everything": EVERYTHING,
    "at home": frozenset(("email", "own_data", "not_automated", "no_third_country", "consent")),
    "phone abroad": frozenset(("recording_consent", "phone", "third_country", "recipients")),
    "several purposes": frozenset(("recording_consent", "several_purposes", "phone")),
    "notice": frozenset(("sms", "dpo", "legitimate_interest", "own_data", "no_third_country", "not_automated")),
}
CASES = list(product(suggest.languages(), KINDS, VARIANTS))


def purposes(lang: str) -> tuple[str, ...]:
    return tuple(words(lang).purposes[purpose] for purpose in ("proof", "training"))


def complete(lang: str) -> dict[str, str]:
    """Return a value for every slot."""
    terms, sep = words(lang), "、" if lang == "zh" else ", "
    return {
        "controller": "Nordlux AB", "contact": "privacy@nordlux.example", "dpo": "dpo@nordlux.example",
        "representative": "Nordlux Europe, rep@nordlux.example", "recipients": "Callport Ltd., Mailbird SA",
        "authority": "Z-Authority", "privacy_page": "www.nordlux.example/privacy", "agent": "Kim Berg",
        "offer": "Lux 7", "source": "Adresso AB", "consent_given": "www.nordlux.example, 3.2.2026",
        "purposes": sep.join(purposes(lang)), "purpose": sep.join(purposes(lang)),
        "categories": sep.join(terms.categories[c] for c in ("identity", "contact", "call_recording")),
        "bases": sep.join(terms.bases[b] for b in ("consent", "contract", "legitimate_interest")),
        "interests": terms.purposes["proof"], "countries": country_name("PH", lang),
        "safeguards": terms.tools["scc_module_2"],
        "retention_recording": period(90, "duration-day", lang),
        "retention_messages": period(2, "duration-year", lang),
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "kind", "variant"), CASES, ids=lambda value: str(value))
def test_the_linter_finds_the_suggestion_complete_and_clean(lang: str, kind: WordingKind, variant: str) -> None:
    holding = VARIANTS[variant]
    asked = kind == "consent_request" or (kind == "recording_notice" and "recording_consent" in holding)
    told = kind == "recording_notice" and not asked  # a notice that one may object to rests on legitimate interests
    text = suggest.suggest(About(kind, lang), Facts(complete(lang), holding, each=purposes(lang))).text
    seen = lint(text, language=lang, kind=kind, basis="consent" if asked else "legitimate_interest" if told else None)
    assert seen.missing == ()
    assert [(defect.code, defect.quote) for defect in seen.defects] == []


@pytest.mark.parametrize(("lang", "kind", "variant"), CASES, ids=lambda value: str(value))
def test_without_facts_every_slot_is_marked_and_nothing_is_a_defect(lang: str, kind: WordingKind, variant: str) -> None:
    found = suggest.suggest(About(kind, lang), Facts({}, VARIANTS[variant]))
    assert found.open
    assert all(f"[{words(lang).open[slot]}]" in found.text for slot in found.open)
    told = "legitimate_interest" if kind == "recording_notice" else None
    assert [(d.code, d.quote) for d in lint(found.text, language=lang, kind=kind, basis=told).defects] == []


@pytest.mark.parametrize(("lang", "kind"), list(product(suggest.languages(), KINDS)))
def test_every_template_names_what_was_read_and_when(lang: str, kind: WordingKind) -> None:
    found = template(kind, lang)
    assert found.reviewed <= date(2026, 11, 24)
    assert {read.id for read in found.sources} <= set(sources())
    assert all(len(read.read) > 5 for read in found.sources)


@pytest.mark.parametrize("lang", suggest.languages())
def test_a_script_that_asks_has_both_branches(lang: str) -> None:
    for kind in ("recording_notice", "sales_script"):
        text = suggest.suggest(About(kind, lang), Facts(complete(lang), EVERYTHING)).text
        assert words(lang).branches["yes"] in text
        assert words(lang).branches["no"] in text


@pytest.mark.parametrize("lang", suggest.languages())
def test_each_purpose_of_a_recording_has_a_question_of_its_own(lang: str) -> None:
    several = VARIANTS["several purposes"]
    text = suggest.suggest(About("recording_notice", lang), Facts(complete(lang), several, each=purposes(lang))).text
    places = [text.rindex(purpose) for purpose in purposes(lang)]
    asked = [hit.start for hit in lint(text, language=lang).elements if hit.code == "consent_question"]
    assert any(places[0] < start < places[1] for start in asked)
    assert any(places[1] < start for start in asked)


@pytest.mark.parametrize("lang", suggest.languages())
def test_every_defect_has_a_change_in_the_language(lang: str) -> None:
    about, facts = About("privacy_notice", lang), Facts(complete(lang), EVERYTHING)
    for code, remedy in remedies().items():
        if remedy.by:
            passages = [p for p in template(about.kind, lang).parts if set(p.gives) & set(remedy.by)]
            passages += [p for k in KINDS for p in template(k, lang).parts if set(p.gives) & set(remedy.by)]
            assert passages, code
    seen = lint("x", language=lang, kind="privacy_notice")
    changes = list(suggest.changes(seen, about, facts, {}))
    assert {change.code for change in changes} == set(seen.missing or ())
    assert all(change.text for change in changes if change.code != "representative")


@pytest.mark.parametrize("lang", suggest.languages())
def test_what_a_suggested_notice_says_is_held_against_the_flows(lang: str) -> None:
    def notice(*holding: Condition) -> WordingResult:
        text = suggest.suggest(About("privacy_notice", lang), Facts(complete(lang), frozenset(holding))).text
        seen = lint(text, language=lang, kind="privacy_notice")
        return WordingResult(wording="n", place=Place(file="n.txt"), text=text, result=seen)

    home, abroad = notice("own_data", "no_third_country"), notice(*EVERYTHING)
    assert [(period.subject, period.holds(90), period.holds(730)) for period in periods(home)] == [
        ("recordings", True, False), ("messages", False, True),
    ]  # fmt: skip
    assert never_leaves(home)
    assert no_recipients(home)
    assert never_leaves(abroad) is None
    assert no_recipients(abroad) is None


CLIENT = Intake(
    profile=Profile(
        client_name="Fjordlys AS", main_country="IE", roles=("controller",), countries_served=("IE",),
        channels=("phone",), services=("inbound_support",), recording_basis="consent",
        recording_retention_days=90, dpo_appointed=False,
        privacy_contact="privacy@fjordlys.example",
    ),
    sites=(Site(id="S1", name="Cebu", country="PH"),),
    partners=(Partner(id="P1", name="Voicebridge Inc.", country="PH", role="processor"),),
    systems=(System(id="Y1", name="Recorder", kind="recording", hosting_country="IE"),),
    flows=(
        Flow(id="F1", source="people", target="Y1", kind="collection", purpose="training", legal_basis="consent",
             data_categories=("call_recording",)),
    ),
    wordings=(
        Wording(id="announcement", kind="recording_notice", language="en", country="IE", channel="phone",
                basis="consent", text="Calls are recorded. By staying on the line you agree.",
                valid_from=date(2025, 1, 1)),
    ),
)  # fmt: skip


def test_what_the_intake_says_stands_in_the_text() -> None:
    about = About("privacy_notice", "en", "IE", None, date(2026, 9, 30))
    facts = suggest.known(CLIENT, about)
    assert facts.values["controller"] == "Fjordlys AS"
    assert facts.values["countries"] == "Philippines"
    assert facts.values["retention_recording"] == "90 days"
    assert facts.values["authority"] == "Data Protection Commission"
    assert {"third_country", "recipients", "recording_consent", "consent"} <= facts.holding
    assert not {"no_third_country", "automated", "not_automated", "dpo"} & facts.holding
    text = suggest.suggest(about, facts).text
    assert "Voicebridge Inc. " in text
    assert "Inc.." not in text


@pytest.mark.parametrize(
    ("bases", "asks", "objects", "each"),
    [
        ((None, None), True, False, 2),
        (("legal_obligation", "consent"), True, False, 1),
        (("legal_obligation", "legal_obligation"), False, False, 0),
        (("legitimate_interest", "contract"), True, False, 2),
    ],
)
def test_nobody_is_asked_where_the_law_orders_the_recording(bases, asks, objects, each) -> None:
    flows = tuple(
        Flow(id=f"F{n}", source="people", target="client", kind="collection", purpose=purpose, legal_basis=basis,
             data_categories=("call_recording",))
        for n, (purpose, basis) in enumerate(zip(("legal", "training"), bases, strict=True))
    )  # fmt: skip
    profile = CLIENT.profile.model_copy(update={"recording_basis": None})
    intake = CLIENT.model_copy(update={"flows": flows, "profile": profile})
    about = About("recording_notice", "en", "DE", None, date(2026, 9, 30))
    facts = suggest.known(intake, about)
    seen = {hit.code for hit in lint(suggest.suggest(about, facts).text, language="en").elements}
    assert (len(facts.each), "consent_question" in seen, "right_objection" in seen) == (each, asks, objects)


def test_what_the_intake_leaves_open_is_not_claimed() -> None:
    text = suggest.suggest(About("privacy_notice", "en"), suggest.known(CLIENT, About("privacy_notice", "en"))).text
    assert "no automated" not in text
    assert "You gave us" not in text


@pytest.fixture
def folder(tmp_path: Path) -> ClientFolder:
    client = ClientFolder(tmp_path / "client")
    workbook.save(client.intake, CLIENT, "en")
    client.wordings.mkdir(parents=True)
    return client


def test_an_assessment_tells_each_change(folder: ClientFolder) -> None:
    results, _, _ = wording.assess(CLIENT, folder, date(2026, 9, 30))
    changes = {change.code: change for change in results[0].changes}
    assert changes["silence_as_consent"].do == "replace"
    assert "May we record" in str(changes["silence_as_consent"].text)
    assert changes["controller_identity"].do == "add"
    assert results[0].suggestion is not None
    assert results[0].suggestion.open == ("privacy_page",)


def test_a_suggestion_follows_the_basis_of_the_wording_where_the_profile_names_another(folder: ClientFolder) -> None:
    profile = CLIENT.profile.model_copy(update={"recording_basis": "legitimate_interest"})
    client = CLIENT.model_copy(update={"profile": profile})
    result = wording.assess(client, folder, date(2026, 9, 30))[0][0]
    assert result.suggestion is not None
    assert lint(result.suggestion.text, language="en", kind="recording_notice", basis="consent").missing == ()


def test_a_suggestion_is_taken_over_as_the_next_version(folder: ClientFolder) -> None:
    form = SuggestionForm(OpenClient(folder, "en"))
    form.since.value = "2026-10-01"
    form.accept.click()
    assert "brackets" in form.message.value
    form.text.value = form.text.value.replace("[address of the privacy notice]", "www.fjordlys.example/privacy")
    assert "Complete" in form.told.value
    form.accept.click()
    assert "announcement-v2.txt" in form.message.value
    written = (folder.wordings / "announcement-v2.txt").read_text(encoding="utf-8")
    assert "Welcome to Fjordlys AS." in written
    rows = {row.id: row for row in workbook.read(folder.intake).intake.wordings}
    assert rows["announcement"].valid_to == date(2026, 9, 30)
    assert (rows["announcement-v2"].valid_from, rows["announcement-v2"].file) == (
        date(2026, 10, 1),
        "announcement-v2.txt",
    )


def test_versions_are_numbered_on() -> None:
    second = following(CLIENT.wordings[0], CLIENT, date(2026, 10, 1))
    third = following(second, CLIENT.model_copy(update={"wordings": (*CLIENT.wordings, second)}), date(2026, 11, 1))
    assert (second.id, third.id) == ("announcement-v2", "announcement-v3")


@pytest.mark.parametrize("key", ["../../secret", "a/b", "..\\up", "/etc/x"])
def test_an_id_never_leads_out_of_the_folder(key: str) -> None:
    named = following(CLIENT.wordings[0].model_copy(update={"id": key}), CLIENT, date(2026, 10, 1)).file
    assert named is not None
    assert not set(named) & {"/", "\\"}
    assert Path(named).name == named
    assert not named.startswith(".")


@pytest.mark.parametrize(("since", "said"), [("soon", "YYYY-MM-DD"), ("2024-12-31", "begin after")])
def test_a_wrong_date_is_refused(folder: ClientFolder, since: str, said: str) -> None:
    form = SuggestionForm(OpenClient(folder, "en"))
    form.text.value, form.since.value = "A text.", since
    form.accept.click()
    assert said in form.message.value
    assert list(folder.wordings.iterdir()) == []


def test_a_wrong_template_is_placed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "sales_script.yaml").write_text(
        'reviewed: 2026-11-22\ncountries: [IE]\nsources: [{id: S01, read: "Art. 13"}]\n'
        'parts:\n  - {text: "{controler} calls", gives: [purposes]}\n', encoding="utf-8",
    )  # fmt: skip
    monkeypatch.setattr("gdpr_assess.wording.suggest.schema.TEXTS", tmp_path)
    template.cache_clear()
    with pytest.raises(DataError) as error:
        template("sales_script", "en")
    template.cache_clear()
    assert "sales_script.yaml:5: no slot 'controler', nearest 'controller'" in str(error.value)
    assert "no element 'purposes', nearest 'purpose'" in str(error.value)


@pytest.mark.parametrize("lang", suggest.languages())
def test_a_text_that_also_asks_to_record_keeps_asking_with_both_branches(lang: str) -> None:
    facts, say = Facts(complete(lang), EVERYTHING), words(lang)
    basis = {"consent_request": "consent", "sales_script": None}
    for kind, questions in (("consent_request", 1), ("sales_script", 2)):
        text = suggest.suggest(About(kind, lang, records=True), facts).text
        seen = lint(text, language=lang, kind=kind, basis=basis[kind], data_from="both")
        assert "recording_stated" in {hit.code for hit in seen.elements}
        assert (seen.missing, seen.defects) == ((), ())
        assert text.count(say.branches["no"]) == text.count(say.branches["yes"]) == questions


@pytest.mark.parametrize(
    ("text", "kind", "records"),
    [
        ("May we record this call for training? Press 1 for yes.", "recording_notice", False),
        ("May we record this call and send you offers? Press 1 for yes.", "consent_request", True),
        ("May we send you offers by e-mail? Press 1 for yes.", "consent_request", False),
    ],
)
def test_a_request_to_record_is_answered_with_one(text: str, kind: WordingKind, records: bool) -> None:
    seen = lint(text, language="en", kind="consent_request")
    about = suggest.wanted(text, seen, "IE", "consent", date(2026, 9, 30))
    assert about is not None
    assert (about.kind, about.records) == (kind, records)
