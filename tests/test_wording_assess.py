"""A client's wordings become results, findings and issues; what is missing for the kind, and what is masked."""

from datetime import date

import pytest
from example_run import example_run
from likely_cases import made

from gdpr_assess.lang import texts
from gdpr_assess.lang.formatting import language_name
from gdpr_assess.model import Intake, Profile, Wording, finding_id
from gdpr_assess.notebook.forms.preview import preview
from gdpr_assess.report.context import Report
from gdpr_assess.report.wording_row import wording_row
from gdpr_assess.wording import assess, lint, linter
from gdpr_assess.workspace import ClientFolder

AS_OF = date(2026, 9, 30)


def _intake(*wordings: Wording, **profile) -> Intake:
    base = {
        "client_name": "Pennywell", "main_country": "IE", "roles": ("controller",), "countries_served": ("IE",),
        "channels": ("phone",), "services": ("inbound_support",),
    }  # fmt: skip
    return Intake(profile=Profile(**base | profile), wordings=wordings)


@pytest.fixture
def folder(tmp_path):
    client = ClientFolder(tmp_path)
    client.wordings.mkdir(parents=True)
    return client


def _rules(findings):
    return sorted(finding.rule for finding in findings)


def test_defects_and_missing_elements_become_findings_with_stable_identity(folder):
    said = Wording(id="W1", kind="recording_notice", text="Calls are recorded for training. We keep them forever.")
    _, findings, issues = assess(_intake(said), folder, AS_OF)
    assert not issues
    assert _rules(findings) == [
        "indefinite_retention", "missing.controller_identity", "missing.more_information", "missing.refusal_option",
    ]  # fmt: skip
    defect = findings[0]
    assert defect.id == finding_id("indefinite_retention", "wording:W1#0")
    assert said.text[slice(*defect.place.span)] == defect.params["quote"]
    for finding in findings:
        assert texts("en")(f"wording.{finding.rule}", "title", **finding.params)
        assert texts("zh")(f"wording.{finding.rule}", "message", **finding.params)
        assert finding.controls


def test_what_is_only_likely_is_asked_about_and_neither_fails_nor_passes(folder, monkeypatch):
    words = {"paint": (("more_information", 9.0),), "lobby": (("data_source", 9.0),)}
    weights = made({"more_information": 2.6, "data_source": 2.6}, words)
    said = Wording(id="W1", kind="recording_notice", text="We record calls. Kim likes the paint of the lobby.")
    monkeypatch.setattr(linter, "learnt", lambda language: None)
    before = assess(_intake(said), folder, AS_OF)[1]
    monkeypatch.setattr(linter, "learnt", lambda language: weights)
    (result,), findings, _ = assess(_intake(said), folder, AS_OF)
    assert set(_rules(before)) - set(_rules(findings)) == {"missing.more_information"}
    (asked,) = [finding for finding in findings if finding.rule == "likely"]
    assert (asked.effect, asked.params["element"], asked.params["words"]) == (
        "indicator",
        "more_information",
        ("paint",),
    )
    assert said.text[slice(*asked.place.span)] == asked.params["quote"] == "Kim likes the paint of the lobby."
    assert asked.controls == next(f.controls for f in before if f.rule == "missing.more_information")
    assert texts("en")("wording.likely", "title", **asked.params).endswith(": Where the full information is")
    assert "paint" in texts("zh")("wording.likely", "message", **asked.params)
    shown = wording_row(result, example_run(), texts("en"))
    assert "Where the full information is" in shown.probable
    assert "Where the full information is" not in shown.present
    assert "Where the full information is" not in [lack.name for lack in shown.missing]


def test_a_likely_defect_is_asked_about_and_a_doubtful_find_neither_counts_nor_is_missing(folder, monkeypatch):
    likely = made({"vague_purpose": 2.6, "more_information": 2.6}, {"lobby": (("vague_purpose", 9.0),)})
    doubting = made(
        {"recording_stated": 2.6, "silence_as_consent": 2.6},
        {},
        doubts={"recording_stated": -1.0, "silence_as_consent": -1.0},
    )
    text = "This call is recorded. By staying on the line you agree. Kim likes the lobby."
    said = Wording(id="W1", kind="recording_notice", text=text)
    monkeypatch.setattr(linter, "learnt", lambda language: likely)
    (result,), findings, _ = assess(_intake(said), folder, AS_OF)
    (asked,) = [finding for finding in findings if finding.rule == "likely_defect"]
    assert (asked.effect, asked.params["element"], asked.params["words"]) == ("indicator", "vague_purpose", ("lobby",))
    assert asked.id == finding_id("likely_defect.vague_purpose", "wording:W1")  # also where the sentence moves
    assert "silence_as_consent" in _rules(findings)
    assert {change.code for change in result.changes} >= {"silence_as_consent"}
    assert "vague_purpose" not in {change.code for change in result.changes}
    shown = wording_row(result, example_run(), texts("en"))
    assert [mark.title for mark in shown.marks][-1].startswith("Perhaps a defect, to be confirmed: ")
    monkeypatch.setattr(linter, "learnt", lambda language: doubting)
    (result,), findings, _ = assess(_intake(said), folder, AS_OF)
    doubted = {finding.params["element"]: finding.effect for finding in findings if finding.rule == "doubtful"}
    assert doubted == {"recording_stated": "indicator", "silence_as_consent": "indicator"}
    assert not {"silence_as_consent", "missing.recording_stated"} & {*_rules(findings)}
    assert "recording_stated" not in result.result.missing
    shown = wording_row(result, example_run(), texts("zh"))
    assert len(shown.doubtful) == 2
    assert not {*shown.doubtful} & {*shown.present}


def test_the_report_marks_words_with_letters_of_another_alphabet(folder):
    said = Wording(id="W1", kind="recording_notice", text="This call is rec\u043erded.")
    (result,), _, _ = assess(_intake(said), folder, AS_OF)
    (mark,) = (m for m in wording_row(result, example_run(), texts("en")).marks if m.code == "mixed_letters")
    assert said.text[mark.start : mark.end] == "rec\u043erded"
    assert mark.title == "Words with letters of another alphabet"
    assert "one keyboard layout" in mark.fix


def test_guidance_is_a_practice_finding_and_law_a_violation(folder):
    said = Wording(id="W1", kind="recording_notice", text="Pennywell Post: we record calls to train our staff.")
    _, findings, _ = assess(_intake(said), folder, AS_OF)
    effects = {finding.rule: finding.effect for finding in findings}
    assert effects["missing.more_information"] == "practice"
    assert effects["missing.refusal_option"] == "violation"


def test_a_recording_on_consent_must_ask(folder):
    said = Wording(id="W1", kind="recording_notice", text="This call is recorded.")
    asked = {p: _rules(assess(_intake(said, recording_basis=p), folder, AS_OF)[1]) for p in ("consent", "notice")}
    assert "missing.consent_question" in asked["consent"]
    assert "missing.consent_question" not in asked["notice"]


def test_where_the_law_asks_for_everybody_s_consent_a_notice_alone_is_not_enough():
    text = "This call is recorded for training."
    assert "consent_question" in (lint(text, kind="recording_notice", country="DE", language="en").missing or ())
    assert "consent_question" not in (lint(text, kind="recording_notice", country="IE", language="en").missing or ())


def test_an_opt_out_on_legitimate_interest_is_no_defect():
    text = "Unless you tell us otherwise, we will send you offers for similar products."
    assert [d.code for d in lint(text, language="en").defects] == ["silence_as_consent"]
    assert lint(text, language="en", basis="legitimate_interest").defects == ()


def test_outdated_names_tell_what_is_right_today_and_memory_only_asks(folder):
    said = (
        Wording(id="W1", kind="message_notice", language="en", text="Complain to Datainspektionen."),
        Wording(id="W2", kind="message_notice", language="en", text="Complain to GIODO."),
    )
    results, findings, _ = assess(_intake(*said), folder, AS_OF)
    by_wording = {f.params["wording"]: f for f in findings if f.rule == "outdated_authority"}
    assert "Integritetsskyddsmyndigheten" in by_wording["W1"].params["current"]
    assert (by_wording["W1"].effect, by_wording["W2"].effect) == ("violation", "indicator")
    run = example_run()
    marks = [wording_row(result, run, texts("en")).marks[0].title for result in results]
    titles = [Report(run, "en").finding(by_wording[name]).title for name in ("W1", "W2")]
    assert marks == titles == ["The authority has another name now", "Perhaps outdated, to be checked"]


def test_law_is_outdated_only_from_its_day_on():
    text = "You can complain to Datainspektionen."
    assert lint(text, language="en", on=date(2020, 12, 31)).defects == ()
    assert lint(text, language="en", on=date(2021, 1, 1)).defects


def test_a_wording_out_of_use_is_shown_but_gives_no_findings(folder):
    said = Wording(id="W1", kind="recording_notice", text="We keep calls forever.", valid_to=date(2025, 1, 1))
    results, findings, _ = assess(_intake(said), folder, AS_OF)
    assert results[0].result.defects
    assert findings == []


def test_personal_data_in_a_wording_are_masked_at_the_same_offsets(folder):
    said = Wording(
        id="W1", kind="message_notice",
        text="Mail jane.doe@gmail.example, card 4111 1111 1111 1111. Your data is 100% safe with us.",
    )  # fmt: skip
    results, findings, _ = assess(_intake(said), folder, AS_OF)
    kept = results[0]
    assert "jane.doe" not in kept.model_dump_json()
    assert "4111" not in kept.model_dump_json()
    for hit in (*kept.result.elements, *kept.result.defects):
        assert kept.text[hit.start : hit.end] == hit.quote
    assert "absolute_security" in _rules(findings)


def test_files_are_read_and_what_is_wrong_with_them_is_said(folder):
    page = "<html><style>p{}</style><p>Your data is <b>100% safe</b>.</p><input type=checkbox checked> I agree</html>"
    (folder.wordings / "page.html").write_text(page, encoding="utf-8")
    (folder.wordings / "old.txt").write_bytes("Wir speichern Ihre Daten für immer.".encode("cp1252"))
    (folder.wordings / "blank.txt").write_text(" \n", encoding="utf-8")
    (folder.wordings / "script.pages").write_bytes(b"PK")
    (folder.wordings / "unlisted.txt").write_text("We keep your data forever.", encoding="utf-8")
    named = ("page.html", "old.txt", "blank.txt", "script.pages", "pgae.html", "../../secret.txt")
    said = tuple(Wording(id=f"W{i}", kind="message_notice", file=name) for i, name in enumerate(named))
    results, findings, issues = assess(_intake(*said), folder, AS_OF)
    codes = {issue.code for issue in issues}
    assert {
        "wording.file_empty", "wording.file_type", "wording.file_missing", "wording.file_outside",
        "wording.file_not_listed",
    } <= codes  # fmt: skip
    assert {"absolute_security", "preticked"} <= set(_rules(findings))
    unlisted = next(r for r in results if r.wording == "unlisted.txt")
    assert unlisted.result.missing is None
    assert [d.code for d in unlisted.result.defects] == ["indefinite_retention"]
    for issue in issues:
        area, _, code = issue.code.partition(".")
        for lang in ("en", "zh"):
            assert texts(lang)(f"issues_{area}.{code}", "text", **issue.params)


def test_a_language_without_pack_is_an_issue_not_silence(folder):
    said = Wording(id="W1", kind="message_notice", language="hu", text="A hívást rögzítjük.")
    results, findings, issues = assess(_intake(said), folder, AS_OF)
    assert results[0].result.not_analysed == "no_pack"
    assert findings == []
    assert [(issue.code, issue.params["language"]) for issue in issues] == [("wording.no_pack", "hu")]


FOREIGN = "Bu çağrı eğitim için kaydedilebilir ve kayıt bir yıl boyunca saklanır."
GERMAN = "Guten Tag, dieses Gespräch wird zu Schulungszwecken aufgezeichnet. Sie können der Aufzeichnung widersprechen."


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("language", "text", "code", "read"),
    [
        ("en", f"Nordlux records this call for training. {FOREIGN}", "part", "tr"),
        ("pl", GERMAN, "other_language", "de"),
        ("en", FOREIGN, "no_pack", "tr"),
    ],
)
def test_what_is_in_another_language_than_the_sheet_says_is_told(folder, language, text, code, read, lang):
    said = Wording(id="W1", kind="recording_notice", language=language, text=text)
    (result,), findings, issues = assess(_intake(said), folder, AS_OF)
    (issue,) = issues
    assert (issue.code, issue.params["language"]) == (f"wording.{code}", read)
    assert language_name(read, lang) in texts(lang)(f"issues_wording.{code}", "text", **issue.params)
    shown = wording_row(result, preview(_intake(said), AS_OF, findings, [result]), texts(lang))
    assert len(shown.unread) == (code == "part")
    assert all(FOREIGN in words and language_name(read, lang) in why for words, why in shown.unread)
    assert bool(shown.not_analysed and language_name(read, lang) in shown.not_analysed) is (code == "no_pack")
