"""An edited Word report: no edit lost, no figure changed silently, wording said by the next report."""

import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from nbformat import NotebookNode

from futian_model import cli
from futian_model.errors import FileFault, InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project
from futian_model.report import ScenarioReport, export
from futian_model.report.page.carried import unpack
from futian_model.report.page.packing import packed
from futian_model.report.page.results_files import csv_of
from futian_model.report.verify import verify
from futian_model.report.words.own import own_texts
from futian_model.report.words.sentences import words
from futian_model.report.writers.docx import carried
from futian_model.report.writers.docx.reading import seen
from futian_model.review import Disputed, Reworded, Unplaced, apply, review, undo
from futian_model.review.parting import parted
from futian_model.review.reading import edited, lines
from futian_model.scenario import load_scenario
from tests.report.conftest import SECTIONS
from tests.report.word import notebook, opened, parts, saved

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
WORDED = "主要因为各方对"
"""Words of a sentence on page one."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("office") / "project"
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    return Project(folder)


@pytest.fixture(scope="module")
def evidence(project: Project) -> Evidence:
    return load_evidence(project)


def delivered(evidence: Evidence, lang: str = "zh", form: str = "usual") -> bytes:
    scenario = load_scenario("evidence_trend", evidence.project, evidence=evidence)
    report = ScenarioReport(scenario, lang, evidence=evidence, draws=200)
    blocks = notebook(*(getattr(report, name)() for name in SECTIONS), report.record())
    blocks.metadata["futian"] = {"form": form} if form != "usual" else {}
    return export(blocks, "docx").content


@pytest.fixture(scope="module")
def content(evidence: Evidence) -> bytes:
    return delivered(evidence)


def body(content: bytes) -> list[etree._Element]:
    """Paragraphs of a file that have words, those around pictures apart."""
    return [one for one in opened(content).element.body.iter(qn("w:p")) if text_of(one).strip()]


def text_of(paragraph: etree._Element) -> str:
    return "".join(part.text or "" for part in paragraph.iter(qn("w:t")))


def with_edits(content: bytes, *edits: tuple[str, str]) -> bytes:
    """The first place that says something says something else."""
    word = opened(content)
    for was, now in edits:
        part = next(part for part in word.element.body.iter(qn("w:t")) if was in (part.text or ""))
        part.text = part.text.replace(was, now, 1)
    return saved(word)


def printed(content: bytes, pattern: str) -> str:
    """A figure as a report prints it."""
    match = re.search(pattern, "\n".join(seen(content)))
    assert match is not None
    return match[1]


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    package = parts(content) | {name: part}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for at, one in package.items():
            new.writestr(at, one)
    return made.getvalue()


def typed(paragraph: etree._Element) -> list[etree._Element]:
    """Words of a paragraph that no field fills: an office program writes a number of its own anew."""
    words, inside = [], 0
    for part in paragraph.iter(qn("w:fldChar"), qn("w:t")):
        if part.tag == qn("w:t"):
            words += [] if inside else [part]
        else:
            inside += {"begin": 1, "end": -1}.get(part.get(qn("w:fldCharType")), 0)
    return words


def at_random(content: bytes, count: int, seed: int) -> bytes:
    """Edits of as many paragraphs as a person might make: words put in, out or changed, and figures."""
    draw, word = random.Random(seed), opened(content)
    every = [
        one
        for one in word.element.body.iter(qn("w:p"))
        if any((part.text or "").strip() for part in typed(one))
    ]
    for paragraph in draw.sample(every, count):
        runs = [part for part in typed(paragraph) if part.text and part.text.strip()]
        part = draw.choice(runs)
        text, at = part.text, draw.randrange(len(part.text) + 1)
        figures = [place for place, letter in enumerate(text) if letter.isdigit()]
        match draw.randrange(7):
            case 0:
                part.text = text[:at] + draw.choice(["确实", "（下同）", "，需要关注", "不 "]) + text[at:]
            case 1:
                part.text = text[: max(0, at - 2)] + text[at:]
            case 2:
                part.text = text[: max(0, at - 1)] + "某" + text[at:]
            case 3 if figures:
                place = draw.choice(figures)
                part.text = f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"
            case 4:
                part.text = text[:at] + draw.choice(["7", "3.5%", "百分之八", "６", "三成"]) + text[at:]
            case 5:
                for one in runs:
                    one.text = ""
            case _:
                added = deepcopy(paragraph)
                for inner in list(added):
                    if inner.tag != qn("w:pPr"):
                        added.remove(inner)
                run, said = OxmlElement("w:r"), OxmlElement("w:t")
                said.text = f"{draw.choice(['本单位认为前景稳定', '另见附件'])}{seed}{draw.randrange(10**6)}"
                run.append(said)
                added.append(run)
                paragraph.addnext(added)
    return saved(word)


def accounted(file: bytes, evidence: Evidence) -> list[Reworded]:
    """Have every line that differs be told of, and every figure of it; the wording that is kept."""
    pairs, weighed = edited(file, "a.docx").pairs, review(file, "a.docx", evidence)
    for pair in pairs:
        here = [edit.change for edit in weighed.edits if edit.at == pair.at]
        assert here, pair
        if re.findall(r"\d", pair.was) != re.findall(r"\d", pair.now):
            assert any(isinstance(change, Disputed) for change in here), pair
    kept = [edit.change for edit in weighed.edits if isinstance(edit.change, Reworded)]
    for change in kept:
        assert re.findall(r"[\d.]+", change.was) == re.findall(r"[\d.]+", change.now), change
    return kept


@pytest.mark.parametrize("seed", range(2))
def test_of_two_hundred_edits_none_is_lost_and_no_figure_changes_silently(
    content: bytes, evidence: Evidence, seed: int
) -> None:
    file = at_random(content, 100, seed)
    meant, own = lines(content), lines(file)
    pairs = edited(file, "a.docx").pairs
    gone = [line for line in meant if line not in own]
    new = [line for line in own if line not in meant]
    assert len(gone) + len(new) > 100
    assert {*gone} <= {pair.was for pair in pairs}
    assert {*new} <= {pair.now for pair in pairs}
    assert accounted(file, evidence)


def test_nor_after_an_office_program_has_saved_the_file(
    content: bytes, evidence: Evidence, office: Callable[..., Path], tmp_path: Path
) -> None:
    file = tmp_path / "edited.docx"
    file.write_bytes(at_random(content, 50, 5))
    again = (office("docx", file) / "edited.docx").read_bytes()
    assert edited(again, "a.docx").pairs == edited(file.read_bytes(), "a.docx").pairs
    assert accounted(again, evidence)


def test_wording_is_said_by_the_next_report_and_its_record_says_so(
    content: bytes, evidence: Evidence, project: Project
) -> None:
    rate = printed(content, r"年均增长([\d.]+%)")
    grown = (f"年均增长{rate}", "平均每年增长9.99%")
    file = with_edits(content, (WORDED, "主要是由于各方对"), grown, ("色带表示", "阴影色带表示"))
    weighed = review(file, "a.docx", evidence)
    assert not project.reviews.exists()
    assert set(weighed.wording) >= {"answer_moved_item", "reading_of_charts"}
    (figure,) = {(change.was, change.now, change.number.key.indicator) for change in weighed.disputed}
    assert figure == (rate, "9.99%", "gdp_double_2035")
    home = apply(weighed, file, project)
    assert own_texts(project)["zh"] == weighed.wording
    new = delivered(load_evidence(project))
    shown = "".join(seen(new))
    assert shown.count("主要是由于各方对") == 1
    assert f"平均每年增长{rate}" in shown
    assert "9.99%" not in shown
    verdict = verify(new, "a.docx", load_evidence(project))
    assert verdict.sound
    assert verdict.worded == sorted(weighed.wording)
    # another review rests on this wording, and is taken back before it
    second = with_edits(new, ("主要是由于各方对", "这主要是由于各方对"))
    again = review(second, "a.docx", load_evidence(project))
    apply(again, second, project)
    assert own_texts(project)["zh"]["answer_moved_item"] == again.wording["answer_moved_item"]
    undo(project)
    assert own_texts(project)["zh"] == weighed.wording
    # what the office has kept since is not worded from an older report
    (old,) = [
        edit.change for edit in review(with_edits(content, (WORDED, "因为各方对")), "a.docx", evidence).edits
    ]
    assert isinstance(old, Unplaced)
    assert undo(project) == home
    assert delivered(load_evidence(project)) == content
    with pytest.raises(InputError, match=r"review holds none"):
        undo(project)


@pytest.mark.parametrize(("lang", "form"), [("en", "usual"), ("zh", "official")])
def test_other_languages_and_the_official_form_are_read_alike(
    evidence: Evidence, lang: str, form: str
) -> None:
    file = delivered(evidence, lang, form)
    assert review(file, "a.docx", evidence).edits == ()
    sentence = words(lang)["reading_of_charts"].split("{")[0][:12]
    weighed = review(with_edits(file, (sentence, f"{sentence[:-4]} XX {sentence[-4:]}")), "a.docx", evidence)
    (edit,) = weighed.edits
    assert isinstance(edit.change, Reworded)
    assert edit.change.template.count("XX") == 1
    assert edit.change.template.replace("\N{NO-BREAK SPACE}", " ").count("{") == words(lang)[
        edit.change.key
    ].count("{")


def test_tracked_changes_are_read_as_accepted_and_comments_listed(content: bytes, evidence: Evidence) -> None:
    word = opened(content)
    part = next(one for one in word.element.body.iter(qn("w:t")) if WORDED in (one.text or ""))
    run = part.getparent()
    before, after = part.text.split(WORDED, 1)
    pieces = []
    for kind, text in (("", before), ("del", WORDED), ("ins", "主要由于各方对"), ("", after)):
        copy = deepcopy(run)
        (said,) = copy.iter(qn("w:t"))
        said.text = text
        said.set(qn("xml:space"), "preserve")
        if kind == "del":
            said.tag = qn("w:delText")
        pieces.append(copy if not kind else marked(kind, copy))
    for piece in pieces:
        run.addprevious(piece)
    run.getparent().remove(run)
    paragraph = word.paragraphs[0]
    word.add_comment(paragraph.runs, text="标题请再斟酌", author="李处", initials="L")
    weighed = review(saved(word), "a.docx", evidence)
    (edit,) = weighed.edits
    assert (edit.place, edit.change.key) == ("结论", "answer_moved_item")
    (remark,) = weighed.remarks
    assert (remark.author, remark.text, remark.about) == ("李处", "标题请再斟酌", paragraph.text)
    assert re.match(r"\d{4}-\d\d-\d\d", remark.date)


def marked(kind: str, run: etree._Element) -> etree._Element:
    mark = OxmlElement(f"w:{kind}")
    mark.set(qn("w:id"), "900")
    mark.set(qn("w:author"), "张")
    mark.append(run)
    return mark


def test_an_end_struck_out_joins_two_paragraphs(content: bytes) -> None:
    word = opened(content)
    first = next(one for one in word.paragraphs if one.style.name == "Body Text")
    look = OxmlElement("w:rPr")
    look.append(OxmlElement("w:del"))
    first._p.pPr.append(look)
    joined = [line for line in seen(saved(word)) if line.startswith(" ".join(first.text.split()))]
    (line,) = joined
    assert len(line) > len(first.text)


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("a.pdf", lambda content: content, "allowed: a Word report: .docx"),
        ("a.docx", lambda content: b"\xd0\xcf\x11\xe0" + content, "it has a password or is no .docx"),
        ("a.docx", lambda content: b"nothing", "it is no Word file"),
        ("a.docx", lambda content: content[: len(content) // 2], "record = .none.; allowed"),
        ("a.docx", lambda content: with_part(content, "word/vbaProject.bin", b"x"), "it holds macros"),
        (
            "a.docx",
            lambda content: with_part(content, "customXml/item1.xml", b"<a/>"),
            "record = .none.; allowed",
        ),
        (
            "a.docx",
            lambda content: of_version(content, "0.0.1"),
            "it was made by version 0.0.1 of this library",
        ),
        ("a.docx", lambda content: of_results(content), "its record does not hold together"),
    ],
    ids=["format", "password", "no_word", "torn", "macros", "no_record", "version", "results"],
)
def test_what_is_no_report_to_review_is_refused_in_a_line(
    content: bytes, evidence: Evidence, name: str, change: Callable[[bytes], bytes], fault: str
) -> None:
    with pytest.raises(InputError, match=fault) as raised:
        review(change(content), name, evidence)
    assert len(str(raised.value).splitlines()) == 1
    assert not (evidence.project.root / "review").exists()


def of_version(content: bytes, version: str) -> bytes:
    return with_notebook(content, lambda record: record["inputs"].update(library=version))


def of_results(content: bytes) -> bytes:
    def change(record: dict[str, object]) -> None:
        record["results"] = csv_of(record["results"]).replace("real_gdp,", "real_gdq,")

    return with_notebook(content, change)


def with_notebook(content: bytes, change: Callable[[dict[str, object]], None]) -> bytes:

    held: NotebookNode = unpack(carried(content) or "")
    for cell in held.cells:
        for output in cell.get("outputs", []):
            for block in output.get("data", {}).values():
                if isinstance(block, dict) and block.get("type") == "record":
                    change(block)
    (name,) = [
        name for name, part in parts(content).items() if b"futian-notebook" in part[:400] and "item1" in name
    ]
    tree = etree.fromstring(parts(content)[name])
    tree.text = packed(json.dumps(held, ensure_ascii=False))
    return with_part(content, name, etree.tostring(tree))


def test_a_wording_by_hand_that_no_sentence_fits_is_refused_by_file_and_key(project: Project) -> None:
    project.reviews.mkdir()
    try:
        file = project.reviews / "0001.zh.yaml"
        for texts, fault in (
            (
                {"reading_of_charts": "没有年份"},
                "wording.reading_of_charts = .没有年份.; allowed: a text with the fields",
            ),
            ({"reading_of_charts": "{base_year}年，共5项"}, "allowed: a text without figures"),
            ({"reading_of_chart": "x"}, "unknown wording.reading_of_chart; did you mean reading_of_charts?"),
            ("x", "it cannot be read: wording is no mapping of texts"),
        ):
            file.write_text(yaml.safe_dump({"wording": texts}, allow_unicode=True), "utf-8")
            with pytest.raises((InputError, FileFault), match=fault) as raised:
                own_texts(project)
            assert "review/0001.zh.yaml" in str(raised.value)
    finally:
        shutil.rmtree(project.reviews)


def test_the_command_says_all_and_writes_on_demand_alone(
    content: bytes,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(project.root)
    level = printed(content, r"地区生产总值([\d,]+亿元)")
    word = opened(with_edits(content, (WORDED, "主要是由于各方对"), (level, "11,000亿元")))
    word.add_comment(word.paragraphs[0].runs, text="请核", author="李处", initials="L")
    file = tmp_path / "edited.docx"
    file.write_bytes(saved(word))
    assert cli.main(["review", str(file), "--lang", "zh"]) == 2
    told = capsys.readouterr().out
    assert f"“{level}”改为“11,000亿元”" in told
    assert "数字来源：given_scenario real_gdp 2035 central = " in told
    assert "on: growth, start: 2026, end: 2035, size: 0." in told
    assert "李处" in told
    assert "尚未写入" in told
    assert not project.reviews.exists()
    assert cli.main(["review", str(file), "--apply"]) == 2
    assert "kept in review/0001.zh.yaml" in capsys.readouterr().out
    kept = yaml.safe_load((project.reviews / "0001.zh.yaml").read_text("utf-8"))
    assert list(kept["wording"]) == ["answer_moved_item"]
    assert [one["text"] for one in kept["comments"]] == ["请核"]
    assert kept["figures"][0]["now"] == "11,000亿元"
    assert cli.main(["review", "--undo"]) == 0
    assert not project.reviews.exists()
    assert cli.main(["review", "--undo"]) == 2


def test_parts_of_a_line_put_together_are_the_line() -> None:
    pieces = ["增长", "5.1%", "，低于", "6.2%", "。"]
    takes = [True, False, True, False, True]
    for line, meant in (
        ("上升5.1%，低于6.2%。", ["上升", "5.1%", "，低于", "6.2%", "。"]),
        ("上升6.3%，高于6.2%。", ["上升", "6.3%", "，高于", "6.2%", "。"]),
        ("增长5.1%左右，低于6.2%。", ["增长", "5.1%", "左右，低于", "6.2%", "。"]),
        ("增长，低于6.2%。", ["增长", "", "，低于", "6.2%", "。"]),
        ("", ["", "", "", "", ""]),
    ):
        assert parted(pieces, line, takes) == meant
        assert "".join(parted(pieces, line, takes)) == line
