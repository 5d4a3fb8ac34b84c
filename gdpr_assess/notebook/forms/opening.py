"""The head of every walk-through notebook: whose folder this is, and what must be done before anything else."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
from IPython.display import display

from gdpr_assess.installed import shipped
from gdpr_assess.lang import texts
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.save import button, issues_shown, said
from gdpr_assess.notebook.views import Shown, look
from gdpr_assess.report.html import Html, join, tag


def forms_style() -> Html:
    """Return the stylesheet of forms."""
    style = (shipped("templates") / "forms.css").read_text(encoding="utf-8")
    return Html(f"<style>{style}</style>")


def forms_look() -> Html:
    """Return the stylesheet of reports with that of forms."""
    return join([look(), forms_style()])


class Opening:
    """Title, client, and the state of the workbook with the one thing to do about it."""

    def __init__(self, client: OpenClient, page: str) -> None:
        self.client, self.page, self.t = client, page, texts(client.lang)
        self._head, self._state = w.HTML(), w.HTML()
        t = self.t
        self.create_button = button(t("forms.create"), t("forms.create", "hint"), "create-workbook", style="primary")
        self.create_button.on_click(lambda _: client.create())
        self.read_button = button(t("forms.reload"), t("forms.reload", "hint"), "read-workbook")
        self.read_button.on_click(lambda _: client.reload())
        self.widget = w.VBox([self._head, self._state, w.HBox([self.create_button, self.read_button])])
        self.widget.add_class("ga")
        self.widget.add_class("ga-form")
        client.on_change(self.show)
        self.show()

    def show(self) -> None:
        """Show the state of the folder as it was read."""
        client, t = self.client, self.t
        name = client.typed["profile"][0].get("client_name") or t("forms.no_name")
        self._head.value = tag(
            "header",
            tag("p", t("forms.kicker"), " · ", t(f"forms.page_{self.page}", "step"), class_="ga-kicker"),
            tag("h1", t(f"forms.page_{self.page}")),
            tag("p", tag("b", name), " · ", tag("code", str(client.folder.root))),
            tag("p", t(f"forms.page_{self.page}", "intro"), class_="ga-intro"),
            class_="ga-opening",
            lang=client.lang,
        )
        self._state.value = self._about_workbook()
        self.create_button.layout.display = "none" if client.exists or self.page != "profile" else ""
        self.read_button.layout.display = "" if client.exists else "none"

    def _about_workbook(self) -> str:
        client, t = self.client, self.t
        if not client.exists:
            key = "forms.no_workbook" if self.page == "profile" else "forms.no_workbook_elsewhere"
            return said(t(key), "warn")
        if client.blocking:
            return issues_shown(t("forms.blocked"), client.blocking, client.lang)
        if client.intake is None and self.page != "profile":
            return said(t("forms.profile_first"), "warn")
        return ""


class Part:
    """A part of a page; a saved notebook keeps only its name, not what stood in its fields."""

    def __init__(self, name: str, widget: Any) -> None:
        self._name, self.widget = name, widget

    def __repr__(self) -> str:
        return f"<{self._name}>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(), "text/plain": repr(self)}


class Page:
    """What all walk-through notebooks have: a client, and a head that also brings the look of everything below."""

    name = ""

    def __init__(self, client: OpenClient) -> None:
        self.client = client

    @property
    def opening(self) -> Part:
        """The head of the page."""
        display(Shown(forms_look(), "look"))
        return Part("opening", Opening(self.client, self.name).widget)
