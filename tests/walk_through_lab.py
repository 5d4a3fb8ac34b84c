"""JupyterLab on a client folder, driven through a browser as a consultant would."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect, sync_playwright

from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.words import choices
from gdpr_assess.lang import texts
from gdpr_assess.model import Noun
from gdpr_assess.notebook.forms.typed import columns_of, typed_noun
from gdpr_assess.notebook.lab import copy_notebooks, lab_command

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
TOKEN = "walk-through"
PATIENCE = 180_000  # a kernel on a busy machine


def _up(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def lab(client: Path, port: int) -> Iterator[str]:
    """Run JupyterLab as `gdpr-assess lab` does; yields its address."""
    copy_notebooks(client / "notebooks")
    command = [*lab_command(client / "notebooks", port), "--no-browser", f"--IdentityProvider.token={TOKEN}"]
    command += ["--ServerApp.port_retries=0", "--allow-root"]
    home = client.parent / "jupyter"
    env = os.environ | {
        "GDPR_ASSESS_CLIENT": str(client),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    with (client.parent / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            ends = time.monotonic() + PATIENCE / 1000
            while not _up(f"{address}/api"):
                assert server.poll() is None, (client.parent / "lab.log").read_text(encoding="utf-8")[-2000:]
                assert time.monotonic() < ends, "JupyterLab did not start"
                time.sleep(0.2)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


@contextmanager
def browser_page() -> Iterator[Page]:
    """Yield a page of a headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1500, "height": 1600})
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


class Consultant:
    """Opens notebooks, runs them, and types into their forms."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.t = texts("en")

    def open(self, notebook: str, last: str) -> None:
        """Open a notebook and run all cells; `last` is what its last form shows."""
        self.page.goto(f"{self.address}/lab/tree/notebooks/{notebook}.ipynb?reset&token={TOKEN}")
        self.page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
        self.page.get_by_text("| Idle").first.wait_for()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.locator(last).first.wait_for()

    def click(self, name: str) -> None:
        """Click a button by its class."""
        self.page.locator(f"button.{name}").click()

    def said(self, form: str, text: str) -> None:
        """Wait until the foot of a form says a text."""
        expect(self.page.locator(f".form-{form} .ga-said").last).to_contain_text(text, timeout=PATIENCE)

    def save(self, part: str) -> None:
        """Save a form and wait until it says so."""
        self.click(f"save-{part}")
        self.said(part, self.t("forms.saved"))

    def type_in(self, noun: Noun, sheet: str, within: Locator | None = None) -> None:
        """Type every value of an entry into its fields."""
        typed = typed_noun(noun)
        for column in columns_of(sheet):
            place = (within or self.page).locator(f".field-{sheet}-{column.field}")
            if column.field in typed and place.locator("input:disabled").count() == 0:
                self.put(place, column, typed[column.field])

    def put(self, place: Locator, column: Column, typed: str) -> None:
        """Type or choose one value the way its field asks for it."""
        parts, words = typed.split("; "), choices(column, "en")
        if column.many and column.kind == "choice":
            for part in parts:
                place.locator(f".tick-{part} input").check()
        elif column.many and words:
            for part in parts:
                place.locator("input").fill(words[part])
                place.locator("input").press("Enter")
                place.get_by_role("button", name=words[part]).wait_for()
        elif column.kind == "bool":
            place.get_by_label(words[typed], exact=True).check()
        elif place.locator("select").count():
            self._choose(place.locator("select"), words.get(typed, typed))
        else:
            place.locator("input, textarea").first.fill(typed)

    def _choose(self, select: Locator, shown: str) -> None:
        option = select.locator("option").filter(has_text=shown).first
        select.select_option(label=option.text_content())

    def add(self, noun: Noun, sheet: str, number: int) -> None:
        """Add an entry, the `number`-th of its sheet, and type it in."""
        self.click(f"add-{sheet}")
        expect(self.page.locator(f".list-{sheet} option")).to_have_count(number, timeout=PATIENCE)
        self.type_in(noun, sheet)

    def errors(self) -> Any:
        """Return what went wrong in cells and forms."""
        return self.page.locator(".jp-RenderedText[data-mime-type*=stderr], .jupyter-widgets-error-widget").count()
