"""The dashboards as a client meets them: in a browser, with nothing reachable but the server itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_run import HOSTILE, PHONE_ZH, example_run, save_run
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import served

from gdpr_assess.lang import FALLBACK_MARK, LANGUAGES, texts
from gdpr_assess.notebook.render import NOTEBOOKS, render

pytestmark = pytest.mark.browser

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SECONDS = 1000


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory) -> Path:
    folder = save_run(tmp_path_factory.mktemp("clients"))
    for lang in LANGUAGES:
        render(folder, lang)
    return folder


@pytest.fixture(scope="module")
def address(run_dir: Path) -> Iterator[str]:
    with served(run_dir.parents[2], 18940, drafts=True) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


class Watched:
    """A page with everything that must not happen on it."""

    def __init__(self, browser: Browser, lang: str, width: int = 1280) -> None:
        self.context = browser.new_context(locale=LOCALES[lang], viewport={"width": width, "height": 900})
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("response", lambda r: self.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None)

    def dashboard(self, address: str, lang: str, name: str, *, live: bool = True) -> Page:
        """Open a dashboard and wait until its live cells are there."""
        self.page.goto(f"{address}/?token=secret")
        self.page.goto(f"{address}/voila/render/client/runs/2026-09-30/{lang}/{name}.ipynb", wait_until="commit")
        if live:
            self.page.wait_for_selector("body[data-live]", timeout=120 * SECONDS)
        return self.page

    def close(self) -> None:
        self.context.close()

    def foreign(self, address: str) -> list[str]:
        """Return every request that would have left the host."""
        return [url for url in self.requests if not url.startswith((address, "data:", "blob:", "file:"))]


@pytest.fixture
def watch(browser: Browser) -> Iterator[list[Watched]]:
    opened: list[Watched] = []
    yield opened
    for watched in opened:
        watched.close()


def watched(browser: Browser, watch: list[Watched], lang: str, width: int = 1280) -> Watched:
    watch.append(Watched(browser, lang, width))
    return watch[-1]


def assert_clean(seen: Watched, address: str) -> None:
    page = seen.page
    assert seen.foreign(address) == []
    assert seen.errors == []
    assert page.evaluate("window.broken") is None, "a client's text became part of the page"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = page.inner_text("body")
    assert "Traceback" not in shown
    assert "open_report" not in shown
    assert page.locator(".jp-InputArea, .jp-CodeMirrorEditor, .jp-RenderedText").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_dashboards_come_alive_without_errors_or_foreign_requests(browser, watch, address, lang, name) -> None:
    seen = watched(browser, watch, lang)
    page = seen.dashboard(address, lang, name)
    assert_clean(seen, address)
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    assert page.title() == texts(lang)(f"report.title_{name}")
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0 && image.alt)")
    assert FALLBACK_MARK.strip() not in page.inner_text("body")


def test_saved_outputs_are_there_before_the_live_ones(browser, watch, address) -> None:
    seen = watched(browser, watch, "en")
    page = seen.dashboard(address, "en", "gap_analysis", live=False)
    expect(page.locator("#stored #gaps .ga-row")).to_have_count(len(example_run().gaps))
    assert page.locator("body[data-live]").count() == 0
    page.fill("#stored #gaps [data-filter=text]", "recording")
    page.locator("#stored .ga-row:visible summary").first.click()
    page.wait_for_selector("body[data-live]", timeout=120 * SECONDS)
    assert page.locator("#stored, #ga-status").count() == 0
    assert page.input_value("#gaps [data-filter=text]") == "recording"
    assert page.locator("#gaps .ga-row[open]").count() == 1
    assert_clean(seen, address)


def test_gaps_can_be_filtered_and_reset(browser, watch, address) -> None:
    gaps = example_run().gaps
    page = watched(browser, watch, "zh").dashboard(address, "zh", "gap_analysis")
    rows = page.locator("#gaps .ga-row:visible")
    expect(rows).to_have_count(len(gaps))
    page.select_option("#gaps [data-filter=severity]", "high")
    expect(rows).to_have_count(sum(gap.severity == "high" for gap in gaps))
    page.check("#gaps [data-filter=contradicted]")
    expect(rows).to_have_count(sum(gap.severity == "high" and gap.contradicted for gap in gaps))
    page.select_option("#gaps [data-filter=verdict]", "not_met")
    expect(rows).to_have_count(1)
    assert re.search(r"\b1 / 7\b", page.inner_text("#gaps output"))
    page.fill("#gaps [data-filter=text]", "qqqq")
    expect(rows).to_have_count(0)
    expect(page.locator("#gaps .ga-empty")).to_be_visible()
    page.click("#gaps button[type=reset]")
    expect(rows).to_have_count(len(gaps))
    page.select_option("#gaps [data-filter=domain]", "PRO")
    expect(rows).to_have_count(1)


def test_a_gap_opens_to_question_evidence_law_and_remedy(browser, watch, address) -> None:
    page = watched(browser, watch, "en").dashboard(address, "en", "gap_analysis")
    page.click('.ga-contradictions a[href="#gap-REC-02-client"]')
    row = page.locator("#gap-REC-02-client")
    expect(row.locator(".ga-detail")).to_be_visible()
    t, shown = texts("en"), row.inner_text()
    for part in (
        t("control.REC-02", "question"),
        t("control.REC-02", "remedy"),
        t("wording.recording_before_choice", "title"),
        t("practices.recording.consent_before", "title"),
        "inputs/evidence/calls.csv · rows 12–68",
        "Art. 6(1) GDPR",
        "Lawfulness of processing",
    ):
        assert part in shown


def test_the_words_of_a_defect_are_marked_in_the_clients_text(browser, watch, address) -> None:
    page = watched(browser, watch, "zh").dashboard(address, "zh", "gap_analysis")
    marks = page.locator("#wording-W1 mark")
    assert [re.sub(r"[\u2060\d]", "", text) for text in marks.all_inner_texts()] == [
        "本次通话已开始录音",
        "我们会在通话结束后删除",
        "绝对不会泄露，请放心",
    ]
    assert marks.first.get_attribute("title") == texts("zh")("wording.recording_before_choice", "title")


def test_a_pasted_text_is_marked_beside_the_compliant_one(browser, watch, address) -> None:
    seen, t = watched(browser, watch, "zh"), texts("zh")
    panel = seen.dashboard(address, "zh", "gap_analysis").locator(".form-trial")
    panel.locator(".field-trial-text textarea").fill(f"{PHONE_ZH}{HOSTILE}")
    panel.locator(".field-wordings-kind select").select_option(label=t.word("recording_notice"))
    panel.locator("button.check-trial").click()
    said = " · ".join(t(f"wording.{code}", "title") for code in ("recording_before_choice", "silence_as_consent"))
    expect(panel.locator("mark.ga-high").first).to_have_attribute("title", said, timeout=60 * SECONDS)
    expect(panel.locator(".ga-halves")).to_contain_text(t("report.advice_after"))
    expect(panel.locator(".ga-callout").last).to_have_text(t("notebook.trial_elsewhere"))
    assert_clean(seen, address)


def test_a_file_that_is_too_large_is_refused_and_the_page_goes_on(browser, watch, address) -> None:
    seen = watched(browser, watch, "en")
    panel = seen.dashboard(address, "en", "gap_analysis").locator(".form-trial")
    for name, data, said in (
        ("large.docx", b"0" * 12_000_000, "larger than 2 MB"),
        ("call.txt", b"This call is recorded.", "Loaded: call.txt"),
    ):  # fmt: skip
        with seen.page.expect_file_chooser() as chooser:
            panel.locator(".upload-wordings").click()
        chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": data})
        expect(panel.locator(".ga-upload")).to_contain_text(said, timeout=60 * SECONDS)
    assert_clean(seen, address)


def test_capacity_can_be_tried_out(browser, watch, address) -> None:
    seen = watched(browser, watch, "en")
    page = seen.dashboard(address, "en", "remediation_plan")
    numbers = page.locator(".ga-live .ga-tile strong")
    expect(numbers).to_have_count(4, timeout=60 * SECONDS)
    before = numbers.nth(3).inner_text()
    page.locator(".ga-live .widget-readout").fill("30")
    page.keyboard.press("Enter")
    expect(numbers.nth(2)).to_have_text("30", timeout=60 * SECONDS)
    assert numbers.nth(3).inner_text() != before
    assert_clean(seen, address)


def test_every_report_can_be_reached_from_the_first_page(browser, watch, address) -> None:
    seen = watched(browser, watch, "zh")
    page = seen.page
    page.goto(f"{address}/?token=secret")
    t = texts("zh")
    assert "token" not in page.url
    assert not re.search(r"\b(Select|items|open|Voil)", page.inner_text("body"))
    page.click(f"text={t('notebook.gap_analysis')}")
    page.wait_for_selector("body[data-live]", timeout=120 * SECONDS)
    page.click(f"nav >> text={t('notebook.remediation_plan')}")
    page.wait_for_selector("body[data-live]", timeout=120 * SECONDS)
    assert page.title() == t("report.title_remediation_plan")
    page.click("nav >> text=English")
    page.wait_for_selector("body[data-live]", timeout=120 * SECONDS)
    assert page.title() == texts("en")("report.title_remediation_plan")
    assert_clean(seen, address)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_saved_pages_work_alone_also_on_a_phone(browser, watch, run_dir, lang, name) -> None:
    seen = watched(browser, watch, lang, width=390)
    seen.page.goto((run_dir / lang / f"{name}.html").as_uri())
    assert_clean(seen, "file:")
    assert seen.page.locator(".form-trial, .ga-live").count() == 0, "a control without a kernel"
    part = "#gaps" if name == "gap_analysis" else "#actions"
    rows = seen.page.locator(f"{part} .ga-row:visible")
    every = rows.count()
    seen.page.select_option(f"{part} select >> nth=0", index=1)
    assert 0 < rows.count() < every
    if name == "gap_analysis":
        seen.page.click("#gaps [data-opens]")
        assert seen.page.locator("#gaps .ga-row[open]").count() == rows.count()
        seen.page.click("#gaps [data-opens]")
        assert seen.page.locator("#gaps .ga-row[open]").count() == 0
