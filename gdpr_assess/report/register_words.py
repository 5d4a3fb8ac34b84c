"""What stands in the derived columns of the register, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdpr_assess.intake.layout import sheet
from gdpr_assess.intake.words import word
from gdpr_assess.lang import texts
from gdpr_assess.lang.formatting import country_name
from gdpr_assess.law import eea
from gdpr_assess.model import Profile, named

Line = dict[str, Any]
_KIND, _START = sheet("flows").column("kind"), sheet("systems").column("retention_start")
_ALWAYS = ("access", "rectification", "erasure", "restriction")
_BY_BASIS = {
    "consent": ("portability", "withdrawal"),
    "contract": ("portability",),
    "legitimate_interest": ("objection",),
    "public_task": ("objection",),
}


class Words:
    """Says what a line of the register holds."""

    def __init__(self, profile: Profile, lang: str) -> None:
        self.profile, self.lang, self._t = profile, lang, texts(lang)
        self._derived: dict[str, Callable[[Line], list[str]]] = {
            "controller": lambda line: line["controllers"],
            "processing": lambda line: [word(_KIND, kind, lang) for kind in line["kinds"]],
            "software": lambda line: line["systems"],
            "joint_controller": lambda line: line["joint_controllers"],
            "data_subjects": lambda line: self._say("subject", line["data_subjects"]),
            "sensitive": lambda line: [self._yes(line["sensitive"])] if line["flows"] else [],
            "recipients": lambda line: [*line["internal"], *line["external"], *self._processors(line)],
            "recipients_internal": lambda line: line["internal"],
            "recipients_external": lambda line: line["external"],
            "recipients_processors": lambda line: [item["name"] for item in line["processors"]],
            "contract": lambda line: [self._contract(item) for item in line["processors"]],
            "third_country": lambda line: self._third(line),
            "system_retention": lambda line: [self._kept(item) for item in line["system_retention"]],
            "security": lambda line: self._say("security", line["security"]),
            "rights": lambda line: self._say("right", self._rights(line)),
            "automated_decisions": self._automated,
            "source": lambda line: [self._source(name) for name in line["sources"]],
            "location": lambda line: [country_name(code, self.lang) for code in line["locations"]],
            "basis_special": lambda line: self._word(line["legal_basis"]) if line["sensitive"] else [],
            "open": lambda line: self._say("open", line["open"]),
        }

    def derived(self, key: str, line: Line) -> str | None:
        """Return the text of a derived column, one entry per line, or None where there is nothing to say."""
        return "\n".join(self._derived[key](line)) or None if key in self._derived else None

    def default(self, key: str, line: Line) -> str | None:
        """Return what stands in a column of the client's own until the client writes something else."""
        if key == "business_function":
            return self._t("register.function") if line["flows"] else None
        return self._t.word(line["purpose"]) if key == "activity" and line["purpose"] else None

    def party(self) -> list[str]:
        """Return who is responsible, represents it and can be asked: the head of the record."""
        p, t = self.profile, self._t
        names = {
            "organisation": f"{p.client_name} ({country_name(p.main_country, self.lang)})",
            "representative": self._representatives(),
            "officer": p.dpo_contact or (t("register.officer_none") if p.dpo_appointed is False else ""),
            "contact": p.privacy_contact or "",
        }
        if p.main_country in eea() and not names["representative"]:
            del names["representative"]  # who is established in the Union needs none there
        return [t(f"register.party_{key}", value=value or t("register.not_stated")) for key, value in names.items()]

    def _representatives(self) -> str:
        cells = (self.profile.eu_representative, self.profile.uk_representative)
        none = self._t("register.officer_none") if any(named(cell) is False for cell in cells) else ""
        return "; ".join(cell for cell in cells if cell and named(cell)) or none

    def _say(self, kind: str, codes: list[str]) -> list[str]:
        return [self._t(f"register.{kind}_{code}") for code in codes]

    def _word(self, value: str | None) -> list[str]:
        return [self._t.word(value)] if value else []

    def _yes(self, value: bool) -> str:
        return self._t.word("yes" if value else "no")

    def _processors(self, line: Line) -> list[str]:
        return [self._t("register.processor_named", name=item["name"]) for item in line["processors"]]

    def _contract(self, item: Line) -> str:
        known = {True: "contract_dated" if item["date"] else "contract_undated", False: "contract_none"}
        return self._t(f"register.{known.get(item['contract'], 'contract_open')}", name=item["name"], on=item["date"])

    def _third(self, line: Line) -> list[str]:
        land = line["third_country"]
        return [self._t("register.third", land=land, names=line["importers"])] if land else []

    def _kept(self, item: Line) -> str:
        if item["days"] is None and not item["rule"]:
            return self._t("register.kept_open", name=item["name"])
        period = [self._t("register.days", days=item["days"])] if item["days"] is not None else []
        start = [self._t("register.kept_from", start=word(_START, item["start"], self.lang))] if item["start"] else []
        rule = [item["rule"]] if item["rule"] else []
        return self._t("register.kept", name=item["name"], period=[*period, *start, *rule])

    def _rights(self, line: Line) -> list[str]:
        if not line["legal_basis"]:
            return []
        marketing = ("objection",) if line["purpose"] == "marketing" else ()
        return list(dict.fromkeys((*_ALWAYS, *_BY_BASIS.get(line["legal_basis"], ()), *marketing)))

    def _automated(self, line: Line) -> list[str]:
        if not line["flows"]:
            return []
        answer = self.profile.automated_decisions
        return [self._t("register.not_stated") if answer is None else self._yes(answer)]

    def _source(self, name: str) -> str:
        return self._t("register.source_people") if name == "people" else name
