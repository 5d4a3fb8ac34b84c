"""The intake workbook: its sheets and columns, once for writing, for reading and for the forms of the notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from gdpr_assess.model import Answer, Evidence, Flow, Noun, Partner, Profile, RightsHandling, Site, System, Wording

Kind = Literal[
    "text", "long", "choice", "bool", "int", "float", "date", "moment",
    "country", "language", "report_language", "time_zone", "ref", "scope", "id", "file", "control", "shown",
]  # fmt: skip
"""What a cell holds. `shown` is written for people and never read; `ref` is the id of a row of another sheet."""

_KINDS: dict[tuple[str, str], Kind] = {
    ("profile", "main_country"): "country",
    ("profile", "eu_establishments"): "country",
    ("profile", "countries_served"): "country",
    ("profile", "languages_served"): "language",
    ("profile", "report_language"): "report_language",
    ("profile", "time_zone"): "time_zone",
    ("sites", "country"): "country",
    ("sites", "operator"): "ref",
    ("sites", "languages"): "language",
    ("partners", "country"): "country",
    ("partners", "parent_country"): "country",
    ("partners", "engaged_by"): "ref",
    ("partners", "services"): "long",
    ("systems", "operator"): "ref",
    ("systems", "hosting_country"): "country",
    ("systems", "access_countries"): "country",
    ("flows", "source"): "ref",
    ("flows", "target"): "ref",
    ("flows", "on_behalf_of"): "ref",
    ("flows", "remark"): "long",
    ("rights", "system"): "ref",
    ("rights", "done_by"): "ref",
    ("rights", "comment"): "long",
    ("wordings", "language"): "language",
    ("wordings", "country"): "country",
    ("wordings", "text"): "long",
    ("wordings", "file"): "file",
    ("evidence", "file"): "file",
    ("evidence", "system"): "ref",
    ("evidence", "time_zone"): "time_zone",
    ("evidence", "remark"): "long",
    ("answers", "control"): "control",
    ("answers", "scope"): "scope",
    ("answers", "reason"): "long",
    ("answers", "comment"): "long",
}
_REFS: dict[tuple[str, str], tuple[str, ...]] = {
    ("sites", "operator"): ("client", "partners"),
    ("partners", "engaged_by"): ("client", "partners"),
    ("systems", "operator"): ("client", "partners"),
    ("flows", "source"): ("people", "client", "sites", "partners", "systems"),
    ("flows", "target"): ("people", "client", "sites", "partners", "systems"),
    ("flows", "on_behalf_of"): ("client", "partners"),
    ("rights", "system"): ("systems",),
    ("rights", "done_by"): ("client", "partners"),
    ("evidence", "system"): ("systems",),
}
_WIDTHS: dict[Kind, int] = {
    "text": 24, "long": 40, "choice": 16, "country": 16, "control": 10, "scope": 13, "bool": 12, "int": 13,
    "float": 14, "date": 13, "id": 9, "ref": 15,
}  # fmt: skip
_ANSWER_WIDTHS = {"answer": 14, "reason": 30, "evidence": 24, "comment": 26}
_SHOWN = {"domain": 17, "question": 56, "about": 19, "applies": 12}
"""Columns of the Answers sheet that are written for people and not read, with their widths."""
PROFILE_GROUPS: dict[str, tuple[str, ...]] = {
    "company": ("client_name", "main_country", "roles", "eu_establishments", "uk_establishment", "headcount",
                "turnover_eur", "turnover_year", "report_language", "time_zone"),
    "service": ("countries_served", "languages_served", "channels", "services", "regimes"),
    "practice": ("records_calls", "uses_consent", "uses_auto_dialler", "buys_leads", "serves_children",
                 "special_categories", "uses_ai", "ai_talks_to_customers", "voice_biometrics", "emotion_analysis",
                 "emotion_of", "automated_decisions", "monitors_agents", "home_working", "home_working_rules"),
    "people": ("dpo_appointed", "dpo_contact", "dpo_other_tasks", "eu_representative", "uk_representative",
               "privacy_contact", "privacy_contact_hours"),
    "policy": ("dpia_done", "recording_basis", "recording_retention_days", "message_retention_days",
               "suppression_grace_hours", "refresh_days", "team_lead_refresh_days", "training_pass_mark",
               "incident_report_hours"),
    "plan": ("plan_start", "weekly_capacity_days"),
}  # fmt: skip
"""Every field of the profile, grouped and in the order in which people are asked."""


@dataclass(frozen=True)
class Column:
    """One field of a sheet; `many` cells hold several values, `refs` name `client`, `people` or sheets of ids."""

    sheet: str
    field: str
    kind: Kind
    many: bool = False
    required: bool = False
    allowed: tuple[str, ...] = ()
    least: float | None = None
    above: float | None = None
    most: float | None = None
    refs: tuple[str, ...] = ()
    width: int = 18

    @property
    def text(self) -> str:
        """The key of its texts `label` and `help`."""
        return f"intake.{self.sheet}.{self.field}"


@dataclass(frozen=True)
class Sheet:
    """One sheet with a row per entry; Profile has a row per column instead. `key` is the field that names an entry."""

    name: str
    model: type[Noun]
    columns: tuple[Column, ...]
    key: str | None = None

    @property
    def text(self) -> str:
        """The key of its texts `title` and `help`."""
        return f"intake.sheet.{self.name}"

    def column(self, field: str) -> Column:
        """Return the column of a field; raises KeyError for a field that is not there."""
        return {column.field: column for column in self.columns}[field]


def _plain(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    many = get_origin(annotation) is tuple
    return (get_args(annotation)[0] if many else annotation), many


def _kind(sheet: str, field: str, plain: Any) -> Kind:
    if (sheet, field) in _KINDS:
        return _KINDS[sheet, field]
    if get_origin(plain) is Literal:
        return "choice"
    if field == "id":
        return "id"
    kinds: dict[Any, Kind] = {bool: "bool", int: "int", float: "float", date: "date", datetime: "moment", str: "text"}
    return kinds[plain]


def _limits(info: FieldInfo) -> dict[str, float]:
    names = {"ge": "least", "gt": "above", "le": "most"}
    return {ours: getattr(m, name) for m in info.metadata for name, ours in names.items() if hasattr(m, name)}


def _width(sheet: str, field: str, kind: Kind, many: bool) -> int:
    if sheet == "answers" and field in _ANSWER_WIDTHS:
        return _ANSWER_WIDTHS[field]
    return 26 if many else _WIDTHS.get(kind, 18)


def _column(sheet: str, field: str, info: FieldInfo) -> Column:
    plain, many = _plain(info.annotation)
    kind = _kind(sheet, field, plain)
    return Column(
        sheet=sheet,
        field=field,
        kind=kind,
        many=many,
        required=info.is_required(),
        allowed=get_args(plain) if kind == "choice" else (),
        refs=_REFS.get((sheet, field), ()),
        width=_width(sheet, field, kind, many),
        **_limits(info),
    )


def _sheet(name: str, model: type[Noun], key: str | None, shown: tuple[str, ...] = ()) -> Sheet:
    columns = [_column(name, field, info) for field, info in model.model_fields.items()]
    extra = [Column(name, field, "shown", width=_SHOWN[field]) for field in shown]
    return Sheet(name, model, (*columns[:1], *extra[:3], *columns[1:2], *extra[3:], *columns[2:]), key)


def _profile() -> Sheet:
    fields = [field for group in PROFILE_GROUPS.values() for field in group]
    return Sheet("profile", Profile, tuple(_column("profile", f, Profile.model_fields[f]) for f in fields))


SHEETS: tuple[Sheet, ...] = (
    _profile(),
    _sheet("sites", Site, "id"),
    _sheet("partners", Partner, "id"),
    _sheet("systems", System, "id"),
    _sheet("flows", Flow, "id"),
    _sheet("rights", RightsHandling, "system"),
    _sheet("wordings", Wording, "id"),
    _sheet("evidence", Evidence, "file"),
    _sheet("answers", Answer, None, tuple(_SHOWN)),
)
"""Every sheet that is read, in the order of the workbook (the Guide comes before, a hidden list sheet after)."""
NAMES = ("guide", *(sheet.name for sheet in SHEETS), "lists")


def sheet(name: str) -> Sheet:
    """Return a sheet by its name; raises KeyError for a sheet that is not there."""
    return {item.name: item for item in SHEETS}[name]
