"""Precision and recall of the packs on the labelled texts of the repository."""

from pathlib import Path

import pytest

from gdpr_assess.issue import DataError
from gdpr_assess.wording import LANGUAGES, keyword, lint_many, quality
from gdpr_assess.wording.labelled import Corpus, Labelled, Reread, agreed, forms, read
from gdpr_assess.wording.measure import Tally, main, measure

TEXTS = sorted((Path(__file__).parent / "wordings").glob("*.jsonl"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_defects_and_elements_are_found_and_few_are_invented(path):
    report = measure(read(path))
    for group in ("element", "defect"):
        tally = report.groups["all", group]
        said = f"{group} {tally}\n" + "\n".join(report.differences)
        assert tally.right >= 0.95 * (tally.right + tally.false), said
        assert tally.right >= 0.92 * (tally.right + tally.missed), said


def test_a_tally_counts_right_false_and_missed():
    tally = Tally()
    tally.add({"a", "b"}, {"b", "c"})
    assert (tally.right, tally.false, tally.missed) == (1, 1, 1)
    assert "P 0.500  R 0.500" in str(tally)


def test_the_command_prints_each_language_and_code(capsys):
    assert main([str(TEXTS[0]), "-v"]) == 0
    printed = capsys.readouterr().out
    assert "controller_identity" in printed
    assert "all  defect" in printed.replace("  ", " ").replace("all ", "all  ")


def test_a_wrong_label_is_said_with_file_line_and_nearest_code(tmp_path):
    path = tmp_path / "en.jsonl"
    path.write_text(
        '{"id": "a", "language": "en", "text": "x", "elements": ["purpos"], "defects": []}\n{"id": 1}\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError) as error:
        read(path)
    assert f"{path}:1: no element 'purpos', nearest 'purpose'" in str(error.value)
    assert f"{path}:2: " in str(error.value)


@pytest.mark.parametrize(
    ("folder", "lines"),
    [
        ("sentences", ['{"sentences": [["x", []]]}', '{"sentences": [["x", ["purpos"]]]}']),
        ("second", ['{"id": "a", "elements": ["purpos"], "defects": []}']),
    ],
)
def test_a_wrong_label_of_a_sentence_or_of_a_second_reader_is_said_with_file_and_line(tmp_path, folder, lines):
    path = tmp_path / folder / "en.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    read_folder = {"sentences": Corpus.parted, "second": Corpus.others}[folder]
    with pytest.raises(DataError, match=f"{path}:{len(lines)}: .*no code 'purpos', nearest 'purpose'"):
        read_folder(Corpus(tmp_path), "en")


def test_the_forms_of_an_ordinary_message_are_written_out():
    assert list(forms("The {lamp|kettle} comes {today|on Monday}.")) == [
        "The lamp comes today.", "The lamp comes on Monday.", "The kettle comes today.", "The kettle comes on Monday.",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_one_ordinary_message_in_two_thousand_is_said_to_have_a_defect(language):
    alarms = quality.Alarms()
    for result in lint_many(Corpus(TEXTS[0].parent).background(language), language=language):
        alarms.add(result)
    assert alarms.messages > 2_000
    assert alarms.defect <= alarms.messages * quality.ORDINARY, alarms


def _row(text: str, *elements: str) -> Labelled:
    return Labelled(id="a", language="en", text=text, elements=elements, defects=())


def test_the_baseline_takes_the_word_that_tells_a_code_best():
    rows = [
        _row("recorded calls", "recording_stated"),
        _row("our calls are recorded", "recording_stated"),
        _row("calls"),
    ]
    keywords = keyword.choose(rows, "en")
    assert keywords == {"recording_stated": "recorded"}
    assert keyword.found(_row("Recorded!"), keywords) == {"recording_stated"}


def test_the_report_keeps_open_blind_and_reread_texts_apart(tmp_path, capsys):
    line = '{"id": "a", "language": "en", "text": "%s", "elements": ["recording_stated"], "defects": []}\n'
    (tmp_path / "blind").mkdir()
    (tmp_path / "background").mkdir()
    (tmp_path / "en.jsonl").write_text(line % "This call is recorded.", encoding="utf-8")
    (tmp_path / "blind" / "en.jsonl").write_text(line % "We pay on Mondays.", encoding="utf-8")
    (tmp_path / "fresh").mkdir()
    fresh = line.replace('"a"', '"b"') % "Your call is recorded; we pay on Mondays."
    (tmp_path / "fresh" / "en.jsonl").write_text(fresh, encoding="utf-8")
    (tmp_path / "second").mkdir()
    second = '{"id": "a", "elements": ["recording_stated", "purpose"], "defects": []}'
    (tmp_path / "second" / "en.jsonl").write_text(second + "\n" + second.replace('"a"', '"b"'), encoding="utf-8")
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "en.jsonl").write_text(second.replace('"a"', '"b"'), encoding="utf-8")
    (tmp_path / "background" / "en.txt").write_text("Your {lamp|kettle} is here.\n", encoding="utf-8")
    assert Corpus(tmp_path).languages() == ["en"]
    assert quality.main([str(tmp_path), "--codes"]) == 0
    printed = capsys.readouterr().out
    assert "en   open     element  P 1.000  R 1.000" in printed
    assert "en   blind    element  P   -    R 0.000" in printed
    assert "en   fresh    element  P 1.000  R 1.000" in printed
    assert "en   rules    element  P 1.000  R 0.500" in printed
    assert "en   agreed   element  P 1.000  R 0.500" in printed
    assert "en   reader   element  P 0.500  R 1.000" in printed
    assert "0 with a false defect, 0 with a false element, of 2 messages" in printed


def test_every_blind_text_was_read_by_a_second_reader():
    corpus = Corpus(Path(__file__).parent / "wordings")
    for language in corpus.languages():
        blind = [*corpus.blind(language), *corpus.fresh(language)]
        assert {row.id for row in blind} == corpus.others(language).keys()


def test_three_readers_agree_on_what_two_of_them_saw():
    second = Reread(id="a", elements=("purpose", "retention"), defects=("vague_purpose",))
    third = Reread(id="a", elements=("retention",), defects=("vague_purpose",))
    both = agreed(_row("x", "purpose", "recipients"), [second, third])
    assert set(both.elements) == {"purpose", "retention"}
    assert both.defects == ("vague_purpose",)
