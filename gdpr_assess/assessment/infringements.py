"""What an authority could charge: duties not met or violated, with their tier of Art. 83 and how serious each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gdpr_assess.assessment.verdict import VIOLATED
from gdpr_assess.catalogue import Catalogue, Control
from gdpr_assess.law import BANDS, Band, Fines, Tier, fines
from gdpr_assess.model import Finding, Method, Noun, Profile, Severity, Verdict, VerdictValue

SAID_NO = 5
"""Row of the verdict table in which the client itself says that a duty is not met."""
SYSTEMIC = ("flows", "wording", "rights")
"""Sources of findings about what happens to everybody, not in single records."""
_GDPR = re.compile(r"(?:(?:UK )?GDPR )?(?:Art\.? ?)?(\d{1,2})((?:\(\w+\))*)")


class Infringement(Noun):
    """A duty that is not met. `tier` is that of the first article cited, `highest` what an authority may charge."""

    control: str
    articles: tuple[str, ...]
    tier: Tier | None
    highest: Tier | None
    severity: Severity
    verdict: VerdictValue
    method: Method
    scopes: tuple[str, ...]
    findings: int
    records: int
    contradicted: bool
    points: int
    seriousness: Band

    @property
    def domain(self) -> str:
        """The domain of the control."""
        return self.control[:3]


def gdpr_number(article: str) -> int | None:
    """Return the number of a cited article of the GDPR (or of the UK GDPR), None for other law."""
    match = _GDPR.fullmatch(article.strip())
    return int(match[1]) if match else None


def _plain(article: str) -> str:
    match = _GDPR.fullmatch(article.strip())
    return f"{match[1]}{match[2]}" if match else article


def tier_of(article: str, rules: Fines) -> Tier | None:
    """Return the tier in which Art. 83 lists an article, None where it lists it in none."""
    number = gdpr_number(article)
    for tier, listed in rules.tiers.items():
        if number is not None and any(first <= number <= last for first, last in listed.articles):
            return tier
    return None


def tiers_of(articles: Sequence[str], roles: Sequence[str], rules: Fines) -> list[Tier]:
    """Return the tiers of what is cited, in that order.

    A mere processor answers for the duties of processors only. An article without a tier counts through the
    principle behind it, but only where nothing else is cited.
    """
    processor = not {"controller", "joint_controller"} & set(roles)
    if processor:
        duties = rules.processor_articles
        articles = [a for a in articles if any(_plain(a) == d or _plain(a).startswith(d + "(") for d in duties)]
    found = [tier for article in articles if (tier := tier_of(article, rules))]
    if found or processor:
        return found
    through = [rules.untiered.get(str(gdpr_number(article)), "") for article in articles]
    return [tier for article in through if (tier := tier_of(article, rules))]


def _records(findings: Iterable[Finding]) -> int:
    counts = [finding.params.get("exceptions") for finding in findings if finding.source == "practices"]
    return sum(count for count in counts if isinstance(count, int))


def _sensitive(profile: Profile) -> bool:
    return bool(profile.special_categories or profile.voice_biometrics)


def _points(profile: Profile, against: Sequence[Finding], severity: Severity, *, facts: dict[str, bool]) -> int:
    rule, records = fines().seriousness_rule, _records(against)
    scale = [step.points for step in rule.records if records >= step.from_]
    scale += [rule.systemic] if any(finding.source in SYSTEMIC for finding in against) else []
    weights = {"not_met": rule.not_met, "tested": rule.tested, "contradicted": rule.contradicted}
    return (
        rule.severity[severity]
        + sum(weight for name, weight in weights.items() if facts[name])
        + max(scale, default=0)
        + rule.special_categories * _sensitive(profile)
        + rule.children * bool(profile.serves_children)
    )


def _one(control: Control, verdicts: Sequence[Verdict], seen: dict[str, Finding], profile: Profile) -> Infringement:
    ids = sorted({key for verdict in verdicts for key in verdict.findings})
    against = [seen[key] for key in ids if key in seen and seen[key].effect == "violation"]
    cited = tuple(dict.fromkeys(article for finding in against for article in finding.articles)) or control.articles
    severity = max((finding.severity for finding in against), key=BANDS.index, default=control.severity)
    not_met = any(verdict.verdict == "not_met" for verdict in verdicts)
    tested = any(verdict.method == "tested" for verdict in verdicts)
    contradicted = any(verdict.contradicted for verdict in verdicts)
    facts = {"not_met": not_met, "tested": tested, "contradicted": contradicted}
    points = _points(profile, against, severity, facts=facts)
    tiers = tiers_of(cited, profile.roles, fines())
    return Infringement(
        control=control.id,
        articles=cited,
        tier=next(iter(tiers), None),
        highest=max(tiers, default=None),
        severity=severity,
        verdict="not_met" if not_met else "partly",
        method="tested" if tested else "declared",
        scopes=tuple(sorted(verdict.scope for verdict in verdicts)),
        findings=len(against),
        records=_records(against),
        contradicted=contradicted,
        points=points,
        seriousness=fines().seriousness_rule.band(points),
    )


def infringements(
    profile: Profile, findings: Iterable[Finding], verdicts: Iterable[Verdict], catalogue: Catalogue
) -> list[Infringement]:
    """Return what could be charged, the most serious first.

    Counted are verdicts that rest on a violation and plain answers "no" to a duty; not good practice, not what rests
    on unread law, and not findings called false positives, since no verdict holds them.
    """
    seen = {finding.id: finding for finding in findings}
    by_control: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.row in (*VIOLATED, SAID_NO) and verdict.verdict in ("not_met", "partly"):
            by_control.setdefault(verdict.control, []).append(verdict)
    found = [
        _one(control, by_control[name], seen, profile)
        for name, control in catalogue.controls.items()
        if name in by_control and control.verified and control.authority != "good_practice"
    ]
    return sorted(found, key=lambda one: (-one.points, one.control))
