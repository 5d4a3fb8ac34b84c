"""A value that cannot be read proves nothing: it neither clears a record nor makes it an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence_cases import AS_OF, check, index, intake, seen_elements, write

from gdpr_assess.model import Wording
from gdpr_assess.practices import read_evidence, reconsent

CALL = """call_id|started_at|direction|customer_number|purpose
1|2026-03-02 10:00:00|outbound|+4915100000001|marketing"""
CONSENT = "consent_id|contact|purpose|channel|status|captured_at|withdrawn_at|expires_at\nc|+4915100000001|{}\n"


@pytest.mark.parametrize(
    "consent",
    [
        "marketing|fax|granted|2026-03-01 10:00:00||",
        "werbung|phone|granted|2026-03-01 10:00:00||",
        "marketing|phone|granted|2026-03-01 10:00:00|31.02.2026|",
        "marketing|phone|granted|2026-03-01 10:00:00||someday",
        "marketing|phone|granted|soon||",
    ],
)
def test_a_consent_with_a_value_that_cannot_be_read_decides_nothing(tmp_path: Path, consent: str) -> None:
    result = check(tmp_path, "marketing.consent", calls=CALL, consents=CONSENT.format(consent))
    assert (result.population, result.exceptions, result.untested) == (1, 0, 1)


@pytest.mark.parametrize(("withdrawn", "exceptions"), [("09:59:59", 1), ("10:00:00", 0), (None, 0)])
def test_a_consent_withdrawn_at_the_moment_of_the_contact_or_that_day_still_held(
    tmp_path: Path, withdrawn: str | None, exceptions: int
) -> None:
    moment = f"2026-03-02 {withdrawn}" if withdrawn else "2026-03-02"
    consent = CONSENT.format(f"marketing|phone|withdrawn|2026-01-01|{moment}|")
    result = check(tmp_path, "marketing.consent", calls=CALL, consents=consent)
    assert (result.exceptions, result.untested) == (exceptions, 0)


@pytest.mark.parametrize(
    "other",
    [
        "consent_id|contact|channel|status|captured_at\nb|+4915100000001|phone|granted|2026-01-01",
        "consent_id|customer_id|purpose|channel|status|captured_at\nb|77|marketing|phone|granted|2026-01-01",
    ],
)
def test_a_second_file_that_does_not_say_whose_or_what_for_leaves_it_open(tmp_path: Path, other: str) -> None:
    consent = CONSENT.format("marketing|email|granted|2026-01-01||")
    result = check(tmp_path, "marketing.consent", calls=CALL, consents=consent, consents_2=other)
    assert (result.population, result.exceptions, result.untested) == (1, 0, 1)


def test_an_opt_out_for_an_unreadable_channel_blocks_nothing_for_sure(tmp_path: Path) -> None:
    listed = "contact|channel|added_at\n+4915100000001|Fax|2026-01-01"
    result = check(tmp_path, "marketing.suppressed", calls=CALL, suppressions=listed)
    assert (result.population, result.exceptions, result.untested) == (1, 0, 1)


@pytest.mark.parametrize(("scope", "exceptions", "untested"), [("all", 1, 0), ("profiling", 0, 0), ("werbung", 0, 1)])
def test_the_scope_of_an_objection(tmp_path: Path, scope: str, exceptions: int, untested: int) -> None:
    asked = f"request_id|type|scope|received_at|contact\n1|objection|{scope}|2026-01-01|+4915100000001"
    result = check(tmp_path, "marketing.after_objection", calls=CALL, requests=asked)
    assert (result.exceptions, result.untested) == (exceptions, untested)


@pytest.mark.parametrize(
    ("state", "hold", "deleted", "exceptions", "untested"),
    [
        ("available", "", "", 1, 0),
        ("gelöscht", "", "", 0, 1),
        ("purged", "", "2026-02-01", 0, 0),
        ("available", "public prosecutor", "", 0, 1),
        ("available", "yes", "", 0, 0),
    ],
)
def test_a_recording_in_a_state_or_on_a_hold_in_other_words(
    tmp_path: Path, state: str, hold: str, deleted: str, exceptions: int, untested: int
) -> None:
    rows = f"recording_id|call_id|created_at|state|legal_hold|deleted_at\n1|a|2026-01-01|{state}|{hold}|{deleted}"
    said = intake(index("recordings.csv"), recording_retention_days=90)
    result = check(tmp_path, "recording.retention", said=said, recordings=rows)
    assert (result.exceptions, result.untested) == (exceptions, untested)


@pytest.mark.parametrize(
    ("topic", "exceptions", "untested"),
    [("data_protection", 0, 0), ("other", 1, 0), ("", 0, 1), ("Datenschutz", 0, 1)],
)
def test_a_course_of_which_nobody_says_what_it_was_about(
    tmp_path: Path, topic: str, exceptions: int, untested: int
) -> None:
    staff = "person|role|access_from\nA|agent|2026-03-01"
    training = f"person|course|topic|completed_at|passed\nA|x|{topic}|2026-02-01|true"
    result = check(tmp_path, "training.before_access", staff=staff, training=training)
    assert (result.exceptions, result.untested) == (exceptions, untested)


def test_a_drill_whose_day_cannot_be_read_may_have_been_held(tmp_path: Path) -> None:
    staff = "person|team\nA|North"
    drills = "drill_id|team|scenario|held_at\n1|North|breach|sometime"
    result = check(tmp_path, "drills.coverage", staff=staff, drills=drills)
    assert (result.population, result.exceptions, result.untested) == (2, 1, 1)


def test_a_text_message_needs_no_header_to_show_that_it_has_no_way_out(tmp_path: Path) -> None:
    sent = """message_id|channel|sent_at|direction|customer_address|purpose|text
1|sms|2026-03-02 10:00:00|outbound|+4915100000001|marketing|purpose
2|email|2026-03-02 10:00:00|outbound|a@x.example|marketing|purpose"""
    result = check(tmp_path, "message.unsubscribe", messages=sent)
    assert (result.population, result.exceptions, result.untested) == (2, 1, 1)


@pytest.mark.parametrize(
    ("consents", "listed", "state"),
    [
        ("granted|2026-01-01|2026-02-01|", "", "withdrawn"),
        ("granted|2026-01-01||\nd|a@x.example|marketing|email|refused|2026-02-01||", "", "withdrawn"),
        ("granted|2026-03-01||\nd|a@x.example|marketing|email|refused|2026-02-01||", "", "valid"),
        ("granted|2026-01-01||", "a@x.example|email|2026-02-01", "withdrawn"),
        ("granted|2026-01-01||", "a@x.example|phone|2026-02-01", "valid"),
        ("granted|2026-01-01||", "a@x.example|fax|2026-02-01", "undecided"),
        ("granted|2026-01-01|??|", "", "undecided"),
        ("granted|2026-01-01||??", "", "undecided"),
        ("granted|??||", "", "undecided"),
    ],
)
def test_whom_a_consent_still_leaves_reachable(tmp_path: Path, consents: str, listed: str, state: str) -> None:
    head = "consent_id|contact|purpose|channel|status|captured_at|withdrawn_at|expires_at|method|wording_id"
    lines = [f"{line}|web|w" for line in f"c|a@x.example|marketing|email|{consents}".splitlines()]
    write(tmp_path, consents="\n".join([head, *lines]), suppressions=f"contact|channel|added_at\n{listed}")
    said = intake(index("consents.csv", "suppressions.csv"), (Wording(id="w", kind="consent_request", text="x"),))
    exports, _ = read_evidence(tmp_path, said, AS_OF)
    good = seen_elements("controller_identity purpose right_withdraw_consent")
    (group,) = reconsent(exports, said, AS_OF, {"w": good})
    assert (group.states, group.reachable) == ({state: 1}, int(state == "valid"))
