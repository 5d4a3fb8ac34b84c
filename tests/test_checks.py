# ruff: noqa: E501  (tables are easier to count on one line per record)
"""Every check against tables counted by hand: exceptions, clean, what cannot be decided, what cannot be tested."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evidence_cases import check, counts, intake, rows

from gdpr_assess.lang import texts
from gdpr_assess.model import Defect, Hit, LintResult, Wording
from gdpr_assess.practices import CHECKS, rules
from gdpr_assess.practices.checks.consent import NEEDED, faults
from gdpr_assess.practices.scanner import has_card
from gdpr_assess.practices.settle import wilson

Table = dict[str, str]
Counted = tuple[str, int, int, int]

CALLS = "call_id | started_at | direction | purpose | customer_number | customer_country | agent"
MESSAGES = "message_id | sent_at | direction | purpose | channel | customer_address | customer_country"

CASES: dict[str, tuple[str, Table, Counted, list[int]]] = {
    "announced": (
        "recording.announced_before",
        {
            "calls": """
            call_id | recorded | announced_at | recording_started_at
            1 | true | 2026-09-01 10:00:00 | 2026-09-01 10:00:05
            2 | true | 2026-09-01 10:00:06 | 2026-09-01 10:00:05
            3 | true | | 2026-09-01 10:00:05
            4 | false | | 2026-09-01 10:00:05
            5 | true | soon | 2026-09-01 10:00:05
            6 | true | 2026-09-01 10:00:05 | 2026-09-01 10:00:05
            7 | true | 2026-09-01 10:00:05 |
            """
        },
        ("ran", 6, 2, 2),
        [3, 4],
    ),
    "announced, nothing recorded": (
        "recording.announced_before",
        {"calls": "call_id | recorded | announced_at\n1 | no | "},
        ("not_applicable", 0, 0, 0),
        [],
    ),
    "consent before, by country": (
        "recording.consent_before",
        {
            "calls": """
            call_id | started_at | recorded | consent | consent_at | recording_started_at | customer_country
            1 | 2026-09-01 10:00 | true | granted | 2026-09-01 10:00:10 | 2026-09-01 10:00:11 | DE
            2 | 2026-09-01 10:00 | true | granted | 2026-09-01 10:00:12 | 2026-09-01 10:00:11 | DE
            3 | 2026-09-01 10:00 | true | none | | 2026-09-01 10:00:11 | DE
            4 | 2026-09-01 10:00 | true | | | 2026-09-01 10:00:11 | DE
            5 | 2026-09-01 10:00 | true | none | | 2026-09-01 10:00:11 | SE
            6 | 2026-09-01 10:00 | true | none | | 2026-09-01 10:00:11 | FR
            7 | 2026-09-01 10:00 | false | none | | | DE
            8 | 2026-09-01 10:00 | true | granted | | 2026-09-01 10:00:11 | DE
            """
        },
        ("ran", 6, 3, 2),
        [3, 4, 5],
    ),
    "after refusal": (
        "recording.after_refusal",
        {
            "calls": """
            call_id | consent | consent_at | recorded | recording_stopped_at
            1 | refused | 2026-09-01 10:00:10 | true | 2026-09-01 10:00:10
            2 | refused | 2026-09-01 10:00:10 | true | 2026-09-01 10:00:11
            3 | refused | 2026-09-01 10:00:10 | true | 2026-09-01 10:00:09
            4 | refused | 2026-09-01 10:00:10 | false |
            5 | granted | 2026-09-01 10:00:10 | true | 2026-09-01 10:09:00
            """,
            "recordings": "recording_id | call_id | state\na | 3 | available\nb | 1 | deleted",
        },
        ("ran", 4, 2, 0),
        [3, 4],
    ),
    "after refusal without recordings": (
        "recording.after_refusal",
        {
            "calls": """
            call_id | consent | consent_at | recorded | recording_stopped_at
            1 | refused | 2026-09-01 10:00:10 | true | 2026-09-01 10:00:10
            2 | refused | 2026-09-01 10:00:10 | true | 2026-09-01 10:00:11
            3 | refused | | false |
            """
        },
        ("ran", 3, 1, 1),
        [3],
    ),
    "deletion overdue": (
        "recording.deletion_overdue",
        {
            "recordings": """
            recording_id | delete_due_at | state | deleted_at | legal_hold
            1 | 2026-09-01 00:00:00 | deleted | 2026-09-02 00:00:00 | false
            2 | 2026-09-01 00:00:00 | deleted | 2026-09-02 00:00:01 | false
            3 | 2026-09-01 00:00:00 | available | | false
            4 | 2026-09-01 00:00:00 | archived | | true
            5 | 2026-10-01 00:00:00 | available | | false
            6 | | available | | false
            7 | 2026-09-01 00:00:00 | deleted | | false
            8 | 2026-09-01 | deleted | 2026-09-02 23:00:00 |
            """
        },
        ("ran", 5, 2, 1),
        [3, 4],
    ),
    "encrypted": (
        "recording.encrypted",
        {
            "recordings": """
            recording_id | state | encrypted
            1 | available | yes
            2 | archived | no
            3 | deleted | no
            4 | available |
            """
        },
        ("ran", 3, 1, 1),
        [3],
    ),
    "card data": (
        "recording.card_data",
        {
            "calls": """
            call_id | transcript
            1 | my card is 4111 1111 1111 1111 thanks
            2 | my order number is 4111111111111111
            3 | the CVV is 123
            4 | IMEI 490154203237518
            5 |
            6 | 4111 1111 1111 1112
            """
        },
        ("ran", 5, 2, 0),
        [2, 4],
    ),
    "suppressed": (
        "marketing.suppressed",
        {
            "calls": f"""
            {CALLS}
            1 | 2026-09-10 10:00 | outbound | marketing | +46701234567 | SE | A
            2 | 2026-09-03 09:00 | outbound | marketing | 070-123 45 67 | SE | A
            3 | 2026-09-10 10:00 | outbound | service | +46701234567 | SE | A
            4 | 2026-09-10 10:00 | outbound | marketing | +46709999999 | SE | A
            5 | 2026-09-10 10:00 | outbound | marketing | | SE | A
            6 | 2026-09-10 10:00 | outbound | | +46701234567 | SE | A
            7 | 2026-09-10 10:00 | outbound | marketing | +46705555555 | SE | A
            8 | 2026-09-10 10:00 | inbound | marketing | +46701234567 | SE | A
            """,
            "messages": f"""
            {MESSAGES}
            1 | 2026-09-10 10:00 | outbound | marketing | email | Anna@Example.com | SE
            2 | 2026-09-10 10:00 | outbound | marketing | sms | +46701234567 | SE
            """,
            "suppressions": """
            contact | channel | added_at
            +46 70 123 45 67 | phone | 2026-09-01 09:00
            anna@example.com | | 2026-09-01 09:00
            +46705555555 | all | 2026-09-01 09:00
            """,
            "consents": """
            consent_id | contact | purpose | channel | status | captured_at
            1 | +46705555555 | marketing | phone | granted | 2026-09-05 09:00
            """,
        },
        ("ran", 8, 2, 1),
        [2, 2],
    ),
    "marketing consent": (
        "marketing.consent",
        {
            "calls": f"""
            {CALLS}
            1 | 2026-09-10 10:00 | outbound | marketing | +4915112345678 | DE | A
            2 | 2026-09-10 10:00 | outbound | marketing | +4915112345679 | DE | A
            3 | 2026-09-10 10:00 | outbound | marketing | +4915112345670 | DE | A
            4 | 2026-09-10 10:00 | outbound | marketing | +358401234567 | FI | A
            5 | 2026-09-10 10:00 | outbound | marketing | +4915112345671 | DE | A
            6 | 2026-09-10 10:00 | outbound | marketing | +4915112345672 | DE | A
            7 | 2026-09-10 10:00 | outbound | marketing | +46701234567 | SE | A
            """,
            "messages": """
            message_id | sent_at | direction | purpose | channel | customer_address | customer_country | existing_customer
            1 | 2026-09-10 10:00 | outbound | marketing | email | a@example.com | DE | true
            2 | 2026-09-10 10:00 | outbound | marketing | email | b@example.com | DE | false
            """,
            "consents": """
            consent_id | contact | purpose | channel | status | captured_at | withdrawn_at | expires_at
            1 | +4915112345678 | marketing | phone | granted | 2026-09-01 10:00 | |
            2 | +4915112345679 | marketing | phone | granted | 2026-09-11 10:00 | |
            3 | +4915112345670 | marketing | phone | withdrawn | 2026-09-01 10:00 | 2026-09-05 10:00 |
            4 | +4915112345671 | marketing | email | granted | 2026-09-01 10:00 | |
            5 | +4915112345672 | marketing | | granted | 2026-09-01 10:00 | | 2026-09-10 11:00
            """,
        },
        ("ran", 8, 4, 1),
        [3, 4, 6, 3],
    ),
    "marketing hours in France": (
        "marketing.hours",
        {
            "calls": f"""
            {CALLS}
            1 | 2026-09-10T10:00:00+02:00 | outbound | marketing | +33612345678 | FR | A
            2 | 2026-09-10T09:59:59+02:00 | outbound | marketing | +33612345678 | FR | A
            3 | 2026-09-10T13:00:00+02:00 | outbound | marketing | +33612345678 | FR | A
            4 | 2026-09-12T11:00:00+02:00 | outbound | marketing | +33612345678 | FR | A
            5 | 2026-07-14T11:00:00+02:00 | outbound | marketing | +33612345678 | FR | A
            6 | 2026-09-10T22:00:00+02:00 | outbound | marketing | +4915112345678 | DE | A
            7 | 2026-09-10T22:00:00+02:00 | outbound | service | +33612345678 | FR | A
            """
        },
        ("ran", 6, 4, 1),
        [3, 4, 5, 6],
    ),
    "after objection": (
        "marketing.after_objection",
        {
            "requests": """
            request_id | type | scope | received_at | contact
            1 | objection | marketing | 2026-09-01 10:00 | a@example.com
            2 | withdrawal | | 2026-09-09 10:00 | a@example.com
            3 | objection | recording | 2026-09-01 10:00 | a@example.com
            4 | access | | 2026-09-01 10:00 | a@example.com
            5 | objection | all | 2026-09-01 10:00 | b@example.com
            """,
            "messages": f"""
            {MESSAGES}
            1 | 2026-09-10 10:00 | outbound | marketing | email | a@example.com | SE
            """,
        },
        ("ran", 3, 1, 0),
        [2],
    ),
    "privacy statement": (
        "message.privacy_statement",
        {
            "messages": """
            message_id | direction | channel | text
            1 | outbound | email | right_access
            2 | outbound | email | purpose
            3 | outbound | email | ??
            4 | inbound | email | purpose
            5 | outbound | sms | purpose
            6 | outbound | email |
            """
        },
        ("ran", 4, 1, 2),
        [3],
    ),
    "chat notice": (
        "message.chat_notice",
        {
            "messages": """
            message_id | thread_id | direction | channel | sent_at | text
            1 | t1 | inbound | chat | 2026-09-01 10:00 | hello
            2 | t1 | outbound | chat | 2026-09-01 10:02 | more_information
            3 | t1 | outbound | chat | 2026-09-01 10:01 | purpose
            4 | t2 | outbound | chat | 2026-09-01 10:01 | purpose controller_identity
            5 | t3 | inbound | chat | 2026-09-01 10:01 | hello
            """
        },
        ("ran", 2, 1, 0),
        [4],
    ),
    "unsubscribe": (
        "message.unsubscribe",
        {
            "messages": """
            message_id | direction | channel | purpose | text | unsubscribe_header
            1 | outbound | email | marketing | right_objection |
            2 | outbound | email | marketing | purpose |
            3 | outbound | email | marketing | purpose | <mailto:x>
            4 | outbound | sms | marketing | ?? |
            5 | outbound | email | service | purpose |
            """
        },
        ("ran", 4, 1, 1),
        [3],
    ),
    "public data": (
        "message.public_data",
        {
            "messages": """
            message_id | direction | public | text
            1 | outbound | true | write to anna.private@example.com
            2 | outbound | true | write to dpo@example.com
            3 | outbound | false | write to anna.private@example.com
            4 | outbound | true | call +46 70 123 45 67
            5 | outbound | true | your order 123456789 is on its way
            6 | inbound | true | +46 70 123 45 67
            """
        },
        ("ran", 4, 2, 0),
        [2, 5],
    ),
    "consent evidence": (
        "consent.evidence",
        {
            "consents": """
            consent_id | customer_id | contact | status | captured_at | method | wording_id
            1 | c1 | | granted | 2026-01-01 | web | W1
            2 | | | granted | 2026-01-01 | web | W1
            3 | c1 | | withdrawn | | web | W1
            4 | c1 | | granted | 2026-01-01 | | W1
            5 | c1 | | granted | 2026-01-01 | web |
            6 | c1 | | refused | | |
            7 | c1 | | granted | last year | web | W1
            """
        },
        ("ran", 6, 4, 1),
        [3, 4, 5, 6],
    ),
    "unknown wording": (
        "consent.unknown_wording",
        {"consents": "consent_id | wording_id | status\n1 | W1 | granted\n2 | W9 | granted\n3 | | granted"},
        ("ran", 2, 1, 0),
        [3],
    ),
    "withdrawal honoured": (
        "consent.withdrawal_honoured",
        {
            "consents": """
            consent_id | contact | purpose | channel | status | captured_at | withdrawn_at
            1 | a@example.com | marketing | email | withdrawn | 2026-01-01 10:00 | 2026-09-01 10:00
            2 | b@example.com | marketing | email | withdrawn | 2026-01-01 10:00 | 2026-09-01 10:00
            3 | b@example.com | marketing | email | granted | 2026-09-05 10:00 |
            4 | c@example.com | marketing | sms | withdrawn | 2026-01-01 10:00 | 2026-09-01 10:00
            5 | d@example.com | survey | email | withdrawn | 2026-01-01 10:00 | 2026-09-01 10:00
            6 | e@example.com | marketing | email | withdrawn | 2026-01-01 10:00 | 2026-09-08
            """,
            "messages": f"""
            {MESSAGES}
            1 | 2026-09-10 10:00 | outbound | marketing | email | a@example.com | SE
            2 | 2026-09-10 10:00 | outbound | marketing | email | b@example.com | SE
            3 | 2026-09-10 10:00 | outbound | marketing | email | c@example.com | SE
            4 | 2026-09-10 10:00 | outbound | marketing | email | d@example.com | SE
            5 | 2026-09-10 23:00 | outbound | marketing | email | e@example.com | SE
            """,
        },
        ("ran", 4, 1, 0),
        [2],
    ),
    "expired in use": (
        "consent.expired_in_use",
        {
            "consents": """
            consent_id | contact | purpose | channel | status | captured_at | expires_at
            1 | a@example.com | marketing | email | granted | 2025-01-01 10:00 | 2026-09-10 09:59
            2 | b@example.com | marketing | email | granted | 2025-01-01 10:00 | 2026-09-10 10:00
            3 | c@example.com | marketing | email | granted | 2025-01-01 10:00 |
            """,
            "messages": f"""
            {MESSAGES}
            1 | 2026-09-10 10:00 | outbound | marketing | email | a@example.com | SE
            2 | 2026-09-10 10:00 | outbound | marketing | email | b@example.com | SE
            3 | 2026-09-10 10:00 | outbound | marketing | email | c@example.com | SE
            """,
        },
        ("ran", 2, 1, 0),
        [2],
    ),
    # 31 January + 1 month = 28 February 2026, a Saturday: due Monday 2 March; 15 July + 1 month = Saturday: Monday 17 August
    "rights deadline": (
        "rights.deadline",
        {
            "requests": """
            request_id | type | received_at | answered_at | extended_until | extension_notified_at | identity_verified_at
            1 | access | 2026-01-31 10:00 | 2026-03-02 23:00 | | |
            2 | access | 2026-01-31 10:00 | 2026-03-03 00:10 | | |
            3 | erasure | 2026-07-15 10:00 | | | |
            4 | erasure | 2026-09-15 10:00 | | | |
            5 | access | 2026-07-15 10:00 | 2026-09-15 10:00 | 2026-10-15 | 2026-08-17 |
            6 | access | 2026-07-15 10:00 | 2026-09-15 10:00 | 2026-10-15 | 2026-08-18 |
            7 | complaint | 2026-01-31 10:00 | | | |
            8 | access | 2026-07-15 10:00 | 2026-08-20 10:00 | | | 2026-07-21 10:00
            """
        },
        ("ran", 6, 4, 0),
        [3, 4, 7, 9],
    ),
    "rights deadline without extensions": (
        "rights.deadline",
        {
            "requests": """
            request_id | type | received_at | answered_at
            1 | access | 2026-06-15 10:00 | 2026-07-15 10:00
            2 | access | 2026-06-15 10:00 | 2026-08-20 10:00
            3 | access | 2026-06-15 10:00 | 2026-09-20 10:00
            """
        },
        ("ran", 3, 1, 1),
        [4],
    ),
    "reasoned refusal": (
        "rights.reasoned_refusal",
        {
            "requests": "request_id | outcome | reason\n1 | refused | \n2 | partly | third parties\n3 | done | \n4 | partly |"
        },
        ("ran", 3, 2, 0),
        [2, 5],
    ),
    "erasure done": (
        "rights.erasure_done",
        {
            "requests": """
            request_id | type | outcome | contact | received_at | answered_at
            1 | erasure | done | a@example.com | 2026-08-01 10:00 | 2026-08-10 10:00
            2 | erasure | done | b@example.com | 2026-08-01 10:00 | 2026-08-10 10:00
            3 | erasure | done | +46701234567 | 2026-08-01 10:00 | 2026-08-10 10:00
            4 | erasure | done | +46701234568 | 2026-08-01 10:00 | 2026-08-10 10:00
            5 | erasure | refused | a@example.com | 2026-08-01 10:00 | 2026-08-10 10:00
            """,
            "calls": f"""
            {CALLS}
            1 | 2026-08-01 09:00 | inbound | service | +46701234567 | SE | A
            2 | 2026-08-01 09:00 | inbound | service | +46701234568 | SE | A
            """,
            "recordings": "recording_id | call_id | state\n1 | 1 | available\n2 | 2 | deleted",
            "messages": f"""
            {MESSAGES}
            1 | 2026-07-10 10:00 | inbound | service | email | a@example.com | SE
            2 | 2026-08-11 10:00 | inbound | service | email | b@example.com | SE
            """,
        },
        ("ran", 4, 2, 0),
        [2, 4],
    ),
    "training before access": (
        "training.before_access",
        {
            "staff": """
            person | access_from
            Anna | 2026-03-01
            Bo | 2026-03-01
            Cara | 2026-03-01
            Dan |
            Eve | 2026-03-01
            Fay | 2026-03-01
            """,
            "training": """
            person | course | topic | completed_at | score | passed
            anna | DP | data_protection | 2026-03-01 | | true
            Bo | DP | data_protection | 2026-03-02 | | true
            Cara | DP | data_protection | 2026-02-01 | 79 |
            Eve | Sales | other | 2026-02-01 | 99 | true
            Fay | DP | data_protection | 2026-02-01 | |
            """,
        },
        ("ran", 5, 3, 1),
        [3, 4, 6],
    ),
    "training refresh": (
        "training.refresh",
        {
            "staff": """
            person | access_from | left_at
            Anna | 2024-01-01 |
            Bo | 2024-01-01 |
            Cara | 2026-01-01 |
            Dan | 2024-01-01 | 2026-05-01
            Eve | 2024-01-01 | 2026-12-01
            """,
            "training": """
            person | topic | completed_at | passed
            Anna | data_protection | 2025-09-30 | true
            Bo | data_protection | 2025-09-29 | true
            """,
        },
        ("ran", 3, 2, 0),
        [3, 6],
    ),
    "failed course followed up": (
        "training.failed_followup",
        {
            "training": """
            person | course | topic | completed_at | passed
            Anna | DP | data_protection | 2026-09-01 | false
            Anna | DP | data_protection | 2026-09-15 | true
            Bo | DP | data_protection | 2026-09-01 | false
            Bo | DP | data_protection | 2026-09-16 | true
            Cara | DP | data_protection | 2026-09-16 | false
            Dan | Sales | other | 2026-09-01 | false
            """
        },
        ("ran", 2, 1, 0),
        [4],
    ),
    "roster": (
        "training.roster",
        {
            "calls": "call_id | agent | direction\n1 | anna | inbound\n2 | Zoe | inbound\n3 | zoe | inbound\n4 | | inbound",
            "staff": "person | team\nAnna | x",
        },
        ("ran", 2, 1, 0),
        [3],
    ),
    "left and still active": (
        "staff.left_active",
        {
            "staff": "person | left_at\nAnna | 2026-09-01 17:00\nBo | 2026-09-01\nCara |",
            "calls": """
            call_id | agent | started_at
            1 | Anna | 2026-09-02 17:00:01
            2 | Bo | 2026-09-02 23:00:00
            3 | Cara | 2026-09-20 10:00:00
            """,
        },
        ("ran", 2, 1, 0),
        [2],
    ),
    "second factor": (
        "staff.mfa",
        {"staff": "person | mfa | left_at\nA | false | \nB | true | \nC | false | 2026-01-01\nD | | "},
        ("ran", 3, 1, 1),
        [2],
    ),
    "drill coverage": (
        "drills.coverage",
        {
            "staff": "person | team | left_at\nA | One | \nB | Two | \nC | Three | 2026-01-01",
            "drills": """
            drill_id | team | scenario | held_at
            1 | one | breach | 2025-09-30
            2 | one | rights_request | 2025-09-29
            3 | two | complaint | 2026-09-01
            """,
        },
        ("ran", 4, 3, 0),
        [2, 3, 3],
    ),
    "drill followup": (
        "drills.followup",
        {
            "drills": """
            drill_id | held_at | result | followup_at
            1 | 2026-09-01 | failed | 2026-09-15
            2 | 2026-09-01 | failed | 2026-09-16
            3 | 2026-09-01 | failed |
            4 | 2026-09-16 | failed |
            5 | 2026-09-01 | passed |
            """
        },
        ("ran", 3, 2, 0),
        [3, 4],
    ),
    "spot check followup": (
        "spot_checks.followup",
        {
            "spot_checks": "check_id | checked_at | result | followup_at\n1 | 2026-09-01 | failed | \n2 | 2026-09-20 | failed | "
        },
        ("ran", 1, 1, 0),
        [2],
    ),
    "told the authority": (
        "incidents.notified_72h",
        {
            "incidents": """
            incident_id | client_role | aware_at | personal_data | risk | authority_notified_at
            1 | controller | 2026-09-01 10:00:00 | true | risk | 2026-09-04 10:00:00
            2 | controller | 2026-09-01 10:00:00 | true | high | 2026-09-04 10:00:01
            3 | controller | 2026-09-01 10:00:00 | true | risk |
            4 | controller | 2026-09-29 10:00:00 | true | risk |
            5 | controller | 2026-09-01 10:00:00 | true | none |
            6 | processor | 2026-09-01 10:00:00 | true | risk |
            7 | controller | 2026-09-01 10:00:00 | false | risk |
            8 | controller | 2026-09-01 10:00:00 | true | |
            """
        },
        ("ran", 4, 2, 1),
        [3, 4],
    ),
    "told the controller": (
        "incidents.controller_told",
        {
            "incidents": """
            incident_id | client_role | aware_at | personal_data | controller_notified_at
            1 | processor | 2026-09-01 10:00 | true | 2026-09-02 10:00
            2 | processor | 2026-09-01 10:00 | true | 2026-09-02 10:01
            3 | processor | 2026-09-30 09:00 | true |
            """
        },
        ("ran", 2, 1, 0),
        [3],
    ),
    "told the people": (
        "incidents.people_informed",
        {
            "incidents": """
            incident_id | client_role | personal_data | risk | people_informed_at
            1 | controller | true | high | 2026-09-02
            2 | controller | true | high |
            3 | controller | true | risk |
            """
        },
        ("ran", 2, 1, 0),
        [3],
    ),
    "documented": (
        "incidents.documented",
        {
            "incidents": "incident_id | personal_data | documented | aware_at\n1 | true | true | \n2 | true | no | \n3 | true | |"
        },
        ("ran", 3, 1, 1),
        [3],
    ),
    "cards in messages": (
        "personal_data.cards",
        {"messages": "message_id | channel | text\n1 | email | 5500005555555559\n2 | email | hello\n3 | chat |"},
        ("ran", 2, 1, 0),
        [2],
    ),
    "special categories": (
        "personal_data.special",
        {
            "messages": """
            message_id | channel | text
            1 | email | I have diabetes and need help
            2 | email | The cancer charity shop is open
            3 | email | Ich bin schwanger
            4 | email | 我有糖尿病
            """
        },
        ("ran", 4, 3, 0),
        [2, 4, 5],
    ),
    "national numbers": (
        "personal_data.national_id",
        {
            "messages": """
            message_id | channel | text
            1 | email | PESEL 44051401359
            2 | email | order 44051401359
            3 | email | personnummer 811228-9874
            4 | email | PESEL 44051401358
            """
        },
        ("ran", 4, 2, 0),
        [2, 4],
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda name: name)
def test_check_counts_as_by_hand(case: str, tmp_path: Path) -> None:
    name, tables, expected, places = CASES[case]
    said = intake(wordings=(Wording(id="W1", kind="consent_request"),), dpo_contact="dpo@example.com")
    result = check(tmp_path / "evidence", name, said=said, **tables)
    assert counts(result) == expected, result
    assert rows(result) == places


def test_every_check_has_a_case_or_its_own_test() -> None:
    own = {"recording.retention", "message.retention", "consent.wording_valid"}
    assert {name for name, *_ in CASES.values()} | own == set(CHECKS)


def test_every_check_has_a_rule_and_texts() -> None:
    assert set(rules()) == set(CHECKS)
    for lang in ("en", "zh"):
        say = texts(lang)
        for name, rule in rules().items():
            for part in ("title", "fix"):
                assert say(f"practices.{name}", part)
            params: dict[str, Any] = {
                "exceptions": 3,
                "population": 10,
                "tested": 10,
                "share": 0.3,
                "untested": 0,
                "days": 30,
                "hours": 48,
            }
            assert "3" in say(f"practices.{name}", "message", **params)
            assert say(f"practices.{name}", "clean", **params)
            assert rule.controls


BINDING = Path(__file__).parent / "data" / "checks_effects.txt"


def test_effects_and_controls_are_the_binding_ones() -> None:
    lines = [line.split() for line in BINDING.read_text(encoding="utf-8").splitlines()]
    stated = {name: (effect, tuple(controls.split(","))) for name, effect, controls in lines}
    assert {name: (rule.effect, rule.controls) for name, rule in rules().items()} == stated


@pytest.mark.parametrize(("name", "table"), [("recording.retention", "recordings"), ("message.retention", "messages")])
def test_retention_needs_a_declared_period(name: str, table: str, tmp_path: Path) -> None:
    column = "created_at" if table == "recordings" else "sent_at"
    key = "recording_id" if table == "recordings" else "message_id"
    text = f"{key} | {column} | {'state' if table == 'recordings' else 'channel'}\n"
    value = "available" if table == "recordings" else "email"
    text += (
        f"1 | 2026-08-31 10:00 | {value}\n2 | 2026-08-30 23:59 | {value}\n3 | 2026-09-20 10:00 | {value}\n4 | | {value}"
    )
    undeclared = check(tmp_path / "a", name, **{table: text})
    assert (undeclared.outcome, undeclared.reason) == ("not_testable", f"no_{table.removesuffix('s')}_retention")
    said = intake(recording_retention_days=30, message_retention_days=30)
    result = check(tmp_path / "b", name, said=said, **{table: text})
    assert (counts(result), rows(result)) == (("ran", 4, 1, 1), [3])


def wording(*elements: str, defect: str | None = None, unread: bool = False) -> LintResult:
    if unread:
        return LintResult(language=None, not_analysed="no_pack")
    hits = tuple(Hit(code=code, start=0, end=1, quote="x") for code in elements)
    bad = (
        (Defect(code=defect, start=0, end=1, quote="x", severity="high", articles=(), message="", fix=""),)
        if defect
        else ()
    )
    return LintResult(language="en", elements=hits, defects=bad)


def test_consents_are_as_good_as_their_wording(tmp_path: Path) -> None:
    whole = ("controller_identity", "purpose", "right_withdraw_consent")
    results = {
        "W1": wording(*whole),
        "W2": wording(*whole, defect="preticked"),
        "W3": wording("purpose"),
        "W4": wording(unread=True),
    }
    said = intake(wordings=tuple(Wording(id=name, kind="consent_request") for name in results))
    lines = "\n".join(f"{n} | granted | {name}" for n, name in enumerate(("W1", "W2", "W3", "W4", "W9", ""), 1))
    table = f"consent_id | status | wording_id\n{lines}\n7 | refused | W2"
    result = check(tmp_path / "e", "consent.wording_valid", wordings=results, said=said, consents=table)
    assert counts(result) == ("ran", 4, 2, 1)
    assert rows(result) == [3, 4]
    assert result.params["reasons"] == {"controller_identity": 1, "preticked": 1, "right_withdraw_consent": 1}


def test_a_wording_of_which_something_is_only_likely_or_doubtful_decides_about_no_consent() -> None:
    whole = wording("controller_identity", "purpose", "right_withdraw_consent")
    likely = tuple(hit.model_copy(update={"likely_by": ("word",)}) for hit in whole.elements[:1])
    bad = wording(*NEEDED, defect="preticked").defects
    perhaps = tuple(hit.model_copy(update={"likely_by": ("word",)}) for hit in bad)
    changed = whole.model_copy
    assert faults(whole) == ()
    assert faults(changed(update={"elements": (*likely, *whole.elements[1:])})) is None
    assert faults(changed(update={"elements": whole.elements[1:], "doubtful": whole.elements[:1]})) is None
    assert faults(changed(update={"defects": perhaps})) is None
    assert faults(changed(update={"doubtful": bad})) is None
    assert faults(changed(update={"elements": likely, "defects": bad})) == ("preticked", *NEEDED[1:])


def test_declared_consent_overrides_a_country_that_asks_none(tmp_path: Path) -> None:
    table = "call_id | started_at | recorded | consent | customer_country\n1 | 2026-09-01 10:00 | true | none | SE"
    free = check(tmp_path / "a", "recording.consent_before", calls=table)
    assert free.outcome == "not_applicable"
    said = intake(recording_basis="consent")
    assert counts(check(tmp_path / "b", "recording.consent_before", said=said, calls=table)) == ("ran", 1, 1, 0)


def test_country_without_a_usable_rule_makes_recording_consent_untestable(tmp_path: Path) -> None:
    table = "call_id | started_at | recorded | consent | customer_country\n1 | 2026-09-01 10:00 | true | none | FR"
    result = check(tmp_path / "a", "recording.consent_before", calls=table)
    assert (result.outcome, result.reason) == ("not_testable", "no_recording_rule")


def test_without_a_country_recording_consent_is_not_testable(tmp_path: Path) -> None:
    result = check(tmp_path / "a", "recording.consent_before", calls="call_id | recorded | consent\n1 | true | none")
    assert (result.outcome, result.reason) == ("not_testable", "no_country")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    result = check(
        tmp_path / "a", "recording.announced_before", calls="call_id | recorded | direction\n1 | true | inbound"
    )
    assert (result.outcome, result.reason) == ("not_testable", "missing_columns")
    assert result.params["missing"] == ["calls.announced_at", "calls.recording_started_at"]
    assert (result.population, result.untested, result.rate) == (1, 1, None)


def test_missing_tables_are_named(tmp_path: Path) -> None:
    result = check(
        tmp_path / "a", "marketing.suppressed", calls=f"{CALLS}\n1 | | outbound | marketing | +46701234567 | SE | A"
    )
    assert (result.outcome, result.reason, result.params["missing"]) == (
        "not_testable",
        "missing_tables",
        ["suppressions"],
    )


def test_opted_out_needs_no_time_of_consent(tmp_path: Path) -> None:
    table = "call_id | recorded | consent | started_at\n1 | true | refused | 2026-09-01"
    said = intake(recording_basis="consent")
    assert counts(check(tmp_path / "a", "recording.consent_before", said=said, calls=table)) == ("ran", 1, 1, 0)


def test_report_to_the_controller_is_a_question_where_no_time_was_agreed(tmp_path: Path) -> None:
    tables = CASES["told the controller"][1]
    assert check(tmp_path / "a", "incidents.controller_told", **tables).effect == "indicator"
    strict = check(tmp_path / "b", "incidents.controller_told", said=intake(incident_report_hours=12), **tables)
    assert (strict.effect, strict.exceptions) == ("violation", 2)


def test_lateness_is_also_given_from_the_check_of_identity(tmp_path: Path) -> None:
    result = check(tmp_path / "a", "rights.deadline", **CASES["rights deadline"][1])
    assert (result.exceptions, result.params["exceptions_from_identity"]) == (4, 3)


def test_results_are_counted_per_channel(tmp_path: Path) -> None:
    result = check(tmp_path / "a", "marketing.suppressed", **CASES["suppressed"][1])
    assert [(one.channel, one.population, one.exceptions, one.untested, one.rate) for one in result.by_channel] == [
        ("email", 1, 1, 0, 1.0),
        ("phone", 6, 1, 1, 0.2),
        ("sms", 1, 0, 0, 0.0),
    ]
    assert sorted(place for one in result.by_channel for place in rows(one)) == sorted(rows(result))


def test_wilson_interval() -> None:
    low, high = wilson(5, 100)
    assert (round(low, 4), round(high, 4)) == (0.0215, 0.1118)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my card is 4111 1111 1111 1111", True),
        ("4111 1111 1111 1111 123", True),
        ("5555-5555-5555-4444", True),
        ("the security code is 123", False),
        ("my card, the security code is 123", True),
        ("order number 4111111111111111", False),
        ("4111 1111 1111 1112", False),
        ("IMEI 490154203237518", False),
    ],
)
def test_card_numbers_are_told_from_other_numbers(text: str, found: bool) -> None:
    assert has_card(text) is found
