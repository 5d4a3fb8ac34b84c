"""How requests were really handled: late answers, copies only people can read, exports that still show people."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence_cases import AS_OF, index, intake, write

from gdpr_assess.model import Right
from gdpr_assess.practices import Handled, handled, read_evidence

LOG = """
request_id | type        | received_at | answered_at | outcome | contact     | answer_format | extension_notified_at
1          | access      | 2026-05-04  | 2026-05-20  | done    | a@x.example | PDF |
2          | access      | 2026-05-04  | 2026-06-30  | done    | b@x.example | PDF |
3          | portability | 2026-08-03  |             | open    | c@x.example | |
4          | portability | 2026-05-04  | 2026-05-20  | done    | d@x.example | PDF by e-mail |
5          | portability | 2026-05-04  | 2026-05-20  | done    | e@x.example | PDF and CSV |
6          | portability | 2026-05-04  | 2026-05-20  | done    | f@x.example | ok |
7          | erasure     | 2026-05-04  | 2026-05-20  | done    | a@x.example | |
8          | erasure     | 2026-05-04  | 2026-05-20  | refused | b@x.example | |
9          | objection   | 2026-05-04  | 2026-05-05  | done    | g@x.example | |
"""
MAIL = """
message_id | channel | sent_at              | direction | customer_address | purpose
1          | email   | 2026-05-01T10:00:00Z | inbound   | a@x.example      | service
2          | email   | 2026-05-01T10:00:00Z | inbound   | b@x.example      | service
3          | email   | 2026-06-01T10:00:00Z | outbound  | g@x.example      | marketing
4          | email   | 2026-06-01T10:00:00Z | outbound  | h@x.example      | marketing
"""
CONSENTS = """
consent_id | contact     | purpose   | channel | status    | captured_at | withdrawn_at
1          | h@x.example | marketing | email   | withdrawn | 2026-01-05  | 2026-05-05
2          | g@x.example | survey    | email   | withdrawn | 2026-01-05  | 2026-05-05
"""


def shown(folder: Path, **tables: str) -> Handled:
    write(folder, **tables)
    said = intake(index(*(f"{name}.csv" for name in tables)))
    exports, _ = read_evidence(folder, said, AS_OF)
    return handled(exports, said, AS_OF)


def test_the_log_counts_late_answers_and_open_requests_by_right(tmp_path: Path) -> None:
    log = {line.right: line for line in shown(tmp_path, requests=LOG).log}
    assert list(log) == ["access", "erase", "port", "object"]
    access, port = log["access"], log["port"]
    assert (access.requests, access.answered, access.late, access.longest_days) == (2, 2, 1, 57)
    assert [(place.file, place.row) for place in access.places] == [("inputs/evidence/requests.csv", 3)]
    assert (port.requests, port.answered, port.late, port.longest_days) == (4, 3, 1, 58)


def test_only_portability_must_be_machine_readable_and_unknown_forms_are_no_failure(tmp_path: Path) -> None:
    log = {line.right: line for line in shown(tmp_path, requests=LOG).log}
    assert (log["access"].unreadable_copies, log["access"].copy_places) == (0, ())
    assert (log["port"].copies_known, log["port"].unreadable_copies) == (2, 1)
    assert [place.row for place in log["port"].copy_places] == [5]


@pytest.mark.parametrize(("right", "row"), [("erase", 2), ("object", 4), ("withdraw", 5)])
def test_exports_that_still_show_people_are_named_with_their_rows(tmp_path: Path, right: Right, row: int) -> None:
    traces = shown(tmp_path, requests=LOG, messages=MAIL, consents=CONSENTS).traces
    (trace,) = [one for one in traces if one.right == right]
    assert (trace.file, trace.count, [place.row for place in trace.places]) == (
        "inputs/evidence/messages.csv",
        1,
        [row],
    )


@pytest.mark.parametrize("tables", [{}, {"requests": LOG}, {"messages": MAIL}, {"recordings": "call_id\n1"}])
def test_what_was_not_handed_over_shows_nothing(tmp_path: Path, tables: dict[str, str]) -> None:
    assert shown(tmp_path, **tables).traces == ()
    assert bool(shown(tmp_path, **tables).log) is ("requests" in tables)


def test_nobodys_address_leaves_the_tables(tmp_path: Path) -> None:
    assert "x.example" not in shown(tmp_path, requests=LOG, messages=MAIL, consents=CONSENTS).model_dump_json()
