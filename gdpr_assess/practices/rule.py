"""The data of a check: what an exception may do, which controls it speaks to, and which columns it needs."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from gdpr_assess.installed import PACKAGE
from gdpr_assess.issue import DataError
from gdpr_assess.model import Channel, Effect, Noun, Severity
from gdpr_assess.practices.tables import TABLES
from gdpr_assess.yamlfile import load

RULES = PACKAGE / "practices" / "rules"


class Rule(Noun):
    """One check. `needs`: tables of which one must be there; `lookups`: tables and columns that must all be there.

    `one_of`: tables to look in, of which one must be there with these columns.
    `assumed`: columns whose absence is read as "nothing recorded", and said beside the result.
    `channels`: the channels whose practice it tests; none where it is about people or events of no channel.
    """

    effect: Effect
    severity: Severity
    controls: tuple[str, ...] = Field(min_length=1)
    articles: tuple[str, ...] = Field(min_length=1)
    sources: tuple[str, ...] = Field(min_length=1)
    needs: dict[str, tuple[str, ...]] = Field(min_length=1)
    lookups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    one_of: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    assumed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    channels: tuple[Channel, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that the check reads."""
        return tuple(dict.fromkeys([*self.needs, *self.lookups, *self.one_of]))


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by the name of its check; raises DataError where one names an unknown table or column."""
    found = {path.stem: load(path, Rule) for path in sorted(RULES.glob("*.yaml"))}
    for name, rule in found.items():
        for group in (rule.needs, rule.lookups, rule.one_of, rule.assumed):
            for table, columns in group.items():
                unknown = set(columns) - set(TABLES[table].names) if table in TABLES else {table}
                if unknown:
                    raise DataError(f"{RULES / name}.yaml:1: unknown {', '.join(sorted(unknown))}")
    return found
