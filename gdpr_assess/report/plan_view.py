"""The remediation plan: how much work, when it is done, the Gantt chart, and the actions as a table."""

from __future__ import annotations

from datetime import date

from gdpr_assess.report.charts import plan_chart
from gdpr_assess.report.context import Report
from gdpr_assess.report.filters import choice, filter_bar
from gdpr_assess.report.html import Html, cell, section, tag
from gdpr_assess.report.picture import picture
from gdpr_assess.report.rows import ActionRow


def plan_numbers(report: Report) -> Html:
    """Return the plan in four numbers: actions, person days, weekly capacity, last due date."""
    t, actions = report.t, report.actions
    effort = sum(action.effort_days for action in actions)
    done: date | None = max((action.due for action in actions), default=None)
    numbers = [
        (str(len(actions)), t("report.plan_actions")),
        (report.number(effort), t("report.plan_effort")),
        (report.number(report.run.client.weekly_capacity_days), t("report.plan_capacity")),
        (report.date(done), t("report.plan_done")),
    ]
    tiles = [tag("li", tag("strong", value), tag("span", label), class_="ga-tile ga-plan") for value, label in numbers]
    return tag("ul", tiles, class_="ga-tiles ga-four")


def gantt(report: Report) -> Html:
    """Return the Gantt chart of the plan."""
    t, actions = report.t, report.actions
    rows = [
        t("report.plan_alt_row", number=a.number, title=a.title, start=a.start, due=a.due, owner=a.owner)
        for a in actions
    ]
    alt = t("report.plan_alt") + " " + " ".join(rows)
    wide, small = plan_chart(report, actions), plan_chart(report, actions, small=True)
    return picture(wide, alt, small, t("report.plan_caption"))


def plan(report: Report) -> Html:
    """Return the plan as numbers and a Gantt chart."""
    t = report.t
    if not report.actions:
        return section(t("report.plan"), tag("p", t("report.no_actions")), id_="plan")
    return section(t("report.plan"), plan_numbers(report), gantt(report), id_="plan", intro=t("report.plan_intro"))


def action_table(report: Report) -> Html:
    """Return the actions as a filterable table."""
    t, actions = report.t, report.actions
    if not actions:
        return Html("")
    keys = ("number", "action", "owner", "effort", "start", "due", "after")
    owners = sorted({a.owner for a in actions})
    bar = filter_bar(
        report,
        "action-list",
        len(actions),
        choice(report, "owner", t("report.owner"), [(o, o) for o in owners]),
        folded=False,
    )
    heads = [t(f"report.{key}") for key in keys]
    body = tag("tbody", [_action(report, action, heads) for action in actions], id="action-list")
    listed = tag(
        "table",
        tag("caption", t("report.actions")),
        tag("thead", tag("tr", [tag("th", head, scope="col") for head in heads])),
        body,
    )
    empty = tag("p", t("report.filter_empty"), class_="ga-empty", hidden=True)
    return section(t("report.actions"), bar, tag("div", listed, class_="ga-scroll"), empty, id_="actions")


def _action(report: Report, action: ActionRow, heads: list[str]) -> Html:
    t = report.t
    scopes = tag("small", t("report.list_comma").join(action.scopes))
    what = [tag("b", action.title), tag("p", action.work), scopes]
    after = t("report.list_comma").join(map(str, action.after)) or "–"
    days = t("report.days", days=action.effort_days)
    cells = [action.number, what, action.owner, days, report.date(action.start), report.date(action.due), after]
    shown = [
        cell(content, data_head=head, class_=None if content is what else "ga-short")
        for head, content in zip(heads, cells, strict=True)
    ]
    return tag("tr", shown, class_="ga-row", data_owner=action.owner)
