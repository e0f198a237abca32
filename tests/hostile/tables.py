"""Data files: cells, rows, encodings, and the package that describes them."""

import csv
import io
import json
import random
from typing import Any

from futian_model.evidence import load_evidence
from tests.hostile.attack import Attack, Ground, kind, spoilt
from tests.hostile.scenarios import Way, reach, ways

PACKAGE = "data/datapackage.json"
TABLES = (
    "observations",
    "sources",
    "places",
    "indicators",
    "plan_goals",
    "annual_plan",
    "growth_paths",
    "production",
    "replaced",
)


def loaded(ground: Ground, file: str, content: bytes | str | None, sound: bool | None, *names: str) -> Attack:
    """A file of the data with another content, and the data loaded."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content

    def act() -> None:
        with spoilt(ground.folder / file, data):
            evidence = load_evidence(ground.project)
            if sound is None and file == PACKAGE:
                evidence.contradictions()
                assert len(evidence.panels)

    return Attack(act, sound, names)


def rows_of(ground: Ground, name: str) -> list[list[str]]:
    """A table's rows, the header first."""
    text = (ground.project.data / f"{name}.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def csv_of(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


# cells


@kind("cells")
def no_number(rng: random.Random, ground: Ground) -> Attack:
    """A cell of numbers that holds none."""
    rows = rows_of(ground, "observations")
    at, column = rng.randrange(1, len(rows)), rows[0].index("value")
    value = rows[at][column]
    cell = rng.choice(
        [
            "nan",
            "inf",
            "-inf",
            "1_000",
            "1,234",
            "１２３",
            "12.3.4",
            "--",
            "…",
            "n/a",
            "12 %",
            "=1+1",
            "1e400",
            "0x10",
            "",
            f"{value}亿元",
            f"约{value}",
            f"{value}*",
            f" {value}",
            f"{value} ",
            "九百",
            "1e",
            "+-1",
            "9" * 5000,
            "\u200b5",
        ]
    )
    rows[at][column] = cell
    return loaded(
        ground,
        "data/observations.csv",
        csv_of(rows),
        False,
        "data/observations.csv, line",
        "value",
        repr(cell)[:40].rstrip("'"),
    )


@kind("cells")
def unknown_name(rng: random.Random, ground: Ground) -> Attack:
    """A cell that names what nobody listed."""
    rows = rows_of(ground, "observations")
    column = rng.choice(
        ["geo", "indicator", "source", "precision", "price_basis", "unit", "basis", "vintage", "period"]
    )
    at, place = rng.randrange(1, len(rows)), rows[0].index(column)
    cell = rng.choice(
        [
            "nothing",
            rows[at][place] + "x",
            rows[at][place].upper() + "Ü",
            "无",
            "=1",
            "1" * 40,
            "a\nb",
            "<b>",
            "'",
        ]
    )
    rows[at][place] = cell
    return loaded(ground, "data/observations.csv", csv_of(rows), False, "data/observations.csv, line", column)


@kind("cells")
def impossible(rng: random.Random, ground: Ground) -> Attack:
    """A figure that cannot be: of the wrong sign, size, year or part."""
    rows = rows_of(ground, "observations")
    head = rows[0]
    levels = [
        at
        for at, row in enumerate(rows)
        if at
        and row[head.index("indicator")] == "gdp"
        and row[head.index("geo")] == "futian"
        and len(row[head.index("period")]) == 4
    ]
    at = rng.choice(levels)
    column, cell = rng.choice(
        [
            ("value", "0"),
            ("value", f"-{rows[at][head.index('value')]}"),
            ("value", str(float(rows[at][head.index("value")]) * 10_000)),
            ("unit", "万人"),
            ("unit", "%"),
            ("period", "2019Q5"),
            ("period", "2021-2019"),
            ("vintage", "1950"),
            ("vintage", "2199-01"),
            ("period", "20190"),
            ("price_basis", "constant"),
        ]
    )
    rows[at][head.index(column)] = cell
    return loaded(ground, "data/observations.csv", csv_of(rows), False, "data/observations.csv")


@kind("cells")
def any_cell(rng: random.Random, ground: Ground) -> Attack:
    """Any cell of any table with anything in it."""
    name = rng.choice(TABLES)
    rows = rows_of(ground, name)
    at = rng.randrange(1, len(rows))
    column = rng.randrange(len(rows[0]))
    rows[at][column] = rng.choice(
        [
            "",
            "0",
            "-1",
            "1e9",
            "nan",
            "x",
            "无",
            "2021",
            "2021-13",
            "%",
            "true",
            "a;b",
            "\n",
            "字" * 3000,
            "\x1b[31m",
            "\u202e",
            "=1+1",
            "1e308",
            "-0",
        ]
    )
    return loaded(ground, f"data/{name}.csv", csv_of(rows), None)


@kind("cells")
def sound_cell(rng: random.Random, ground: Ground) -> Attack:
    """A note or a title with any words in it, a number written otherwise."""
    rows = rows_of(ground, "observations")
    at = rng.randrange(1, len(rows))
    column = rows[0].index(rng.choice(["note_zh", "value"]))
    if rows[0][column] == "value":
        whole, dot, part = rows[at][column].partition(".")
        rows[at][column] = f"{whole}.{part}0" if dot and "e" not in part else rows[at][column]
    else:
        rows[at][column] = rng.choice(["一句话", 'with "quotes", commas', "两行\n的注", "emoji 🙂"])
        rows[at][rows[0].index("note_en")] = "a note"
    return loaded(ground, "data/observations.csv", csv_of(rows), True)


# rows


@kind("rows")
def torn(rng: random.Random, ground: Ground) -> Attack:
    """A row cut short, grown, or with a quote that never ends."""
    name = rng.choice(TABLES)
    lines = (ground.project.data / f"{name}.csv").read_text("utf-8-sig").splitlines()
    at = rng.randrange(1, len(lines))
    line = lines[at]
    cells = line.split(",")
    lines[at] = rng.choice(
        [
            line + ",",
            line + ",x",
            ",".join(cells[:-1]),
            cells[0],
            f'"{line}',
            f'{cells[0]},"{",".join(cells[1:])}',
        ]
    )
    return loaded(ground, f"data/{name}.csv", "\n".join(lines) + "\n", False, f"data/{name}.csv", "line")


@kind("rows")
def head(rng: random.Random, ground: Ground) -> Attack:
    """A header with a column lost, doubled, renamed or elsewhere, or no header."""
    name = rng.choice(TABLES)
    rows = rows_of(ground, name)
    at = rng.randrange(len(rows[0]))
    rows[0] = rng.choice(
        [
            rows[0][:at] + rows[0][at + 1 :],
            [*rows[0], rows[0][at]],
            [*rows[0][:at], f"{rows[0][at]}x", *rows[0][at + 1 :]],
            rows[0][1:] + rows[0][:1],
            rows[1],
            [one.upper() for one in rows[0]],
        ]
    )
    return loaded(ground, f"data/{name}.csv", csv_of(rows), False, f"data/{name}.csv", "line 1")


@kind("rows")
def twice(rng: random.Random, ground: Ground) -> Attack:
    """A row, or the header, that stands twice."""
    name = rng.choice(["observations", "sources", "places", "indicators", "plan_goals"])
    rows = rows_of(ground, name)
    rows.insert(rng.randrange(1, len(rows)), list(rng.choice(rows)))
    return loaded(ground, f"data/{name}.csv", csv_of(rows), False, f"data/{name}.csv", "line")


@kind("rows")
def lost(rng: random.Random, ground: Ground) -> Attack:
    """Rows that others rest on, or all of them, gone."""
    name = rng.choice(["sources", "places", "indicators"])
    rows = rows_of(ground, name)
    used = {cell for table in ("observations",) for row in rows_of(ground, table) for cell in row}
    gone = rng.choice([row for row in rows[1:] if row[0] in used])
    if rng.random() < 0.2:
        return loaded(ground, f"data/{name}.csv", csv_of(rows[:1]), False, f"{name}.csv")
    return loaded(ground, f"data/{name}.csv", csv_of([row for row in rows if row != gone]), False, gone[0])


@kind("rows")
def sound_rows(rng: random.Random, ground: Ground) -> Attack:
    """Rows in another order, and a blank line at the end."""
    rows = rows_of(ground, "observations")
    order = rows[1:]
    rng.shuffle(order)
    return loaded(ground, "data/observations.csv", csv_of([rows[0], *order]) + rng.choice(["", "\n"]), True)


# encodings


@kind("encodings")
def saved_otherwise(rng: random.Random, ground: Ground) -> Attack:
    """A table as a program of an office saves it."""
    name = rng.choice(TABLES)
    text = (ground.project.data / f"{name}.csv").read_text("utf-8-sig")
    code, sound = rng.choice(
        [
            ("utf-8", True),
            ("utf-8-sig", True),
            ("gb18030", False),
            ("utf-16", False),
            ("utf-16-be", False),
            ("big5", False),
            ("utf-32", False),
        ]
    )
    ends = rng.choice(["\n", "\r\n"])
    data = text.replace("\n", ends).encode(code, "replace")
    return loaded(
        ground,
        f"data/{name}.csv",
        data,
        sound if not sound or ends == "\n" else True,
        *([] if sound else [f"data/{name}.csv"]),
    )


@kind("encodings")
def spoilt_bytes(rng: random.Random, ground: Ground) -> Attack:
    """A byte that is no UTF-8, a character that is no text, a wrong encoding read and saved again."""
    name = rng.choice(TABLES)
    data = (ground.project.data / f"{name}.csv").read_bytes()
    at = rng.randrange(data.index(b"\n"), len(data))
    text = data.decode("utf-8-sig")
    spoils = [
        data[:at] + bytes([rng.choice([0xFF, 0xFE, 0xC0])]) + data[at:],
        data[:at] + b"\x00" + data[at:],
        text.encode().decode("latin-1").encode(),
        text.encode().decode("gb18030", "replace").encode(),
        b"",
        data[: len(data) // 2],
    ]
    return loaded(ground, f"data/{name}.csv", rng.choice(spoils), None)


# packages


def package(ground: Ground) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((ground.folder / PACKAGE).read_text("utf-8"))
    return content


@kind("packages")
def another_kind(rng: random.Random, ground: Ground) -> Attack:
    """A value of another kind, or nothing where something has to be."""
    content = package(ground)
    way = rng.choice(
        [way for way in ways(content) if len(way) < 8 and way[-1] not in ("description", "title")]
    )
    value = rng.choice(
        [
            None,
            1,
            "x",
            [],
            {},
            True,
            [1],
            {"a": 1},
            "../../etc/passwd",
            "/etc/passwd",
            "http://x.y/z.csv",
            -1e308,
            "(",
            "a" * 5000,
        ]
    )
    reach(content, way[:-1])[way[-1]] = value
    return loaded(ground, PACKAGE, json.dumps(content), None)


@kind("packages")
def lost_part(rng: random.Random, ground: Ground) -> Attack:
    """A part gone, doubled, or under another name."""
    content = package(ground)
    way: Way = rng.choice([way for way in ways(content) if len(way) < 8])
    around = reach(content, way[:-1])
    how = rng.random()
    held = around.pop(way[-1])
    if how < 0.4 and isinstance(around, list):
        around += [held, held]
    elif how < 0.6 and isinstance(around, dict):
        around[f"{way[-1]}x"] = held
    return loaded(ground, PACKAGE, json.dumps(content), None)


@kind("packages")
def needed_part(rng: random.Random, ground: Ground) -> Attack:
    """Something without which no table can be read: gone, or no such thing."""
    content = package(ground)
    at = rng.randrange(len(content["resources"]))
    way: Way = rng.choice(
        [
            ("resources",),
            ("resources", at),
            ("resources", at, "name"),
            ("resources", at, "path"),
            ("resources", at, "schema"),
            ("resources", at, "schema", "fields"),
            ("resources", at, "schema", "fields", 0),
            ("resources", at, "schema", "fields", 0, "name"),
            ("resources", at, "schema", "fields", 0, "type"),
        ]
    )
    value = rng.choice([None, 7, True, [], {}, "nothing", 1.5])
    reach(content, way[:-1])[way[-1]] = value
    return loaded(ground, PACKAGE, json.dumps(content), False, PACKAGE)


@kind("packages")
def leads_away(rng: random.Random, ground: Ground) -> Attack:
    """A table outside the data, a folder, or no file."""
    content = package(ground)
    resource = rng.choice(content["resources"])
    resource["path"] = rng.choice(
        [
            "../data/observations.csv",
            "/etc/passwd",
            "/dev/zero",
            "/dev/stdin",
            ".",
            "..",
            "",
            "nothing.csv",
            "a\x00b",
            "http://127.0.0.1/x.csv",
            "C:\\x.csv",
            "~/x.csv",
            "x" * 5000,
            "sub/../observations.csv",
            ["observations.csv"],
            "datapackage.json",
        ]
    )
    return loaded(ground, PACKAGE, json.dumps(content), False)


@kind("packages")
def rules(rng: random.Random, ground: Ground) -> Attack:
    """A rule of a column, a key or a reference that means nothing."""
    content = package(ground)
    schema = rng.choice(content["resources"][:4])["schema"]
    field = rng.choice(schema["fields"])
    choice = rng.randrange(6)
    if choice == 0:
        field.setdefault("constraints", {})["pattern"] = rng.choice(
            ["(", "(a+)+$", "[", 5, None, "(?P<x", "*"]
        )
    elif choice == 1:
        field.setdefault("constraints", {})["enum"] = rng.choice([5, "abc", None, [[]], [{}], [1]])
    elif choice == 2:
        field.setdefault("constraints", {})[rng.choice(["minimum", "maximum"])] = rng.choice(
            ["x", None, [], float("nan"), True]
        )
    elif choice == 3:
        schema["primaryKey"] = rng.choice(["nothing", ["nothing"], 5, None, [[]], {}, [5]])
    elif choice == 4:
        schema["foreignKeys"] = rng.choice(
            [
                5,
                [5],
                [{}],
                [{"fields": "nothing", "reference": {"resource": "sources", "fields": "source"}}],
                [{"fields": "source", "reference": {"resource": "nothing", "fields": "source"}}],
                [{"fields": field["name"], "reference": {"resource": "sources", "fields": "nothing"}}],
                [{"fields": ["a"], "reference": None}],
            ]
        )
    else:
        field["type"] = rng.choice(["integer", "boolean", "date", "nothing", 5, None, [], "numbers", {}])
    return loaded(ground, PACKAGE, json.dumps(content), None)


@kind("packages")
def no_package(rng: random.Random, ground: Ground) -> Attack:
    """A package that is no JSON, or JSON of another kind, of any size and depth."""
    text = json.dumps(package(ground))
    at = rng.randrange(len(text))
    content = rng.choice(
        [
            "",
            "null",
            "[]",
            "5",
            '"x"',
            "{}",
            '{"resources": null}',
            '{"resources": {}}',
            '{"resources": [null]}',
            '{"resources": "x"}',
            "{",
            text[:at],
            text[:at] + rng.choice('{}[],:"\\\x00') + text[at:],
            "[" * 100_000,
            '{"a":' * 50_000,
            "NaN",
            "Infinity",
            "\ufeff{}",
            "9" * 10_000,
            text + text,
            text.encode("utf-16"),
            text.encode()[:at] + b"\xff" + text.encode()[at:],
            text + " " * 30_000_000,
        ]
    )
    inside = isinstance(content, str) and content.startswith(text[:at]) and len(content) == len(text) + 1
    padded = isinstance(content, str) and content.startswith(text) and content.strip() == text
    return loaded(ground, PACKAGE, content, None if inside or padded else False, PACKAGE)


@kind("packages")
def sound_package(rng: random.Random, ground: Ground) -> Attack:
    """Other words, more properties, another layout or order."""
    content = package(ground)
    content["title"] = rng.choice(["另一个标题", "x" * 3000, "<b>"])
    content["contributors"] = [{"title": "somebody"}]
    rng.shuffle(content["resources"])
    for resource in content["resources"]:
        resource["licenses"] = [{"name": "x"}]
    return loaded(
        ground,
        PACKAGE,
        json.dumps(content, indent=rng.choice([None, 1, 4]), ensure_ascii=rng.random() < 0.5),
        True,
    )
