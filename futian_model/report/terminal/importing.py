"""A delivery of tables for a terminal: cell by cell what it is to the data, and what was written."""

from collections.abc import Sequence

from futian_model.evidence import Evidence
from futian_model.importing import Delivery, Weighed, counts, printed
from futian_model.report.terminal.tracking import Track
from futian_model.report.words import Words, as_printed
from futian_model.rounds import Entry, Expected

LEFT = "left_out"
LAYOUTS = {"years-across": "import_years_across", "cumulated-table": "import_cumulated_table"}
CELLS = {
    "new": "import_new",
    "same": "import_same",
    "revised": "import_revised",
    "contradicts": "import_contradicts",
}
NUMBERS = {
    "new": "import_count_new",
    "same": "import_count_same",
    "revised": "import_count_revised",
    "contradicts": "import_count_contradicts",
    LEFT: "import_count_left_out",
}
REASONS = {
    "series": "import_no_series",
    "measure": "import_no_measure",
    "place": "import_no_place",
    "period": "import_no_period",
}
"""Texts by the state of a cell, and by why it is left out."""


class Import:
    """A delivery, told in a language.

    Parameters
    ----------
    delivery : Delivery
    evidence : Evidence
        Without it.
    """

    def __init__(self, delivery: Delivery, evidence: Evidence, texts: Words) -> None:
        self.delivery, self.before, self.texts = delivery, evidence, texts

    def lines(self, asked: Sequence[str], home: str, *, dry: bool) -> list[str]:
        """Every cell, then how many of each kind and what was written."""
        texts, number = self.texts, counts(self.delivery.cells)
        kinds = texts["enumeration"].join(
            texts.say(NUMBERS[state], number=str(number[state])).text for state in NUMBERS if state in number
        )
        layouts = [
            texts.say(
                "import_layout",
                file=table.readings[0].grid.file,
                layout=texts[LAYOUTS[table.layout]] if table.layout in LAYOUTS else table.layout,
            ).text
            for table in self.delivery.tables
            if table.readings
        ]
        cells = (*self.delivery.written, *self.delivery.targets)
        rows = str(len(cells) + sum(map(len, self.delivery.forecasts.values())))
        end = (
            texts.say("import_written", file=home, rows=rows) if home else texts.say("import_dry", rows=rows)
        )
        if not dry and not home:
            end = texts.say("import_nothing")
        layouts += [texts.say("import_unread", sheet=sheet).text for sheet in self.delivery.unread]
        said = [self.cell(run) for run in self.runs()]
        said += [
            texts.say("import_forecasts", table=f"{table}.csv", rows=str(len(rows))).text
            for table, rows in self.delivery.forecasts.items()
        ]
        return [*layouts, *said, *(asked if dry else ()), kinds, end.text]

    def runs(self) -> list[list[Weighed]]:
        """Cells one by one; then those left out, of one label for one reason together."""
        runs: dict[object, list[Weighed]] = {}
        for at, cell in enumerate(self.delivery.cells):
            key = (
                at
                if cell.figure or cell.target
                else (cell.reading.grid.file, cell.reading.label, cell.reason)
            )
            runs.setdefault(key, []).append(cell)
        return sorted(runs.values(), key=lambda run: not (run[0].figure or run[0].target))

    def cell(self, run: Sequence[Weighed]) -> str:
        """One cell, or several left out together."""
        texts, cell = self.texts, run[0]
        reading, last = cell.reading, run[-1].reading
        if cell.figure is None and not cell.target:
            where = (
                reading.where
                if len(run) == 1
                else f"{reading.where} … {last.grid.place(last.row, last.column)}"
            )
            return texts.say(REASONS[cell.reason], cell=where, label=reading.label).text
        indicator, geo, period, value, unit = fact_of(cell)
        name = self.before.name(indicator, texts.lang)
        held = texts["enumeration"].join(
            texts.say(
                "track_release", amount=as_printed(value, unit, texts), vintage=vintage, source=source
            ).text
            for value, unit, vintage, source in cell.held
        )
        key = CELLS[cell.state] if held else "import_first"
        return texts.say(
            key,
            cell=reading.where,
            name=texts.say("import_target", name=name).text if cell.target else name,
            place=self.before.name(geo, texts.lang),
            period=period,
            amount=as_printed(value, unit, texts),
            **({"held": held} if held else {}),
        ).text

    def asked(self, at: int, expectation: Expected | None) -> str:
        """What is asked of a figure that is to be written, as `futian track` asks; empty for nothing."""
        rehearsal, cell = self.delivery.rehearsal, self.delivery.written[at]
        assert rehearsal is not None
        assert cell.figure is not None
        entry = Entry(
            *(cell.figure, None, rehearsal.after, rehearsal.evidence, self.delivery.line(at)),
            *(cell.held, rehearsal.files),
        )
        reason = Track(entry, self.before, self.texts).doubt(expectation)
        return (
            ""
            if reason is None
            else self.texts.say("import_asked", cell=cell.reading.where, reason=reason).text
        )

    def refused(self, asked: Sequence[str]) -> str:
        """That nothing was written, and why."""
        return "\n".join([*asked, self.texts["import_refused"]])


def fact_of(cell: Weighed) -> tuple[str, str, str, str, str]:
    """Indicator, place, period, value and unit of a figure or a target."""
    if cell.figure is None:
        row = cell.target
        return row["indicator"], row["geo"], row["year"], printed(row), row["unit"]
    figure = cell.figure
    return figure.indicator, figure.geo, figure.period, figure.value, figure.unit


def undone(file: str, rows: int, texts: Words) -> str:
    """What was taken out again."""
    return texts.say("import_undone", file=file, rows=str(rows)).text


def proposed(file: str, texts: Words) -> str:
    """That a mapping waits to be confirmed."""
    return texts.say("import_proposed", file=file).text
