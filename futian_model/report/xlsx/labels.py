"""What the results table calls its readings, indicators and statistics, in words; other codes are kept."""

from collections.abc import Mapping

from futian_model.report.sentences import Words

ALL, QUANTILE, MEDIAN = "all_goals", "p", "p50"
SERIES = ("growth", "population", "deflator")
"""What is estimated beside the shares."""
ENDINGS = (
    *("_per_point_level", "_per_point", "_contribution_se", "_contribution"),
    *("_at_low", "_at_high", "_swing", "_first_conf", "_first", "_total_conf", "_total"),
)
"""Endings of statistics that begin with a lever; longer ones first."""
INPUTS = {
    name: f"input_{name}" for name in ("capital", "public_capital", "labour", "human_capital", "tfp")
} | {"gdp_growth": "input_growth", "capital_output_ratio": "input_ratio"}
"""Texts of what production is made of."""
CONTRIBUTION = "central_contribution_"


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

    def indicator(self, name: str) -> str:
        if name in self.names:
            return self.names[name][self.words.lang]
        if name == ALL:
            return self.words["workbook_all_goals"]
        known = self.words.texts.get(f"workbook_indicator_{name}") or self.words.texts.get(
            INPUTS.get(name, "")
        )
        return known or self._estimate(name) or plainly(name)

    def reading(self, name: str) -> str:
        return self.words.texts.get(f"workbook_reading_{name}") or plainly(name)

    def statistic(self, name: str) -> str:
        if name == MEDIAN:
            return self.words["workbook_statistic_median"]
        if name.startswith(QUANTILE) and name[1:].isdecimal():
            return self.words.say("workbook_statistic_quantile", at=str(int(name[1:]))).text
        return self.words.texts.get(f"workbook_statistic_{name}") or self._of_lever(name) or plainly(name)

    def _estimate(self, name: str) -> str:
        """An estimate of the long run, by the series it is of."""
        for series in (*SERIES, *self.names):
            kind = name.removeprefix(f"{series}_")
            if kind != name and f"estimate_{kind}" in self.words.texts:
                places = {
                    role: self.words[f"workbook_place_{role}"] for role in ("nation", "city", "district")
                }
                return self.words.say(f"estimate_{kind}", name=self._lever(series), **places).text
        return ""

    def _of_lever(self, name: str) -> str:
        """A statistic that names the lever it is about."""
        if name.startswith(CONTRIBUTION):
            lever = name.removeprefix(CONTRIBUTION)
            name = f"{lever.removesuffix('_se')}_contribution{'_se' if lever.endswith('_se') else ''}"
        for ending in ENDINGS:
            if name.endswith(ending) and f"workbook_lever{ending}" in self.words.texts:
                lever = self._lever(name.removesuffix(ending))
                return self.words.say(f"workbook_lever{ending}", lever=lever).text
        return ""

    def _lever(self, name: str) -> str:
        if f"driver_{name}" in self.words.texts:
            return self.words[f"driver_{name}"]
        if name in self.names:
            return self.words.say("driver_share", name=self.names[name][self.words.lang]).text
        return plainly(name)


def plainly(code: str) -> str:
    """A code as words, which a cell can wrap."""
    return code.replace("_", " ").replace("/", " / ").replace(".", " . ")
