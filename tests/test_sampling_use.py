"""What samples do: to verdicts and reports, by command and by form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from evidence_cases import AS_OF
from sampling_cases import SAMPLE, Client, answer

from gdpr_assess.assessment.verdict import judge
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.cli import main
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.model import Answer
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.sampling import SamplingForm
from gdpr_assess.practices import read_evidence
from gdpr_assess.practices.readers import slices
from gdpr_assess.report.check_table import check_row
from gdpr_assess.report.context import Report
from gdpr_assess.report.sample_words import sample_lines
from gdpr_assess.workspace import ClientFolder


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path)


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a sample client whose calls were listened to: half of those drawn were not announced."""
    root = tmp_path_factory.mktemp("listened") / "client"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("runs"))
    run = CliRunner()
    drawn = run.invoke(main, ["sample", str(root), "calls.csv", "--size", "80", "--where", "recorded=yes",
                              "--as-of", "2026-09-30", "--lang", "en"])  # fmt: skip
    assert drawn.exit_code == 0, drawn.output
    path = next((root / "inputs/evidence/samples").glob("*.xlsx"))
    answer(path, call_announced=lambda n: "No" if n % 2 else "Yes", call_card_data="No")
    assert run.invoke(main, ["assess", str(root), "--as-of", "2026-09-30"]).exit_code == 0
    return root / "runs/2026-09-30"


def test_listening_contradicts_the_claim_and_confirms_another(assessed: Path) -> None:
    run = json.loads((assessed / "assessment.json").read_text(encoding="utf-8"))
    results = {check["check"]: check for check in run["checks"]}
    announced, cards = results["sampled.call_announced"], results["sampled.call_card_data"]
    assert (announced["basis"], announced["exceptions"], announced["params"]["sample"]["of"]) == ("sample", 40, 213)
    assert announced["ci95"][0] < 0.5 < announced["ci95"][1]
    finding = next(one for one in run["findings"] if one["rule"] == "sampled.call_announced")
    verdicts = {one["control"]: one for one in run["verdicts"] if one["scope"] == "client"}
    assert finding["id"] in verdicts["TRN-06"]["findings"]
    assert (verdicts["TRN-06"]["contradicted"], verdicts["TRN-06"]["method"]) == (True, "tested")
    assert cards["ci95"][1] < 0.05
    assert (verdicts["REC-12"]["verdict"], verdicts["REC-12"]["method"]) == ("met", "tested")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_says_it_about_all_records(assessed: Path, lang: str) -> None:
    report = Report.open(assessed, lang)
    row = next(row for row in report.checks if row.check.check == "sampled.call_announced")
    lines = list(sample_lines(report, row.check))
    assert len(lines) == 4
    assert "213" in lines[1]
    shown = str(check_row(report, row))
    assert all(line.split(" ")[0] in shown for line in lines)
    assert "[en]" not in shown


def test_listening_to_some_records_only_confirms_nothing(client: Client) -> None:
    """That no card was heard in service calls says nothing about sales calls; only recorded ones can be heard."""
    answer(client.draw(size=80, where=("recorded=yes", "purpose=service")).path, call_card_data="No")
    answer(client.draw(size=81, where=("recorded=yes",)).path, call_identity_checked="Yes")
    results, _ = client.seen()
    some, all_heard = results["call_card_data"], results["call_identity_checked"]
    assert (some.params["restricted"], all_heard.params["restricted"]) == (True, False)
    assert some.params["where"] == [["purpose", "service"], ["recorded", "yes"]]
    control = load_catalogue().controls["REC-12"]
    said = Answer(control="REC-12", answer="yes")
    whole = some.model_copy(update={"params": {}})
    assert some.ci95 is not None
    assert some.ci95[1] < 0.05
    assert [judge(control, answer=said, checks=[one]).method for one in (some, whole)] == ["declared", "tested"]


# --- command and form -------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "client", ignore=shutil.ignore_patterns("runs"))
    return tmp_path / "client"


def test_the_command_draws_by_precision_into_a_file_of_its_own(copied: Path, tmp_path: Path) -> None:
    target = tmp_path / "sheet.xlsx"
    done = CliRunner().invoke(main, ["sample", str(copied), "inputs/evidence/messages.csv", "--precision", "10 %",
                                     "--by", "channel", "--output", str(target), "--lang", "zh"])  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "±" in done.output
    assert "put it into" in done.output
    assert openpyxl.load_workbook(target).sheetnames == ["答案", "方法"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["calls.csv", "--size", "5", "--precision", "5%"], 2, "either"),
        (["calls.csv", "--precision", "0"], 2, "between"),
        (["calls.csv", "--precision", "many"], 2, "no share"),
        (["calls.csv", "--size", "0"], 2, "range"),
        (["cals.csv"], 1, "Did you mean calls.csv?"),
        (["staff.csv"], 1, "nothing to draw"),
        (["calls.csv", "--where", "recorded=maybe"], 1, "yes and no"),
        (["calls.csv", "--where", "country=FR"], 1, "nothing to draw"),
        (["calls.csv", "--question", "call_anounced"], 1, "Did you mean call_announced?"),
        (["calls.csv", "--precision", "0.1%", "--where", "country=XX"], 1, "nothing to draw"),
    ],
)
def test_what_the_command_refuses(copied: Path, arguments: list[str], code: int, said: str) -> None:
    done = CliRunner().invoke(main, ["sample", str(copied), *arguments])
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert not (copied / "inputs/evidence/samples").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_draws_and_says_where_the_sheet_is(copied: Path, lang: str) -> None:
    form = SamplingForm(OpenClient(ClientFolder(copied), lang))
    assert form.file.value == "calls.csv"
    form.how.value = "precision"
    form.points.value, form.where.value, form.by.value = 10, "recorded=yes; country=SE", "direction"
    made = form.draw()
    assert made is not None
    assert made.path.parent.name == "samples"
    assert made.path.name in form.message.value
    assert "samples" not in str(form.file.options)
    assert form.draw() is None
    assert "ga-said-bad" in form.message.value
    form.where.value = "nonsense"
    assert form.draw() is None


def test_a_large_export_gives_the_same_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that lie in files are drawn and found again as those in memory are."""
    plain = Client(tmp_path / "plain").draw(where=("recorded=yes",), by="country", size=30)
    monkeypatch.setattr(slices, "ROWS", 64)
    client = Client(tmp_path / "large")
    made = client.draw(where=("recorded=yes",), by="country", size=30)
    assert read_evidence(client.folder.evidence, client.intake, AS_OF)[0].large
    assert made.path.read_bytes() == plain.path.read_bytes()
    answer(made.path, call_announced=lambda n: "No" if n == 1 else "Yes")
    results, codes = client.seen()
    assert codes == set()
    assert (results["call_announced"].exceptions, results["call_announced"].params["recorded_well"]) == (1, 1)
