"""Scenarios with what no built-in one has: every timing of investment, public capital, every shape, targets
that are typed, judgments, and groups whose leaving costs others."""

HEAD = """\
id: {name}
title: {{zh: 试验, en: Trial}}
description: {{zh: 一项试验。, en: A trial.}}
extends: evidence_trend
"""
PRODUCTION = (
    HEAD
    + """\
levers:
  growth:
    block: production
    timing: {timing}
    capital_share: 0.3
    depreciation: 0.05
    capital_output_ratio: 3.0
    investment_share:
      base: 0.35
      phases:
        - {{start: 2026, end: 2030, shape: ramp, value: 0.35, to: 0.30, at: 2029}}
        - {{start: 2031, end: 2035, shape: step, value: 0.30, to: 0.28, at: 2033}}
    participation: {{base: 0.6, phases: [{{start: 2026, end: 2035, value: 0.61}}]}}
    working_age_share:
      base: 0.8
      phases: [{{start: 2026, end: 2035, shape: ramp, value: 0.8, to: 0.75, at: 2035}}]
    tfp_growth:
      phases:
        - {{start: 2026, end: 2028, shape: list, growth_rates: [0.03, 0.02, 0.01]}}
        - {{start: 2029, end: 2035, growth_rate: 0.02}}
    public:
      capital_share: 0.1
      depreciation: 0.04
      capital_output_ratio: 1.5
      investment_share: {{base: 0.1, phases: [{{start: 2026, end: 2035, value: 0.09}}]}}
      efficiency: {{base: 0.7, phases: [{{start: 2026, end: 2035, value: 0.8}}]}}
  events:
    inflow: {{title: {{zh: 人口流入, en: Inflow}}, on: population, start: 2029, size: 0.06, duration: 3}}
"""
)
TYPED = (
    HEAD
    + """\
levers:
  growth:
    block: target
    targets:
      - {{indicator: real_gdp, year: 2030, value: 8000}}
      - {{indicator: real_gdp_per_capita, year: 2035, multiple: 2.1}}
  population:
    block: path
    phases:
      - {{start: 2026, end: 2029, shape: step, growth_rate: 0.01, to: -0.01, at: 2028}}
      - {{start: 2030, end: 2035, shape: ramp, growth_rate: 0.0, to: 0.01, at: 2035}}
  shares:
    headquarters_share: {{block: target, targets: [{{year: 2032, value: 0.55}}]}}
  events:
    flood:
      {{title: {{zh: 水灾, en: Flood}}, start: 2027, size: -0.05, duration: 2, made_up: 0.5, recovery: 3}}
    inflow: {{title: {{zh: 人口流入, en: Inflow}}, on: population, start: 2034, size: 0.04, duration: 4}}
judgments:
  harvest:
    on: growth
    start: 2027
    end: 2029
    size: 1.5
    author: 王敏
    date: 2026-03-15
    reason: {{zh: 理由, en: Why}}
"""
)
LOSS = (
    HEAD
    + """\
levers:
  firms:
    share: headquarters_share
    relocation: 0.03
    entry: 0.05
    spillover: 0.7
    departures:
      first: {{title: {{zh: 首批, en: First}}, largest: 5, year: 2029}}
"""
)
EARLY = (
    HEAD.replace("evidence_trend", "trend_2021")
    + """\
levers:
  growth:
    block: production
    capital_share: 0.4
    depreciation: 0.05
    capital_output_ratio: 3.0
    investment_share: {{phases: [{{start: 2021, end: 2035, value: 0.35}}]}}
    tfp_growth: {{phases: [{{start: 2021, end: 2035, growth_rate: 0.02}}]}}
"""
)
SCENARIOS = {
    **{
        f"made_{timing}": PRODUCTION.format(name=f"made_{timing}", timing=timing)
        for timing in ("ltgm", "lagged", "same_year")
    },
    "typed": TYPED.format(name="typed"),
    "early": EARLY.format(name="early"),
    "loss": LOSS.format(name="loss"),
}
