"""A delivery of tables for a terminal: cell by cell what it is to the data, and what was written."""

from collections.abc import Sequence

from futian_model.evidence import Evidence
from futian_model.importing import Delivery, Weighed, counts, printed
from futian_model.report.terminal.tracking import Track, release
from futian_model.report.words import Sentence, Words, as_printed
from futian_model.report.words.names import CELLS, COUNTED, LAYOUTS, SEVERAL, UNREAD
from futian_model.rounds import Entry, Expected

LEFT, FAR = "left_out", "far"
MOST = 5
"""Figures of one indicator and state that are told one by one, unless each is asked for."""


class Import:
    """A delivery, told in a language.

    Parameters
    ----------
    delivery : Delivery
    evidence : Evidence
        Without it.
    each : bool
        Tell every figure by itself, however many are alike.
    """

    def __init__(self, delivery: Delivery, evidence: Evidence, texts: Words, *, each: bool = False) -> None:
        self.delivery, self.before, self.texts, self.each = delivery, evidence, texts, each

    def lines(self, asked: Sequence[str], home: str, *, dry: bool) -> list[str]:
        """Every cell, then how many of each kind and what was written."""
        texts, number = self.texts, counts(self.delivery.cells)
        kinds = texts["enumeration"].join(
            texts.say(key, number=str(number[kind])).text for kind, key in COUNTED.items() if kind in number
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
        end = "import_written" if home else "import_dry" if dry else "import_nothing"
        layouts += [texts.say("import_unread", sheet=sheet).text for sheet in self.delivery.unread]
        said = [self.cell(run) for run in self.runs()]
        said += [
            texts.say("import_forecasts", table=f"{table}.csv", rows=str(len(rows))).text
            for table, rows in self.delivery.forecasts.items()
        ]
        return [*layouts, *said, *(asked if dry else ()), kinds, texts.say(end, file=home, rows=rows).text]

    def runs(self) -> list[list[Weighed]]:
        """Cells one by one, or many alike together; then those left out, of one label for one reason."""
        runs: dict[tuple[str, ...], list[Weighed]] = {}
        for cell in self.delivery.cells:
            fact = fact_of(cell)[:2] if cell.figure or cell.target else (cell.reading.label, cell.reason)
            runs.setdefault((cell.reading.grid.file, cell.state, *fact), []).append(cell)
        parted = [
            part
            for run in runs.values()
            for part in ([run] if run[0].state == LEFT or self.many(run) else [[cell] for cell in run])
        ]
        return sorted(parted, key=lambda run: run[0].state == LEFT)

    def many(self, run: Sequence[object]) -> bool:
        """Whether figures are told together."""
        return len(run) > MOST and not self.each

    def cell(self, run: Sequence[Weighed]) -> str:
        """One cell, or several together."""
        texts, cell = self.texts, run[0]
        reading, where = cell.reading, span_of(run)
        if cell.state == LEFT:
            return texts.say(UNREAD[cell.reason], cell=where, label=reading.label).text
        if len(run) > 1:
            sources = dict.fromkeys(figure[-1] for alike in run for figure in alike.held)
            return texts.say(
                SEVERAL[cell.state], cell=where, **self.several(run), held=texts["enumeration"].join(sources)
            ).text
        indicator, geo, period, value, unit = fact_of(cell)
        name = self.before.name(indicator, texts.lang)
        held = texts["enumeration"].join(release(*figure, texts) for figure in cell.held)
        key = CELLS[cell.state] if held else "import_first"
        return texts.say(
            key,
            cell=where,
            name=texts.say("import_target", name=name).text if cell.target else name,
            place=self.before.name(geo, texts.lang),
            period=period,
            amount=as_printed(value, unit, texts),
            held=held,
        ).text

    def several(self, run: Sequence[Weighed]) -> dict[str, str]:
        """What figures alike are of, from when to when, and how many."""
        indicator, geo, *_ = fact_of(run[0])
        periods = sorted(fact_of(cell)[2] for cell in run)
        names = {"name": self.before.name(indicator, self.texts.lang)}
        names["place"] = self.before.name(geo, self.texts.lang)
        return names | {"first": periods[0], "last": periods[-1], "count": str(len(run))}

    def asked(self, expectations: Sequence[Expected | None]) -> list[str]:
        """What is asked of figures that are to be written, as `futian track` asks; many of a kind at once.

        Parameters
        ----------
        expectations : sequence of Expected or None
            Of every figure that is to be written, in their order.
        """
        rehearsal, texts = self.delivery.rehearsal, self.texts
        assert rehearsal is not None
        kinds = {question.line: question.kind for question in rehearsal.evidence.questions()}
        alike: dict[tuple[str, ...], list[tuple[Weighed, Sentence]]] = {}
        for at, (cell, expectation) in enumerate(zip(self.delivery.written, expectations, strict=True)):
            assert cell.figure is not None
            line = self.delivery.line(at)
            entry = Entry(
                *(cell.figure, None, rehearsal.after, rehearsal.evidence, line, cell.held, rehearsal.files)
            )
            reason = Track(entry, self.before, texts).doubt(expectation)
            if reason is not None:
                alike.setdefault((kinds.get(line, FAR), *fact_of(cell)[:2]), []).append((cell, reason))
        lines: list[str] = []
        for doubts in alike.values():
            cells = [cell for cell, _ in doubts]
            if self.many(doubts):
                fields = self.several(cells) | {"cell": span_of(cells)}
                lines.append(texts.say("import_asked_several", reason=doubts[0][1], **fields).text)
            else:
                lines += [
                    texts.say("import_asked", cell=cell.reading.where, reason=reason).text
                    for cell, reason in doubts
                ]
        return lines

    def refused(self, asked: Sequence[str]) -> str:
        """That nothing was written, and why."""
        return "\n".join([*asked, self.texts["import_refused"]])


def span_of(run: Sequence[Weighed]) -> str:
    """Where a cell stands, or the first and the last of several."""
    first, last = run[0].reading, run[-1].reading
    return first.where if len(run) == 1 else f"{first.where} … {last.grid.place(last.row, last.column)}"


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
