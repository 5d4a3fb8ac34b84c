"""Page 04: draws calls or messages of an export into a sheet for listening or reading."""

from __future__ import annotations

from datetime import date
from typing import Any

import ipywidgets as w

from gdpr_assess.issue import UserError
from gdpr_assess.lang import texts
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.save import button, issues_shown, said
from gdpr_assess.notebook.forms.wording import files_below
from gdpr_assess.practices.drawing import TEAM, groupable
from gdpr_assess.practices.mapping import MAP_NAME
from gdpr_assess.practices.questions import SAMPLED
from gdpr_assess.practices.sampler import MOST, SAMPLES, Request, Sampler, Written
from gdpr_assess.report.html import tag

SIZE, PRECISION = "size", "precision"


class SamplingForm:
    """Asks for file, size or precision, seed and groups, and says where the sheet was written."""

    def __init__(self, client: OpenClient) -> None:
        self.client, self.t = client, texts(client.lang)
        self._build()
        client.on_change(self.refresh, slow=True)
        self.refresh()

    def _build(self) -> None:
        t = self.t
        self.file = w.Dropdown(description=t("sampling.form_file"))
        tables = [(t("sampling.form_table_any"), "")] + [(t(f"forms.table_{name}"), name) for name in SAMPLED]
        self.table = w.Dropdown(description=t("sampling.form_table"), options=tables)
        ways = [(t(f"sampling.form_how_{way}"), way) for way in (SIZE, PRECISION)]
        self.how = w.Dropdown(description=t("sampling.form_how"), options=ways)
        self.size = w.BoundedIntText(100, min=1, max=MOST, description=t("sampling.form_size"))
        self.points = w.BoundedFloatText(5, min=0.1, max=50, step=0.5, description=t("sampling.form_precision"))
        self.seed = w.BoundedIntText(1, min=0, max=2**31 - 1, description=t("sampling.form_seed"))
        self.where = w.Text(description=t("sampling.form_where"), placeholder=t("sampling.form_where_help"))
        self.by = w.Dropdown(description=t("sampling.form_by"))
        self.draw_button = button(
            t("sampling.form_draw"), t("sampling.form_draw", "hint"), "draw-sample", style="primary"
        )
        self.message = w.HTML()
        self.draw_button.on_click(lambda _: self.draw())
        self.how.observe(lambda _: self._show_way(), "value")
        self.table.observe(lambda _: self._offer_groups(), "value")
        fields = {name: getattr(self, name) for name in
                  ("file", "table", "how", "size", "points", "seed", "where", "by")}  # fmt: skip
        for name, field in fields.items():
            field.add_class(f"sample-{name}")
        head = w.HTML(tag("div", tag("h2", t("sampling.form_title")),
                          tag("p", t("sampling.form_intro"), class_="ga-intro")))  # fmt: skip
        grid = w.VBox(list(fields.values()))
        grid.add_class("ga-grid")
        self._body = w.VBox([grid, self.draw_button])
        self.widget = w.VBox([head, self._body, self.message])
        self.widget.add_class("ga")
        self.widget.add_class("ga-form")
        self._show_way()
        self._offer_groups()

    def refresh(self) -> None:
        """Offer the exports that are there now."""
        names = files_below(self.client.folder.evidence)
        names = [name for name in names if name != MAP_NAME and not name.startswith(f"{SAMPLES}/")]
        before = self.file.value
        self.file.options = names
        likely = next((name for name in names if any(table in name.casefold() for table in SAMPLED)), None)
        self.file.value = before if before in names else likely or next(iter(names), None)
        usable = bool(names) and self.client.intake is not None
        self._body.layout.display = "" if usable else "none"
        self.message.value = "" if usable else said(self.t("sampling.form_nothing"), "warn")

    def _show_way(self) -> None:
        self.size.layout.display = "" if self.how.value == SIZE else "none"
        self.points.layout.display = "" if self.how.value == PRECISION else "none"

    def _offer_groups(self) -> None:
        t, tables = self.t, [self.table.value] if self.table.value else list(SAMPLED)
        names = dict.fromkeys(name for table in tables for name in (*groupable(table), TEAM))
        named = [(t(f"mapping.is_{name}") if t.has(f"mapping.is_{name}") else name, name) for name in names]
        before = self.by.value
        self.by.options = [(t("sampling.form_by_none"), ""), *named]
        self.by.value = before if before in names else ""

    def request(self) -> Request:
        """Return what the form asks for."""
        by_size = self.how.value == SIZE
        where = tuple(part.strip() for part in self.where.value.replace("；", ";").split(";") if part.strip())
        return Request(
            self.file.value, self.table.value or None, int(self.size.value) if by_size else None,
            None if by_size else self.points.value / 100, int(self.seed.value), where, self.by.value or None,
        )  # fmt: skip

    def draw(self) -> Written | None:
        """Draw and say what came of it; None where nothing was drawn."""
        intake = self.client.intake
        if intake is None or not self.file.value:
            self.refresh()
            return None
        self.draw_button.disabled = True
        try:
            made = Sampler(self.client.folder, intake, date.today()).write(self.request(), self.client.lang)
        except UserError as error:
            self.message.value = issues_shown(self.t("sampling.form_wrong"), error.issues, self.client.lang)
            return None
        finally:
            self.draw_button.disabled = False
        self.message.value = said(self._told(made), "good")
        self.client.tell_slow()
        self.message.value = said(self._told(made), "good")  # what listens may have shown the form anew
        return made

    def _told(self, made: Written) -> Any:
        path = made.path.relative_to(self.client.folder.root).as_posix()
        text = self.t("sampling.form_drawn", rows=made.rows, population=made.population, points=made.precision,
                      path=path)  # fmt: skip
        return f"{text} {self.t('sampling.form_carried', count=made.carried)}" if made.carried else text
