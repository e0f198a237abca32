"""A new outturn for a terminal: what was recorded, and what it does to goals, rounds and scenarios."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from futian_model.evidence import Evidence, in_unit, month
from futian_model.evidence.listing import wrapped
from futian_model.languages import language
from futian_model.report.sections.outturns import StandingWords, unkeyed, where
from futian_model.report.terminal.rounds import scenario as moved_table
from futian_model.report.words import Number, Sentence, Words, amounts, as_printed, year
from futian_model.rounds import Effects, Entry, Expected, Figure, Round, Score, Standing
from futian_model.rounds.expecting import CALIBRATION, FAR
from futian_model.rounds.mixing import BOUND
from futian_model.scenario import Scenario
from futian_model.simulation import READINGS

LEVELS = ("forecast", "low", "high", "outturn")


class Track:
    """One new outturn, told in a language.

    Parameters
    ----------
    entry : Entry
        What is recorded; its evidence holds the figure.
    evidence : Evidence
        Without the figure.
    """

    def __init__(self, entry: Entry, evidence: Evidence, texts: Words) -> None:
        self.entry, self.figure, self.texts = entry, entry.figure, texts
        self.before, self.after = evidence, entry.evidence

    def recorded(self, files: Mapping[str, str], *, dry: bool) -> list[str]:
        """What was, or would be, written where, and what is held of the same period.

        Parameters
        ----------
        files : mapping of str to str
            Files as messages print them: of the observations, and of the sources.
        """
        texts, one = self.texts, self.figure
        told = texts.say(
            "track_dry" if dry else "track_recorded",
            file=files["observations"],
            line=str(self.entry.line),
            figure=self.told(one),
        )
        lines = [told.text]
        source = self.entry.source
        if source is not None:
            names = {"title": source.title, "publisher": source.publisher(texts.lang)}
            lines.append(texts.say("track_source", file=files["sources"], **names).text)
        if not self.entry.revises:
            return [*lines, texts.say("track_first", period=one.period).text]
        items = [
            texts.say(
                "track_release", amount=as_printed(value, unit, texts), vintage=vintage, source=where
            ).text
            for value, unit, vintage, where in self.entry.revises
        ]
        return [*lines, texts.say("track_revises", items=texts["enumeration"].join(items)).text]

    def told(self, one: Figure) -> Sentence:
        """The figure in a line."""
        lang = self.texts.lang
        names = {"place": self.before.name(one.geo, lang), "name": self.before.name(one.indicator, lang)}
        cells = {name: getattr(one, name) for name in ("period", "vintage", "source")}
        amount = as_printed(one.value, one.unit, self.texts)
        return self.texts.say("track_figure", amount=amount, **names, **cells)

    def expected(self, found: Expected | None) -> list[str]:
        """What was expected instead."""
        if found is None:
            return []
        given = amounts(self.before, self.texts, self.figure.indicator)
        levels = {name: given.level(getattr(found, name)) for name in ("centre", "low", "high")}
        told = self.texts.say(
            "track_expected",
            **levels,
            times=Number(FAR, "count"),
            by=self.by(found),
            deviations=Number(found.deviations, "deviations"),
        )
        return [told.text]

    def by(self, found: Expected) -> str:
        """Who expected it."""
        return self.texts["track_by_calibration" if found.by == CALIBRATION else "track_by_history"]

    def asked(self, found: Expected | None, off_by: tuple[float, int] | None) -> str:
        """Why a figure is asked about; empty where it is not."""
        texts, given = self.texts, amounts(self.before, self.texts, self.figure.indicator)
        unit = str(self.before.indicators["unit"].loc[self.figure.indicator])
        value = in_unit(pd.Series([float(self.figure.value)]), pd.Series([self.figure.unit]), unit).iloc[0]
        told: Sentence | None = None
        if off_by is not None:
            factor, at = off_by
            times = Number(factor, "plain")
            told = texts.say("track_ask_times", value=given.level(float(value)), factor=times, year=year(at))
        elif found is not None and found.far:
            told = texts.say(
                "track_ask_far",
                value=given.level(float(value)),
                deviations=Number(abs(found.deviations), "ratio"),
                centre=given.level(found.centre),
                by=self.by(found),
            )
        return "" if told is None else texts.say("track_ask", reason=told).text

    def goals(self, held: Sequence[Standing]) -> list[str]:
        """Where the goals stand that the figure says something of."""
        lines = ["", self.texts["track_goals"]]
        for one in held:
            told = StandingWords(one, self.texts, self.after, unkeyed(one)).sentence()
            lines += wrapped(told.text, "  ", 2)
        if not held:
            name = self.texts.inline(self.before.name(self.figure.indicator, self.texts.lang))
            lines.append("  " + self.texts.say("track_no_goals", name=name).text)
        return lines

    def scores(self, rounds: Sequence[Round], held: Sequence[Score]) -> list[str]:
        """How earlier rounds fared."""
        texts, lang = self.texts, self.texts.lang
        lines = ["", texts["track_scores"]]
        if self.figure.precision == BOUND:
            return [*lines, "  " + texts["track_bound"]]
        district = self.before.place("district")
        if not rounds:
            return [*lines, *wrapped(texts["track_no_rounds"], "  ", 2)]
        if self.figure.geo != district:
            told = texts.say("track_place_scores", district=self.before.name(district, lang))
            return [*lines, f"  {told.text}"]
        if not held:
            name = texts.inline(self.before.name(self.figure.indicator, lang))
            return [*lines, "  " + texts.say("track_no_scores", name=name, period=self.figure.period).text]
        for made in rounds:
            own = [one for one in held if one.round == made.name]
            for indicator in dict.fromkeys(one.indicator for one in own):
                forecasts = [one for one in own if one.indicator == indicator]
                for line in self.of_round(made, forecasts):
                    lines += wrapped(line.text, "  ", 4)
        return lines

    def of_round(self, made: Round, held: Sequence[Score]) -> Iterator[Sentence]:
        """Forecasts of one indicator by a round: the evidence's, then the scenarios' paths."""
        texts, given = self.texts, amounts(self.after, self.texts, held[0].indicator)
        for one in held:
            read = unkeyed(one)
            levels = {name: given.with_unit(read(name, given.rule)) for name in LEVELS}
            gap = given.with_unit(read("error", given.gap_rule))
            if one.reading == READINGS[1]:
                yield texts.say(
                    "track_score",
                    round=made.name,
                    vintage=texts.month(one.vintage),
                    name=texts.inline(self.after.name(one.indicator, texts.lang)),
                    year=year(one.year),
                    error=gap,
                    where=where(one, texts, read),
                    **levels,
                )
        paths = [self.path(made, one) for one in held if one.reading == READINGS[0]]
        if paths:
            yield texts.say("track_score_paths", round=made.name, items=texts.join(paths))

    def path(self, made: Round, one: Score) -> Sentence:
        """A scenario's path, or that of several alike."""
        texts, given, read = self.texts, amounts(self.after, self.texts, one.indicator), unkeyed(one)
        titles = [str(made.facts(name)["title"][language(texts.lang).data]) for name in one.scenarios]
        return texts.say(
            "track_score_path",
            scenario=texts["enumeration"].join(titles),
            forecast=given.with_unit(read("forecast", given.rule)),
            error=given.with_unit(read("error", given.gap_rule)),
        )

    def effects(self, made: Effects, baseline: Scenario) -> list[str]:
        """What is moved and why, and what is not."""
        texts, lang, ends = (
            self.texts,
            self.texts.lang,
            (self.texts["track_before"], self.texts["track_after"]),
        )
        lines = ["", texts["track_effects"], *self.unmoved(made)]
        for one in made.moved:
            title = made.titles[one.scenario][lang]
            lines.append("  " + texts.say("track_moved", scenario=one.scenario, title=title).text)
            lines += [f"  {row}" for row in moved_table(one, self.after, texts, ends, brief=True)]
        if made.dated is not None:
            told = {"title": baseline.title[lang], "vintage": texts.month(self.figure.vintage)}
            key = "track_dated_still" if made.dated.still else "track_dated"
            lines += wrapped(texts.say(key, **told).text, "  ", 2)
            if not made.dated.still:
                lines += [f"  {row}" for row in moved_table(made.dated, self.after, texts, ends, brief=True)]
        return lines

    def unmoved(self, made: Effects) -> Iterator[str]:
        """Scenarios that stay, by why they do."""
        texts, published = self.texts, month(self.figure.vintage)
        for vintage in dict.fromkeys(made.unmoved.values()):
            names = texts["enumeration"].join(name for name, at in made.unmoved.items() if at == vintage)
            key = "track_unmoved" if month(vintage) < published else "track_unused"
            told = texts.say(key, vintage=texts.month(vintage), scenarios=names)
            yield from wrapped(told.text, "  ", 4)
        for name, fault in made.faults.items():
            yield "  " + texts.say("track_fault", scenario=name, fault=fault).text
