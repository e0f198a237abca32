"""Tables as bureaus and databases deliver them: read by their layout, weighed, written whole, taken back."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from futian_model import cli
from futian_model.evidence import load_evidence
from futian_model.importing import delivery, grids, read
from futian_model.importing.grammar import period_of, value_of
from futian_model.project import Project, find_project

ORIGINAL = find_project(Path(__file__).parent)
FILES = Path(__file__).parent / "files"
QUARTERS = ORIGINAL.root / "examples/tables/futian_2016q3.csv"
Told = tuple[int, str, str]
HELD = {
    FILES / "national_annual.csv": ("nbs_20251226", "economic_census_2023"),
    FILES / "national_annual.xls": ("nbs_20251226", "economic_census_2023"),
    QUARTERS: ("ftstat_2016_22", "unstated"),
    FILES / "wdi.csv": ("datahub_pop", "unstated"),
    FILES / "sdmx.csv": ("datahub_pop", "unstated"),
    FILES / "fred.csv": ("datahub_pop", "unstated"),
    FILES / "iamc.csv": ("datahub_pop", "unstated"),
    FILES / "shenzhen_2025.csv": ("sz_2025_app", "unstated"),
}
"""Files whose figures the data hold, with their source and census."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Data alone, to be written into."""
    data = tmp_path / "project" / "data"
    data.mkdir(parents=True)
    for file in ORIGINAL.data.iterdir():
        if file.is_file():
            (data / file.name).write_bytes(file.read_bytes())
    (tmp_path / "project" / "params").symlink_to(ORIGINAL.params)
    return Project(tmp_path / "project")


@pytest.fixture
def futian(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Told]:
    """Run a command inside the project: its status, what it prints, what it complains of."""

    def ran(*arguments: object) -> Told:
        monkeypatch.chdir(project.root)
        status = cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return ran


def content(project: Project) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in project.data.iterdir() if file.is_file()}


def without(project: Project, *beginnings: str) -> None:
    """The observations without rows that begin so."""
    file = project.data / "observations.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(beginnings)]
    assert len(kept) < len(lines)
    file.write_text("".join(kept), "utf-8", newline="")


def workbook(
    file: Path, rows: list[list[object]], sheet: str = "Sheet1", merged: tuple[str, ...] = ()
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for cells in merged:
        page.merge_cells(cells)
    book.save(file)
    return file


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text("utf-8"))))


@pytest.mark.parametrize("file", HELD, ids=lambda file: file.name)
def test_figures_that_are_held_are_the_same(
    file: Path, futian: Callable[..., Told], project: Project
) -> None:
    before = content(project)
    source, basis = HELD[file]
    status, printed, _ = futian(
        *("import", file, "--source", source, "--basis", basis, "--json"),
        *(("--place", "china") if file.name == "fred.csv" else ()),
    )
    cells = json.loads(printed)["cells"]
    assert status == 0
    assert {cell["state"] for cell in cells} <= {"same", "left_out"}
    assert sum(cell["state"] == "same" for cell in cells) >= 4
    assert content(project) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "xlsx"])
def test_a_table_reads_the_same_in_any_file(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    if encoding == "xlsx":
        file = workbook(
            tmp_path / "table.xlsx", rows_of(QUARTERS), merged=("C3:D3", "A3:A4", "B3:B4", "E3:E4")
        )
    else:
        file.write_bytes(QUARTERS.read_text("utf-8").encode(encoding))
    ((plain,), _), ((table,), _) = read(QUARTERS), read(file)
    assert [
        (at.row, at.column, at.label, at.unit, at.period, at.value, at.measure) for at in table.readings
    ] == [(at.row, at.column, at.label, at.unit, at.period, at.value, at.measure) for at in plain.readings]


def test_new_figures_are_written_whole_and_taken_back(futian: Callable[..., Told], project: Project) -> None:
    without(project, "futian,finance_value_added,2016Q1-Q3", "futian,real_gdp_growth,2016Q1-Q3")
    before = content(project)
    asked = ("import", QUARTERS, "--source", "ftstat_2016_22", "--basis", "unstated")
    status, printed, _ = futian(*asked)
    assert status == 0
    assert "new: Futian, Finance value added 2016Q1-Q3: 932.99 亿元" in printed
    assert content(project) == before
    status, printed, _ = futian(*asked, "--write")
    assert status == 0
    after = content(project)
    assert {name for name in after if after[name] != before[name]} == {"observations.csv"}
    added = after["observations.csv"][len(before["observations.csv"]) :].decode().splitlines()
    assert added == [
        "futian,real_gdp_growth,2016Q1-Q3,8.3,%,constant,,2017-01,ftstat_2016_22,point,,,",
        "futian,finance_value_added,2016Q1-Q3,932.99,亿元,nominal,unstated,2017-01,ftstat_2016_22,point,,,",
    ]
    assert futian(*asked)[1].count("  same: ") == 8
    status, printed, _ = futian("import", "--undo", "--lang", "zh")
    assert (status, content(project)) == (0, before)
    assert "已撤回2行" in printed
    assert futian("import", "--undo")[0] == 2


def test_undo_keeps_what_came_later_and_refuses_what_was_changed(
    futian: Callable[..., Told], project: Project
) -> None:
    without(project, "futian,real_gdp_growth,2016Q1-Q3")
    before = content(project)["observations.csv"]
    asked = ("import", QUARTERS, "--source", "ftstat_2016_22", "--basis", "unstated")
    file = project.data / "observations.csv"
    later = b"futian,real_gdp_growth,2021,8.9,%,constant,,2021-12,futian_14fyp,point,,,\n"
    assert futian(*asked, "--write")[0] == 0
    written = file.read_bytes()
    file.write_bytes(written.replace(b"2016Q1-Q3,8.3,%", b"2016Q1-Q3,8.2,%"))
    status, _, complaint = futian("import", "--undo")
    assert status == 2
    assert "no longer stand in observations.csv" in complaint
    file.write_bytes(written + later)
    assert futian("import", "--undo")[0] == 0
    assert file.read_bytes() == before + later


def test_later_releases_revise_and_earlier_ones_contradict(
    futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    text = (FILES / "shenzhen_2025.csv").read_text("utf-8")
    text = text.replace("38731.80", "38801.80").replace("24221.22", "24291.22")
    file = tmp_path / "revised.csv"
    file.write_text(text, "utf-8")
    asked = ("import", file, "--source", "nbs_20251226", "--basis", "economic_census_2023", "--json")
    cells = json.loads(futian(*asked, "--published", "2026-11")[1])["cells"]
    assert [cell["state"] for cell in cells if cell["state"] != "left_out"] == [
        *("revised", "same", "same", "same", "revised")
    ]
    cells = json.loads(futian(*asked, "--published", "2026-01")[1])["cells"]
    assert cells[0]["state"] == "contradicts"
    before = content(project)
    file.write_text(text.replace("38801.80", "3880.180").replace("24291.22", "24291.22"), "utf-8")
    assert futian(*asked, "--published", "2026-11", "--write")[0] == 2
    assert content(project) == before


def test_what_cannot_be_is_refused_by_the_checks_of_the_data(
    futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    """A level ten times off another release, and an index given as growth: told by their cells."""
    before = content(project)
    file = tmp_path / "wrong.csv"
    rows = ["2025年主要经济指标", "指标,全年累计,", ",绝对量(亿元),同比增长(%)"]
    file.write_text("\n".join([*rows, "地区生产总值,387318.0,105.5"]), "utf-8")
    asked = ("--source", "sz_2025_app", "--published", "2026-11", "--place", "shenzhen", "--write")
    status, _, complaint = futian(
        *("import", file, *asked, "--price-basis", "nominal", "--basis", "economic_census_2023", "--confirm")
    )
    assert status == 2
    assert "wrong.csv B4: value = 387318.0; allowed: a figure like the other release of 2025" in complaint
    assert "wrong.csv C4: value = 105.5; allowed: growth; 105.5 looks like an index" in complaint
    assert content(project) == before


def test_a_figure_beside_which_what_is_held_cannot_stand_is_told_by_its_cell(
    futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    """The city's finance of 2020 below Futian's: its cell first, then the row of Futian."""
    before = content(project)
    file = tmp_path / "city.csv"
    rows = ["深圳市主要指标（现价）", "指标,2018年,2020年", "金融业增加值(亿元),3067.21,1960.5"]
    file.write_text("\n".join([*rows, "社会消费品零售总额(亿元),6168.87,8664.83"]), "utf-8")
    asked = ("import", file, "--source", "sz_2025_app", "--published", "2026-11", "--basis", "unstated")
    status, _, complaint = futian(*asked, "--write", "--confirm")
    first, *held = complaint.splitlines()
    assert status == 2
    assert first.startswith("city.csv C3: value = '1960.5'; allowed: a figure beside which what is held can")
    assert [line.split("; ")[1] for line in held] == [
        "allowed: no more than 1960.5 亿元, which shenzhen around futian has in 2020"
    ]
    assert held[0].startswith("data/observations.csv, line ")
    assert content(project) == before
    complaint = futian("import", file, *asked[2:], "--lang", "zh")[2]
    assert not ENGLISH.search(complaint), complaint


def test_many_figures_alike_are_one_line_and_one_question(
    futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "growth.csv"
    years = range(2018, 2026)
    rows = ["数据库：年度数据", ",".join(["指标", *(f"{year}年" for year in years)])]
    file.write_text(
        "\n".join([*rows, ",".join(["国内生产总值指数(上年=100)", *(["116.5"] * len(years))])]), "utf-8"
    )
    asked = ("import", file, "--source", "nbs_20251226", "--published", "2026-11")
    status, printed, complaint = futian(*asked, "--write")
    assert status == 2
    assert (
        f"growth.csv B3 … I3  revised: China, Growth of real GDP 2018 to 2025: {len(years)} figures"
        in printed
    )
    assert complaint.count("asked") == 1
    assert f"growth.csv B3 … I3  asked, {len(years)} figures alike" in complaint
    printed = futian(*asked, "--each")[1]
    assert (printed.count("  revised: "), printed.count("  asked: ")) == (len(years), len(years))
    assert futian(*asked, "--write", "--confirm")[0] == 0
    assert load_evidence(project).figure("china", "real_gdp_growth", 2020).value == pytest.approx(0.165)


def test_what_the_file_is_silent_on_is_asked_for(futian: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "silent.csv"
    file.write_text("指标,2025年,2024年\n地区生产总值(亿元),38731.8,36801.87\n", "utf-8")
    new = ("--source", "bulletin", "--new-source", "公报", "--publisher", "统计局")
    options: list[str] = []
    for asked, option in (
        ("--place", ["--place", "shenzhen"]),
        ("--published YYYY-MM", ["--published", "2026-11"]),
        ("--price-basis nominal", ["--price-basis", "nominal"]),
        ("--basis economic_census_2023", ["--basis", "unstated"]),
    ):
        status, _, complaint = futian("import", file, *new, *options)
        assert status == 2
        assert f"silent.csv B2: {asked.split()[0]}"[:14] in complaint
        assert asked in complaint
        options += option
    assert futian("import", file, *new, *options)[0] == 0


def zipped(file: Path, name: str) -> None:
    with zipfile.ZipFile(file, "a") as parts:
        parts.writestr(name, b"x")


SHEET = [
    ["指标", "2025年", "2024年"],
    ["地区生产总值(亿元)", 38731.8, 36801.87],
    ["第一产业(亿元)", 28.04, 26.37],
]


def bad(kind: str, file: Path) -> Path:
    """A file that is to be refused."""
    if kind == "macros":
        zipped(workbook(file.with_suffix(".xlsx"), SHEET), "xl/vbaProject.bin")
    elif kind == "password":
        file.with_suffix(".xlsx").write_bytes(grids.OLE + b"\0" * 512 + grids.LOCKED)
    elif kind == "torn":
        torn = bytearray((FILES / "national_annual.xls").read_bytes())
        file.with_suffix(".xlsx").write_bytes(torn[: len(torn) // 2])
    elif kind == "damaged":
        file.with_suffix(".xlsx").write_bytes(grids.ZIP + b"torn")
    elif kind == "merged":
        workbook(file.with_suffix(".xlsx"), SHEET, merged=("B2:B3",))
    elif kind == "date":
        dated = [SHEET[0], ["地区生产总值(亿元)", __import__("datetime").datetime(2025, 3, 1), 36801.87]]
        workbook(file.with_suffix(".xlsx"), dated)
    else:
        file.with_suffix(".csv").write_bytes(TEXTS[kind].encode())
        return file.with_suffix(".csv")
    return file.with_suffix(".xlsx")


TEXTS = {
    "page": "<html><table><tr><td>指标</td></tr></table></html>",
    "units": "指标,2025年,2024年\n地区生产总值(亿元),38731.8,36801.87万元\n",
    "two units": "单位：亿元、%\n指标,2025年,2024年\n地区生产总值,38731.8,36801.87\n",
    "unit": "指标,2025年,2024年\n地区生产总值(万人),38731.8,36801.87\n",
    "parts": "指标,2025年,2024年\n地区生产总值(亿元),38731.8,36801.87\n第一产业(亿元),28.04,26.37\n"
    "第二产业(亿元),14482.54,13909.28\n第三产业(亿元),24221.22,22966.22\n",
    "words": "指标,2025年,2024年\n地区生产总值(亿元),见附表,36801.87\n",
    "twice": "指标,2025年,2024年\n地区生产总值(亿元),38731.8,36801.87\n生产总值(亿元),38731.9,36801.87\n",
    "shape": "name,amount\nGDP,3\n",
    "binary": "abc\0def",
}
"""Refused texts by kind."""


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("macros", "bad.xlsx: holds macros; allowed: a copy saved without them"),
        ("password", "bad.xlsx: locked by a password"),
        ("damaged", "bad.xlsx: a workbook that is damaged"),
        ("torn", "bad.xlsx: a workbook that is damaged"),
        ("merged", "'Sheet1'!B2: cell = 38731.8; allowed: a cell of its own"),
        ("date", "'Sheet1'!B2: cell = 2025-03-01; allowed: a figure; a date stands there"),
        ("page", "bad.csv: a page of the web"),
        ("units", "bad.csv C2: unit = '36801.87万元'; allowed: a figure in 亿元"),
        ("two units", "bad.csv B3: unit = '38731.8'; allowed: one unit a column or row"),
        ("unit", "bad.csv B2: unit = '万人'; allowed: a unit of gdp, such as 亿元"),
        ("parts", "bad.csv C2: value = '36801.87'; allowed: the sum of its parts"),
        ("words", "bad.csv B2: cell = '见附表'; allowed: a figure such as"),
        (
            "twice",
            "bad.csv B3: value = '38731.9'; allowed: one figure of shenzhen gdp 2025; bad.csv B2 says",
        ),
        ("shape", "bad.csv: no layout fits"),
        ("binary", "bad.csv: no table"),
    ],
)
def test_bad_files_are_refused_with_their_cell(
    kind: str, reason: str, futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    before = content(project)
    file = bad(kind, tmp_path / "bad")
    status, _, complaint = futian(
        *("import", file, "--source", "sz_2025_app", "--published", "2026-11", "--place", "shenzhen"),
        *("--price-basis", "nominal", "--basis", "economic_census_2023", "--write", "--confirm"),
    )
    assert status == 2
    assert reason in complaint
    assert content(project) == before
    assert not (project.data / "import").exists()
    if kind == "shape":
        assert all(f"bad.csv ({layout}): " in complaint for layout in delivery.LAYOUTS)


def test_a_file_too_large_is_not_read(
    futian: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(str(path)) if path == file else b"")
    with pytest.raises(grids.FileFault, match=r"large\.csv: 100 MB; allowed: a table of up to 50 MB"):
        grids.read_grids(file)


QUARTERLY = """数据库：季度数据
指标,2025年第三季度,2025年第二季度,2025年第一季度
国内生产总值_累计值(亿元),1015036,660500,
国内生产总值指数(上年同期=100)_累计值,105.2,105.3,105.4
国内生产总值指数(上年同期=100)_当季值,104.8,105.2,105.4
"""
REGIONAL = """数据库：分省年度数据
指标：地区生产总值(亿元)
地区,2025年,2024年
广东省,,
深圳市,38731.8,36801.87
注：现价
"""
"""Exports of the national bureau: cumulated and single quarters, and places for labels."""


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            QUARTERLY,
            {
                ("china", "gdp", "2025Q1-Q3", "1015036"): "same",
                ("china", "gdp", "2025H1", "660500"): "same",
                ("china", "real_gdp_growth", "2025Q1-Q3", "5.2"): "same",
                ("china", "real_gdp_growth", "2025Q3", "4.8"): "same",
                ("china", "real_gdp_growth", "2025Q1", "5.4"): "same",
            },
        ),
        (
            REGIONAL,
            {
                ("shenzhen", "gdp", "2025", "38731.8"): "same",
                ("shenzhen", "gdp", "2024", "36801.87"): "same",
            },
        ),
    ],
    ids=["quarters", "places"],
)
def test_other_exports_of_the_national_bureau(
    text: str, facts: dict[tuple[str, ...], str], futian: Callable[..., Told], tmp_path: Path
) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(text.encode("gb18030"))
    options = ("--source", "nbs_20251226", "--published", "2026-02", "--price-basis", "nominal")
    status, printed, complaint = futian("import", file, *options, "--basis", "unstated", "--json")
    assert status == 0, complaint
    cells = [cell for cell in json.loads(printed)["cells"] if cell["figure"]]
    keys = ("geo", "indicator", "period", "value")
    states = {tuple(cell["figure"][key] for key in keys): cell["state"] for cell in cells}
    assert facts.items() <= states.items()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("2024年", "2024"), ("2025年1-9月累计", "2025Q1-Q3"), ("2025年前三季度", "2025Q1-Q3")),
        *(
            ("2025年三季度", "2025Q3"),
            ("2025年上半年", "2025H1"),
            ("2025-Q4", "2025Q4"),
            ("2025Q1-Q3", "2025Q1-Q3"),
        ),
        *(("2025年1-12月", "2025"), ("2025年1－6月", "2025H1"), ("2025年8月", ""), ("2025M03", "")),
    ],
)
def test_periods(text: str, code: str) -> None:
    period = period_of(grids.folded(text))
    assert period is not None
    assert period.code == code


@pytest.mark.parametrize(
    ("text", "digits", "precision"),
    [
        *(
            ("4,213.74", "4213.74", "point"),
            ("突破6000", "6000", "lower_bound"),
            ("2.3万人以上", "2.3", "lower_bound"),
        ),
        *(("约35%", "35", "rounded"), ("预计增长5.5%", "5.5", "estimate"), ("下降3.2", "-3.2", "point")),
        *(("１２３．４", "123.4", "point"), ("-0.5", "-0.5", "point")),
    ],
)
def test_figures(text: str, digits: str, precision: str) -> None:
    value = value_of(grids.folded(text))
    assert value is not None
    assert not isinstance(value, str)
    assert (value.text, value.precision) == (digits, precision)


@pytest.mark.parametrize("text", ["—", "…", "..", "-", "n/a", ""])
def test_no_figure(text: str) -> None:
    assert value_of(grids.folded(text)) is None


def test_the_data_load_after_an_import(futian: Callable[..., Told], project: Project, tmp_path: Path) -> None:
    """A new source comes with its figures, and both go with it."""
    before = content(project)
    file = tmp_path / "new.csv"
    file.write_text("深圳市主要指标（现价）\n指标,2025年\n社会消费品零售总额(亿元),10500.5\n", "utf-8")
    new = ("--source", "sz_bulletin_2025", "--new-source", "2025年公报", "--publisher", "深圳市统计局")
    status, _, complaint = futian("import", file, *new, "--published", "2026-05", "--write", "--confirm")
    assert status == 0, complaint
    assert load_evidence(project).figure("shenzhen", "retail_sales", 2025).value == 10500.5
    assert futian("import", "--undo")[0] == 0
    assert content(project) == before


def test_an_edition_of_the_imf_brings_its_forecasts(
    futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    """What the data hold of October 2025, taken out, comes in again from the workbook; and goes with it."""
    file = workbook(tmp_path / "weo.xlsx", rows_of(FILES / "weo.csv"), sheet="Countries")
    asked = ("import", file, "--source", "imf_weo_202510")
    assert json.loads(futian(*asked, "--json")[1])["forecasts"] == {}
    kept = dict[str, list[str]]()
    for name, begins in (
        ("weo_forecasts.csv", r"(CN|US),2025-10"),
        ("growth_paths.csv", "imf_weo_202510_pop"),
    ):
        lines = (project.data / name).read_text("utf-8").splitlines(keepends=True)
        kept[name] = [line for line in lines if re.match(begins, line)]
        (project.data / name).write_text("".join(line for line in lines if line not in kept[name]), "utf-8")
    before = content(project)
    status, printed, complaint = futian(*asked, "--write")
    assert (status, complaint) == (0, "")
    assert "B" not in re.findall(r"left out: (.*forecast.*)", printed)
    for name, lines in kept.items():
        added = (project.data / name).read_bytes()[len(before[name]) :].decode().splitlines(keepends=True)
        short, long = (
            [row[:2] + row[6:] if name == "growth_paths.csv" else row for row in csv.reader(rows)]
            for rows in (added, lines)
        )
        strip = 5 if name == "growth_paths.csv" else 8
        assert [row[2:][:strip] for row in short] == [row[2:][:strip] for row in long]
    assert futian("import", "--undo")[0] == 0
    assert content(project) == before


def test_prices_of_an_edition_come_from_its_deflator(
    futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    """Levels, 2024 = 100 to the IMF's three digits, chained from the growth held give it again."""
    path, data = "imf_weo_202510_deflator", project.data / "growth_paths.csv"
    lines = data.read_text("utf-8").splitlines(keepends=True)
    rates = [float(row[11]) / 100 for row in csv.reader(line for line in lines if line.startswith(path))]
    data.write_text("".join(line for line in lines if not line.startswith(path)), "utf-8")
    levels = np.cumprod([100, *(1 + rate for rate in rates)])
    people = next(row for row in rows_of(FILES / "weo.csv") if row[1] == "CHN.LP.A")
    called = "Gross domestic product (GDP), Price deflator, Index"
    row = [
        "IMF.RES:WEO(9.0.0)",
        "CHN.NGDP_D.A",
        *people[2:4],
        called,
        "Annual",
        "Units",
        "Index",
        *people[8:10],
    ]
    table = [*rows_of(FILES / "weo.csv"), [*row, "", "", *(f"{level:.3f}" for level in levels)]]
    file = workbook(tmp_path / "weo.xlsx", table, sheet="Countries")
    status, _, complaint = futian("import", file, "--source", "imf_weo_202510", "--write")
    assert (status, complaint) == (0, "")
    paths = load_evidence(project).other_paths
    added = paths[paths["path"] == path]
    assert list(added["indicator"].unique()) == ["gdp_deflator_growth"]
    assert list(added["first"]) == [*range(2025, 2031)]
    assert list(added["central"]) == pytest.approx(rates, abs=1e-5)  # half a digit at either end
    table[-1][10 + 2] = "0"
    workbook(file, table, sheet="Countries")
    futian("import", "--undo")
    assert (
        "weo.xlsx 'Countries'!M6: cell = '0'; allowed: a level above 0"
        in futian("import", file, "--source", "imf_weo_202510")[2]
    )


def test_an_edition_that_contradicts_what_is_held_of_it_is_refused(
    futian: Callable[..., Told], project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "weo.csv"
    file.write_text((FILES / "weo.csv").read_text("utf-8").replace(",4.163,", ",4.5,"), "utf-8")
    status, _, complaint = futian("import", file, "--source", "imf_weo_202510", "--write")
    assert status == 2
    assert "weo.csv O2: value = '4.5'; allowed: 4.163" in complaint


WIDE = (
    "福田区历年数据\n年份,地区生产总值(亿元),常住人口(万人),备注\n2022,5514.49,166.29,\n2024,5948.82,,年报\n"
)
LONG = "区域,指标,时期,数值,单位\n福田区,GDP总量,2022,5514.49,亿元\n福田区,用电量,2022,80,亿千瓦时\n"
ACROSS = "指标,2022年,2024年\n本区经济总量(亿元),5514.49,5948.82\n"


@pytest.mark.parametrize(
    ("text", "proposal", "confirmed", "same"),
    [
        (WIDE, "年份: period", ("备注: skip", "备注: skip"), 3),
        (LONG, "指标: series", ("GDP总量: ''", "GDP总量: gdp"), 1),
        (ACROSS, "columns: {}", ("本区经济总量: ''", "本区经济总量: gdp"), 2),
    ],
    ids=["wide", "long", "across"],
)
def test_another_table_is_read_by_a_mapping_that_is_confirmed_once(
    text: str,
    proposal: str,
    confirmed: tuple[str, str],
    same: int,
    futian: Callable[..., Told],
    project: Project,
    tmp_path: Path,
) -> None:
    file, home = tmp_path / "own.csv", project.data / "import/own.yaml"
    file.write_text(text, "utf-8")
    asked = ("import", file, "--source", "nddaily_20251217", "--place", "futian", "--price-basis", "nominal")
    asked = (*asked, "--basis", "unstated", "--json")
    assert futian(*asked, "--mapping", "own")[0] == 0
    proposed = home.read_text("utf-8")
    assert proposal in proposed
    status, _, complaint = futian(*asked, "--mapping", "own")
    assert status == 2
    assert "own.yaml: confirmed = False; allowed: true" in complaint
    assert confirmed[0] in proposed
    home.write_text(proposed.replace("confirmed: false", "confirmed: true").replace(*confirmed), "utf-8")
    status, printed, complaint = futian(*asked)
    assert (status, complaint) == (0, "")
    cells = json.loads(printed)
    assert list(cells["layouts"]) == ["mapping own"]
    assert sum(cell["state"] == "same" for cell in cells["cells"]) == same


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("confirmed: true\n", "own.yaml: no mapping"),
        ("confirmed: ja\ncolumns: {年份: period}\n", "confirmed = 'ja'; allowed: true or false"),
        ("confirmed: true\ncolumns: {年份: years}\n", "columns.年份 = 'years'; allowed: period, place"),
        (
            "confirmed: true\ncolumns: {年份: period, GDP: {indicator: gdpp, unit: 亿元}}\n",
            "columns.GDP.indicator = 'gdpp'; allowed: an indicator of data/indicators.csv; did you mean gdp?",
        ),
        ("confirmed: true\ncolumns: {年份: period}\n", "columns = 'period'; allowed: one column of periods"),
        ("confirmed: [\n", "own.yaml: no YAML"),
    ],
)
def test_a_faulty_mapping_is_told(
    content: str, reason: str, futian: Callable[..., Told], project: Project
) -> None:
    (project.data / "import").mkdir()
    (project.data / "import/own.yaml").write_text(content, "utf-8")
    status, _, complaint = futian("import", QUARTERS, "--source", "ftstat_2016_22")
    assert status == 2
    assert reason in complaint


def test_an_import_that_was_cut_off_leaves_nothing_to_take_back(
    futian: Callable[..., Told], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the write was decided: by a full disk, or by the end of the process."""
    without(project, "futian,real_gdp_growth,2016Q1-Q3")
    before = content(project)
    asked = ("import", QUARTERS, "--source", "ftstat_2016_22", "--basis", "unstated", "--write")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "observations.csv")

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "record", full)
        assert futian(*asked)[0] == 1
    assert content(project) == before
    assert not [*(project.data / "import").iterdir()]
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "record", lambda files: None)  # gone before anything was moved
        futian(*asked)
    assert len([*(project.data / "import").iterdir()]) == 1
    assert futian("import", "--undo")[0] == 2
    assert not [*(project.data / "import").iterdir()]


ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize("kind", ["macros", "password", "damaged", "torn", "merged", "date", *TEXTS])
def test_refusals_speak_chinese(kind: str, futian: Callable[..., Told], tmp_path: Path) -> None:
    file = bad(kind, tmp_path / "bad")
    options = ("--source", "sz_2025_app", "--published", "2026-11", "--place", "shenzhen")
    more = () if kind == "twice" else ("--price-basis", "nominal", "--basis", "economic_census_2023")
    complaint = futian("import", file, *options, *more, "--lang", "zh")[2]
    assert "；应为：" in complaint
    assert not ENGLISH.search(complaint), complaint


CITY = """深圳市 2025年9月 主要经济指标
指 标,计量单位,本月,本月止累计,累计比上年同期增长(%),上年同期累计,年度计划 总量,年度计划 增长(%)
地 区 生 产 总 值,亿元,—,28164.2,5.5,25934.28,39000左右,5.5左右
居民消费价格指数,%,100.1,100.2,0.2,,,
指 标,计量单位,本月,本月止累计,累计比上年同期增长(%),上年同期累计,年度计划 总量,年度计划 增长(%)
社会消费品零售总额,亿元,,7600.0,4.5,,,
"""
YEARBOOK = """福田区国民经济主要指标
指标,2022年,2020年,2022年比2020年增长(%)
地区生产总值(亿元),5514.49,4754,
"""


@pytest.mark.parametrize(
    ("text", "facts", "targets"),
    [
        (
            CITY,
            {
                ("gdp", "2025Q1-Q3", "28164.2", "point"),
                ("real_gdp_growth", "2025Q1-Q3", "5.5", "point"),
                ("cpi_inflation", "2025Q1-Q3", "0.2", "point"),
                ("retail_sales", "2025Q1-Q3", "7600.0", "point"),
            },
            {("gdp", "2025", "39000", "rounded"), ("real_gdp_growth", "2025", "5.5", "rounded")},
        ),
        (YEARBOOK, {("gdp", "2022", "5514.49", "point"), ("gdp", "2020", "4754", "point")}, set()),
    ],
    ids=["month", "yearbook"],
)
def test_heads_as_bureaus_write_them(
    text: str,
    facts: set[tuple[str, ...]],
    targets: set[tuple[str, ...]],
    futian: Callable[..., Told],
    tmp_path: Path,
) -> None:
    """A month in the title, last year's amount, growth of a plan, spaced letters, heads on the next page."""
    file = tmp_path / "table.csv"
    file.write_text(text, "utf-8")
    options = (
        "--source",
        "nbs_20251226",
        "--published",
        "2026-10",
        "--price-basis",
        "nominal",
        "--basis",
        "unstated",
    )
    status, printed, complaint = futian("import", file, *options, "--json")
    assert status == 0, complaint
    keys = ("indicator", "period", "value", "precision")
    cells = json.loads(printed)["cells"]
    figures = [cell["figure"] for cell in cells if cell["figure"]]
    assert {tuple(figure[key] for key in keys) for figure in figures} == facts
    plan = [cell["target"] for cell in cells if cell["target"]]
    assert {tuple(row[key] for key in ("indicator", "year", "value", "precision")) for row in plan} == targets


def test_a_sheet_that_no_layout_fits_is_told(futian: Callable[..., Told], tmp_path: Path) -> None:
    file = workbook(tmp_path / "two.xlsx", rows_of(QUARTERS), sheet="表1")
    book = openpyxl.load_workbook(file)
    book.create_sheet("目录").append(["目录", "页"])
    book.save(file)
    asked = ("import", file, "--source", "ftstat_2016_22", "--basis", "unstated", "--lang", "zh")
    assert "two.xlsx 目录  略去：此工作表没有相符的版式" in futian(*asked)[1]


def test_what_the_file_says_of_its_date_comes_before_the_date_of_its_source(
    futian: Callable[..., Told], tmp_path: Path
) -> None:
    file = tmp_path / "dated.csv"
    file.write_text(
        "深圳市（现价，发布时间：2026-05-12）\n指标,2025年\n地区生产总值(亿元),38731.8\n", "utf-8"
    )
    asked = ("import", file, "--source", "hh_city_bulletins", "--basis", "unstated", "--json")
    for options, vintage in (((), "2026-05"), (("--published", "2026-06"), "2026-06")):
        (cell,) = json.loads(futian(*asked, *options)[1])["cells"]
        assert cell["figure"]["vintage"] == vintage
