"""The rows of the Answers sheet: one per control and scope that is asked, with what was answered before."""

from __future__ import annotations

from typing import Any, get_args

from gdpr_assess.catalogue import Control, load_catalogue
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.catalogue.schema import Domain
from gdpr_assess.intake.content import Entry
from gdpr_assess.intake.locate import Raw
from gdpr_assess.lang import texts
from gdpr_assess.model import CLIENT, Intake

_DOMAINS = get_args(Domain)
"""People are asked in this order: governance first, optional packs last."""
_SAID = ("answer", "reason", "evidence", "evidence_date", "comment")
_SHOWN = ("domain", "question", "about", "applies")


def _key(entry: Entry) -> tuple[Any, Any]:
    return entry.cells.get("control"), entry.cells.get("scope", CLIENT)


def _says(entry: Entry) -> bool:
    return bool(entry.extra) or any(name in entry.cells for name in _SAID)


def _about(scope: str, control: Control, names: dict[str, str], lang: str) -> str:
    if scope != CLIENT:
        return names.get(scope, scope)
    waiting = control.scope != CLIENT and not any(name.startswith(f"{control.scope}:") for name in names)
    return texts(lang)(f"intake.about.waiting_{control.scope}" if waiting else "intake.about.client")


def _names(intake: Intake) -> dict[str, str]:
    named = [("site", intake.sites), ("processor", intake.partners), ("system", intake.systems)]
    return {f"{what}:{item.id}": item.name for what, items in named for item in items}  # type: ignore[attr-defined]


def _filled(entry: Entry, control: Control, scope: str, applies: bool | None, about: str, lang: str) -> Entry:
    """Return the row with everything that the program writes into it."""
    t, state = texts(lang), {True: "yes", False: "no", None: "open"}[applies]
    shown = {
        "control": control.id,
        "scope": scope,
        "domain": t.word(control.domain),
        "question": t(f"control.{control.id}", "question"),
        "about": about,
        "applies": t(f"intake.applies.{state}"),
    }
    said = {name: value for name, value in entry.cells.items() if name in _SAID}
    return Entry(shown | said, entry.extra, muted=applies is False)


def _has_text(entry: Entry) -> bool:
    return bool(entry.extra) or any(name in (*_SAID, "control") for name in entry.cells)


def question_rows(before: list[Entry], intake: Intake, lang: str) -> list[Entry]:
    """Return the rows in the order of the domains; rows that answer no question of ours come last, as they were."""
    catalogue = load_catalogue()
    applicable = catalogue.applicable(intake) if intake.profile is not None else {}
    answered: dict[Any, list[Entry]] = {}
    strays: list[Entry] = []
    for entry in before:
        control, scope = _key(entry)
        known = control in catalogue.controls if isinstance(control, str) else False
        if known and isinstance(scope, str):
            if _says(entry):
                answered.setdefault((control, scope), []).append(entry)
        elif _has_text(entry) or any(isinstance(value, Raw) for value in entry.cells.values()):
            strays.append(entry)
    names, rows = _names(intake), list[Entry]()
    for control in sorted(catalogue.controls.values(), key=lambda c: (_DOMAINS.index(c.domain), c.id)):
        asked = scopes(control, intake)
        more = [scope for of, scope in answered if of == control.id and scope not in asked]
        for scope in (*asked, *more):
            about = _about(scope, control, names, lang)
            for entry in answered.get((control.id, scope)) or [Entry()]:
                rows.append(_filled(entry, control, scope, applicable.get(control.id), about, lang))
    return rows + strays
