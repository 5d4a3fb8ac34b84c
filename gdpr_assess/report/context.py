"""A run in one language: what views, notebooks, templates and registers read. Nothing here makes HTML."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import get_args

from gdpr_assess.catalogue import Catalogue, load_catalogue
from gdpr_assess.catalogue.schema import Domain
from gdpr_assess.lang import Texts, texts
from gdpr_assess.lang.formatting import country_name, show_date, show_number, show_percent
from gdpr_assess.lang.sentences import issue_text, place_text
from gdpr_assess.model import (
    CLIENT,
    Action,
    Assessment,
    CheckResult,
    Finding,
    Gap,
    ReviewDecision,
    RunIssue,
    Severity,
    Verdict,
)
from gdpr_assess.report.load import load_run
from gdpr_assess.report.prepared import prepared
from gdpr_assess.report.rows import (
    STATES,
    ActionRow,
    CheckRow,
    DomainRow,
    FindingRow,
    GapRow,
    IssueRow,
    State,
    WordingRow,
)
from gdpr_assess.report.wording_row import wording_row
from gdpr_assess.report.words import (
    control_text,
    law_of,
    places_text,
    rule_text,
    scope_name,
)

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
DOMAINS: tuple[str, ...] = get_args(Domain)


@dataclass(frozen=True)
class Report:
    """A run (`run`) as one reader sees it: `t` are the texts of the language `lang`."""

    run: Assessment
    lang: str

    @classmethod
    def open(cls, run_dir: Path | str, lang: str) -> Report:
        """Load the run in a folder for readers of a language."""
        return cls(load_run(run_dir), lang)

    @property
    def t(self) -> Texts:
        """The texts of the language."""
        return texts(self.lang)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The controls, for articles and owners."""
        return load_catalogue()

    @cached_property
    def _findings(self) -> dict[str, Finding]:
        return {finding.id: finding for finding in self.run.findings}

    @cached_property
    def _decisions(self) -> dict[str, ReviewDecision]:
        return {d.finding: d for d in self.run.review if d.finding is not None}

    def date(self, value: date | None) -> str:
        """Return a date as the reader writes it."""
        return show_date(value, self.lang) if value else "–"

    def number(self, value: float | None) -> str:
        """Return a number as the reader writes it."""
        return "–" if value is None else show_number(value, self.lang)

    def percent(self, value: float | None) -> str:
        """Return a share as a percentage."""
        return "–" if value is None else show_percent(value, self.lang)

    def country(self, code: str | None) -> str:
        """Return the name of a country."""
        return country_name(code, self.lang) if code else "–"

    @cached_property
    def ordered_issues(self) -> tuple[RunIssue, ...]:
        """Mistakes in the client's files, errors first."""
        return tuple(sorted(self.run.issues, key=lambda i: (i.level != "error", i.place.file, i.place.row or 0)))

    @cached_property
    def issues(self) -> tuple[IssueRow, ...]:
        """The same mistakes in the reader's language and order."""
        return tuple(
            IssueRow(
                text=issue_text(i, self.lang),
                where=place_text(i.place, self.t),
                level=i.level,
            )
            for i in self.ordered_issues
        )

    def finding(self, finding: Finding) -> FindingRow:
        """Return a finding with its texts."""

        def say(field: str) -> str:
            return rule_text(finding.source, finding.told_as, field, self.t, finding.params)

        return FindingRow(
            finding=finding,
            title=say("title"),
            message=say("message"),
            fix=say("fix"),
            where=place_text(finding.place, self.t),
            articles=law_of(self._code(finding), finding.articles, self.t),
            decision=self._decisions.get(finding.id),
        )

    @staticmethod
    def _code(finding: Finding) -> str:
        """Return the code of the linter that a finding is about."""
        return str(finding.params.get("element", finding.rule)) if finding.source == "wording" else ""

    @cached_property
    def findings(self) -> tuple[FindingRow, ...]:
        """All findings, the gravest first."""
        order = sorted(self.run.findings, key=lambda f: (SEVERITIES.index(f.severity), f.source, f.rule, f.id))
        return tuple(self.finding(finding) for finding in order)

    def check(self, check: CheckResult) -> CheckRow:
        """Return a check with its texts."""
        return CheckRow(
            check=check,
            title=rule_text("practices", check.check, "title", self.t, check.params),
            said=self._said(check),
            reason=self._reason(check),
            places=places_text(check.places, self.t),
        )

    def _said(self, check: CheckResult) -> str | None:
        if check.outcome != "ran":
            return None
        found = next((f for f in self.run.findings if (f.source, f.rule) == ("practices", check.check)), None)
        counts = {name: getattr(check, name) for name in ("population", "exceptions", "untested", "rate")}
        field = "message" if found else "clean"
        return rule_text("practices", check.check, field, self.t, found.params if found else counts | check.params)

    def _reason(self, check: CheckResult) -> str | None:
        key, params = f"practices.{check.reason}", check.params
        if check.reason == "missing_tables":
            params = params | {"missing": [self.t(f"forms.table_{name}") for name in params["missing"]]}
        return self.t(key, **params) if self.t.has(key) else check.reason

    @cached_property
    def checks(self) -> tuple[CheckRow, ...]:
        """All checks of records: exceptions first, then clean ones, then those that did not run."""
        order = {"ran": 0, "failed": 1, "not_testable": 2, "not_applicable": 3}
        rows = sorted(self.run.checks, key=lambda c: (order[c.outcome], -(c.rate or 0), -c.exceptions, c.check))
        return tuple(self.check(check) for check in rows)

    @cached_property
    def gaps(self) -> tuple[GapRow, ...]:
        """All gaps, the greatest risk first."""
        verdicts = {(v.control, v.scope): v for v in self.run.verdicts}
        return tuple(
            self._gap(gap, verdicts.get((gap.control, gap.scope)))
            for gap in sorted(self.run.gaps, key=lambda g: (-g.risk, g.control, g.scope))
        )

    def _gap(self, gap: Gap, verdict: Verdict | None) -> GapRow:
        t, domain = self.t, gap.control[:3]
        control = self.catalogue.controls.get(gap.control)
        answer = next((a for a in self.run.answers if (a.control, a.scope) == (gap.control, gap.scope)), None)
        action = next((a for a in self.run.actions if gap.control in a.controls and gap.scope in a.scopes), None)
        claimed = verdict.claimed if verdict else None
        seen = [self._findings[key] for key in gap.findings if key in self._findings]
        checks = {c.check: c for c in self.run.checks}
        return GapRow(
            control=gap.control,
            title=control_text(gap.control, "title", t),
            domain=domain,
            domain_name=t.word(domain),
            scope=gap.scope,
            scope_name=scope_name(gap.scope, self.run, t),
            severity=gap.severity,
            verdict=gap.verdict,
            method=verdict.method if verdict else None,
            contradicted=gap.contradicted,
            applicability_contradicted=bool(verdict and verdict.applicability_contradicted),
            improvement=gap.improvement,
            accepted=gap.accepted,
            question=control_text(gap.control, "question", t),
            claimed=t.word(claimed) if claimed else None,
            comment=answer.comment if answer else None,
            asked_evidence=control_text(gap.control, "evidence", t),
            findings=tuple(self.finding(finding) for finding in seen),
            checks=tuple(self.check(checks[c]) for c in (verdict.checks if verdict else ()) if c in checks),
            articles=tuple(control.articles) if control else (),
            remedy=control_text(gap.control, "remedy", t),
            owner=t.word(action.owner_role) if action else t.word(control.remedy.owner) if control else None,
            effort_days=action.effort_days if action else None,
            due=action.due if action else None,
            decision=next(
                (d for d in self.run.review if (d.control, d.scope or CLIENT) == (gap.control, gap.scope)), None
            ),
        )

    @cached_property
    def wordings(self) -> tuple[WordingRow, ...]:
        """The client's texts with what was seen in them."""
        return tuple(wording_row(wording, self.run, self.t) for wording in self.run.wordings)

    @cached_property
    def actions(self) -> tuple[ActionRow, ...]:
        """The plan in the order of its dates."""
        order = sorted(self.run.actions, key=lambda a: (a.start, a.priority, a.id))
        numbers = {action.id: number for number, action in enumerate(order, 1)}
        return tuple(self._action(action, numbers) for action in order)

    def _action(self, action: Action, numbers: dict[str, int]) -> ActionRow:
        t = self.t
        remedies = [control_text(control, "remedy", t) for control in action.controls]
        return ActionRow(
            id=action.id,
            number=numbers[action.id],
            title=t("report.list_comma").join(control_text(control, "title", t) for control in action.controls),
            work=" ".join([*remedies, *prepared(action.controls, self.run, t)]),
            controls=action.controls,
            scopes=tuple(scope_name(scope, self.run, t) for scope in action.scopes),
            owner=t.word(action.owner_role),
            effort_days=action.effort_days,
            start=action.start,
            due=action.due,
            after=tuple(sorted(numbers[other] for other in action.depends_on if other in numbers)),
            priority=action.priority,
            status=t.word(action.status),
        )

    @cached_property
    def domains(self) -> tuple[DomainRow, ...]:
        """How each domain stands, in the order of the catalogue."""
        counts: dict[str, Counter[State]] = {}
        for verdict in self.run.verdicts:
            if verdict.verdict != "not_applicable":
                counts.setdefault(verdict.control[:3], Counter())[state(verdict)] += 1
        return tuple(
            DomainRow(
                domain=domain,
                name=self.t.word(domain),
                score=score.score if (score := self.run.scores.get(domain)) else None,
                counts={name: counts[domain][name] for name in STATES},
            )
            for domain in sorted(counts, key=DOMAINS.index)
        )


def state(verdict: Verdict) -> State:
    """Return how a verdict stands in the headline; a claim that evidence contradicts comes before all else."""
    if verdict.contradicted:
        return "contradicted"
    if verdict.verdict == "met":
        names: dict[str | None, State] = {"tested": "met_tested", "documented": "met_documented"}
        return names.get(verdict.method, "met_declared")
    open_states: dict[str, State] = {"partly": "partly", "not_met": "not_met"}
    return open_states.get(verdict.verdict, "not_assessed")
