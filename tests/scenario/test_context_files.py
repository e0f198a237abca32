"""Cities and nations of `params/context/`: read on their own, named in a scenario, written out in one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from futian_model import contexts
from futian_model.errors import InputErrors
from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.scenario import Scenario, load_scenario

GROWTH = "levers:\n  growth:\n    block: context\n"
AS_CITY = "    differential: {block: none}\n"
INLINE = """\
    city:
      id: own
      place: city
      title: {zh: 自定, en: Own}
      growth:
        block: path
        phases:
          - {start: 2021, end: 2025, growth_rate: 0.06}
          - {shape: ramp, start: 2026, end: 2035, growth_rate: 0.05, to: 0.04, at: 2030}
    differential:
      block: path
      phases:
        - {start: 2021, end: 2035, growth_gap: -0.004}
"""


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (
            "    city: city_lead_fade\n    nation: nation_trend\n",
            "{file}, line 8: levers.growth.city = 'city_lead_fade'; allowed: the id of a city's file"
            " of params/context: {cities}; did you mean city_lead_fades?",
        ),
        (
            "    city: city_lead_fades\n    nation: city_as_nation\n",
            "{file}, line 9: levers.growth.nation = 'city_as_nation'; allowed: the id of a nation's file"
            " of params/context: {nations}",
        ),
        (
            "    city: city_lead_fades\n",
            "{file}, line 6: missing levers.growth.nation; allowed: the id of a nation's path, over"
            " which city_lead_fades states a lead",
        ),
        (
            "    city: city_lead_fades\n"
            "    nation:\n"
            "      id: decade\n"
            "      place: nation\n"
            "      title: {zh: 十年, en: Decade}\n"
            "      growth: {block: published, path: lin_2020}\n",
            "{file}, line 13: levers.growth.nation.growth.path = 'lin_2020'; allowed: a path that says"
            " something of every year; it says nothing of 2031, 2032, 2033, 2034, 2035",
        ),
    ],
    ids=["unknown_id", "city_as_a_nation", "lead_without_nation", "years_left_out"],
)
def test_a_context_that_does_not_fit_is_told_where_it_stands(
    rest: str, told: str, write: Callable[..., Path], project: Project, evidence: Evidence
) -> None:
    file = write("trial", rest=GROWTH + rest + AS_CITY)
    with pytest.raises(InputErrors) as raised:
        load_scenario(file, project, evidence=evidence)
    folder = project.params / "context"
    cities, nations = (
        ", ".join(sorted(path.stem for path in folder.glob(f"{place}_*.yaml")))
        for place in ("city", "nation")
    )
    assert str(raised.value) == told.format(file=file, cities=cities, nations=nations)


def test_a_context_written_out_comes_back_the_same(
    write: Callable[..., Path], load: Callable[..., Scenario], tmp_path: Path
) -> None:
    stated = load(write("inline", rest=GROWTH + INLINE))
    file = tmp_path / "again.yaml"
    file.write_text(stated.as_yaml(), "utf-8")
    again = load(file)
    assert again.levers == stated.levers
    assert again.as_yaml() == stated.as_yaml()


def test_a_context_that_is_named_is_written_out_in_full(
    write: Callable[..., Path], load: Callable[..., Scenario], tmp_path: Path
) -> None:
    named = load(write("named", rest=GROWTH + "    city: city_vision_2035\n" + AS_CITY))
    file = tmp_path / "again.yaml"
    file.write_text(named.as_yaml(), "utf-8")
    assert "shenzhen_2035_vision" in named.as_yaml()
    assert load(file).levers == named.levers


def test_the_projects_own_surroundings(project: Project, evidence: Evidence) -> None:
    nations, cities = contexts.surroundings(project, evidence)
    assert len(nations) >= 3
    assert {"city_as_nation", "city_lead_fades", "city_vision_2035"} <= set(cities)
    assert all(name == place.id for held in (nations, cities) for name, place in held.items())


TITLE = "title: {zh: 甲, en: A}\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id: a\nplace: town\n" + TITLE, "line 2: place = 'town'; allowed: city or nation"),
        ("id: a\n" + TITLE, "line 1: missing place; allowed: city or nation"),
        (
            "id: b\nplace: nation\n" + TITLE + "growth: {block: trend}\n",
            "line 1: id = 'b'; allowed: a, the name of the file",
        ),
        (
            "id: a\nplace: nation\n" + TITLE + "growth:\n  block: lead\n  lead: {block: none}\n",
            "line 5: growth.block = 'lead'; allowed: trend, path, published",
        ),
        (
            "id: a\nplace: city\ntitle: {zh: 甲}\ngrowht: {block: trend}\n",
            "line 1: missing growth; allowed: a block: trend, path, published or lead\n"
            "line 3: missing title.en; allowed: text in English, not empty\n"
            "line 4: unknown growht; did you mean growth?",
        ),
        (
            "id: a\nplace: city\n" + TITLE + "growth:\n  block: published\n  path: shenzhen_2035_visio\n",
            "line 6: growth.path = 'shenzhen_2035_visio'; allowed: {known};"
            " did you mean shenzhen_2035_vision?",
        ),
        (
            "id: a\nplace: !city city\n" + TITLE,
            "line 2: place = '!city'; allowed: plain text, a number, true, false, null, a list or a mapping,"
            " without a tag",
        ),
    ],
    ids=["wrong_place", "no_place", "other_id", "nation_that_leads", "many_faults", "unknown_path", "tag"],
)
def test_a_bad_file_is_told_in_its_own_words(
    content: str, told: str, tmp_path: Path, evidence: Evidence
) -> None:
    project = Project(tmp_path)
    (project.params / "context").mkdir(parents=True)
    (project.params / "context" / "a.yaml").write_text(content, "utf-8")
    with pytest.raises(InputErrors) as raised:
        contexts.surroundings(project, evidence)
    paths = evidence.paths
    known = ", ".join(sorted(paths.loc[paths["geo"] == evidence.place("city"), "path"].unique()))
    lines = sorted(str(raised.value).replace("params/context/a.yaml, ", "").splitlines())
    assert lines == sorted(told.format(known=known).splitlines())
