"""The story of an assessment: from a client folder to `runs/<as-of>/assessment.json`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gdpr_assess import __version__, assessment, flows, intake, plan, practices, wording
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.issue import Issue, UserError
from gdpr_assess.lang import SOURCE
from gdpr_assess.masking import kept_inputs, masked_intake
from gdpr_assess.model import (
    Assessment,
    CheckResult,
    ConsentGroup,
    Finding,
    Intake,
    PersonalData,
    Place,
    RightsMatrix,
    WordingResult,
)
from gdpr_assess.practices import Exports
from gdpr_assess.report import load_run
from gdpr_assess.review import is_published, read_review, unmatched
from gdpr_assess.workspace import ClientFolder, write_atomic

Step = Callable[[str], None]
STEPS = ("intake", "flows", "wording", "practices", "assessment", "plan")


def quiet(step: str) -> None:
    """Say nothing: the default listener to an assessment's steps."""


@dataclass(frozen=True)
class Seen:
    """What the rules and checks make of the inputs, and the mistakes met while reading them."""

    findings: list[Finding]
    wordings: list[WordingResult]
    checks: list[CheckResult]
    personal: tuple[PersonalData, ...]
    reconsent: list[ConsentGroup]
    rights: RightsMatrix
    exports: Exports
    issues: list[Issue]


@dataclass(frozen=True)
class Checked:
    """Every mistake in a client's inputs, the language of the workbook, and what is known of each export."""

    issues: list[Issue]
    language: str
    files: tuple[dict[str, Any], ...] = ()


def assess_client(folder: ClientFolder, as_of: date, on_step: Step = quiet) -> Assessment:
    """Assess one client; raises UserError when the workbook is unreadable or cannot decide what applies."""
    catalogue = load_catalogue()
    on_step("intake")
    said, issues = read_inputs(folder)
    decisions, review_issues = read_review(folder)
    seen = look(folder, said, as_of, on_step)
    findings, checks = seen.findings, seen.checks
    issues += [*review_issues, *unmatched(folder, decisions, findings), *seen.issues]
    on_step("assessment")
    verdicts = assessment.verdicts(catalogue, said, findings, checks, decisions, as_of)
    gaps = assessment.gaps(catalogue, said, findings, checks, decisions, as_of)
    on_step("plan")
    actions = plan.actions(gaps, catalogue, said.profile, as_of)
    kept = masked_intake(said)
    return Assessment(
        package_version=__version__,
        catalogue_fingerprint=catalogue.fingerprint,
        inputs=kept_inputs(folder.fingerprints(), f"{practices.FOLDER}/"),
        as_of=as_of,
        client=kept.profile,
        answers=kept.answers,
        sites=kept.sites,
        partners=kept.partners,
        systems=kept.systems,
        flows=kept.flows,
        wordings=tuple(seen.wordings),
        findings=tuple(sorted(findings, key=lambda f: (f.source, f.rule, f.id))),
        checks=tuple(checks),
        personal_data=seen.personal,
        reconsent=tuple(seen.reconsent),
        rights=seen.rights.model_copy(update={"handling": kept.rights}),
        verdicts=tuple(verdicts),
        gaps=tuple(gaps),
        actions=tuple(actions),
        register_=tuple(flows.register(kept, as_of)),
        exposure=assessment.exposure(said.profile, findings, verdicts, catalogue, as_of),
        scores=assessment.scores(verdicts),
        evidence=tuple(seen.exports.facts),
        review=decisions,
        issues=tuple(issue.kept() for issue in issues),
    )


def look(folder: ClientFolder, said: Intake, as_of: date, on_step: Step = quiet) -> Seen:
    """Apply every rule and check to the inputs; judges nothing."""
    on_step("flows")
    findings = flows.assess(said, as_of)
    on_step("wording")
    wordings, found, issues = wording.assess(said, folder, as_of)
    findings += found
    on_step("practices")
    exports, evidence_issues = practices.read_evidence(folder.evidence, said, as_of)
    read = {item.wording: item.result for item in wordings}
    checks, tested = practices.run_checks(exports, said, as_of, read, wording.lint_by_rules)
    findings += tested
    findings += assessment.observed_findings(said, practices.observed(exports, as_of), wordings, as_of)
    handling = assessment.Handling(said, practices.handled(exports, said, as_of), checks, as_of)
    rights, shown = assessment.right_findings(handling)
    findings += shown
    held = practices.reconsent(exports, said, as_of, read)
    met = [*issues, *evidence_issues, *extracted_later(exports, as_of)]
    personal = practices.survey(exports, said.profile.contacts)
    return Seen(findings, wordings, checks, personal, held, rights, exports, met)


def extracted_later(exports: Exports, as_of: date) -> list[Issue]:
    """Return a warning for each export that was made after the date of the assessment."""
    days = {fact["file"]: date.fromisoformat(fact["extracted_at"][:10]) for fact in exports.facts}
    return [
        Issue(
            code="files.as_of_before_extraction",
            place=Place(file=file),
            params={"extracted": day.isoformat(), "as_of": as_of.isoformat()},
            level="warning",
        )
        for file, day in sorted(days.items())
        if day > as_of
    ]


def need_intake(folder: ClientFolder) -> None:
    """Raise UserError where the client folder has no intake workbook."""
    if not folder.intake.is_file():
        place = Place(file=folder.intake.as_posix())
        raise UserError([Issue(code="files.intake_missing", place=place, params={"folder": folder.root.as_posix()})])


def run_folder(folder: ClientFolder, as_of: date | None) -> Path:
    """Return the folder of the run at a date, or of the latest run; raises UserError where there is none."""
    dates = folder.run_dates()
    wanted = as_of or (dates[-1] if dates else None)
    if wanted not in dates:
        params = {"folder": folder.root.as_posix()} | ({"as_of": wanted.isoformat()} if wanted else {})
        code = "files.no_run" if wanted else "files.no_run_yet"
        raise UserError([Issue(code=code, place=Place(file=folder.runs.as_posix()), params=params)])
    return folder.run(wanted)


def report_language(run: Path) -> str:
    """Return the language in which the client of a run reads its reports."""
    return load_run(run).client.report_language


def read_inputs(folder: ClientFolder) -> tuple[Intake, list[Issue]]:
    """Read the intake workbook; raises UserError when there is none or it cannot be used."""
    need_intake(folder)
    result = intake.read(folder.intake)
    if result.intake is None:
        raise UserError(result.issues)
    return result.intake, list(result.issues)


def check_client(folder: ClientFolder, as_of: date) -> Checked:
    """Read every input of a client and return every mistake, without judging anything."""
    try:
        need_intake(folder)
    except UserError as error:
        return Checked(list(error.issues), SOURCE)
    read = intake.read(folder.intake)
    if read.intake is None:
        return Checked(list(read.issues), read.language)
    decisions, issues = read_review(folder)
    seen = look(folder, read.intake, as_of)
    lost = unmatched(folder, decisions, seen.findings)
    return Checked([*read.issues, *issues, *lost, *seen.issues], read.language, seen.exports.facts)


def save(folder: ClientFolder, result: Assessment) -> Path:
    """Write an assessment as JSON (same inputs, same bytes); refuses (UserError) to replace a published run."""
    path = folder.run(result.as_of) / "assessment.json"
    if is_published(folder, result.as_of):
        raise UserError([Issue(code="files.run_published", place=Place(file=folder.name_of(path)))])
    write_atomic(path, result.model_dump_json(by_alias=True, indent=1) + "\n")
    return path
