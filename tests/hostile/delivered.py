"""Files that come back from elsewhere, as `futian verify` reads them."""

import io
import json
import random
import re
import zipfile
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from futian_model.evidence import load_evidence
from futian_model.report import ScenarioReport, exports
from futian_model.report.page.document import MIME
from futian_model.report.page.packing import packed, unpacked
from futian_model.report.verify import verify
from futian_model.report.writers.formats import FORMATS
from futian_model.scenario import load_scenario
from tests.hostile.attack import Attack, Ground, Refused, kind
from tests.hostile.scenarios import reach, ways

FIGURE = "950.8"
"""Billions of 2035, twice those of 2020, as the report prints them."""
ZIPPED, TEXT = ("docx", "xlsx"), ("html", "md")


def files() -> dict[str, bytes]:
    """A report in every format, with its notebook and the pictures beside it."""
    evidence = load_evidence()
    report = ScenarioReport(
        load_scenario("double_gdp_2035", evidence=evidence), "en", evidence=evidence, draws=100
    )
    blocks = [getattr(report, name)() for name in ("cover", "answer", "goals", "record")]
    outputs = [new_output("display_data", {MIME: block.to_dict(), "text/plain": ""}) for block in blocks]
    notebook = new_notebook(
        cells=[new_code_cell("", id=f"c{at}", outputs=[one]) for at, one in enumerate(outputs)]
    )
    made = {"ipynb": nbformat.writes(notebook).encode()}
    for form, written in exports(notebook, list(FORMATS), "a").items():
        made[f"a.{form}"] = written.content
        made |= written.beside
    return made


def verified(ground: Ground, content: bytes, name: str, sound: bool | None, *names: str) -> Attack:
    """A file checked; what the verdict says against it is its refusal."""

    def act() -> None:
        folder = ground.folder / "delivered"
        if not folder.exists():
            folder.mkdir()
            for other, data in ground.delivered.items():
                (folder / other).write_bytes(data)
        verdict = verify(content, name, ground.evidence, folder)
        if not verdict.sound:
            said = [*verdict.edited, *verdict.unbound, *verdict.apart]
            named = [
                line if "; allowed: " in line else f"{line}; allowed: as it was delivered" for line in said
            ]
            raise Refused("\n".join(f"{name}: {line}" for line in named))

    return Attack(act, sound, names)


def chosen(rng: random.Random, ground: Ground, *forms: str) -> tuple[str, bytes]:
    name = f"a.{rng.choice(forms or list(FORMATS))}"
    return name, ground.delivered[name]


@kind("delivered files")
def as_delivered(rng: random.Random, ground: Ground) -> Attack:
    """Nothing changed."""
    name, content = chosen(rng, ground)
    return verified(ground, content, name, True)


@kind("delivered files")
def figure_changed(rng: random.Random, ground: Ground) -> Attack:
    """A figure of the text changed by hand."""
    name, content = chosen(rng, ground, *TEXT)
    figure = FIGURE.encode()
    return verified(
        ground, content.replace(figure, rng.choice([b"990.0", b"95.08", b"0.0", b"9508"]), 1), name, False
    )


@kind("delivered files")
def torn(rng: random.Random, ground: Ground) -> Attack:
    """Cut short, with bytes changed, empty, or of another format than its name says."""
    name, content = chosen(rng, ground)
    data = bytearray(content)
    for _ in range(rng.randint(1, 30)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    other = rng.choice([one for one in ground.delivered if one.startswith("a.")])
    return verified(
        ground,
        rng.choice(
            [
                bytes(data),
                content[: rng.randrange(len(content))],
                b"",
                b"\x00" * 5000,
                ground.delivered[other],
                content + content,
            ]
        ),
        name,
        None,
    )


def repacked(content: bytes, form: str, text: str) -> bytes:
    """A file that carries another notebook."""
    before = FORMATS[form].writer.carried(content)
    assert before is not None
    return content.replace(before.encode(), packed(text).encode())


@kind("delivered files")
def record_changed(rng: random.Random, ground: Ground) -> Attack:
    """A record whose inputs are of another kind, gone, or ask for more than anybody can."""
    name, content = chosen(rng, ground, *TEXT)
    carried = FORMATS[name[2:]].writer.carried(content)
    assert carried is not None
    notebook = json.loads(unpacked(carried))
    block = notebook["cells"][-1]["outputs"][0]["data"][MIME]
    inside: Any = block["inputs"] if rng.random() < 0.7 else block if rng.random() < 0.5 else notebook
    way = rng.choice(list(ways(inside)))
    around = reach(inside, way[:-1])
    held = around[way[-1]]
    if rng.random() < 0.25:
        del around[way[-1]]
    else:
        around[way[-1]] = rng.choice(
            [None, 1, "x", [], {}, True, [1], 10**9, 10**30, -1, "9" * 5000, {"a": held}]
        )
    return verified(ground, repacked(content, name[2:], json.dumps(notebook)), name, None)


@kind("delivered files")
def record_asks_too_much(rng: random.Random, ground: Ground) -> Attack:
    """A record that would take hours or gigabytes."""
    name, content = chosen(rng, ground, *TEXT)
    carried = FORMATS[name[2:]].writer.carried(content)
    assert carried is not None
    notebook = json.loads(unpacked(carried))
    inputs = notebook["cells"][-1]["outputs"][0]["data"][MIME]["inputs"]
    inputs["draws"] = rng.choice([10**9, 10**8, 10**18])
    return verified(ground, repacked(content, name[2:], json.dumps(notebook)), name, False)


@kind("delivered files")
def no_record(rng: random.Random, ground: Ground) -> Attack:
    """What is carried is no notebook: nested deep, a bomb, text, another kind of JSON."""
    name, content = chosen(rng, ground, *TEXT)
    text = rng.choice(
        [
            "[" * 5000,
            '{"a":' * 5000,
            "x",
            "5",
            "[]",
            "{}",
            " " * 70_000_000 if rng.random() < 0.1 else "null",
            '{"cells": []}',
            '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        ]
    )
    return verified(ground, repacked(content, name[2:], text), name, False, name)


@kind("delivered files")
def hostile_zip(rng: random.Random, ground: Ground) -> Attack:
    """A part of a zipped file that unpacks to gigabytes, names another file, or is gone."""
    name, content = chosen(rng, ground, *ZIPPED)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        parts = before.namelist()
        victim, how = rng.choice(parts), rng.randrange(5)
        for part in parts:
            data = before.read(part)
            if part == victim:
                if how == 0:
                    continue
                data = [
                    b"",
                    data,
                    b"<a>" + b" " * (100 if rng.random() < 0.1 else 1) * 10**6,
                    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
                    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">'
                    + b"".join(
                        b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 20 if at else b"aaaa")
                        for at in range(9)
                    )
                    + b"]><x>&a8;</x>",
                    re.sub(rb">[^<]", b">\xff", data, count=1),
                ][how + (rng.random() < 0.5)]
            after.writestr(part, data)
    return verified(ground, out.getvalue(), name, None)


@kind("delivered files")
def no_report(rng: random.Random, ground: Ground) -> Attack:
    """A name without a known ending, or a report of nobody."""
    name = rng.choice(
        ["a", "a.", "a.exe", ".docx", "a.docx", "a.html", "a.xlsx", "a.pdf", "a.md", "试验.html", "a.HTML"]
    )
    content = rng.choice([b"", b"x", b"<html></html>", b"PK\x03\x04", b"%PDF-1.7", b"\xff\xfe"])
    return verified(ground, content, name, False, name)
