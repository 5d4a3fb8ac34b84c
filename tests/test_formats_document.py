"""The table of formats beside the readers: complete, true, and honest about what was never seen."""

from __future__ import annotations

import re

import pytest

from gdpr_assess.practices.coverage import DOCUMENT, Sample, coverage, section
from gdpr_assess.practices.coverage import _tested as outcomes
from gdpr_assess.practices.mapping import FileMap
from gdpr_assess.practices.readers.formats import Vendor, format_names, named
from gdpr_assess.practices.rule import rules
from gdpr_assess.practices.tables import TABLES

WRITTEN = DOCUMENT.read_text(encoding="utf-8")


def test_every_format_stands_in_the_document_as_it_is() -> None:
    """Everything but the outcome of the checks, which would take long for all formats."""
    assert re.findall(r"^### (\w+)$", WRITTEN, re.M) == list(format_names())
    for name in format_names():
        form = named(name)
        assert form is not None
        part = WRITTEN.partition(f"### {name}\n")[2].partition("\n### ")[0]
        known = form.recognise if isinstance(form, Vendor) else form.needs
        assert f"- Recognised by: {', '.join(f'`{word}`' for word in sorted(known))}\n" in part, name
        assert f"- Verified: {'yes' if form.verified else '**no**'}: {form.source}" in part, name
        assert not form.note or f"- Note: {form.note}" in part, name


@pytest.mark.parametrize(
    "name", ["zendesk_talk_calls", "freshdesk_tickets", "genesys_recordings", "twilio_api_messages"]
)
def test_what_can_be_tested_is_what_the_checks_do(name: str) -> None:
    assert "\n".join(section(name)).strip() in WRITTEN


def test_full_records_let_every_check_decide() -> None:
    """Otherwise the document would blame a format for what the sample lacks."""
    tables = {table: TABLES[table].names for table in Sample.model_fields}
    whole, partly, untestable = outcomes(tables)
    assert (partly, untestable) == ({}, {})
    assert set(whole) == {name for name, rule in rules().items() if set(rule.needs) & set(tables)}


def test_missing_consent_leaves_the_check_untestable() -> None:
    found = coverage("aircall_calls")
    assert "calls.consent" in found.untestable["recording.consent_before"]
    assert "calls.consent" not in coverage("zendesk_talk_calls").partly["recording.consent_before"]


def test_unverified_formats_say_why() -> None:
    for name in format_names():
        form = named(name)
        assert form is not None
        assert form.source, name
        assert form.verified or len(f"{form.source} {form.note}") > 40, name


def test_every_setting_of_the_map_is_explained() -> None:
    example = WRITTEN.partition("```yaml")[2].partition("```")[0]
    assert [name for name in FileMap.model_fields if f"{name}:" not in example] == []


def test_recognition_is_unambiguous() -> None:
    """No two flat formats are recognised by the same header, unless the file's name tells them apart."""
    flat = [form for name in format_names() if isinstance(form := named(name), Vendor)]
    for one in flat:
        for other in flat:
            differ = set(one.recognise) != set(other.recognise) or len({one.named, other.named, ""}) == 3
            assert one is other or differ, (one.name, other.name)
