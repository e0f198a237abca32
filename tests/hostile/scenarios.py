"""Scenario files and values set for one run."""

import copy
import json
import random
import string
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from futian_model.errors import InputError, InputErrors
from futian_model.evidence import Evidence
from futian_model.report import ScenarioReport
from futian_model.scenario import Scenario, attempt_all, load_scenario
from futian_model.scenario.complete import as_yaml
from futian_model.simulation import rehearse, simulate
from tests.hostile.attack import Attack, Ground, Unrunnable, kind

FILE = "params/probe.yaml"
Way = tuple[str | int, ...]
TEXTS = {"zh": "试验", "en": "Trial"}
FULL_WIDTH = str.maketrans("0123456789.:,{}[]-\"'%", "０１２３４５６７８９．：，｛｝［］－“‘％")


def first_year(evidence: Evidence) -> int:
    """The first year that levers move; what every scenario asks of the evidence is worked out here."""
    trend = load_scenario("evidence_trend", evidence.project, evidence=evidence)
    rehearse(trend, evidence)
    return trend.assumptions.span(evidence).jump_off + 1


def base(first: int) -> dict[str, Any]:
    """A sound scenario that states something of everything."""
    return {
        "id": "probe",
        "title": dict(TEXTS),
        "description": {"zh": "一项试验。", "en": "A trial."},
        "extends": "evidence_trend",
        "levers": {
            "growth": {
                "block": "path",
                "phases": [
                    {"start": first, "end": 2030, "growth_rate": 0.05},
                    {
                        "start": 2031,
                        "end": 2035,
                        "shape": "ramp",
                        "growth_rate": 0.05,
                        "to": 0.03,
                        "at": 2035,
                    },
                ],
            },
            "population": {"block": "path", "phases": [{"start": first, "end": 2035, "growth_rate": 0.01}]},
            "shares": {"headquarters_share": {"block": "target", "targets": [{"year": 2035, "value": 0.4}]}},
            "firms": {
                "share": "headquarters_share",
                "groups": {"value": 100, "low": 50, "high": 300},
                "departures": {"three": {"title": dict(TEXTS), "largest": 3, "year": 2028}},
            },
            "events": {
                "shock": {"title": dict(TEXTS), "on": "growth", "start": 2028, "size": -0.03, "made_up": 0.5}
            },
        },
        "assumptions": {
            "horizon": 2035,
            "uncertainty": {"scale": 1.0, "correlation": {"growth": {"population": 0.2}}},
        },
        "judgments": {
            "hetao": {
                "on": "growth",
                "start": 2029,
                "end": 2030,
                "size": 0.5,
                "author": "王敏",
                "date": "2026-03-15",
                "reason": {"zh": "理由", "en": "A reason"},
            }
        },
        "run": {"draws": 100, "seed": 1},
    }


def ways(content: Any, at: Way = ()) -> Iterator[Way]:
    """The way to everything inside."""
    inside: Any = content.items() if isinstance(content, dict) else enumerate(content)
    for key, inner in inside:
        yield (*at, key)
        if isinstance(inner, dict | list):
            yield from ways(inner, (*at, key))


def reach(content: Any, way: Way) -> Any:
    for part in way:
        content = content[part]
    return content


def put(content: Any, way: Way, value: Any) -> Any:
    """The content with another value at a way's end."""
    changed = copy.deepcopy(content)
    reach(changed, way[:-1])[way[-1]] = value
    return changed


def named(way: Way) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in way).lstrip(".")


def leaf(rng: random.Random, content: Any, *kinds: type) -> Way:
    """The way to some value of these types."""
    every = [way for way in ways(content) if type(reach(content, way)) in kinds]
    return rng.choice(every)


def probe(
    ground: Ground,
    content: Any,
    sound: bool | None,
    *names: str,
    overrides: str = "",
    run: bool = False,
    file: bool = True,
) -> Attack:
    """A file with this content, checked as every command checks it, and reported where that is asked for."""
    if isinstance(content, dict):
        content = as_yaml(content)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")

    def act() -> None:
        path = ground.folder / FILE
        path.write_bytes(data)
        faults, evidence = list[InputError](), ground.evidence.copy(ground.project)
        try:
            for one in attempt_all([path], ground.project, evidence, overrides):
                faults += one.faults
                if one.scenario is not None:
                    rehearse(one.scenario, evidence)
                    if run:
                        reported(one.scenario, evidence)
        finally:
            path.unlink()
        if faults:
            raise InputErrors(faults)

    return Attack(act, sound, (("params/",) if file else ()) + names)


def reported(scenario: Scenario, evidence: Evidence) -> None:
    """A report of what checks accepted."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            for reading in ("given_scenario", "given_evidence"):
                made = simulate(scenario, evidence, draws=50, reading=reading)
                for name in made.indicators:
                    if not np.isfinite(made.central[name]).all():
                        raise Unrunnable(f"{name} is not finite")
            report = ScenarioReport(scenario, "en", evidence=evidence, draws=50)
            for part in (*ScenarioReport.sections(), "record"):
                getattr(report, part)()
    except InputError as fault:
        raise Unrunnable(f"checked, and refused in the report: {fault}") from fault


# structure: what makes a file YAML


@kind("structure")
def sound_in_any_style(rng: random.Random, ground: Ground) -> Attack:
    """The same content in block style, as JSON, with comments, CRLF, a mark, keys in another order."""
    content = base(ground.first)
    items = list(content.items())
    rng.shuffle(items)
    text = rng.choice([as_yaml, lambda one: json.dumps(one, ensure_ascii=rng.random() < 0.5)])(dict(items))
    text = (
        rng.choice(["", "# first\n", "---\n", "%YAML 1.2\n---\n"])
        + text
        + rng.choice(["", "\n...\n", "\n# end"])
    )
    if rng.random() < 0.3:
        text = text.replace("\n", "\r\n")
    return probe(ground, rng.choice([b"", b"\xef\xbb\xbf"]) + text.encode(), True)


@kind("structure")
def character_lost_or_put_in(rng: random.Random, ground: Ground) -> Attack:
    """One sign of the syntax taken away, doubled or put somewhere."""
    text = rng.choice([as_yaml, json.dumps])(base(ground.first))
    at = rng.choice([at for at, sign in enumerate(text) if sign in ":{}[],\n \"'-"])
    sign = rng.choice(":{}[],\n\t\"'-&*!|>%@`#?")
    text = rng.choice(
        [text[:at] + text[at + 1 :], text[:at] + sign + text[at:], text[:at] + sign + text[at + 1 :]]
    )
    return probe(ground, text, None)


@kind("structure")
def line_moved(rng: random.Random, ground: Ground) -> Attack:
    """A line indented otherwise, cut, doubled or gone."""
    lines = as_yaml(base(ground.first)).splitlines()
    at = rng.randrange(len(lines))
    line = lines[at]
    lines[at : at + 1] = rng.choice(
        [
            [],
            [line, line],
            [" " * rng.randint(1, 9) + line],
            [line.strip()],
            [line[: len(line) // 2]],
            ["\t" + line],
        ]
    )
    return probe(ground, "\n".join(lines), None)


@kind("structure")
def not_plain_yaml(rng: random.Random, ground: Ground) -> Attack:
    """Anchors, aliases, tags, merge keys, keys that are no names, other documents, another YAML."""
    text = as_yaml(base(ground.first))
    value, told = rng.choice(
        [
            ("run: &a {draws: 5}", "&a"),
            ("run: *a", "*a"),
            ("run: !!python/object:os.system {draws: 5}", "!!python/object:os.system"),
            ("run: !!map {draws: 5}", "!!map"),
            ("run: {<<: {draws: 5}}", "<<"),
            ("? [a, b]\n: 1", "key"),
            ("? {a: b}\n: 1", "key"),
            ("---\nrun: {}", "document"),
            ("...\n---\nrun: {}", "document"),
        ]
    )
    text = text[: text.rindex("run:")]
    where = rng.random()
    if where < 0.2 and value.startswith("run"):
        return probe(ground, f"{value}\n{text}", False, told)
    return probe(ground, text + value + "\n", False, told)


@kind("structure")
def no_mapping(rng: random.Random, ground: Ground) -> Attack:
    """A file that holds a list, a word, a number, nothing, or another YAML."""
    content, told = rng.choice(
        [
            ("- id: probe\n- title: x\n", "{'id': 'probe'}"),
            ("probe\n", "'probe'"),
            ("42\n", "42"),
            ("", "empty"),
            ("# nothing\n", "empty"),
            ("null\n", "empty"),
            ("%YAML 1.1\n---\nid: probe\n", "YAML 1.1"),
            ("%YAML 3.0\n---\nid: probe\n", "YAML 3.0"),
        ]
    )
    return probe(ground, content, False, told)


@kind("structure")
def full_width(rng: random.Random, ground: Ground) -> Attack:
    """Signs of the syntax as a Chinese keyboard types them."""
    lines = as_yaml(base(ground.first)).splitlines()
    at = rng.choice([at for at, line in enumerate(lines) if not line.rstrip().endswith(":")])
    key, _, value = lines[at].partition(": ")
    lines[at], told = rng.choice(
        [
            (f"{key}：{value}", "full-width ："),
            (f"{key}： {value}", "full-width ："),
            (f"{key}:\u3000{value}", "\\u3000"),
            ("\u3000" + lines[at], "\\u3000"),
        ]
    )
    return probe(ground, "\n".join(lines), False, told)


@kind("structure")
def full_width_value(rng: random.Random, ground: Ground) -> Attack:
    """A number or a name in full-width signs or quotes."""
    content = base(ground.first)
    way = leaf(rng, {part: content[part] for part in ("levers", "assumptions", "run")}, int, float)
    value = str(reach(content, way))
    wide = rng.choice([value.translate(FULL_WIDTH), f"“{value}”", f"‘{value}’", f"「{value}」"])
    return probe(ground, put(content, way, wide), False, named(way), wide, "full-width")


@kind("structure")
def full_width_flow(rng: random.Random, ground: Ground) -> Attack:
    """A flow mapping or list with full-width commas or brackets."""
    text = as_yaml({**base(ground.first), "title": None, "run": None})
    title, run, told = rng.choice(
        [
            ("{zh: 试验，en: Trial}", "{draws: 100, seed: 1}", "full-width ，"),
            ("{zh: 试验, en: Trial}", "{draws: 100，seed: 1}", "full-width ，"),
            ("{zh: 试验, en: Trial}", "｛draws: 100, seed: 1｝", "full-width ｛"),
            ("{zh：试验, en：Trial}", "{draws: 100, seed: 1}", "full-width ："),
            ("{zh: 试验； en: Trial}", "{draws: 100, seed: 1}", "full-width ；"),
        ]
    )
    text = text.replace("title: null", f"title: {title}").replace("run: null", f"run: {run}")
    return probe(ground, text, False, told)


# keys


@kind("keys")
def misspelt(rng: random.Random, ground: Ground) -> Attack:
    """A key with letters swapped, lost or doubled, in capitals, with a hyphen or a blank."""
    content = base(ground.first)
    free = ("events", "departures", "judgments", "correlation", "growth", "shares")
    way = rng.choice(
        [way for way in ways(content) if isinstance(way[-1], str) and (len(way) < 2 or way[-2] not in free)]
    )
    key = str(way[-1])
    at = rng.randrange(len(key))
    changed = rng.choice(
        [
            key[:at] + key[at + 1 :],
            key[:at] + key[at] + key[at:],
            key.upper(),
            f" {key}",
            key.replace("_", "-") + "_",
            f"{key}s",
            key[::-1],
            "".join(rng.choices(string.ascii_lowercase, k=9)),
            "名称",
        ]
    )
    around = reach(content, way[:-1])
    if changed in around or changed == key:
        changed = f"{key}x"
    other = copy.deepcopy(content)
    inside = reach(other, way[:-1])
    inside[changed] = inside.pop(key)
    return probe(ground, other, False, named((*way[:-1], changed)).strip())


@kind("keys")
def foreign(rng: random.Random, ground: Ground) -> Attack:
    """A key that belongs elsewhere or nowhere, of any length and kind."""
    content = base(ground.first)
    way = leaf(rng, content, dict)
    free = ("events", "departures", "judgments", "correlation", "growth", "shares")
    while way[-1] in free and not (way[-1] == "growth" and way[-2] == "levers"):
        way = leaf(rng, content, dict)
    key = rng.choice(
        ["__class__", "model_config", "1", "null", "true", "a" * 5000, "a.b", "x[0]", "键", "🙂", ""]
    )
    return probe(ground, put(content, (*way, key), 1), False, named(way))


@kind("keys")
def unprintable(rng: random.Random, ground: Ground) -> Attack:
    """A key with line ends, control characters, marks of direction."""
    content = base(ground.first)
    way = leaf(rng, content, dict)
    key = rng.choice(["a\nb", "a\x1b[31mb", "\u202eabc", "a\u200bb", "\x07", "a\u2028b", "a\tb"])
    return probe(ground, json.dumps(put(content, (*way, key), 1)), False, named(way))


@kind("keys")
def missing(rng: random.Random, ground: Ground) -> Attack:
    """A key that has to be there is not."""
    content = base(ground.first)
    way = rng.choice(
        [
            ("id",),
            ("title",),
            ("title", "zh"),
            ("description", "en"),
            ("levers", "growth", "phases", 0, "start"),
            ("levers", "growth", "phases", 0, "growth_rate"),
            ("levers", "growth", "phases", 1, "to"),
            ("levers", "growth", "phases", 1, "at"),
            ("levers", "firms", "share"),
            ("levers", "firms", "groups", "high"),
            ("levers", "events", "shock", "size"),
            ("levers", "events", "shock", "title"),
            ("levers", "shares", "headquarters_share", "targets", 0, "value"),
            ("judgments", "hetao", "author"),
            ("judgments", "hetao", "reason", "en"),
        ]
    )
    del reach(content, way[:-1])[way[-1]]
    return probe(ground, content, False, named(way))


@kind("keys")
def written_twice(rng: random.Random, ground: Ground) -> Attack:
    """A key that stands twice."""
    text = json.dumps(base(ground.first))
    key = rng.choice(["draws", "scale", "size", "author", "horizon", "share"])
    return probe(ground, text.replace(f'"{key}": ', f'"{key}": 1, "{key}": ', 1), False, key)


@kind("keys")
def wrong_kind(rng: random.Random, ground: Ground) -> Attack:
    """A value of another kind than its field takes."""
    content = base(ground.first)
    way = rng.choice([way for way in ways(content) if way[0] != "extends" and way[-1] not in ("end", "seed")])
    held = reach(content, way)
    others: list[Any] = [[], {}, "text", 7.5, True, [1, 2], {"a": 1}, ["a"], -(10**30), "2026-01-01", "=1+1"]
    kept = [one for one in others if not alike(one, held)]
    value = rng.choice(kept)
    return probe(ground, put(content, way, value), False if not isinstance(held, str) else None, named(way))


def alike(one: Any, held: Any) -> bool:
    """Whether a value may stand where another one does."""
    if isinstance(held, str):
        return isinstance(one, str)
    if isinstance(held, dict | list):
        return type(one) is type(held) and not one
    return isinstance(one, float) and isinstance(held, float)


# text


@kind("text")
def encoding(rng: random.Random, ground: Ground) -> Attack:
    """A file saved in another encoding."""
    text = as_yaml(base(ground.first))
    code, sound = rng.choice(
        [
            ("gb18030", False),
            ("utf-16", False),
            ("utf-16-le", False),
            ("big5", False),
            ("utf-32", False),
            ("utf-8-sig", True),
        ]
    )
    return probe(ground, text.encode(code, "replace"), sound)


@kind("text")
def broken_bytes(rng: random.Random, ground: Ground) -> Attack:
    """Bytes changed somewhere."""
    data = bytearray(as_yaml(base(ground.first)).encode())
    for _ in range(rng.randint(1, 4)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return probe(ground, bytes(data), None)


@kind("text")
def control_character(rng: random.Random, ground: Ground) -> Attack:
    """A character that no text should have."""
    text = as_yaml(base(ground.first))
    sign = rng.choice("\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x80\x9f\ufffe\uffff")
    at = rng.randrange(len(text))
    return probe(ground, text[:at] + sign + text[at:], False, f"U+{ord(sign):04X}")


@kind("text")
def nothing_said(rng: random.Random, ground: Ground) -> Attack:
    """A text that is empty, or that nobody sees."""
    content = base(ground.first)
    way = rng.choice(
        [
            ("title", "zh"),
            ("title", "en"),
            ("description", "zh"),
            ("judgments", "hetao", "author"),
            ("judgments", "hetao", "reason", "zh"),
            ("levers", "events", "shock", "title", "en"),
        ]
    )
    text = rng.choice(["", " ", "\n", "\t", "\u3000", "\u200b", "\u00a0", "\u2060\ufeff", "\u202e"])
    return probe(ground, put(content, way, text), False, named(way))


@kind("text")
def any_words(rng: random.Random, ground: Ground) -> Attack:
    """Texts that mean something to a page, a typesetter, a workbook or a shell: they are words here."""
    content = base(ground.first)
    text = rng.choice(
        [
            "<script>alert(1)</script>",
            "#set page(width: 1pt)",
            "$x^2$ *a* _b_ `c` @d #e",
            '=HYPERLINK("x")',
            "{assumptions.horizon}",
            "{} {0} {x} %s %(a)s",
            "\\\\ \\n \\x",
            "🙂👨‍👩‍👧 𠮷 é",
            "a" * 300,
            "字" * 200,
            "'\"“”‘’",
            "--set x=1; rm -rf",
            "第一行\n第二行",
            "A & B < C > D",
            "~",
            "null",
            "123",
            "true",
            "العربية",
        ]
    )
    way = rng.choice(
        [
            ("title", "en"),
            ("title", "zh"),
            ("description", "en"),
            ("levers", "events", "shock", "title", "zh"),
            ("judgments", "hetao", "reason", "en"),
        ]
    )
    return probe(ground, json.dumps(put(content, way, text)), True, run=rng.random() < 0.3)


@kind("text")
def bad_name(rng: random.Random, ground: Ground) -> Attack:
    """An id, a parent or a name of a judgment that is none."""
    content = base(ground.first)
    name = rng.choice(
        ["../x", "a/b", "A", "试验", "a b", "", "-a", "a" * 65, "a.yaml", ".", "a\nb", "C:\\x", "a;b"]
    )
    way: Way = rng.choice([("id",), ("extends",)])
    return probe(ground, json.dumps(put(content, way, name)), False, named(way))


# size


@kind("size")
def many(rng: random.Random, ground: Ground) -> Attack:
    """Thousands of events, judgments, phases, targets, correlations."""
    content, count = base(ground.first), rng.choice([300, 1000, 5000])
    event = {"title": {"zh": "a", "en": "a"}, "start": 2028, "size": 0.0001}
    judgment = content["judgments"]["hetao"]
    way, value = rng.choice(
        [
            (("levers", "events"), {f"e{at}": event for at in range(count)}),
            (("judgments",), {f"j{at}": judgment for at in range(count)}),
            (("levers", "growth", "phases"), [content["levers"]["growth"]["phases"][0]] * count),
            (
                ("levers", "firms", "departures"),
                {f"d{at}": content["levers"]["firms"]["departures"]["three"] for at in range(count)},
            ),
            (("levers", "growth"), {"block": "target", "targets": [{"goal": "gdp_double_2035"}] * count}),
            (("levers", "events"), {f"e{at}": {"x": 1} for at in range(count)}),
            (
                ("assumptions", "uncertainty", "correlation"),
                {f"c{at}": {"growth": 0.1} for at in range(count)},
            ),
            (("levers", "shares"), {f"s{at}": {"block": "trend"} for at in range(count)}),
        ]
    )
    return probe(ground, json.dumps(put(content, way, value), ensure_ascii=False), None, run=True)


@kind("size")
def large(rng: random.Random, ground: Ground) -> Attack:
    """Megabytes of words, comments, numbers or nothing."""
    text = as_yaml(base(ground.first))
    size = rng.choice([70_000, 1_000_000, 30_000_000])
    filling = rng.choice(["# words\n", " ", "\n", "a", "[", "- 1\n", "\x00", "字"])
    text = rng.choice([text + "\n", "", "x: "]) + filling * (size // len(filling))
    return probe(ground, text, False, "kB")


@kind("size")
def deep(rng: random.Random, ground: Ground) -> Attack:
    """Nested thousands deep."""
    depth = rng.choice([25, 100, 1000, 20_000])
    text = rng.choice(
        [
            "x: " + "[" * depth + "]" * depth,
            "x: " + "{a: " * depth + "1" + "}" * depth,
            "x: " + "- " * depth + "1",
            "".join(f"{' ' * at}a:\n" for at in range(min(depth, 300))),
            "[" * depth,
            "x: " + "? " * depth,
        ]
    )
    return probe(ground, text, False)


@kind("size")
def bomb(rng: random.Random, ground: Ground) -> Attack:
    """Aliases of aliases."""
    width, depth = rng.randint(2, 9), rng.randint(5, 40)
    lines = ["a0: &a0 [1]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * width)}]" for at in range(1, depth)]
    return probe(ground, "\n".join(lines), False, "&a0")


@kind("size")
def long_number(rng: random.Random, ground: Ground) -> Attack:
    """Numbers of thousands of digits, and beyond all measure."""
    content = base(ground.first)
    way = leaf(rng, {part: content[part] for part in ("levers", "assumptions", "run")}, int, float)
    digits = rng.choice(
        [
            "9" * 20,
            "9" * 5000,
            "1e308",
            "1e400",
            "-1e400",
            "0x" + "f" * 400,
            "1e-400",
            ".inf",
            "-.inf",
            ".nan",
        ]
    )
    text = as_yaml(put(content, way, "here")).replace("here", digits)
    told = way[:-1] if "groups" in way else way  # of a range it is the order that is told
    return probe(ground, text, None, named(told))


# semantics


def number(rng: random.Random) -> float:
    """Any number, the extremes among them."""
    usual = [
        -1.0,
        -0.999999,
        -0.5,
        -0.1,
        0.0,
        1e-9,
        0.01,
        0.05,
        0.5,
        0.999999,
        1.0,
        1.5,
        5.5,
        100.0,
        1e6,
        1e12,
        1e100,
        1e300,
    ]
    return rng.choice([*usual, rng.uniform(-1, 1), rng.uniform(-0.2, 0.2)])


@kind("semantics")
def out_of_range(rng: random.Random, ground: Ground) -> Attack:
    """A value beyond its range, or a year outside the scenario's."""
    content = base(ground.first)
    way, value = rng.choice(
        [
            (("levers", "growth", "phases", 0, "growth_rate"), rng.choice([5.5, 1, -1, 100.0])),
            (("levers", "growth", "phases", 0, "start"), rng.choice([2020, ground.first - 1, 2029, 1800])),
            (("levers", "growth", "phases", 1, "end"), rng.choice([2034, 2036, 2030, 3000])),
            (("levers", "growth", "phases", 1, "at"), rng.choice([2031, 2036, 0])),
            (("levers", "population", "phases", 0, "end"), rng.choice([2034, 2036])),
            (("levers", "shares", "headquarters_share", "targets", 0, "value"), rng.choice([0, 1, 55, -0.1])),
            (("levers", "shares", "headquarters_share", "targets", 0, "year"), rng.choice([2020, 2036])),
            (("levers", "firms", "share"), rng.choice(["gdp", "nothing", "digital_economy_share"])),
            (("levers", "firms", "departures", "three", "largest"), rng.choice([0, 51, -1])),
            (("levers", "firms", "departures", "three", "year"), rng.choice([2020, 2036])),
            (("levers", "events", "shock", "on"), rng.choice(["gdp", "headquarter_share", ""])),
            (("levers", "events", "shock", "start"), rng.choice([2020, 2036, ground.first - 1])),
            (("levers", "events", "shock", "size"), rng.choice([-1, -4, 10])),
            (("levers", "events", "shock", "made_up"), rng.choice([-0.1, 1.1, 50])),
            (("assumptions", "horizon"), rng.choice([2019, 2020, ground.first - 1, 2101, 9999])),
            (("assumptions", "base_year"), rng.choice([1800, 2101, 0, -5])),
            (("assumptions", "vintage"), rng.choice(["20", "2026-13", "now", "2021Q1"])),
            (("assumptions", "gdp_source"), rng.choice(["nobody", ""])),
            (("assumptions", "forecasts"), rng.choice(["yes", "Published"])),
            (("assumptions", "uncertainty", "scale"), rng.choice([-1, 11])),
            (("assumptions", "uncertainty", "skew"), rng.choice([-2, 2])),
            (("assumptions", "uncertainty", "degrees_of_freedom"), rng.choice([2, 0])),
            (("assumptions", "uncertainty", "correlation", "growth", "population"), rng.choice([1, -1, 2])),
            (("judgments", "hetao", "on"), rng.choice(["gdp", "digital_economy_share"])),
            (("judgments", "hetao", "start"), rng.choice([2020, 2036])),
            (("judgments", "hetao", "end"), rng.choice([2028, 2036])),
            (("judgments", "hetao", "size"), rng.choice([0, 11, -11])),
            (("judgments", "hetao", "date"), rng.choice(["2026-02-30", "15.3.2026", "2026-3-5"])),
            (("run", "draws"), rng.choice([0, -1, 1.5, 2_000_000_000])),
            (("run", "seed"), rng.choice([-1, 2**63])),
        ]
    )
    told = value if isinstance(value, str) else f"{value}"
    return probe(ground, put(content, way, value), False, named(way), told)


@kind("semantics")
def sound_values(rng: random.Random, ground: Ground) -> Attack:
    """Ordinary values of everything."""
    content = base(ground.first)
    rate = rng.uniform(-0.05, 0.12)
    for way, value in [
        (("levers", "growth", "phases", 0, "growth_rate"), rate),
        (("levers", "growth", "phases", 1, "growth_rate"), rate),
        (("levers", "growth", "phases", 1, "to"), rng.uniform(-0.03, 0.1)),
        (("levers", "population", "phases", 0, "growth_rate"), rng.uniform(-0.02, 0.05)),
        (("levers", "shares", "headquarters_share", "targets", 0, "value"), rng.uniform(0.1, 0.9)),
        (("levers", "events", "shock", "size"), rng.uniform(-0.3, 0.3)),
        (("levers", "events", "shock", "start"), rng.randint(ground.first, 2035)),
        (("assumptions", "uncertainty", "scale"), rng.uniform(0, 3)),
        (("judgments", "hetao", "size"), rng.choice([-1, 1]) * rng.uniform(0.1, 2)),
        (("run", "draws"), rng.randint(1, 400)),
        (("run", "seed"), rng.choice([None, rng.randint(0, 2**63 - 1)])),
    ]:
        if rng.random() < 0.6:
            content = put(content, way, value)
    if rng.random() < 0.6:
        content["levers"]["growth"] = rng.choice(
            [
                {"block": "trend"},
                {"block": "target", "targets": [{"goal": "gdp_double_2035"}]},
                {"block": "target", "targets": [{"goal": "gdp_per_capita_double_2035"}]},
                {
                    "block": "target",
                    "targets": [{"indicator": "real_gdp", "year": 2035, "multiple": rng.uniform(1.5, 3)}],
                },
                {
                    "block": "context",
                    "city": "city_lead_fades",
                    "nation": "nation_trend",
                    "differential": {"block": "trend"},
                },
            ]
        )
    return probe(ground, content, True, run=rng.random() < 0.25)


@kind("semantics")
def any_values(rng: random.Random, ground: Ground) -> Attack:
    """Several numbers and years of a scenario at once, however odd: what checks accept runs."""
    content = base(ground.first)
    for _ in range(rng.randint(1, 3)):
        way = leaf(rng, {part: content[part] for part in ("levers", "assumptions", "run")}, int, float)
        held = reach(content, way)
        value: Any = number(rng)
        if isinstance(held, int) and 1900 < held < 2200:
            value = rng.choice([held + rng.randint(-6, 60), rng.randint(1900, 2200)])
        content = put(content, way, min(int(abs(value)), 300) if way[-1] == "draws" else value)
    return probe(ground, content, None, run=True)


@kind("semantics")
def any_years(rng: random.Random, ground: Ground) -> Attack:
    """Base years, horizons and vintages in any combination."""
    content = base(ground.first)
    content["levers"] = {"growth": rng.choice(["trend", "target"])}
    content["levers"]["growth"] = {"block": "trend"}
    content.pop("judgments")
    content["assumptions"] = {
        "base_year": rng.choice([2020, rng.randint(1979, 2040), rng.randint(2015, 2027)]),
        "horizon": rng.choice([2035, rng.randint(1990, 2110), rng.randint(2021, 2045)]),
        "vintage": rng.choice(
            ["latest", str(rng.randint(1985, 2040)), f"{rng.randint(2015, 2027)}-{rng.randint(1, 12):02}"]
        ),
        "counterfactual": rng.random() < 0.4,
        "forecasts": rng.choice(["published", "none"]),
    }
    source = rng.choice(list(ground.evidence.sources.index))
    if rng.random() < 0.3:
        content["assumptions"][rng.choice(["gdp_source", "population_source"])] = source
    if rng.random() < 0.3:
        content["assumptions"]["base"] = {
            rng.choice(["gdp", "average_population"]): rng.choice([1e-300, 1e-3, 4800.0, 1e15, 1e308])
        }
    return probe(ground, content, None, run=True)


@kind("semantics")
def any_targets(rng: random.Random, ground: Ground) -> Attack:
    """Targets of every size, beside each other and beside a population that follows from them."""
    content = base(ground.first)

    def size() -> float:
        return rng.choice([1e-300, 1e-9, 0.1, 0.9, 1, 2, 3, 10, 1e4, 1e9, 1e50, 1e200, 1e308])

    def target(indicator: str) -> dict[str, Any]:
        how = rng.choice(["value", "multiple"])
        return {"indicator": indicator, "year": rng.randint(ground.first, 2035), how: size()}

    goals = [str(name) for name in ground.evidence.goals.index]
    growth = [target(rng.choice(["real_gdp", "real_gdp_per_capita"])) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.4:
        growth.append({"goal": rng.choice(goals)})
    content["levers"]["growth"] = {"block": "target", "targets": growth}
    if rng.random() < 0.5:
        people = [target("real_gdp_per_capita") for _ in range(rng.randint(1, 2))]
        content["levers"]["population"] = {"block": "implied", "targets": people}
    share = rng.choice([1e-300, 1e-9, 0.5, 1 - 1e-9, 0.9999999999999999])
    content["levers"]["shares"]["headquarters_share"]["targets"][0]["value"] = share
    return probe(ground, content, None, run=True)


@kind("semantics")
def any_blocks(rng: random.Random, ground: Ground) -> Attack:
    """Blocks of every kind with every other, some with fields of another."""
    content = base(ground.first)
    first = ground.first
    rates = {
        "phases": [
            {"start": first, "end": 2035, "growth_rate": rng.choice([-0.999, -0.1, 0, 0.05, 0.5, 0.999])}
        ]
    }
    level = {"phases": [{"start": first, "end": 2035, "value": rng.choice([1e-9, 0.3, 0.5, 0.999999])}]}
    gap = {
        "block": "path",
        "phases": [{"start": first, "end": 2035, "growth_gap": rng.choice([-0.9, 0, 0.02, 0.9])}],
    }
    lead = rng.choice([{"block": "trend"}, {"block": "none"}, gap])
    files = [path.stem for path in (ground.project.params / "context").glob("*.yaml")]
    blocks: list[Any] = [
        {"block": "trend"},
        {"block": "path", **rates},
        {"block": "target", "targets": [{"goal": "gdp_double_2035"}]},
        {
            "block": "production",
            "capital_share": rng.choice([0.01, 0.4, 0.99]),
            "depreciation": rng.choice([0, 0.05, 1]),
            "capital_output_ratio": rng.choice([1e-6, 3, 1e6]),
            "investment_share": level,
            "human_capital_growth": rates,
            "tfp_growth": rates,
        },
        {
            "block": "context",
            "city": rng.choice(files),
            "nation": rng.choice([*files, None]),
            "differential": lead,
        },
        {
            "block": "context",
            "city": {"id": "c", "place": "city", "title": TEXTS, "growth": {"block": "path", **rates}},
            "differential": lead,
        },
        {"block": "none"},
        {"block": "implied", "targets": [{"goal": "gdp_per_capita_double_2035"}]},
        lead,
    ]
    content["levers"]["growth"] = rng.choice(blocks[:6] if rng.random() < 0.8 else blocks)
    content["levers"]["population"] = rng.choice(
        [blocks[0], blocks[1], blocks[-2]] if rng.random() < 0.8 else blocks
    )
    content["levers"]["shares"]["headquarters_share"] = rng.choice(
        [blocks[0], {"block": "path", **level}, None]
    )
    content["assumptions"]["deflator"] = rng.choice([blocks[0], blocks[1]])
    if rng.random() < 0.3:
        block = content["levers"]["growth"]
        block[rng.choice(list(blocks[3]))] = rng.choice([1, "x", None, []])
    return probe(ground, content, None, run=True)


@kind("semantics")
def any_firms(rng: random.Random, ground: Ground) -> Attack:
    """Firms and events at the ends of their ranges."""
    content = base(ground.first)
    low = rng.choice([0, 1, 3, 50, 1e6, 1e12])
    value = low * rng.choice([1, 1.5, 10])
    content["levers"]["firms"] = {
        "share": "headquarters_share",
        "groups": {"low": low, "value": value, "high": value * rng.choice([1, 2, 1e3])},
        "tail": {"low": 0, "value": rng.choice([0, 1, 5, 100, 1e5]), "high": 1e5},
        "relocation": rng.choice([0, 0.1, 1]),
        "entry": rng.choice([0, 0.1, 10]),
        "entrant_size": rng.choice([1e-12, 0.01, 1]),
        "spillover": rng.choice([0, 0.5, 5]),
        "departures": {
            f"d{at}": {
                "title": TEXTS,
                "largest": rng.choice([1, 3, 50]),
                "year": rng.randint(ground.first, 2035),
            }
            for at in range(rng.randint(0, 3))
        },
    }
    content["levers"]["events"] = {
        f"e{at}": {
            "title": TEXTS,
            "on": rng.choice(["growth", "population", "deflator", "headquarters_share"]),
            "start": rng.randint(ground.first, 2035),
            "size": rng.choice([-0.999999, -0.5, 0, 1, 9.99]),
            "duration": rng.choice([1, 5, 80]),
            "made_up": rng.choice([0, 0.5, 1]),
            "recovery": rng.choice([1, 80]),
        }
        for at in range(rng.randint(0, 40))
    }
    return probe(ground, content, None, run=True)


# grids


def gridded(ground: Ground, grid: Any) -> str:
    return as_yaml({**base(ground.first), "grid": grid})


@kind("grids")
def sound_grid(rng: random.Random, ground: Ground) -> Attack:
    """Values of some fields in turn."""
    axes: dict[str, list[Any]] = {
        "assumptions.uncertainty.scale": [0.5, 1, 2.0],
        "levers.growth.phases[0].growth_rate": [0.03, 0.05],
        "assumptions.vintage": ["2021-10", "latest", "2025"],
        "run.seed": [1, 2, None],
        "assumptions.counterfactual": [True, False],
        "levers.events.shock.size": [-0.1, 0.1],
    }
    if rng.random() < 0.7:  # vintages and counterfactuals move the first year of the phases
        axes = {name: axis for name, axis in axes.items() if "vintage" not in name and "count" not in name}
        sound = True
    else:
        sound = None
    chosen = rng.sample(list(axes), rng.randint(1, 2))
    return probe(ground, gridded(ground, {name: axes[name] for name in chosen}), sound)


@kind("grids")
def faulty_grid(rng: random.Random, ground: Ground) -> Attack:
    """A grid that is none, or fields and values that cannot vary."""
    field = "assumptions.uncertainty.scale"
    grid, told = rng.choice(
        [
            (3, "grid"),
            ([], "grid"),
            ({}, "grid"),
            ("x", "grid"),
            ([{field: [1]}], "grid"),
            (True, "grid"),
            ({field: []}, field),
            ({field: 1}, field),
            ({field: {"a": 1}}, field),
            ({field: [[1]]}, field),
            ({field: [1, 1]}, field),
            ({field: [{"a": 1}]}, field),
            ({field: ["a;b"]}, "a;b"),
            ({"scale": [1, 2]}, "scale"),
            ({"id": ["a"]}, "id"),
            ({"judgments.hetao.size": [1]}, "judgments.hetao.size"),
            ({"assumptions..scale": [1]}, "assumptions..scale"),
            ({"assumptions.uncertainty.scal": [1, 2]}, "scal"),
            ({field: [1, 99]}, "99"),
            ({field: ["x"]}, "'x'"),
            ({"levers.growth.phases[9].growth_rate": [0.1]}, "phases[9]"),
            ({"run.seed": list(range(200)), "run.draws": list(range(1, 200))}, "39,800"),
            ({"run.draws": ["５"]}, "５"),
            ({"levers.growth.block": ["trend"], "levers.growth.phases[0].start": [1]}, "levers.growth"),
            ({"assumptions": [1]}, "assumptions"),
            ({"run.draws": [0]}, "run.draws"),
            ({"a" * 3000: [1]}, "grid"),
        ]
    )
    return probe(ground, gridded(ground, grid), False, told)


@kind("grids")
def many_points(rng: random.Random, ground: Ground) -> Attack:
    """More combinations than one file may stand for."""
    fields = ["run.seed", "run.draws", "assumptions.uncertainty.scale", "levers.events.shock.size"]
    count = rng.randint(2, 4)
    grid = {field: list(range(1, rng.choice([101, 300]) + rng.randint(0, 9))) for field in fields[:count]}
    return probe(ground, gridded(ground, grid), False, "grid", "combinations")


# set


@kind("set")
def sound_set(rng: random.Random, ground: Ground) -> Attack:
    """Values in place of the file's, quoted as people quote them."""
    quote = rng.choice(["{}", "'{}'", '"{}"'])
    overrides = rng.choice(
        [
            "assumptions.vintage=" + quote.format(f"{ground.first}-06"),
            "assumptions.vintage=" + quote.format(str(ground.first)),
            "assumptions.uncertainty.scale=2; run.seed=7",
            "assumptions.uncertainty.scale = 0.5 ;",
            "levers.growth.phases[0].growth_rate=0.04",
            "run.seed=null",
            "levers.events.shock.size=-1e-2",
            "assumptions.forecasts=" + quote.format("none"),
            "levers.population.block=trend",
            "levers.shares.headquarters_share.block=trend",
            f"assumptions.vintage=latest;levers.growth.phases[0].end=2030;run.draws={rng.randint(1, 300)}",
        ]
    )
    return probe(ground, base(ground.first), True, overrides=overrides)


@kind("set")
def faulty_set(rng: random.Random, ground: Ground) -> Attack:
    """Fields that there are not, values that cannot be, pieces that are no field=value."""
    overrides, told = rng.choice(
        [
            ("x", "'x'"),
            ("=", "="),
            ("run.draws=", "run.draws="),
            ("=5", "=5"),
            ("run.draws 5", "run.draws 5"),
            ("run.drawz=5", "run.drawz"),
            ("draws=5", "draws"),
            ("id=x", "'id'"),
            ("title.en=x", "title.en"),
            ("run.draws=0", "run.draws"),
            ("run.draws=1.5", "1.5"),
            ("run.draws='5'", "'5'"),
            ("run.draws=ten", "'ten'"),
            ("assumptions.uncertainty.scale=-1", "-1"),
            ("assumptions.uncertainty.scale=1,5", "1,5"),
            ("assumptions.uncertainty.scale=５", "５"),
            ("assumptions.uncertainty.scale＝5", "＝"),
            ("run.draws=5；run.seed=1", "；"),
            ("levers.growth.phases[9].growth_rate=0.1", "phases[9]"),
            ("levers.growth.phases[-1].growth_rate=0.1", "phases[-1]"),
            ("levers.growth.phases.0.growth_rate=0.1", "levers.growth.phases"),
            ("levers.growth.phases[0]=1", "levers.growth.phases[0]"),
            ("levers.growth=trend", "levers.growth"),
            ("levers.growth.block=trnd", "trnd"),
            ("levers=1", "levers"),
            ("assumptions.horizon=2020", "2020"),
            ("assumptions.horizon=abc", "'abc'"),
            ("assumptions.vintage=20211", "20211"),
            ("assumptions.vintage=2021-13", "2021-13"),
            ("assumptions..scale=1", "assumptions..scale"),
            ("levers.growth.phases[x].to=1", "phases[x]"),
            ("run.seed=" + "9" * 5000, "run.seed"),
            ("a" * 5000 + "=1", "aaa"),
            ("run.draws\n=5\n;x", "x"),
            ("judgments.hetao.size=2", "judgments.hetao.size"),
            ("run.draws=\x1b[31m", "run.draws"),
            ("levers.events.shock.on=gdp", "gdp"),
            ("assumptions.gdp_source=nobody", "nobody"),
            ("assumptions.uncertainty=5", "5"),
            ("run.draws.x=5", "run.draws"),
            ("assumptions.uncertainty.scale.x[0]=5", "assumptions.uncertainty.scale"),
            ("levers.events.new.size=0.1", "levers.events.new"),
            ("assumptions.uncertainty.scale=nan", "nan"),
            ("assumptions.uncertainty.scale=.nan", "nan"),
        ]
    )
    return probe(ground, base(ground.first), False, told, overrides=overrides, file=False)


@kind("set")
def any_set(rng: random.Random, ground: Ground) -> Attack:
    """Any piece of text."""
    pieces = [
        "run",
        ".",
        "draws",
        "=",
        ";",
        "5",
        "[0]",
        "levers",
        "growth",
        "phases",
        "'",
        '"',
        " ",
        "assumptions",
        "vintage",
        "2021",
        "[",
        "]",
        "null",
        "true",
        "：",
        "，",
        "\\",
        "{",
        "}",
        "-",
        "\n",
        "é",
    ]
    overrides = "".join(rng.choices(pieces, k=rng.randint(1, 14)))
    return probe(ground, base(ground.first), None, overrides=overrides, file=False)
