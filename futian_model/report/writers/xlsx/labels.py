"""What the results table calls its readings, indicators and statistics, in words; other codes are kept.

A text's key holds the code it names, with the parts that vary in braces: the text under
``workbook_statistic_hazard_{rate}_sd`` names ``hazard_0.01_sd``. Parts are named as pages name them.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from futian_model.report.words.names import BLOCKS, METHODS, MOVED, PANELS, QUANTITIES, STATUS, WAYS
from futian_model.report.words.sentences import Words, capital, words
from futian_model.scenario.checks_events import DRIVERS
from futian_model.sensitivity import GROUPS, TAIL

ALL, QUANTILE, MEDIAN = "all_goals", "p", "p50"
INPUTS = {
    name: f"input_{name}" for name in ("capital", "public_capital", "labour", "human_capital", "tfp")
} | {"gdp_growth": "input_growth", "capital_output_ratio": "input_ratio"}
"""Texts of what production is made of."""
HOLE, WORD = re.compile(r"\{(\w+)\}"), r"[\w.-]+"
LOOKS = {
    **dict.fromkeys(("number", "point"), r"\d+"),
    **dict.fromkeys(("first", "last"), r"\d{4}"),
    **{"rate": r"\d*\.?\d+", "round": r"\d{4}[\w.-]*", "block": r"[\w+]+", "of": r".+"},
}
"""What parts of a code look like; the others are words."""
TEXTS: Mapping[str, Mapping[str, str]] = {
    "method": METHODS,
    "panel": PANELS,
    "quantity": QUANTITIES,
    "way": WAYS,
    "status": STATUS,
    "block": BLOCKS | MOVED,
    "lever": {TAIL: "sensitivity_tail", GROUPS: "sensitivity_groups"},
}
"""Texts of parts of a code, as the pages on each subject use them."""
BEGINNINGS = {"check": "contexts_brief_", "place": "workbook_place_", "lever": "driver_"}
"""How the texts of other parts begin."""
OF_SHARE = {"lever": "driver_share", "block": "compare_block_share"}


class Labels:
    """Names in one language.

    Parameters
    ----------
    words : Words
    names : mapping
        Name in each language, unit and kind of indicators and goals, as a report carries them.
    """

    def __init__(self, words: Words, names: Mapping[str, Mapping[str, str]]) -> None:
        self.words, self.names = words, names
        self._known = dict[tuple[str, str], str]()

    def indicator(self, name: str) -> str:
        """An indicator, a goal or an estimate in words."""
        return self.known("indicator", name) or plainly(name)

    def reading(self, name: str) -> str:
        """A reading in words."""
        return self.known("reading", name) or plainly(name)

    def statistic(self, name: str, reading: str = "") -> str:
        """A statistic in words; a few mean different things in different readings."""
        known = self.known("statistic", f"{reading}/{name}") or self.known("statistic", name)
        return capital(known) or plainly(name)

    def known(self, kind: str, code: str) -> str:
        """The name of a code, by its own text or by those of its parts; empty where there is none."""
        if (kind, code) not in self._known:
            own = self.words.texts.get(f"workbook_{kind}_{code}", "")
            self._known[kind, code] = self._special(kind, code) or own or self._built(kind, code)
        return self._known[kind, code]

    def _special(self, kind: str, code: str) -> str:
        """What has its name from the report, or is told in its own way."""
        if kind == "statistic":
            if code != MEDIAN and code.startswith(QUANTILE) and code[1:].isdecimal():
                return self.words.say("workbook_statistic_quantile", at=str(int(code[1:]))).text
            return self.words["workbook_statistic_median"] if code == MEDIAN else ""
        if code in self.names:
            return self.names[code][self.words.lang]
        if kind == "indicator":
            if code == ALL:
                return self.words["workbook_all_goals"]
            return self.words.texts.get(INPUTS.get(code, ""), "") or self._estimate(code)
        return ""

    def _estimate(self, name: str) -> str:
        """An estimate of the long run, by the series it is of."""
        for series in (*DRIVERS, *self.names):
            kind = name.removeprefix(f"{series}_")
            if kind != name and f"estimate_{kind}" in self.words.texts:
                places = {role: self._part("place", role) for role in ("nation", "city", "district")}
                return self.words.say(f"estimate_{kind}", name=self._part("lever", series), **places).text
        return ""

    def _built(self, kind: str, code: str) -> str:
        """A name from the text that leaves least of the code to its parts, all of which are known."""
        for pattern, key in patterns(self.words.lang, kind):
            if found := pattern.fullmatch(code):
                told = {hole: self._part(hole, part) for hole, part in found.groupdict().items()}
                if all(told.values()):
                    return self.words.say(key, **told).text
        return ""

    def _part(self, hole: str, code: str) -> str:
        """What a part of a code is called."""
        match hole:
            case "of" | "reading":
                return self.known("statistic" if hole == "of" else hole, code)
            case "number" | "first" | "last" | "round":
                return code
            case "point":
                return str(int(code) + 1)
            case "rate":
                return f"{100 * float(code):g}%"
            case "name" | "other" | "scenario":
                return self.names[code][self.words.lang] if code in self.names else ""
            case "block":
                told = [self._named(hole, one) for one in code.split("+")]
                return self.words["workbook_joined"].join(told) if all(told) else ""
        return self._named(hole, code)

    def _named(self, hole: str, code: str) -> str:
        known, beginning = self.names.get(code), BEGINNINGS.get(hole)
        if hole in OF_SHARE and known is not None and known["kind"] == "share":
            return self.words.say(OF_SHARE[hole], name=known[self.words.lang]).text
        other = f"{beginning}{code}" if beginning else ""
        told = self.words.texts.get(TEXTS.get(hole, {}).get(code, other), "")
        return "" if HOLE.search(told) else told  # a sentence, no name


@lru_cache
def patterns(lang: str, kind: str) -> list[tuple[re.Pattern[str], str]]:
    """Codes whose texts leave parts of them open, those that leave least first."""
    start = f"workbook_{kind}_"
    keys = [key for key in words(lang).texts if key.startswith(start) and HOLE.search(key)]
    keys.sort(key=lambda key: len(HOLE.sub("", key)), reverse=True)
    return [(pattern(key.removeprefix(start)), key) for key in keys]


def pattern(code: str) -> re.Pattern[str]:
    """What a code looks like whose parts stand in braces."""
    pieces = HOLE.split(code)
    told = [
        f"(?P<{piece}>{LOOKS.get(piece, WORD)})" if at % 2 else re.escape(piece)
        for at, piece in enumerate(pieces)
    ]
    return re.compile("".join(told))


def plainly(code: str) -> str:
    """A code as words, which a cell can wrap."""
    return code.replace("_", " ").replace("/", " / ").replace(".", " . ")
