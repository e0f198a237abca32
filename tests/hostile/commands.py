"""Command lines."""

import contextlib
import io
import random

from futian_model.cli import main
from tests.hostile.attack import Attack, Ground, Refused, kind


def command(arguments: list[str], sound: bool | None, *names: str) -> Attack:
    """A command run in this process; what it says on its way out is its refusal."""

    def act() -> None:
        told, out = io.StringIO(), io.StringIO()
        status: object = 0
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(out):
            try:
                status = main(arguments)
            except SystemExit as end:
                status = end.code
        # a verdict is no error: it is printed where results are
        said = (told.getvalue() or out.getvalue()).splitlines()
        usage = [line for line in said if line.startswith("futian") and ": error: " in line]
        if status == 0:
            return
        if status not in (1, 2) or not said:
            raise AssertionError(f"ends with {status} and says {said}")
        # argparse says what it allows in its usage
        raise Refused(
            "\n".join(f"{line} allowed: see the usage" if usage else line for line in usage or said)
        )

    return Attack(act, sound, names)


JUNK = (
    "",
    " ",
    "-",
    "--",
    "---",
    "-x",
    "--nothing",
    "nothing",
    "试验",
    "../..",
    "\x00",
    "a\nb",
    "\x1b[31m",
    "9" * 5000,
    "１",
    "-1",
    "1e3",
    "=",
    "%s",
    "{}",
    "*",
    "\udcff",
)


@kind("command lines")
def unknown(rng: random.Random, ground: Ground) -> Attack:
    """No command, another command, an option that there is not."""
    arguments = rng.choice(
        [
            [],
            ["nothing"],
            ["chek"],
            ["check", "--nothing"],
            ["check", "--nothing=1"],
            ["run", "--dry-run", "--nothing=1"],
            ["goal", "--lever"],
            ["show"],
            ["show", "nothing"],
            ["compare"],
            ["track"],
            ["track", "gdp"],
            ["verify"],
            ["init"],
            ["run", "--format"],
        ]
    )
    return command(
        arguments, False, *(rng.choice([[one] for one in arguments[-1:] if "nothing" in one] or [[]]))
    )


@kind("command lines")
def bad_value(rng: random.Random, ground: Ground) -> Attack:
    """An option with a value that it does not take."""
    option, value = rng.choice(
        [
            ("--lang", "de"),
            ("--lang", "ZH"),
            ("--format", "doc"),
            ("--format", "PDF"),
            ("--draws", "0"),
            ("--draws", "ten"),
            ("--draws", "1.5"),
            ("--draws", "１０"),
            ("--draws", "-5"),
            ("--seed", "x"),
            ("--seed", "-1"),
            ("--timeout", "0"),
            ("--retries", "-1"),
            ("--jobs", "0"),
            ("--executor", "cloud"),
            ("--edition", "plan_1999"),
            ("--edition", "../.."),
            ("--set", "x"),
            ("--set", "run.draws=x"),
            ("--scheduler", "x"),
        ]
    )
    named = [] if option == "--edition" else ["evidence_trend"]
    return command(["run", "--dry-run", *named, option, value], False, *value.split("="))


@kind("command lines")
def no_scenario(rng: random.Random, ground: Ground) -> Attack:
    """A scenario that there is not, for every command that takes one."""
    name = rng.choice(
        [one for one in JUNK if not one.startswith("-")]
        + ["evidence_trnd", "params", "nothing.yaml", "/etc/passwd.yaml", "data/observations.csv"]
    )
    before = rng.choice(
        [["check"], ["goal"], ["run", "--dry-run"], ["show", "scenario"], ["compare", "evidence_trend"]]
    )
    return command([*before, name], False)


@kind("command lines")
def no_figure(rng: random.Random, ground: Ground) -> Attack:
    """A figure that cannot be recorded."""
    usual = {
        "indicator": "gdp",
        "year": "2025",
        "value": "6000",
        "--unit": "亿元",
        "--source": "futian_14fyp",
        "--published": "2026-03",
    }
    field, value = rng.choice(
        [
            ("indicator", "gdpp"),
            ("indicator", ""),
            ("year", "2025Q9"),
            ("year", "next"),
            ("year", "２０２５"),
            ("value", "many"),
            ("value", "nan"),
            ("value", "1,234"),
            ("value", "-5"),
            ("value", "0"),
            ("value", "1e400"),
            ("--unit", "元元"),
            ("--unit", ""),
            ("--unit", "万人"),
            ("--source", "nobody"),
            ("--published", "2099"),
            ("--published", "x"),
            ("--published", "2026-13"),
            ("--price-basis", "real"),
            ("--place", "nowhere"),
            ("--basis", "census_1066"),
            ("--precision", "exact"),
            ("--kind", "rumour"),
            ("--scenario", "nothing"),
        ]
    )
    chosen = {**usual, field: value}
    plain = [chosen[name] for name in ("indicator", "year", "value")]
    options = [part for name, text in chosen.items() if name.startswith("--") for part in (name, text)]
    return command(["track", "--dry-run", *options, "--", *plain], False)


@kind("command lines")
def anything(rng: random.Random, ground: Ground) -> Attack:
    """Words of commands and of nobody in any order; nothing is written by these."""
    words = [
        "evidence_trend",
        "gdp",
        "--json",
        "--lang",
        "zh",
        "en",
        "--year",
        "2035",
        "--indicator",
        "--goal",
        "--lever",
        "growth",
        "--shape",
        "ramp",
        "--start",
        "--end",
        "--bounds",
        "-5,5",
        "real_gdp",
        "--place",
        "futian",
        *JUNK,
    ]
    begin = rng.choice(
        [
            ["check"],
            ["goal"],
            ["compare"],
            ["show", "data"],
            ["show", "scenario"],
            ["show", "round"],
            ["verify"],
            ["rounds"],
        ]
    )
    return command([*begin, *rng.choices(words, k=rng.randint(0, 4))], None)


@kind("command lines")
def sound_command(rng: random.Random, ground: Ground) -> Attack:
    """What README shows."""
    return command(
        rng.choice(
            [
                ["check", "evidence_trend"],
                ["check", "--json", "stagnation"],
                ["show", "data", "gdp"],
                ["show", "data", "gdp", "--lang", "zh"],
                ["show", "scenario", "three_engines"],
                ["run", "--dry-run"],
                ["run", "--dry-run", "--set", "assumptions.uncertainty.scale=2"],
                ["--version"],
                ["--help"],
                ["run", "--help"],
                ["show", "texts", "--lang", "en"],
                ["compare", "evidence_trend", "double_gdp_2035"],
                ["run", "--dry-run", "--set", "assumptions.vintage=2026"],
            ]
        ),
        True,
    )
