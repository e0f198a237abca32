"""Growth from capital, labour and productivity, as a scenario file states it."""

from typing import Annotated, Literal

from pydantic import Field

from futian_model.scenario.phases import PART_WORDS, Above0, Fraction, Levels, Part, Rates, Real

Worn = Annotated[Real, Field(ge=0, le=1)]
WORN_WORDS = "part of capital lost in a year, a fraction from 0 to 1 (5% is 0.05)"
LEVELS_WORDS = "level of the base year and phases: base, phases"


class Public(Part):
    """Public capital apart from private capital."""

    capital_share: Fraction = Field(description=f"output elasticity of public capital, {PART_WORDS}")
    depreciation: Worn = Field(description=WORN_WORDS)
    capital_output_ratio: Above0 = Field(
        description="efficient public capital over GDP of the base year, years, above 0"
    )
    investment_share: Levels = Field(
        description=f"public investment over GDP, {LEVELS_WORDS}, each {PART_WORDS}"
    )
    efficiency: Levels | None = Field(
        default=None,
        description=f"part of public investment that becomes useful, {LEVELS_WORDS}; null: all of it",
    )


class Production(Part):
    """Growth that investment, labour and productivity give."""

    block: Literal["production"] = Field(
        description="production: growth from investment, labour and productivity"
    )
    timing: Literal["ltgm", "lagged", "same_year"] = Field(
        default="ltgm",
        description="ltgm, lagged or same_year: which year's investment enters a year's capital",
    )
    capital_share: Fraction = Field(
        description=f"output elasticity of capital (of private capital beside public), {PART_WORDS}"
    )
    depreciation: Worn = Field(description=WORN_WORDS)
    capital_output_ratio: Above0 = Field(description="capital over GDP of the base year, years, above 0")
    investment_share: Levels = Field(description=f"investment over GDP, {LEVELS_WORDS}, each {PART_WORDS}")
    tfp_growth: Rates = Field(description="growth of total factor productivity: phases")
    human_capital_growth: Rates | None = Field(
        default=None, description="growth of human capital a worker: phases; null: none"
    )
    participation: Levels | None = Field(
        default=None,
        description=f"workers over working-age population, {LEVELS_WORDS}, each {PART_WORDS}; null: constant",
    )
    working_age_share: Levels | None = Field(
        default=None,
        description=f"working-age over resident population, {LEVELS_WORDS}, each {PART_WORDS};"
        " null: constant",
    )
    public: Public | None = Field(
        default=None,
        description="public capital apart: capital_share, depreciation, capital_output_ratio,"
        " investment_share, efficiency; null: all capital is one",
    )
