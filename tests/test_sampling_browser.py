"""Records drawn for listening in notebook 04, in JupyterLab, listened to, and shown on the same page afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sampling_cases import SAMPLE, answer, rows_of
from test_walk_through_browser import free_port
from walk_through_lab import Consultant, browser_page, lab

from gdpr_assess.workspace import ClientFolder


@pytest.mark.browser
def test_calls_are_drawn_on_the_page_and_what_was_heard_is_shown_there(tmp_path: Path) -> None:
    root = tmp_path / "forms" / "client"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("runs"))
    with lab(root, free_port()) as address, browser_page() as page:
        consultant = Consultant(page, address)
        consultant.open("04_channel_practices", "button.draw-sample")
        page.locator(".sample-how select").select_option(label=consultant.t("sampling.form_how_precision"))
        page.locator(".sample-points input").fill("10")
        page.locator(".sample-where input").fill("recorded=maybe")
        consultant.click("draw-sample")
        page.locator(".ga-said", has_text="yes and no").wait_for()
        page.locator(".sample-where input").fill("recorded=yes")
        consultant.click("draw-sample")
        page.locator(".ga-said", has_text="inputs/evidence/samples/").wait_for()
        sheet = next((ClientFolder(root).evidence / "samples").glob("*.xlsx"))
        assert len(rows_of(sheet)) > 60
        answer(sheet, call_announced=lambda n: "No" if n % 2 else "Yes")
        consultant.open("04_channel_practices", "button.draw-sample")
        page.locator(".preview-records", has_text="Said about all").wait_for()
