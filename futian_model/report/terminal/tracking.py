"""A new outturn for a terminal: what was recorded, and what it does to goals, rounds and scenarios."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from futian_model.evidence import Evidence, in_unit, month
from futian_model.evidence.listing import wrapped
from futian_model.languages import language
from futian_model.report.sections.outturns import StandingWords, unkeyed, where
from futian_model.report.sections.questions import asked
from futian_model.report.terminal.register import due_lines
from futian_model.report.terminal.rounds import scenario as moved_table
from futian_model.report.words import Number, Sentence, Words, amounts, as_printed, year
from futian_model.rounds import Effects, Entry, Expected, Figure, Moved, Prediction, Round, Score
from futian_model.rounds.expecting import CALIBRATION, FAR
from futian_model.rounds.mixing import BOUND
from futian_model.scenario import Scenario
from futian_model.scorecard import Standing
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
        texts, figure = self.texts, self.figure
        sentence = texts.say(
            "track_dry" if dry else "track_recorded",
            file=files["observations"],
            line=str(self.entry.line),
            figure=self.sentence(figure),
        )
        lines = [sentence.text]
        source = self.entry.source
        if source is not None:
            names = {"title": source.title, "publisher": source.publisher(texts.lang)}
            lines.append(texts.say("track_source", file=files["sources"], **names).text)
        if not self.entry.revises:
            return [*lines, texts.say("track_first", period=figure.period).text]
        items = texts["enumeration"].join(release(*held, texts) for held in self.entry.revises)
        return [*lines, texts.say("track_revises", items=items).text]

    def sentence(self, figure: Figure) -> Sentence:
        """The figure in a line."""
        lang = self.texts.lang
        names = {
            "place": self.before.name(figure.geo, lang),
            "name": self.before.name(figure.indicator, lang),
        }
        cells = {name: getattr(figure, name) for name in ("period", "vintage", "source")}
        amount = as_printed(figure.value, figure.unit, self.texts)
        return self.texts.say("track_figure", amount=amount, **names, **cells)

    def expected(self, expectation: Expected | None) -> list[str]:
        """What was expected instead."""
        if expectation is None:
            return []
        amount = amounts(self.before, self.texts, self.figure.indicator)
        levels = {name: amount.level(getattr(expectation, name)) for name in ("centre", "low", "high")}
        sentence = self.texts.say(
            "track_expected",
            **levels,
            times=Number(FAR, "count"),
            by=self.by(expectation),
            deviations=Number(expectation.deviations, "deviations"),
        )
        return [sentence.text]

    def by(self, expectation: Expected) -> str:
        """Who expected it."""
        return self.texts["track_by_calibration" if expectation.by == CALIBRATION else "track_by_history"]

    def asked(self, expectation: Expected | None) -> str:
        """Why a figure is asked about, and what to do; empty where it is not."""
        reason = self.doubt(expectation)
        return "" if reason is None else self.texts.say("track_ask", reason=reason).text

    def doubt(self, expectation: Expected | None) -> Sentence | None:
        """Why a figure is asked about; None where it is not."""
        texts, amount = self.texts, amounts(self.before, self.texts, self.figure.indicator)
        unit = str(self.before.indicators["unit"].loc[self.figure.indicator])
        value = in_unit(pd.Series([float(self.figure.value)]), pd.Series([self.figure.unit]), unit).iloc[0]
        questions = [doubt for doubt in self.after.questions() if doubt.line == self.entry.line]
        if questions:
            return asked(questions[0], self.after, texts)
        if expectation is None or not expectation.far:
            return None
        return texts.say(
            "track_ask_far",
            value=amount.level(float(value)),
            deviations=Number(abs(expectation.deviations), "ratio"),
            centre=amount.level(expectation.centre),
            by=self.by(expectation),
        )

    def goals(self, standings: Sequence[Standing], fault: str = "") -> list[str]:
        """Where the goals stand that the figure says something of; or why the baseline cannot say."""
        lines = ["", self.texts["track_goals"]]
        if fault:
            return [*lines, *wrapped(self.texts.say("track_unjudged", fault=fault).text, "  ", 2)]
        for standing in standings:
            sentence = StandingWords(standing, self.texts, self.after, unkeyed(standing)).sentence()
            lines += wrapped(sentence.text, "  ", 2)
        if not standings:
            name = self.texts.inline(self.before.name(self.figure.indicator, self.texts.lang))
            lines.append("  " + self.texts.say("track_no_goals", name=name).text)
        return lines

    def scores(self, rounds: Sequence[Round], scores: Sequence[Score]) -> list[str]:
        """How earlier rounds fared."""
        texts, lang = self.texts, self.texts.lang
        lines = ["", texts["track_scores"]]
        if self.figure.precision == BOUND:
            return [*lines, "  " + texts["track_bound"]]
        district = self.before.place("district")
        if not rounds:
            return [*lines, *wrapped(texts["track_no_rounds"], "  ", 2)]
        if self.figure.geo != district:
            sentence = texts.say("track_place_scores", district=self.before.name(district, lang))
            return [*lines, f"  {sentence.text}"]
        if not scores:
            name = texts.inline(self.before.name(self.figure.indicator, lang))
            return [*lines, "  " + texts.say("track_no_scores", name=name, period=self.figure.period).text]
        for edition in rounds:
            own = [score for score in scores if score.round == edition.name]
            for indicator in dict.fromkeys(score.indicator for score in own):
                forecasts = [score for score in own if score.indicator == indicator]
                for line in self.of_round(edition, forecasts):
                    lines += wrapped(line.text, "  ", 4)
        return lines

    def come_due(self, due: Sequence[Prediction]) -> list[str]:
        """Chances of earlier rounds whose outcome the figure tells; nothing where it tells none."""
        if not due:
            return []
        lines = due_lines(due, self.after, self.texts)
        return ["", self.texts["track_due"], *(f"  {line}" for line in lines)]

    def of_round(self, edition: Round, scores: Sequence[Score]) -> Iterator[Sentence]:
        """Forecasts of one indicator by a round: the evidence's, then the scenarios' paths."""
        texts, amount = self.texts, amounts(self.after, self.texts, scores[0].indicator)
        for score in scores:
            read = unkeyed(score)
            levels = {name: amount.with_unit(read(name, amount.rule)) for name in LEVELS}
            gap = amount.with_unit(read("error", amount.gap_rule))
            if score.reading == READINGS[1]:
                yield texts.say(
                    "track_score",
                    round=edition.name,
                    vintage=texts.month(score.vintage),
                    name=texts.inline(self.after.name(score.indicator, texts.lang)),
                    year=year(score.year),
                    error=gap,
                    where=where(score, texts, read),
                    **levels,
                )
        paths = [self.path(edition, score) for score in scores if score.reading == READINGS[0]]
        if paths:
            yield texts.say("track_score_paths", round=edition.name, items=texts.join(paths))

    def path(self, edition: Round, score: Score) -> Sentence:
        """A scenario's path, or that of several alike."""
        texts, amount, read = self.texts, amounts(self.after, self.texts, score.indicator), unkeyed(score)
        titles = [str(edition.facts(name)["title"][language(texts.lang).data]) for name in score.scenarios]
        return texts.say(
            "track_score_path",
            scenario=texts["enumeration"].join(titles),
            forecast=amount.with_unit(read("forecast", amount.rule)),
            error=amount.with_unit(read("error", amount.gap_rule)),
        )

    def effects(self, effects: Effects, baseline: Scenario) -> list[str]:
        """What is moved and why, and what is not."""
        texts, lang = self.texts, self.texts.lang
        ends = texts["track_before"], texts["track_after"]
        lines = ["", texts["track_effects"], *self.unmoved(effects)]

        def moved(change: Moved) -> list[str]:
            return [f"  {row}" for row in moved_table(change, self.after, texts, ends, brief=True)]

        for change in effects.moved:
            title = effects.titles[change.scenario][lang]
            lines.append("  " + texts.say("track_moved", scenario=change.scenario, title=title).text)
            lines += moved(change)
        if effects.dated is not None:
            fields = {"title": baseline.title[lang], "vintage": texts.month(self.figure.vintage)}
            key = "track_dated_still" if effects.dated.still else "track_dated"
            lines += wrapped(texts.say(key, **fields).text, "  ", 2)
            lines += [] if effects.dated.still else moved(effects.dated)
        return lines

    def unmoved(self, effects: Effects) -> Iterator[str]:
        """Scenarios that stay, by why they do."""
        texts, published = self.texts, month(self.figure.vintage)
        for vintage in dict.fromkeys(effects.unmoved.values()):
            names = texts["enumeration"].join(name for name, at in effects.unmoved.items() if at == vintage)
            key = "track_unmoved" if month(vintage) < published else "track_unused"
            sentence = texts.say(key, vintage=texts.month(vintage), scenarios=names)
            yield from wrapped(sentence.text, "  ", 4)
        for name, fault in effects.faults.items():
            yield "  " + texts.say("track_fault", scenario=name, fault=fault).text


def release(value: str, unit: str, vintage: str, source: str, texts: Words) -> str:
    """A figure that is held of the same period."""
    amount = as_printed(value, unit, texts)
    return texts.say("track_release", amount=amount, vintage=vintage, source=source).text
