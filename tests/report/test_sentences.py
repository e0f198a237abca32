"""Texts of both languages: the same sentences, with the same numbers, and no figure typed."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from futian_model.errors import InputError, UnknownName
from futian_model.report.words import names
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import FIELD, words

CODE = "\n".join(
    path.read_text("utf-8") for path in sorted(Path(str(files("futian_model.report"))).rglob("*.py"))
)


def fields(template: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", template))


def test_both_languages_say_the_same() -> None:
    chinese, english = words("zh").texts, words("en").texts
    assert set(chinese) == set(english)
    # the word order of a month's name differs, and Chinese needs no space
    assert {key: fields(text) for key, text in chinese.items()} == {
        key: fields(text) for key, text in english.items()
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_text_stands_in_one_file_only(lang: str) -> None:
    rooms = Path(str(files("futian_model.report")))
    held = [file.read_text("utf-8") for file in rooms.rglob(f"texts.{lang}.yaml")]
    assert sum(len(YAML(typ="safe").load(text)) for text in held) == len(words(lang).texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_figure_is_typed(lang: str) -> None:
    typed = {key: text for key, text in words(lang).texts.items() if re.search(r"\d", text)}
    assert typed == {}


def test_every_text_is_used() -> None:
    built = ("method_", "estimate_", "phase_", "block_", "chart_", "interval_", "unit_", "index_", "column_")
    built += ("level_", "engine_", "timing_", "point_", "moved_", "input_", "lever_unit_")
    built += ("start_", "work_", "prior_", "plausible_", "driver_", "shape_", "takes_", "record_")
    built += ("contexts_brief_", "contexts_reason_", "contexts_check_", "contexts_flag_")
    built += ("judgment_moves_", "judgment_beyond_", "standing_", "verdict_", "row_", "html_", "annex_title")
    parts = "figure size end prices moved dated at_least off status chart told title question lead"
    built += tuple(f"plan_card_{part}_" for part in parts.split())
    built += ("results_", "fact_", "format_", "plan_stage_")
    built += ("around_",)  # clauses of scenario.blocks.context
    covers = re.findall(r'report\.cover\(page, "(\w+)"', CODE)
    built += tuple(f"{page}_{text}" for page in covers for text in ("title", "subtitle", "question"))
    built += ("workbook_unit_", "workbook_group_", "workbook_about_", "workbook_column_")
    built += ("workbook_inputs_", "workbook_drawn_", "workbook_lever_")
    built += ("workbook_field_", "workbook_choice_", "workbook_forecasts_", "misfit_")
    built += tuple(f"{page}_{name}" for page in ("backtest", "promises") for name in ("growers", "calm"))
    kinds = ("hangs", "growth", "lead", "left", "tail", "groups")
    built += tuple(f"sensitivity_{kind}_" for kind in kinds)
    built += ("rounds_row_", "arithmetic_path_", "arithmetic_consistent", "arithmetic_inconsistent")
    built += ("arithmetic_other_basis", "backtest_doubles_in_", "backtest_outgrows_by_", "backtest_meets_")
    tables = [table for name, table in vars(names).items() if name.isupper() and isinstance(table, dict)]
    built += tuple(key for table in tables for key in table.values())
    unused = [key for key in words("zh").texts if f'"{key}"' not in CODE and not key.startswith(built)]
    named_by_data = {"official", "academic", "media", "encyclopedia", "expected", "binding"}
    named_by_data |= {"point", "rounded", "lower_bound", "estimate"}
    assert set(unused) <= named_by_data


def test_a_sentence_names_the_numbers_it_prints() -> None:
    said = words("en").say(
        "standing_settled", value=Number(6600.0, "gdp"), size=Number(10.0, "gdp"), side="above"
    )
    assert said.text == "RMB\xa0660.0\xa0bn, RMB\xa01.0\xa0bn above it"
    assert said.numbers == (Number(6600.0, "gdp"), Number(10.0, "gdp"))


@pytest.mark.parametrize(("value", "told"), [(1, "1 year"), (2, "2 years"), (0, "0 years"), (1.2, "1 year")])
def test_one_or_many_follows_the_number_as_it_is_printed(value: float, told: str) -> None:
    assert words("en").say("horizon", years=Number(value, "count")).text == told


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (0.0123, "比基准高1.2%", "1.2% above the baseline"),
        (-0.0123, "比基准低1.2%", "1.2% below the baseline"),
        (-0.00001, "比基准高0.0%", "0.0% above the baseline"),
    ],
)
def test_up_or_down_follows_the_sign_as_it_is_printed(value: float, chinese: str, english: str) -> None:
    for lang, told in (("zh", chinese), ("en", english)):
        said = words(lang).say("answer_at", year="A", size=Number(value, "change_coarse_size"))
        assert said.text == {"zh": f"A年地区生产总值{told}。", "en": f"In A GDP is {told}."}[lang]
        assert said.numbers == (Number(value, "change_coarse_size"),)


LEVER, PACE = (0.0088, "size_growth_points"), (-0.0004, "growth_size")


@pytest.mark.parametrize(
    ("key", "field", "number", "chinese", "english"),
    [
        (
            "takes_joint",
            "amplitude",
            LEVER,
            "须比本情景每年高0.88个",
            "has to be 0.88\xa0points a year above",
        ),
        (
            "takes_joint",
            "amplitude",
            (-0.0088, LEVER[1]),
            "可比本情景每年低0.88个",
            "may be 0.88\xa0points a year below",
        ),
        ("headquarters_shrinks", "pace", PACE, "年均下降0.04%", "shrinking by 0.04% a year"),
        ("headquarters_shrinks", "pace", (0.0177, PACE[1]), "年均增长1.77%", "growing by 1.77% a year"),
        ("event", "size", (-0.0337, "change_size"), "降低3.37%", "lowers the level of GDP by 3.37%"),
        ("event", "size", (0.02, "change_size"), "提高2.00%", "raises the level of GDP by 2.00%"),
        ("population_moves", "rate", (-0.01, PACE[1]), "年均下降1.00%", "shrinking by 1.00% a year"),
        ("arithmetic_chart_title", "rate", PACE, "人口年均下降0.04%", "population shrinking by 0.04% a year"),
        ("arithmetic_switch", "switch", PACE, "人口年均下降0.04%", "if population shrinks by 0.04% a year"),
        ("arithmetic_switch", "switch", (0.01, PACE[1]), "人口年均增长1.00%", "population grows by 1.00% a"),
        ("arithmetic_implied", "rate", PACE, "，年均下降0.04%", "shrinking by 0.04% a year"),
        (
            "headquarters_leads",
            "aim",
            LEVER,
            "至少须比其余部分高0.88个",
            "faster than the rest by at least 0.88",
        ),
        ("headquarters_leads", "aim", (-0.0088, LEVER[1]), "至多可比其余部分低0.88个", "by at most 0.88"),
        ("headquarters_leads", "own", (-0.0088, LEVER[1]), "本情景低0.88个", "grow more slowly by 0.88"),
    ],
)
def test_a_sentence_says_the_way_and_prints_no_sign(
    key: str, field: str, number: tuple[float, str], chinese: str, english: str
) -> None:
    for lang, told in (("zh", chinese), ("en", english)):
        found = list(FIELD.finditer(words(lang)[key]))
        names = {match[1]: "GDP" for match in found}
        signed = {match[1]: Number(*number) for match in found if match[2]}
        said = words(lang).say(key, **names | signed | {field: Number(*number)})
        assert told in said.text


def test_a_field_not_given_or_a_sentence_unknown_is_refused() -> None:
    with pytest.raises(UnknownName, match=r"unknown chance_item\.chance"):
        words("zh").say("chance_item", goal="GDP")
    with pytest.raises(UnknownName, match="did you mean chance_item"):
        words("zh")["chance_itm"]
    with pytest.raises(InputError, match="language = 'fr'; allowed: zh or en"):
        words("fr")


def test_names_inside_an_english_sentence_lose_their_capital() -> None:
    english, chinese = words("en"), words("zh")
    assert english.inline("Headquarters share of GDP") == "headquarters share of GDP"
    assert english.inline("GDP per capita") == "GDP per capita"
    assert english.inline("R&D intensity") == "R&D intensity"
    assert chinese.inline("GDP增长") == "GDP增长"


def test_a_vintage_is_written_as_the_language_does() -> None:
    assert [words(lang).month("2021") for lang in ("zh", "en")] == ["2021年", "2021"]
    assert [words(lang).month("2026-03") for lang in ("zh", "en")] == ["2026年3月", "March 2026"]
