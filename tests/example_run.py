"""A small assessment made by hand, with every kind of thing that a report shows; `HOSTILE` texts try to break out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gdpr_assess.assessment import exposure
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.model import (
    Action,
    Answer,
    Assessment,
    ChannelResult,
    CheckResult,
    Defect,
    Finding,
    Flow,
    ForeignPart,
    Gap,
    Hit,
    InputFile,
    LintResult,
    Partner,
    Place,
    Profile,
    ReviewDecision,
    RunIssue,
    Score,
    Site,
    System,
    Verdict,
    WordingResult,
    finding_id,
)

AS_OF = date(2026, 9, 30)
HOSTILE = "<img src=x onerror=window.broken=1>"

PHONE_ZH = (
    "您好，这里是晨光智能家居客服。为保证服务质量，本次通话已开始录音。"
    "如您不同意录音，请告知，我们会在通话结束后删除。您的信息绝对不会泄露，请放心。"
)
BOX_EN = (
    "[x] Yes, Dawnlight Home and its partners may call and e-mail me with offers and for other business purposes. "
    "You can withdraw at any time: privacy@dawnlight.example."
)


def _defect(text: str, code: str, quote: str, severity: str, article: str) -> Defect:
    start = text.index(quote)
    return Defect(
        code=code,
        start=start,
        end=start + len(quote),
        quote=quote,
        severity=severity,
        articles=(article,),
        message="",
        fix="",
    )


def _hit(text: str, code: str, quote: str) -> Hit:
    start = text.index(quote)
    return Hit(code=code, start=start, end=start + len(quote), quote=quote)


def wordings() -> tuple[WordingResult, ...]:
    zh = LintResult(
        language="zh",
        kind="recording_notice",
        elements=(
            _hit(PHONE_ZH, "controller_identity", "晨光智能家居"),
            _hit(PHONE_ZH, "purpose", "为保证服务质量"),
            _hit(PHONE_ZH, "recording_stated", "本次通话已开始录音"),
            _hit(PHONE_ZH, "refusal_option", "如您不同意录音，请告知"),
        ),
        defects=(
            _defect(PHONE_ZH, "recording_before_choice", "本次通话已开始录音", "high", "6"),
            _defect(PHONE_ZH, "deletion_afterwards", "我们会在通话结束后删除", "high", "6(1)(a)"),
            _defect(PHONE_ZH, "absolute_security", "绝对不会泄露，请放心", "medium", "32"),
        ),
        missing=("retention", "right_objection", "more_information"),
    )
    en = LintResult(
        language="en",
        kind="consent_request",
        elements=(_hit(BOX_EN, "right_withdraw_consent", "You can withdraw at any time"),),
        defects=(
            _defect(BOX_EN, "preticked", "[x] Yes", "high", "4(11)"),
            _defect(BOX_EN, "unnamed_third_parties", "its partners", "high", "13(1)(e)"),
            _defect(
                BOX_EN,
                "bundled_consent",
                "call and e-mail me with offers and for other business purposes",
                "high",
                "7(2)",
            ),
            _defect(BOX_EN, "vague_purpose", "other business purposes", "medium", "5(1)(b)"),
        ),
        missing=("retention",),
    )
    file = Place(file="inputs/wordings/phone_zh.txt")
    sheet = Place(file="inputs/intake.xlsx", sheet="Wordings", cell="H4")
    whole = ForeignPart(start=0, end=len("Kia ora " + HOSTILE), language="mi")
    other = LintResult(language=None, not_analysed="no_pack", parts_not_analysed=(whole,))
    return (
        WordingResult(wording="W1", place=file, country="DE", text=PHONE_ZH, result=zh),
        WordingResult(wording="W2", place=sheet, country="GB", text=BOX_EN, result=en),
        WordingResult(wording="W3", place=file, text="Kia ora " + HOSTILE, result=other),
    )


def checks() -> tuple[CheckResult, ...]:
    def rows(file: str, *numbers: int) -> tuple[Place, ...]:
        return tuple(Place(file=f"inputs/evidence/{file}", row=n) for n in numbers)

    ran = {"outcome": "ran", "basis": "census", "reconciled": True}
    return (
        CheckResult(
            check="recording.consent_before",
            controls=("REC-02", "LAW-04"),
            channel="phone",
            population=412,
            exceptions=57,
            untested=8,
            rate=57 / 404,
            places=rows("calls.csv", *range(12, 69)),
            by_channel=(
                ChannelResult(
                    channel="phone",
                    population=400,
                    exceptions=57,
                    untested=8,
                    rate=57 / 392,
                    places=rows("calls.csv", *range(12, 32)),
                ),
                ChannelResult(channel="chat", population=12, rate=0.0),
            ),
            params={"assumed": ["calls.consent_at"]},
            **ran,
        ),
        CheckResult(
            check="training.refresh",
            controls=("TRA-02",),
            effect="practice",
            outcome="ran",
            basis="sample",
            reconciled=False,
            population=60,
            exceptions=9,
            rate=0.15,
            ci95=(0.081, 0.261),
            places=rows("training.xlsx", 4, 9, 17),
            params={"days": 92, "files": ["inputs/evidence/training.xlsx"]},
        ),
        CheckResult(check="rights.deadline", controls=("DSR-02",), population=38, exceptions=0, rate=0.0, **ran),
        CheckResult(check="marketing.hours", controls=("TEL-08",), outcome="not_applicable"),
        CheckResult(
            check="recording.encrypted",
            controls=("REC-07",),
            outcome="not_testable",
            reason="missing_columns",
            params={"missing": ["recordings.encrypted"]},
        ),
    )


def _finding(
    source: str, rule: str, subject: str, control: str, severity: str, place: Place, **params: object
) -> Finding:
    effect = params.pop("effect", "violation")
    return Finding(
        id=finding_id(rule, subject),
        source=source,
        rule=rule,
        effect=effect,
        controls=(control,),
        severity=severity,
        articles=("GDPR 6(1)(a)",),
        place=place,
        params=params,
    )


def findings() -> tuple[Finding, ...]:
    phone = Place(file="inputs/wordings/phone_zh.txt", span=(PHONE_ZH.index("本次"), PHONE_ZH.index("本次") + 9))
    return (
        _finding(
            "wording",
            "recording_before_choice",
            "wording:W1#0",
            "REC-02",
            "high",
            phone,
            wording="W1",
            quote="本次通话已开始录音",
        ),
        _finding(
            "practices",
            "recording.consent_before",
            "calls.csv",
            "REC-02",
            "high",
            Place(file="inputs/evidence/calls.csv", row=12),
            exceptions=57,
            population=412,
            untested=8,
            rate=57 / 404,
            tested=404,
            share=57 / 404,
        ),
        _finding(
            "practices",
            "training.refresh",
            "training.xlsx",
            "TRA-02",
            "medium",
            Place(file="inputs/evidence/training.xlsx", row=4),
            effect="practice",
            days=92,
            exceptions=9,
            population=60,
            untested=0,
            rate=0.15,
            tested=60,
            share=0.15,
        ),
    )


_CONTROLS: tuple[tuple[str, str, str, str | None, str | None, bool], ...] = (
    # control, scope, verdict, method, claimed, contradicted
    ("GOV-01", "client", "met", "documented", "yes", False),
    ("GOV-03", "client", "met", "declared", "yes", False),
    ("LAW-04", "client", "partly", "tested", "yes", True),
    ("LAW-05", "client", "not_met", "declared", "no", False),
    ("REC-02", "client", "not_met", "tested", "yes", True),
    ("REC-07", "client", "not_assessed", None, None, False),
    ("TRN-06", "client", "not_met", "declared", "no", False),
    ("DSR-02", "client", "met", "tested", "yes", False),
    ("RET-01", "client", "partly", "declared", "partly", False),
    ("PRO-01", "processor:P1", "not_met", "declared", "no", False),
    ("XFR-01", "client", "not_assessed", None, "do_not_know", False),
    ("SEC-02", "client", "met", "declared", "yes", False),
    ("BRE-03", "client", "met", "tested", "yes", False),
    ("TRA-02", "client", "partly", "tested", "partly", False),
    ("TEL-08", "client", "not_applicable", None, "not_applicable", False),
)


def _by_control(found: tuple[Finding, ...], control: str) -> tuple[str, ...]:
    return tuple(finding.id for finding in found if control in finding.controls)


def verdicts() -> tuple[Verdict, ...]:
    found, tested = findings(), checks()
    return tuple(
        Verdict(
            control=control,
            scope=scope,
            verdict=verdict,
            method=method,
            row=3,
            claimed=claimed,
            contradicted=contradicted,
            findings=_by_control(found, control),
            checks=tuple(c.check for c in tested if control in c.controls),
        )
        for control, scope, verdict, method, claimed, contradicted in _CONTROLS
    )


def gaps() -> tuple[Gap, ...]:
    severity = {
        "REC-02": "high",
        "LAW-04": "high",
        "LAW-05": "high",
        "TRN-06": "high",
        "PRO-01": "high",
        "TRA-02": "low",
    }
    opened = [v for v in verdicts() if v.verdict in {"partly", "not_met"}]
    return tuple(
        Gap(
            control=v.control,
            scope=v.scope,
            verdict=v.verdict,
            severity=severity.get(v.control, "medium"),
            risk=10.0 - number,
            contradicted=v.contradicted,
            improvement=v.control == "TRA-02",
            findings=v.findings,
        )
        for number, v in enumerate(opened)
    )


def actions() -> tuple[Action, ...]:
    planned = (
        ("A1", "LAW-05", "legal", 4, date(2026, 10, 5), date(2026, 10, 9), ()),
        ("A2", "REC-02", "telephony", 6, date(2026, 10, 12), date(2026, 10, 23), ("A1",)),
        ("A3", "TRN-06", "operations", 2, date(2026, 10, 12), date(2026, 10, 14), ("A1",)),
        ("A4", "PRO-01", "procurement", 10, date(2026, 10, 19), date(2026, 11, 20), ()),
        ("A5", "RET-01", "it", 5, date(2026, 11, 23), date(2026, 12, 4), ("A2",)),
        ("A6", "TRA-02", "training", 3, date(2026, 12, 7), date(2026, 12, 18), ("A3",)),
    )
    return tuple(
        Action(
            id=key,
            controls=(control,),
            scopes=("processor:P1" if control == "PRO-01" else "client",),
            owner_role=owner,
            effort_days=days,
            start=start,
            due=due,
            depends_on=after,
            priority=number,
        )
        for number, (key, control, owner, days, start, due, after) in enumerate(planned, 1)
    )


def scores() -> dict[str, Score]:
    value = {"met": 1.0, "partly": 0.5, "not_met": 0.0}

    def score(domain: str, chosen: list[Verdict]) -> Score:
        seen = [v for v in chosen if v.verdict in value]
        met = [v.method for v in chosen if v.verdict == "met"]
        return Score(
            domain=domain,
            score=100 * sum(value[v.verdict] for v in seen) / len(seen) if seen else None,
            applicable=len(chosen),
            met_tested=met.count("tested"),
            met_documented=met.count("documented"),
            met_declared=met.count("declared"),
            partly=sum(v.verdict == "partly" for v in chosen),
            not_met=sum(v.verdict == "not_met" for v in chosen),
            not_assessed=sum(v.verdict == "not_assessed" for v in chosen),
            contradicted=sum(v.contradicted for v in chosen),
        )

    applied = [v for v in verdicts() if v.verdict != "not_applicable"]
    domains = sorted({v.control[:3] for v in applied})
    return {"all": score("all", applied)} | {d: score(d, [v for v in applied if v.control[:3] == d]) for d in domains}


def _organisation() -> dict[str, object]:
    return {
        "sites": (
            Site(id="S1", name="Shenzhen", country="CN", headcount=40),
            Site(id="S2", name="Manila", country="PH", operator="P1", headcount=120),
        ),
        "partners": (
            Partner(id="P1", name="Voicebridge Inc. " + HOSTILE, country="CA", role="processor", contract=False),
            Partner(id="P2", name="Cloudtalk Ltd", country="US", role="sub_processor", engaged_by="P1"),
        ),
        "systems": (
            System(id="Y1", name="Recorder", kind="recording", operator="P2", hosting_country="US"),
            System(id="Y2", name="CRM", kind="crm", hosting_country="DE", access_countries=("PH", "CN")),
        ),
        "flows": (
            Flow(
                id="F1",
                source="people",
                target="P1",
                kind="collection",
                purpose="service",
                data_categories=("identity", "contact"),
                legal_basis="contract",
            ),
            Flow(
                id="F2",
                source="S2",
                target="Y1",
                kind="storage",
                purpose="quality",
                data_categories=("call_recording",),
                transfer_tool="none",
            ),
            Flow(
                id="F3",
                source="Y2",
                target="S1",
                kind="remote_access",
                purpose="service",
                data_categories=("order",),
                transfer_tool="scc_module_2",
            ),
        ),
    }


def example_run(client_name: str = "Dawnlight Home 晨光智能家居") -> Assessment:
    """Return the whole assessment."""
    client = Profile(
        client_name=client_name,
        main_country="CN",
        roles=("controller",),
        countries_served=("DE", "FR", "GB"),
        languages_served=("de", "fr", "en"),
        report_language="zh",
        channels=("phone", "email", "chat"),
        services=("inbound_support",),
        plan_start=date(2026, 10, 5),
        weekly_capacity_days=5,
    )
    return Assessment(
        package_version="0.1.0",
        catalogue_fingerprint="c0ffee" * 10 + "beef",
        inputs=(
            InputFile(path="inputs/intake.xlsx", sha256="ab" * 32),
            InputFile(path="inputs/evidence/calls.csv", sha256="cd" * 32),
        ),
        as_of=AS_OF,
        client=client,
        answers=(Answer(control="REC-02", answer="yes", comment="IVR asks first " + HOSTILE),),
        wordings=wordings(),
        findings=findings(),
        checks=checks(),
        verdicts=verdicts(),
        gaps=gaps(),
        actions=actions(),
        register_=(
            {
                "activity": "service",
                "role": ["controller"],
                "data_subjects": ["customers", "agents"],
                "security": ["encrypted_rest"],
                "recipients": ["=1+1 " + HOSTILE],
                "third_countries": [{"country": "PH", "recipient": "Voicebridge Inc.", "tool": "none"}],
                "retention_days": [30, 365],
            },
        ),
        exposure=exposure(client, findings(), verdicts(), load_catalogue(), AS_OF),
        scores=scores(),
        evidence=(
            {
                "file": "inputs/evidence/calls.csv",
                "table": "calls",
                "rows": 412,
                "bad_rows": 0,
                "covers": ["2026-04-01", "2026-09-24"],
                "basis": "census",
                "reconciled": True,
            },
        ),
        review=(
            ReviewDecision(
                finding=findings()[2].id,
                decision="confirmed",
                reason="Seen on site " + HOSTILE,
                by="A. Consultant",
                on=AS_OF,
            ),
        ),
        issues=(
            RunIssue(
                code="files.yaml_invalid",
                level="error",
                place=Place(file="inputs/evidence/evidence.yaml", row=3),
                params={"problem": "key 'a' stands twice " + HOSTILE},
            ),
        ),
        **_organisation(),
    )


def save_run(root: Path, result: Assessment | None = None) -> Path:
    """Write the assessment into a client folder and return the run's folder."""
    folder = root / "client" / "runs" / AS_OF.isoformat()
    folder.mkdir(parents=True)
    text = (result or example_run()).model_dump_json(by_alias=True, indent=1)
    (folder / "assessment.json").write_text(text, encoding="utf-8")
    return folder
