"""A merged scenario written out and read back is the same scenario."""

from datetime import date
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model.evidence import Evidence
from futian_model.scenario import Scenario, load_scenario
from futian_model.scenario.model import Content
from futian_model.scenario.reading import read

FIRST, LAST = 2021, 2035
RATES = st.floats(-0.5, 0.5)
LEVELS = st.floats(1e-3, 1e6)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40).filter(
    lambda text: any(category(sign)[0] in "LNPS" for sign in text)
)
AWKWARD = st.sampled_from(
    ["null", "~", "1e5", "0x1F", "2021", "- a", "a: b", "# a", "*a", "yes", ".nan", "2021-01-01"]
)


@st.composite
def phases(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Phases of every shape from the first year to the last."""
    ends = sorted({*draw(st.lists(st.integers(FIRST + 1, LAST - 2), max_size=3)), LAST})
    starts = [FIRST, *(end + 1 for end in ends[:-1])]
    return [draw(phase(start, end)) for start, end in zip(starts, ends, strict=True)]


@st.composite
def phase(draw: st.DrawFn, start: int, end: int) -> dict[str, Any]:
    years: dict[str, Any] = {"start": start, "end": end}
    shape = draw(
        st.sampled_from(["constant", "list", "ramp", "step"] if end > start else ["constant", "list"])
    )
    if shape == "list":
        rates = draw(st.lists(RATES, min_size=end - start + 1, max_size=end - start + 1))
        return years | {"shape": shape, "growth_rates": rates}
    years |= {"shape": shape, "growth_rate": draw(RATES)}
    if shape == "constant":
        return years
    return years | {"to": draw(RATES), "at": draw(st.integers(start + 1, end))}


def paths() -> st.SearchStrategy[dict[str, Any]]:
    return phases().map(lambda drawn: {"block": "path", "phases": drawn})


TREND = st.just({"block": "trend"})
YEARS = st.lists(st.integers(FIRST, LAST), min_size=1, max_size=3, unique=True)
TARGETS = st.one_of(
    st.just([{"goal": "gdp_2025"}, {"goal": "gdp_double_2035"}]),
    st.tuples(YEARS, LEVELS).map(
        lambda drawn: [{"indicator": "real_gdp", "year": year, "value": drawn[1]} for year in drawn[0]]
    ),
    st.tuples(YEARS, LEVELS).map(
        lambda drawn: [{"indicator": "real_gdp", "year": year, "multiple": drawn[1]} for year in drawn[0]]
    ),
)
PARTS = st.floats(0.01, 0.99)


def levels() -> st.SearchStrategy[dict[str, Any]]:
    """A level of the base year, and phases of one kind."""
    steady = PARTS.map(lambda value: [{"start": FIRST, "end": LAST, "value": value}])
    ramp = st.tuples(PARTS, PARTS, st.integers(FIRST + 1, LAST)).map(
        lambda drawn: [
            {"start": FIRST, "end": LAST, "shape": "ramp", "value": drawn[0], "to": drawn[1], "at": drawn[2]}
        ]
    )
    count = LAST - FIRST + 1
    listed = st.lists(PARTS, min_size=count, max_size=count).map(
        lambda values: [{"start": FIRST, "end": LAST, "shape": "list", "values": values}]
    )
    return st.fixed_dictionaries({"base": PARTS, "phases": steady | ramp | listed})


RATES_PATH = phases().map(lambda drawn: {"phases": drawn})
PRODUCTION = st.fixed_dictionaries(
    {
        "block": st.just("production"),
        "timing": st.sampled_from(["ltgm", "lagged", "same_year"]),
        "capital_share": st.floats(0.01, 0.5),
        "depreciation": st.floats(0.0, 1.0),
        "capital_output_ratio": LEVELS,
        "investment_share": levels(),
        "tfp_growth": RATES_PATH,
    },
    optional={
        "human_capital_growth": RATES_PATH,
        "participation": levels(),
        "working_age_share": levels(),
        "public": st.fixed_dictionaries(
            {
                "capital_share": st.floats(0.01, 0.4),
                "depreciation": st.floats(0.0, 1.0),
                "capital_output_ratio": LEVELS,
                "investment_share": levels(),
            },
            optional={"efficiency": levels()},
        ),
    },
)
LEAD = (
    TREND
    | st.just({"block": "none"})
    | RATES.map(lambda gap: {"block": "path", "phases": [{"start": FIRST, "end": LAST, "growth_gap": gap}]})
)
NAMED = {"title": st.just({"zh": "某地", "en": "A place"}), "id": st.just("somewhere")}
CONTEXT = st.fixed_dictionaries(
    {
        "block": st.just("context"),
        "nation": st.fixed_dictionaries(
            {
                **NAMED,
                "place": st.just("nation"),
                "growth": TREND
                | paths()
                | st.sampled_from(["low", "central", "high"]).map(
                    lambda point: {"block": "published", "path": "bai_2020", "point": point}
                ),
            }
        ),
        "city": st.fixed_dictionaries(
            {
                **NAMED,
                "place": st.just("city"),
                "growth": TREND | paths() | LEAD.map(lambda lead: {"block": "lead", "lead": lead}),
            }
        ),
        "differential": LEAD,
    }
)
EVENT = st.fixed_dictionaries(
    {
        "title": st.just({"zh": "冲击", "en": "Shock"}),
        "on": st.sampled_from(["growth", "population", "deflator", "headquarters_share"]),
        "start": st.integers(FIRST, LAST),
        "size": st.floats(-0.9, 9.0),
    },
    optional={"duration": st.integers(1, 80), "made_up": st.floats(0, 1), "recovery": st.integers(1, 80)},
)
FIRMS = st.fixed_dictionaries(
    {"share": st.just("headquarters_share")},
    optional={
        "tail": st.just({"value": 1.0, "low": 0.5, "high": 1.5}),
        "relocation": st.floats(0, 1),
        "entry": st.floats(0, 10),
        "spillover": st.floats(0, 5),
        "departures": st.dictionaries(
            st.sampled_from(["one", "two"]),
            st.none()
            | st.fixed_dictionaries(
                {
                    "title": st.just({"zh": "迁出", "en": "Gone"}),
                    "largest": st.integers(1, 50),
                    "year": st.integers(FIRST, LAST),
                }
            ),
        ),
    },
)
GROWTH = (
    CONTEXT
    | PRODUCTION
    | TREND
    | paths()
    | TARGETS.map(lambda targets: {"block": "target", "targets": targets})
)
IMPLIED = st.just({"block": "implied", "targets": [{"goal": "gdp_per_capita_2025"}]})
SHARES = st.fixed_dictionaries(
    {},
    optional={
        "headquarters_share": st.none() | TREND,
        "digital_economy_share": st.tuples(YEARS, st.floats(0.01, 0.99)).map(
            lambda drawn: {
                "block": "target",
                "targets": [{"year": year, "value": drawn[1]} for year in drawn[0]],
            }
        ),
        "finance_share": RATES.map(
            lambda gap: {"block": "path", "phases": [{"start": FIRST, "end": LAST, "growth_gap": gap}]}
        ),
    },
)
SHARED = SHARES.map(lambda shares: shares | {"headquarters_share": {"block": "trend"}})
LEVERS = st.one_of(
    st.fixed_dictionaries({"growth": GROWTH, "population": TREND | paths(), "shares": SHARES}),
    st.fixed_dictionaries({"growth": TREND | paths(), "population": IMPLIED, "shares": SHARES}),
    st.fixed_dictionaries(
        {
            "shares": SHARED,
            "firms": st.none() | FIRMS,
            "events": st.dictionaries(st.sampled_from(["fair", "shock"]), st.none() | EVENT),
        }
    ),
)
DATES = st.dates(min_value=date(1900, 1, 1)).map(date.isoformat)
JUDGMENT = st.fixed_dictionaries(
    {
        "on": st.sampled_from(["growth", "population", "deflator"]),
        "start": st.integers(FIRST, LAST),
        "size": st.floats(-10, 10).filter(bool),
        "author": TEXTS | AWKWARD,
        "date": DATES,
        "reason": st.fixed_dictionaries({"zh": TEXTS | AWKWARD, "en": TEXTS}),
    },
    optional={"end": st.none() | st.just(LAST)},
)
CONTENT = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True),
        "title": st.fixed_dictionaries({"zh": TEXTS | AWKWARD, "en": TEXTS | AWKWARD}),
        "description": st.fixed_dictionaries({"zh": TEXTS, "en": TEXTS}),
        "levers": LEVERS,
        "assumptions": st.fixed_dictionaries(
            {
                "vintage": st.sampled_from(["2021", "2021-10"]),
                "gdp_source": st.just("futian_14fyp"),
                "population_source": st.just("futian_14fyp"),
                "deflator": TREND | paths(),
            },
            optional={
                "base": st.fixed_dictionaries({"gdp": st.none() | LEVELS, "average_population": LEVELS})
            },
        ),
    },
    optional={
        "judgments": st.dictionaries(
            st.from_regex(r"[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True), st.none() | JUDGMENT, max_size=3
        ),
        "run": st.fixed_dictionaries({"draws": st.integers(1, 2_000_000), "seed": st.integers(0, 2**63 - 1)}),
    },
)


def parts(scenario: Scenario) -> tuple[object, ...]:
    """What a scenario assumes, without where it stands."""
    return (
        scenario.id,
        scenario.title,
        scenario.description,
        scenario.levers,
        scenario.assumptions,
        scenario.run,
        scenario.judgments,
    )


@settings(max_examples=120, deadline=None)
@given(CONTENT)
def test_written_out_and_read_back_it_is_the_same(
    evidence: Evidence, tmp_path_factory: pytest.TempPathFactory, drawn: dict[str, Any]
) -> None:
    content = Content.model_validate(drawn)
    stated = Scenario(
        content.id,
        content.title,
        content.description,
        None,
        content.levers,
        content.assumptions,
        content.run,
        {},
        "drawn",
        content.judgments,
    )
    file = tmp_path_factory.getbasetemp() / "round_trip.yaml"
    file.write_text(stated.as_yaml(), encoding="utf-8")
    again = load_scenario(file, evidence.project, evidence=evidence)
    assert parts(again) == parts(stated)
    assert again.to_dict() == stated.to_dict()
    assert read(file, "again").root.plain() == stated.to_dict()
    assert again.as_yaml() == stated.as_yaml()
