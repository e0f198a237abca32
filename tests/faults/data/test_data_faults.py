"""Faults in a data package: each told with file, line, field, value and what is allowed."""

import json
from datetime import date

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputErrors

TODAY = date(2028, 1, 1)
ROW = "futian,gdp,2026,6300,亿元,nominal,,2027-01,futian_14fyp,point,,,"


def told(project):
    with pytest.raises(InputErrors) as fault:
        load_evidence(project, today=TODAY)
    return str(fault.value)


def test_an_outturn_is_a_row(project):
    add(project, ROW)
    assert load_evidence(project, today=TODAY).figure("futian", "gdp", 2026).value == 6300


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("gdp,", "gdpp,", "indicator = 'gdpp'; allowed: a row of indicators.csv; did you mean gdp?"),
        ("futian,gdp", "futien,gdp", "geo = 'futien'; allowed: a row of places.csv; did you mean futian?"),
        (
            "futian_14fyp",
            "futian_15fyp",
            "source = 'futian_15fyp'; allowed: a row of sources.csv; did you mean futian_14fyp?",
        ),
        ("6300", "nan", "value = 'nan'; allowed: a finite number"),
        ("6300", "1_000", "value = '1_000'; allowed: a finite number"),
        ("6300", "", "value = ''; allowed: a value"),
        (
            "point",
            "pont",
            "precision = 'pont'; allowed: point, rounded, lower_bound, estimate; did you mean point?",
        ),
        ("亿元", "万人", "unit = '万人'; allowed: a unit of gdp, such as 亿元"),
        ("nominal", "constant", "price_basis = 'constant'; allowed: nominal, the basis of gdp"),
        ("2027-01", "2027-13", "vintage = '2027-13'; allowed: a year, or a year and month such as 2021-10"),
        (
            "gdp,2026,6300,亿元",
            "headquarters_share,2026,0.55,亿元",
            "unit = '亿元'; allowed: a unit of headquarters_share, such as fraction",
        ),
        (
            "gdp,2026,6300,亿元",
            "headquarters_share,2026,155,%",
            "value = 155.0; allowed: a share between 0 and 1 (55% is 0.55)",
        ),
        (",point,", ",point", "12 cells; allowed: 13"),
    ],
)
def test_one_fault_in_an_added_row(project, old, new, message):
    line = add(project, ROW.replace(old, new, 1))
    assert told(project) == f"data/observations.csv, line {line}: {message}"


def test_a_figure_twice(project):
    first = add(project, ROW)
    line = add(project, ROW)
    assert told(project) == (
        f"data/observations.csv, line {line}: geo + indicator + period + vintage + source ="
        f" 'futian, gdp, 2026, 2027-01, futian_14fyp'; allowed: one row each; line {first} has it already"
    )


def test_all_faults_of_all_files_at_once(project):
    first = add(project, ROW.replace("point", "exact"))
    second = add(project, "x,district,,无,,", "places.csv")
    lines = told(project).splitlines()
    assert [line.partition(" = ")[0] for line in lines] == [
        f"data/observations.csv, line {first}: precision",
        f"data/places.csv, line {second}: name_en",
    ]


def test_a_goal_on_another_price_basis(project):
    path = project.data / "plan_goals.csv"
    path.write_text(path.read_text("utf-8").replace("level,constant", "level,nominal", 1), "utf-8")
    assert told(project) == (
        "data/plan_goals.csv, line 2: price_basis = 'nominal'; allowed: constant, the basis of real_gdp"
    )


@pytest.mark.parametrize(
    ("old", "new", "goal", "tolerance"),
    [
        ("≥,35.7,,35.7,35.7", "=,35.7,,35.7,35.7", "gdp_per_capita_2025", 0.05),
        ("≥,55,,55,55", "=,55,,55,55", "headquarters_share_2025", 0.005),
        ("≥,55,,55,55", "=,57.5,,55–60,55–60", "headquarters_share_2025", 0.025),
        ("≥,,2,翻一番", "=,,2,翻一番", "gdp_double_2035", 0.0),
    ],
)
def test_an_exact_goal_has_the_rounding_of_what_is_printed(project, old, new, goal, tolerance):
    path = project.data / "plan_goals.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    exact = load_evidence(project).goal(goal)
    assert (exact.operator, exact.tolerance) == ("=", pytest.approx(tolerance))


def test_a_range_whose_middle_is_another_value(project):
    path = project.data / "plan_goals.csv"
    path.write_text(path.read_text("utf-8").replace("≥,55,,55,55", "=,55,,55–60,55–60", 1), "utf-8")
    assert told(project) == (
        "data/plan_goals.csv, line 4: target_value = 55.0; allowed: 57.5, the middle of what is printed,"
        " 55–60"
    )


def test_a_file_that_is_not_utf8(project):
    path = project.data / "places.csv"
    path.write_bytes(path.read_text("utf-8-sig").encode("gb18030"))
    assert told(project) == "data/places.csv, line 2: GBK; save it as UTF-8"


def test_a_missing_file(project):
    (project.data / "sources.csv").unlink()
    assert told(project) == "data/sources.csv: no such file; allowed: the file that datapackage.json names"


def test_other_columns(project):
    path = project.data / "places.csv"
    path.write_text(path.read_text("utf-8").replace("geo,role", "geo,rolle", 1), "utf-8")
    assert told(project) == (
        "data/places.csv, line 1: columns geo, rolle, parent, name_zh, name_en, code;"
        " allowed: geo, role, parent, name_zh, name_en, code; missing: role"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda package: package["resources"].pop(1), "missing resource sources; allowed: every table that"),
        (
            lambda package: package["resources"][1].update(path="../x.csv"),
            "resources[1].path = '../x.csv'; allowed:",
        ),
        (
            lambda package: package["resources"][0]["schema"]["fields"].pop(3),
            "resources[0].schema.fields = 'geo, indicator, period, unit",
        ),
        (
            lambda package: package["resources"][0]["schema"]["fields"][3].update(type="string"),
            "resources[0].schema.fields = 'value: string'; allowed: a field value of type number",
        ),
        (
            lambda package: package["resources"][0]["schema"]["foreignKeys"][0]["reference"].update(
                resource="place"
            ),
            "resources[0].schema.foreignKeys[0].reference.resource = 'place'; allowed: observations,",
        ),
        (
            lambda package: package["resources"][0]["schema"]["fields"][2]["constraints"].update(pattern="("),
            "resources[0].schema.fields[2].constraints.pattern = '('; allowed: a regular expression:",
        ),
        (lambda package: package.update(issuing_unit=5), "issuing_unit = 5; allowed: a valid dictionary"),
    ],
)
def test_a_package_that_describes_no_tables(project, change, message):
    file = project.data / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    change(package)
    file.write_text(json.dumps(package), "utf-8")
    assert told(project).splitlines()[0].startswith(f"data/datapackage.json: {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", ", line 1: not JSON: "), ("[" * 100_000, ": nested too deep"), ("[]", ": package = []")],
)
def test_a_broken_package(project, text, message):
    (project.data / "datapackage.json").write_text(text, "utf-8")
    assert told(project).startswith(f"data/datapackage.json{message}")


def test_a_line_inside_quotes_does_not_shift_the_lines_after_it(project):
    add(project, ROW + '"a note\nover two lines"')
    line = add(project, ROW.replace("2026", "2027").replace("point", "exact"))
    assert told(project).startswith(f"data/observations.csv, line {line}: precision = 'exact'")
