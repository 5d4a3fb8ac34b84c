"""What if there were more people? A slider that shows the plan at another weekly capacity (live pages only)."""

from __future__ import annotations

from typing import Any

import ipywidgets

from gdpr_assess import plan
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import join, section
from gdpr_assess.report.plan_view import gantt, plan_numbers

MOST_DAYS = 40.0


def at_capacity(report: Report, days: float) -> Report:
    """Return the report with its plan made anew for another weekly capacity; nothing is written."""
    run = report.run
    client = run.client.model_copy(update={"weekly_capacity_days": days})
    actions = plan.actions(list(run.gaps), report.catalogue, client, run.as_of)
    return Report(run.model_copy(update={"client": client, "actions": tuple(actions)}), report.lang)


def what_if(report: Report) -> Any:
    """Return the slider with the plan it gives; None when there is nothing to plan."""
    if not report.actions:
        return None
    t = report.t
    now = report.run.client.weekly_capacity_days or 5.0
    slider = ipywidgets.FloatSlider(
        value=now,
        min=1.0,
        max=max(MOST_DAYS, now),
        step=0.5,
        continuous_update=False,
        readout_format=".1f",
        description=t("notebook.capacity"),
        style={"description_width": "initial"},
        layout={"width": "min(520px, 100%)"},
    )
    shown = ipywidgets.HTML()

    def show(days: float) -> None:
        new = at_capacity(report, days)
        shown.value = str(join([plan_numbers(new), gantt(new)]))

    slider.observe(lambda change: show(change["new"]), names="value")
    show(now)
    head = ipywidgets.HTML(str(section(t("notebook.what_if"), id_="what-if", intro=t("notebook.what_if_intro"))))
    box = ipywidgets.VBox([head, slider, shown])
    box.add_class("ga")
    box.add_class("ga-live")
    return box
