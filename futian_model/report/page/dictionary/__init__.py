"""What the codes of the results table mean, in words: indicators, statistics, readings, cases, units."""

from collections.abc import Iterator, Mapping

import pandas as pd

from futian_model.languages import LANGS, language
from futian_model.report.words.names import BLOCKS, FILED, METHODS, MOVED, PANELS, QUANTITIES, STATUS, WAYS
from futian_model.report.words.sentences import Words, capital, words
from futian_model.results import parameters
from futian_model.scenario.checks import DRIVERS
from futian_model.sensitivity import GROUPS, TAIL

ALL, QUANTILE, MEDIAN, SCORECARD = "all_goals", "p", "p50", "scorecard"
NAMED = {
    name: f"input_{name}" for name in ("capital", "public_capital", "labour", "human_capital", "tfp")
} | {"gdp_growth": "input_growth", "capital_output_ratio": "input_ratio", **QUANTITIES, **FILED}
"""Texts of what production is made of, of what the record forecasts, and of what rounds state."""
ENDS = ("low", "high", "se", "conf")
"""How statistics end that are an end of another one's range, or its error."""
LEVER = {TAIL: "sensitivity_tail", GROUPS: "sensitivity_groups"}
TEXTS: Mapping[str, Mapping[str, str]] = {
    **{"method": METHODS, "panel": PANELS, "way": WAYS, "block": BLOCKS | MOVED},
    **{"lever": LEVER, "input": LEVER},
}
"""Texts of values of a case's parameters, as the pages on each subject use them."""
BEGINNINGS = {"check": "contexts_brief_", "lever": "driver_", "input": "driver_"}
"""How the texts of other values begin; the rest by their parameter."""
OF_SHARE = {"lever": "driver_share", "input": "driver_share", "block": "compare_block_share"}
RATES = ("spillover", "hazard")
COLUMNS = ["kind", "reading", "code", *(f"name_{lang}" for lang in LANGS)]


class Dictionary:
    """Names in one language; empty where there is none.

    Parameters
    ----------
    words : Words
    names : mapping
        Name in each language, unit and kind of indicators, goals and places, as a report carries them.
    """

    def __init__(self, words: Words, names: Mapping[str, Mapping[str, str]]) -> None:
        self.words, self.names = words, names

    def text(self, key: str) -> str:
        return self.words.texts.get(f"results_{key}", "")

    def name(self, code: str) -> str:
        """What the report itself calls an indicator, a goal, a place or a scenario."""
        return self.names[code][self.words.lang] if code in self.names else ""

    def indicator(self, code: str) -> str:
        """An indicator, a goal or an estimate."""
        if code == ALL:
            return self.text(ALL)
        own = self.name(code) or self.text(f"indicator_{code}")
        own = own or self.words.texts.get(NAMED.get(code, ""), "")
        return capital(own or self._estimate(code))

    def reading(self, code: str) -> str:
        """A reading."""
        return self.text(f"reading_{code}")

    def statistic(self, code: str, reading: str = "") -> str:
        """A statistic; a few mean different things in different readings."""
        if code.startswith(QUANTILE) and code[1:].isdecimal() and code != MEDIAN:
            return self.words.say("results_statistic_quantile", at=str(int(code[1:]))).text
        if reading == SCORECARD and code in STATUS:
            return capital(self.words[STATUS[code]])
        own = self.text(f"statistic_{reading}/{code}") or self.text(f"statistic_{code}")
        return capital(own or self._end(code, reading))

    def _end(self, code: str, reading: str) -> str:
        """An end of another statistic's range, or its error."""
        of, _, end = code.rpartition("_")
        known = self.statistic(of, reading) if of and end in ENDS else ""
        return self.words.say(f"results_end_{end}", of=known).text if known else ""

    def case(self, code: str) -> str:
        """A case: what each of its parameters is."""
        parts = [self.parameter(name, value) for name, value in parameters(code)]
        return capital(self.text("case_joined").join(parts)) if all(parts) else ""

    def parameter(self, name: str, value: str) -> str:
        """One parameter of a case."""
        whole = self.text(f"case_{name}_{value}")
        called = whole or self.value(name, value)
        key = f"results_case_{name}"
        return whole or (self.words.say(key, value=called).text if called and key in self.words.texts else "")

    def value(self, name: str, value: str) -> str:
        """What a parameter's value is called."""
        if name in RATES:
            return f"{100 * float(value):g}%"
        if name == "of":
            return self.statistic(value)
        if name == "block":
            parts = [self._named(name, part) for part in value.split("+")]
            return self.text("joined").join(parts) if all(parts) else ""
        return self._named(name, value) or ("" if value.isidentifier() else value)

    def _named(self, name: str, code: str) -> str:
        known = self.names.get(code)
        if name in OF_SHARE and known is not None and known["kind"] == "share":
            return self.words.say(OF_SHARE[name], name=known[self.words.lang]).text
        key = TEXTS.get(name, {}).get(code) or f"{BEGINNINGS.get(name, f'results_{name}_')}{code}"
        text = self.words.texts.get(key, "") or self.text(f"{name}_{code}") or self.name(code)
        return "" if "{" in text else text  # a sentence, no name

    def unit(self, code: str) -> str:
        """A unit as the file holds it; of a goal's own as the plan's data call it."""
        own = next((entry for entry in self.names.values() if entry.get("unit") == code), {})
        return (
            self.text(f"unit_{code}")
            or own.get(language(self.words.lang).column("unit"), "")
            or own.get("unit", "")
        )

    def _estimate(self, name: str) -> str:
        """An estimate of the long run, by the series it is of."""
        for series in (*DRIVERS, *self.names):
            kind = name.removeprefix(f"{series}_")
            if kind != name and f"estimate_{kind}" in self.words.texts:
                places = {role: self.text(f"place_{role}") for role in ("nation", "city", "district")}
                places["place"] = places["district"]
                return self.words.say(f"estimate_{kind}", name=self._named("lever", series), **places).text
        return ""


def dictionary(results: pd.DataFrame, names: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Every code that a results table uses, with its name in each language.

    Returns
    -------
    DataFrame
        Columns kind (``column``, ``scenario``, ``place``, ``reading``, ``indicator``, ``statistic``,
        ``case``, ``unit``, ``price_basis``), reading (of a statistic), code, and the names; a name is
        empty where none is known.
    """
    dictionaries = [Dictionary(words(lang), names) for lang in LANGS]
    rows = [
        (kind, reading, code, *(named(called, kind, code, reading) for called in dictionaries))
        for kind, reading, code in codes(results)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def codes(results: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Kind, reading (of a statistic) and code of everything that a table uses, each once."""
    yield from (("column", "", str(name)) for name in results)
    for kind in ("place", "reading", "indicator"):
        yield from ((kind, "", str(code)) for code in results[kind].unique() if code)
    pairs = results[["reading", "statistic"]].drop_duplicates()
    yield from (("statistic", str(pair.reading), str(pair.statistic)) for pair in pairs.itertuples())
    for kind in ("case", "unit", "price_basis"):
        yield from ((kind, "", str(code)) for code in results[kind].unique() if code)


def named(called: Dictionary, kind: str, code: str, reading: str = "") -> str:
    """The name of a code."""
    match kind:
        case "statistic":
            return called.statistic(code, reading)
        case "indicator" | "reading" | "case" | "unit":
            return str(getattr(called, kind)(code))
        case "place":
            return called.name(code)
    return called.text(f"{kind.removeprefix('price_')}_{code}")


def plainly(code: str) -> str:
    """A code as words, which a cell can wrap."""
    return code.replace("_", " ").replace("/", " / ").replace(".", " . ")
