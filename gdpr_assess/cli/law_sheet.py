"""A country's rules in plain words, line by line: what holds, where it was read, how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from gdpr_assess import law
from gdpr_assess.lang import Texts
from gdpr_assess.lang.formatting import country_name, language_name, show_date
from gdpr_assess.law import Adequacy, Country, Dated, Fact, Hours

CODES = {
    "party_rule": "party",
    "live_call": "regime",
    "automated_call": "regime",
    "email": "regime",
    "sms": "regime",
    "customer_calls": "calls",
    "digital_age": "age",
    "proof_years": "years",
    "consent_months": "months",
}
"""Fields whose values are codes or numbers, and the group of texts that says them."""
NUMBERS = ("age", "years", "months")
IN, DEEP = "  ", "      "


class Sheet:
    """The rules of one place at a day, in a reader's language."""

    def __init__(self, code: str, on: date, t: Texts) -> None:
        self.code, self.on, self.t = code, on, t
        self._used: dict[str, None] = {}

    def lines(self) -> Iterator[str]:
        """Yield the sheet: rules, transfers, then the sources that it names."""
        land = law.country(self.code)
        name = country_name(self.code, self.t.lang)
        yield self.t("law.head", name=name, code=self.code, on=self.on)
        if land is None:
            yield self.t("law.no_rules")
        else:
            yield self.t("law.read_how", reviewed=land.reviewed)
            yield from self._rules(land)
        yield from self._transfers()
        yield from self._differences()
        yield from self._sources()

    def _title(self, name: str) -> Iterator[str]:
        yield ""
        yield self.t(f"law.section_{name}")

    def _rules(self, land: Country) -> Iterator[str]:
        yield from self._title("authority")
        yield from self._names(land)
        yield from self._fields(land.authority, ("short", "website", "note"))
        yield from self._title("people")
        yield from self._fields(land, ("digital_age",))
        yield from self._unknown(land, land)
        yield from self._others(land.other)
        for section in (land.recording, land.marketing):
            yield from self._title(type(section).__name__.lower())
            yield from self._fields(section, [name for name in type(section).model_fields if name != "other"])
            yield from self._unknown(land, section)
            yield from self._others(section.other)

    def _names(self, land: Country) -> Iterator[str]:
        """Yield the names of the authority on the day, those that come, and those that it had."""
        for language, fact in land.authority.names.items():
            label = self.t("law.name_in", language=language_name(language, self.t.lang))
            if fact.since and fact.since > self.on:
                yield IN + self.t("law.later", since=fact.since, until=None, said=f"{label}: {fact.value}")
                yield DEEP + self._read(fact.status, fact.source, fact.as_of)
            else:
                yield from self._fact(label, fact)
        for former in sorted(land.authority.former, key=lambda name: name.until, reverse=True):
            key = "former" if former.until < self.on else "name_until"
            yield IN + self.t(f"law.{key}", name=former.name, until=former.until)
            yield DEEP + self._read(former.status, former.source, None)

    def _fields(self, section: Any, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            value, label = getattr(section, name), self.t(f"law.label_{name.rstrip('_')}")
            if isinstance(value, Fact):
                yield from self._fact(label, value, name)
            elif isinstance(value, Dated):
                yield from self._dated(label, value, name)

    def _unknown(self, land: Country, section: Any) -> Iterator[str]:
        """Yield what was looked for and not found, so that nobody takes silence for "no rule"."""
        if land.unknown is not None:
            own = {name.rstrip("_") for name in type(section).model_fields}
            for name in land.unknown.facts:
                if name in own:
                    yield f"{IN}{self.t(f'law.label_{name}')}: {self.t('law.unknown', on=land.unknown.on)}"

    def _differences(self) -> Iterator[str]:
        found = [item for item in law.differences() if item.country == self.code]
        if found:
            yield from self._title("differences")
        for item in found:
            yield IN + item.about
            for number, view in enumerate(item.views, 1):
                self._used |= dict.fromkeys(view.source)
                read = ", ".join(view.source) or self.t("law.memory")
                name = "taken" if number == item.taken else "other"
                yield DEEP + self.t(f"law.view_{name}", says=view.says, read=read)
            yield DEEP + self.t("law.why", why=item.why)

    def _others(self, other: dict[str, Fact[str]]) -> Iterator[str]:
        for key, fact in other.items():
            yield from self._fact(self.t(f"law.other_{key}"), fact)

    def _dated(self, label: str, value: Dated[Any], name: str) -> Iterator[str]:
        holding = value.on(self.on)
        if holding is None:
            yield f"{IN}{label}: {self.t('law.none_yet')}"
        else:
            yield from self._fact(label, holding, name)
        for fact in value.versions:
            if fact is not holding:
                said = self._said(fact, name)
                past = fact.until is not None and fact.until < self.on
                yield DEEP + self.t(
                    "law.before" if past else "law.later", since=fact.since, until=fact.until, said=said
                )

    def _fact(self, label: str, fact: Fact[Any], name: str = "") -> Iterator[str]:
        yield f"{IN}{label}: {self._said(fact, name)}"
        yield from self._period(fact.since, fact.until)
        if fact.citation:
            yield DEEP + self.t("law.cited", citation=fact.citation)
        if fact.note:
            yield DEEP + self.t("law.noted", note=fact.note)
        yield DEEP + self._read(fact.status, fact.source, fact.as_of)

    def _period(self, since: date | None, until: date | None) -> Iterator[str]:
        if since or until:
            name = "between" if since and until else "since" if since else "until"
            yield DEEP + self.t(f"law.holds_{name}", since=since, until=until)

    def _said(self, fact: Fact[Any], name: str) -> str:
        value, group = fact.value, CODES.get(name)
        if group in NUMBERS:
            return self.t(f"law.{group}", count=value)
        if group:
            return self.t(f"law.{group}_{value}")
        if isinstance(value, Hours):
            return self._hours(value)
        return self.t("law.and").join(map(self.t.word, value)) if isinstance(value, tuple) else str(value)

    def _hours(self, hours: Hours) -> str:
        days = [f"{self.t(f'law.day_{day}')} {', '.join(hours.spans[day])}" for day in law.DAYS if hours.spans.get(day)]
        holidays = self.t("law.holidays_yes" if hours.public_holidays else "law.holidays_no")
        return "; ".join([*days, holidays, self.t(f"law.binding_{hours.binding}")])

    def _read(self, status: str, source: tuple[str, ...], as_of: str | None) -> str:
        self._used |= dict.fromkeys(source)
        if status == "memory":
            return self.t("law.memory")
        dated = self.t("law.as_of", as_of=as_of) if as_of else ""
        return self.t("law.verified", sources=", ".join(source)) + dated

    def _transfers(self) -> Iterator[str]:
        yield from self._title("transfers")
        if self.code in law.eea():
            yield IN + self.t("law.transfer_eea")
            return
        decision = law.adequacy(self.code, self.on)
        if decision is None:
            yield IN + self.t("law.transfer_none")
        else:
            yield from self._decision(decision)
        if decision is None or decision.scope != "whole":
            yield from self._clauses()

    def _clauses(self) -> Iterator[str]:
        """Yield the tools that may be used instead, each with the roles that it is made for."""
        yield IN + self.t("law.clauses")
        for tool in law.clauses(self.on):
            yield DEEP + self.t(f"law.clause_{tool.order}", name=tool.id, instrument=tool.instrument, since=tool.since)
            if tool.note:
                yield DEEP + IN + self.t("law.noted", note=tool.note)
            yield DEEP + IN + self._read(tool.status, tool.source, None)
        for note in law.clauses_notes():
            yield DEEP + self.t("law.noted", note=note.value)
            yield DEEP + IN + self._read(note.status, note.source, note.as_of)

    def _decision(self, decision: Adequacy) -> Iterator[str]:
        yield IN + self.t(f"law.transfer_{decision.scope}", instrument=decision.instrument)
        if decision.limits:
            yield DEEP + self.t("law.limits", limits=decision.limits)
        unsure = self.t("law.day_memory") if decision.since_status == "memory" else ""
        yield from (line + unsure for line in self._period(decision.since, decision.until))
        if decision.note:
            yield DEEP + self.t("law.noted", note=decision.note)
        yield DEEP + self._read(decision.status, decision.source, None)

    def _sources(self) -> Iterator[str]:
        if not self._used:
            return
        yield from self._title("sources")
        for key in sorted(self._used):
            source = law.sources()[key]
            address = f", {source.address}" if source.address else ""
            dated = (
                f", {show_date(source.date, self.t.lang) if len(source.date) > 9 else source.date}"
                if source.date
                else ""
            )
            yield f"{IN}{key}: {source.title}{address}{dated} ({self.t(f'law.grade_{source.grade}')})"
