"""Names of quantities, panels and methods of the record, and which data it did worst on."""

from futian_model.backtest.frames import FEWEST_UNITS, MODEL, RECORD, by_method
from futian_model.backtest.record import ALL
from futian_model.report.pages.backtest.material import FEWEST_FORECASTS, Track
from futian_model.report.words import Number, Sentence, Words
from futian_model.report.words.names import panel_name, quantity_name

NOMINAL = 0.8
"""Share that the band is to hold."""


def data_name(page: Track, quantity: str = "", panel: str = "") -> str:
    """Quantity and panel together; the report's own when left out."""
    return page.say(
        "backtest_data",
        quantity=quantity_name(quantity or page.quantity, page.words),
        panel=panel_name(panel or page.panel, page.words),
    ).text


def inline(page: Track, quantity: str = "", panel: str = "") -> str:
    """`data_name` inside a sentence."""
    return page.words.inline(data_name(page, quantity, panel))


def ahead(words: Words, horizon: int) -> Sentence:
    """A number of years ahead."""
    return words.say("backtest_horizon", years=Number(horizon, "count"))


def enough(page: Track, quantity: str, panel: str, horizon: int) -> bool:
    """Whether a set of forecasts is held and large enough to print its share."""
    if not page.has(RECORD, quantity, None, "forecasts", by_method(panel, MODEL), horizon):
        return False
    forecasts, units = (
        page.of(quantity, panel, horizon, name, "count").value for name in ("forecasts", "units")
    )
    return forecasts >= FEWEST_FORECASTS and units >= FEWEST_UNITS


def others(page: Track) -> list[tuple[str, str]]:
    """Quantity and panel of everything else in the record, the report's quantity first."""
    table = page.evidence.record
    held = table.loc[table["method"] == MODEL, ["quantity", "panel"]].drop_duplicates()
    kinds = [(str(quantity), str(panel)) for quantity, panel in held.itertuples(index=False)]
    own = (page.quantity, page.panel)
    return sorted((kind for kind in kinds if kind != own), key=lambda kind: (kind[0] != page.quantity, kind))


def weakest(page: Track) -> tuple[str, str, int] | None:
    """Quantity, panel and horizon of the lowest coverage elsewhere that is surely below the promise."""
    table = page.evidence.record
    rows = table[
        (table["method"] == MODEL) & (table["origin"] == ALL) & (table["coverage_80_high"] < NOMINAL)
    ]
    for row in rows.sort_values("coverage_80").to_dict("records"):
        key = str(row["quantity"]), str(row["panel"]), int(row["horizon"])
        if key[:2] != (page.quantity, page.panel) and enough(page, *key):
            return key
    return None
