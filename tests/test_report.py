from __future__ import annotations

import re
from html.parser import HTMLParser

import openpyxl
import pytest
from example_run import BOX_EN, HOSTILE, PHONE_ZH, example_run
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.lang import FALLBACK_MARK, LANGUAGES, texts
from gdpr_assess.model import CheckResult, ReviewDecision, Verdict
from gdpr_assess.notebook.capacity import at_capacity
from gdpr_assess.notebook.views import Pages
from gdpr_assess.report.charts import month_starts, plan_chart, score_chart
from gdpr_assess.report.context import Report
from gdpr_assess.report.headline import not_assessed
from gdpr_assess.report.html import Html, join, tag
from gdpr_assess.report.load import load_run
from gdpr_assess.report.picture import shortened, svg, width_of
from gdpr_assess.report.registers import registers, write_registers
from gdpr_assess.report.rows import STATES, Mark
from gdpr_assess.report.wording_view import highlighted
from gdpr_assess.report.words import citation, ranges

PARTS = [
    "gap_analysis",
    "remediation_plan",
    "issues",
    "headline",
    "not_assessed",
    "gaps",
    "wordings",
    "checks",
    "flows",
    "plan",
    "actions",
    "sheets",
    "about",
]


class Seen(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self._hidden = "", 0
        self.feed(html)

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attrs)))
        self._hidden += name in {"style", "script", "code", "sup"}

    def handle_endtag(self, name: str) -> None:
        self._hidden -= name in {"style", "script", "code", "sup"}

    def handle_data(self, data: str) -> None:
        self.text += "" if self._hidden else data


def seen(part: str, lang: str) -> Seen:
    return Seen(getattr(Pages(Report(example_run("Client " + HOSTILE), lang)), part)._repr_html_())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_people_wrote_becomes_html(part: str, lang: str) -> None:
    page = seen(part, lang)
    for name, attributes in page.tags:
        assert not [key for key in attributes if key.startswith("on")], (name, attributes)
        if name == "img":
            assert str(attributes["src"]).startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("part", ["gap_analysis", "issues", "gaps", "wordings", "flows", "actions"])
def test_what_people_wrote_is_shown_as_they_wrote_it(part: str) -> None:
    assert HOSTILE in seen(part, "en").text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_picture_says_in_words_what_it_shows(part: str, lang: str) -> None:
    for name, attributes in seen(part, lang).tags:
        if name == "img":
            alt = str(attributes["alt"])
            assert len(alt) > 40
            assert bool(re.search(r"[\u4e00-\u9fff]{4}", alt)) == (lang == "zh")


@pytest.mark.parametrize("part", PARTS)
def test_a_chinese_report_holds_no_english_stand_in(part: str) -> None:
    assert FALLBACK_MARK.strip() not in seen(part, "zh").text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_readers_see_words_and_no_codes(part: str, lang: str) -> None:
    shown = seen(part, lang).text.replace(HOSTILE, "").replace("gdpr_assess", "")
    assert re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b|\b[a-z]+\.[a-z]+_[a-z_]+\b", shown) == []


def test_the_chart_counts_each_control_once_and_contradictions_apart() -> None:
    run = example_run()
    for row in Report(run, "en").domains:
        score = run.scores[row.domain]
        assert row.total == score.applicable
        assert row.counts["contradicted"] == score.contradicted
        assert row.counts["met_tested"] == score.met_tested
        assert set(row.counts) == set(STATES)


def test_gaps_come_with_the_greatest_risk_first_and_lead_to_their_evidence() -> None:
    gaps = Report(example_run(), "en").gaps
    risks = {(gap.control, gap.scope): gap.risk for gap in example_run().gaps}
    assert [risks[gap.control, gap.scope] for gap in gaps] == sorted(risks.values(), reverse=True)
    recording = next(gap for gap in gaps if gap.control == "REC-02")
    assert {finding.where for finding in recording.findings} == {
        "inputs/wordings/phone_zh.txt",
        "inputs/evidence/calls.csv · row 12",
    }
    assert recording.claimed == "Yes"
    assert [check.check.check for check in recording.checks] == ["recording.consent_before"]


def test_what_people_decided_stands_beside_what_the_machine_found() -> None:
    run = example_run()
    accepted = ReviewDecision(
        control="LAW-05", decision="accepted_risk", reason="until June", by="M. Boss", on=run.as_of
    )
    page = Pages(Report(run.model_copy(update={"review": (*run.review, accepted)}), "en")).gaps._repr_html_()
    t = texts("en")
    for decision in ("confirmed", "accepted_risk"):
        assert t.word(decision) + " by" in page
    assert "until June" in page


def test_the_gap_table_can_be_filtered_by_what_its_rows_say() -> None:
    rows = [attributes for name, attributes in seen("gaps", "en").tags if name == "details"]
    assert len(rows) == len(example_run().gaps)
    fields = {a["data-filter"] for _, a in seen("gaps", "en").tags if "data-filter" in a}
    assert fields == {"domain", "severity", "verdict", "contradicted", "text"}
    assert {row["data-contradicted"] for row in rows} == {"yes", "no"}


def test_a_run_without_problems_says_so() -> None:
    run = example_run().model_copy(
        update={"gaps": (), "issues": (), "actions": (), "checks": (), "wordings": (), "flows": (), "verdicts": ()}
    )
    pages = Pages(Report(run, "en"))
    assert pages.issues._repr_html_() == ""
    assert pages.actions._repr_html_() == ""
    for part, text in {
        "gaps": "no_gaps",
        "checks": "no_checks",
        "wordings": "no_wordings",
        "flows": "no_flows",
    }.items():
        assert texts("en")(f"report.{text}") in getattr(pages, part)._repr_html_()
    assert texts("en")("report.all_assessed") in pages.not_assessed._repr_html_()
    assert pages.headline._repr_html_()


def test_claims_whose_test_was_not_possible_are_listed_with_the_reason() -> None:
    could_not = CheckResult(check="recording.encrypted", outcome="not_testable", controls=("REC-07",), reason="no_key")
    claim = Verdict(control="REC-07", verdict="met", method="declared", row=9, claimed="yes", untested=True,
                    checks=(could_not.check,))  # fmt: skip
    made = example_run().model_copy(update={"verdicts": (claim,), "checks": (could_not,)})
    for lang in LANGUAGES:
        shown, t = not_assessed(Report(made, lang)), texts(lang)
        assert t("report.claimed_untested") in shown
        assert rule_title(lang) in shown
    kept = made.model_copy(update={"verdicts": (claim.model_copy(update={"untested": False}),)})
    assert texts("en")("report.claimed_untested") not in not_assessed(Report(kept, "en"))


def rule_title(lang: str) -> str:
    return texts(lang)("practices.recording.encrypted", "title")


def _mark(start: int, end: int) -> Mark:
    return Mark(start, end, "code", "high", "title", "message", "fix", ())


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_marking_a_text_never_changes_it(text: str, spans: list[tuple[int, int]]) -> None:
    marks = tuple(_mark(min(span), max(span)) for span in spans)
    html = highlighted(text, marks)
    plain = re.sub(r"\u2060(<sup>\d+</sup>)+", "", html)
    assert Seen(plain).text.replace("\r\n", "\n") == text.replace("\r\n", "\n") or "\u2060" in text


def test_exactly_the_words_of_a_defect_are_marked() -> None:
    html = highlighted(PHONE_ZH, (_mark(PHONE_ZH.index("绝对"), PHONE_ZH.index("绝对") + 6),))
    assert re.findall(r"<mark[^>]*>(.*?)\u2060<sup>1</sup></mark>", html) == ["绝对不会泄露"]
    first, second = BOX_EN.index("its partners"), BOX_EN.index("partners may")
    overlapping = highlighted(BOX_EN, (_mark(first, first + 12), _mark(second, second + 12)))
    assert overlapping.count("<mark") == 3


@given(st.text())
def test_text_is_escaped_wherever_it_stands(text: str) -> None:
    page = Seen(tag("p", text, title=text, data_x=text))
    assert [name for name, _ in page.tags] == ["p"]
    assert "<" not in join(text)


def test_html_and_text_joined_by_hand_are_escaped_again() -> None:
    assert join(tag("b", "x") + "<i>") == "&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"
    assert join([None, "a", Html("<b>"), 2]) == "a<b>2"
    with pytest.raises(TypeError):
        join(object())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("small", [False, True])
def test_charts_need_no_fonts_and_are_the_same_each_time(lang: str, small: bool) -> None:
    report = Report(example_run(), lang)
    drawn = svg(score_chart(report, small=small)) + svg(plan_chart(report, report.actions, small=small))
    assert b"<text" not in drawn
    again = svg(score_chart(report, small=small)) + svg(plan_chart(report, report.actions, small=small))
    assert drawn == again


def test_a_year_of_months_has_twelve_starts() -> None:
    report = Report(example_run(), "en")
    first = report.run.as_of.replace(month=1, day=31)
    assert [month.month for month in month_starts(first, report.run.as_of.replace(month=12))] == list(range(1, 13))


@pytest.mark.parametrize(("text", "width", "shown"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("录音录音", 5, "录音…")])
def test_long_labels_are_cut_by_what_they_take_up(text: str, width: int, shown: str) -> None:
    assert shortened(text, width) == shown
    assert width_of(shown) <= width


@pytest.mark.parametrize(
    ("lang", "cited", "shown"),
    [
        ("en", "6(1)(a)", "Art. 6(1)(a) GDPR"),
        ("en", "GDPR 32", "Art. 32 GDPR"),
        ("zh", "6(1)(a)", "GDPR 第6条第1款第(a)项"),
        ("zh", "PCI DSS 4.0.1, 3.3.1", "PCI DSS 4.0.1, 3.3.1"),
        ("en", "recital 32", "Recital 32 GDPR"),
        ("zh", "recital 32", "GDPR 序言第32段"),
        ("en", "UK GDPR 27", "Art. 27 UK GDPR"),
    ],
)
def test_citations_take_the_form_of_the_language(lang: str, cited: str, shown: str) -> None:
    assert citation(cited, texts(lang)) == shown


@given(st.sets(st.integers(1, 40)))
def test_row_ranges_name_every_row_once(rows: set[int]) -> None:
    spans = [part.split("–") for part in ranges(rows).split(", ") if part]
    assert [n for span in spans for n in range(int(span[0]), int(span[-1]) + 1)] == sorted(rows)


def test_more_hands_finish_the_plan_sooner_and_change_nothing_else() -> None:
    report = Report(example_run(), "en")
    slow, fast = at_capacity(report, 1), at_capacity(report, 20)
    assert max(a.due for a in fast.actions) < max(a.due for a in slow.actions)
    assert {a.controls for a in fast.actions} == {a.controls for a in slow.actions}
    assert report.run == example_run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_registers_are_plain_filterable_tables(lang: str, tmp_path) -> None:
    report = Report(example_run(), lang)
    book = openpyxl.load_workbook(write_registers(report, tmp_path / "registers.xlsx"))
    assert book.sheetnames == [texts(lang)(f"report.sheet_{name}") for name in registers(report)]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert FALLBACK_MARK not in "".join(str(cell.value) for cell in sheet[1]) or lang == "en"
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    shown = [cell.value for row in book.worksheets[-1].iter_rows(min_row=2) for cell in row]
    assert "=1+1 " + HOSTILE in shown
    assert texts(lang)("report.value_customers") in "".join(str(value) for value in shown)
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", "".join(str(value) for value in shown))
    assert book.worksheets[0].max_row == len(report.gaps) + 1


def test_rates_are_percentages_and_effort_is_not(tmp_path) -> None:
    run = example_run()
    half = run.actions[0].model_copy(update={"effort_days": 0.5})
    report = Report(run.model_copy(update={"actions": (half,)}), "en")
    book = openpyxl.load_workbook(write_registers(report, tmp_path / "registers.xlsx"))
    assert {cell.number_format for cell in book["Checks"]["F"][1:] if cell.value is not None} == {"0.0%"}
    assert book["Actions"]["F2"].number_format == "General"


def test_a_run_is_read_back_as_it_was_written(tmp_path) -> None:
    (tmp_path / "assessment.json").write_text(example_run().model_dump_json(by_alias=True), encoding="utf-8")
    assert load_run(tmp_path) == example_run()
    with pytest.raises(FileNotFoundError):
        load_run(tmp_path / "nowhere")
