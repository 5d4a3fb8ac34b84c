"""A client in which nothing is wrong: an Irish energy supplier with its own centre in Cork. No gap above low."""

from __future__ import annotations

from datetime import UTC, date, datetime

from data_samples.generator import records
from data_samples.generator.files import Sample, csv_bytes, wording
from data_samples.generator.rights import handled
from data_samples.generator.said import with_answers
from gdpr_assess.model import Evidence, Flow, Intake, Profile, Site, System, Wording

NAME = "clean_energy_supplier"
SYSTEM_OF = {"calls": "phone", "recordings": "phone", "messages": "desk", "consents": "desk"}


def _intake() -> Intake:
    return Intake(
        profile=Profile(
            client_name="Clearwater Energy Ltd", main_country="IE", roles=("controller",), eu_establishments=("IE",),
            uk_establishment=False, countries_served=("IE",), languages_served=("en",), report_language="en",
            channels=("phone", "email"), services=("inbound_support",), turnover_eur=84_000_000, turnover_year=2025,
            headcount=60, time_zone="Europe/Dublin", records_calls=True, uses_consent=True, uses_auto_dialler=False,
            buys_leads=False, serves_children=False, special_categories=False, uses_ai=False,
            ai_talks_to_customers=False, voice_biometrics=False, emotion_analysis=False, automated_decisions=False,
            monitors_agents=False, home_working=False, dpia_done=True, dpo_appointed=True,
            dpo_contact="dpo@clearwater.example",
            privacy_contact="privacy@clearwater.example", privacy_contact_hours="Mon-Fri 9-17",
            recording_basis="consent", recording_retention_days=90, message_retention_days=730,
            suppression_grace_hours=24, refresh_days=180, training_pass_mark=80,
            plan_start=date(2026, 10, 5), weekly_capacity_days=5,
        ),
        sites=(Site(id="cork", name="Cork service centre", country="IE", headcount=40, languages=("en",),
                    home_working=False),),
        systems=(
            System(id="phone", name="Telephone system", kind="telephony", hosting_country="IE",
                   data_categories=("identity", "contact", "call_recording"), retention_days=90,
                   retention_start="collection", deletion="automatic", encrypted_transit=True, encrypted_rest=True,
                   mfa=True, access_logs=True, in_use=True),
            System(id="desk", name="Ticket system", kind="ticketing", hosting_country="IE",
                   data_categories=("identity", "contact", "contract", "message"), retention_days=730,
                   retention_start="case_closed", deletion="automatic", encrypted_transit=True, encrypted_rest=True,
                   mfa=True, access_logs=True, in_use=True),
        ),
        flows=(
            Flow(id="F1", source="people", target="phone", kind="collection", purpose="service",
                 data_categories=("identity", "contact"), legal_basis="contract", retention_days=90, encrypted=True,
                 volume_per_month=5000),
            Flow(id="F2", source="people", target="phone", kind="collection", purpose="training",
                 data_categories=("call_recording",), legal_basis="consent", retention_days=90, encrypted=True,
                 volume_per_month=4200),
            Flow(id="F3", source="people", target="desk", kind="collection", purpose="service",
                 data_categories=("identity", "contact", "contract", "message"), legal_basis="contract",
                 retention_days=730, encrypted=True, volume_per_month=3000),
            Flow(id="F4", source="phone", target="cork", kind="disclosure", purpose="quality",
                 data_categories=("call_recording",), legal_basis="consent", retention_days=90, encrypted=True,
                 volume_per_month=200),
            Flow(id="F5", source="desk", target="cork", kind="disclosure", purpose="service",
                 data_categories=("identity", "contact", "contract", "message"), legal_basis="contract",
                 retention_days=730, encrypted=True, volume_per_month=3000),
        ),
        rights=(
            handled("phone", found_by=("phone", "call_id"), comment="A recording is put right by a note beside it"),
            handled("desk", owner="operations", days=4),
        ),
        wordings=(
            Wording(id="announcement", kind="recording_notice", language="en", country="IE", channel="phone",
                    basis="consent", file="announcement.txt", valid_from=date(2025, 1, 1)),
            Wording(id="newsletter", kind="consent_request", language="en", country="IE", channel="email",
                    basis="consent", file="newsletter_consent.txt", valid_from=date(2025, 1, 1)),
            Wording(id="reply", kind="message_notice", language="en", country="IE", channel="email",
                    file="email_reply.txt", valid_from=date(2025, 1, 1)),
            Wording(id="notice", kind="privacy_notice", language="en", country="IE", file="privacy_notice.md",
                    valid_from=date(2025, 1, 1)),
        ),
        evidence=tuple(
            Evidence(file=f"{name}.csv", system=SYSTEM_OF.get(name), extracted_at=records.EXTRACTED,
                     covers_from=date(2026, 1, 1), covers_to=date(2026, 9, 27), filter="none", basis="census",
                     time_zone="UTC")
            for name in ("calls", "recordings", "messages", "consents", "requests", "training", "staff", "drills",
                         "incidents", "spot_checks")
        ),
    )  # fmt: skip


def sample() -> Sample:
    """Return the client with its files."""
    first, last = date(2026, 1, 5), date(2026, 9, 25)
    centre = records.Centre(
        seed=6, countries=("IE",), teams=("service", "billing"), agents=24, agent_countries=("IE",),
        company_number="+353209109999", consent_wording="newsletter", recording_wording="announcement",
        email_text=wording(NAME, "email_reply.txt"), retention_days=90, refresh_days=180,
    )  # fmt: skip
    people = records.staff(centre)
    call_rows = records.calls(centre, people, 600, first, last)
    tables = {
        "calls": call_rows,
        "recordings": records.recordings(centre, call_rows),
        "messages": records.emails(centre, people, 250, first, last),
        "consents": records.consents(centre, 200, "email", date(2025, 3, 1)),
        "requests": records.requests(centre, 30, date(2026, 2, 3), date(2026, 8, 25)),
        "training": records.training(centre, people),
        "staff": people,
        "drills": records.drills(centre.teams, date(2026, 4, 1)),
        "incidents": records.incidents("controller", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        "spot_checks": records.spot_checks(centre, people, 40, date(2026, 5, 4)),
    }
    said = _intake()
    counted = {item.file: len(tables[item.file.removesuffix(".csv")]) for item in said.evidence}
    evidence = tuple(item.model_copy(update={"stated_rows": counted[item.file]}) for item in said.evidence)
    return Sample(
        name=NAME, language="en", said=with_answers(said.model_copy(update={"evidence": evidence})),
        exports={f"{name}.csv": csv_bytes(name, rows) for name, rows in tables.items()},
    )  # fmt: skip
