"""Realistic tables and words for charts, in both languages."""

import numpy as np
import pandas as pd

from futian_model.charts import FanWords

Z = {"p05": -1.645, "p10": -1.282, "p25": -0.674, "central": 0.0, "p75": 0.674, "p90": 1.282, "p95": 1.645}
NAMES = {0.5: "50%", 0.8: "80%", 0.9: "90%"}
LONG_ZH = (
    "在规划路径下，福田区2035年地区生产总值的中位数为9,600亿元（2020年不变价），"
    "“十四五”末达到6,600亿元目标的概率为49%，而基准路径下仅为21%"
)
LONG_EN = (
    "On the plan path the median GDP of Futian District in 2035 is RMB 960.0 billion at 2020 prices, "
    "and the goal of RMB 660.0 billion for 2025 is met with a probability of 49% against 21% on the baseline"
)


def bands(start: float, end: float, spread: float, first: int = 2020, last: int = 2035) -> pd.DataFrame:
    years = np.arange(first, last + 1)
    share = (years - first) / max(last - first, 1)
    central = start * (end / start) ** share
    levels = {name: central * np.exp(z * spread * np.sqrt(share)) for name, z in Z.items()}
    return pd.DataFrame({"year": years, **levels})


def history(start: float, end: float, known: int = 2020, last: int = 2024) -> pd.DataFrame:
    years = np.arange(2000, last + 1)
    wave = 1 + 0.02 * np.sin(years * 1.7)
    values = start * (end / start) ** ((years - 2000) / 20) * wave
    return pd.DataFrame({"year": years, "value": values, "known": years <= known})


def goals(**labels: float) -> pd.DataFrame:
    rows = [(int(key[1:5]), value, key[5:].replace("_", " ").strip()) for key, value in labels.items()]
    return pd.DataFrame(rows, columns=["year", "value", "label"])


def fan_words(title: str, **more: str) -> FanWords:
    chinese = any("\u4e00" <= character <= "\u9fff" for character in title)
    words = {
        "subtitle": "地区生产总值，亿元，2020年不变价" if chinese else "GDP, RMB 100 million, 2020 prices",
        "source": "来源：统计年鉴2021；2021年后公布的观测值只作对照。" * 2
        if chinese
        else "Source: Yearbook 2021. " * 5,
        "scenario": "规划路径 9,600" if chinese else "Plan path with a long name 9,600",
        "history": "实际值" if chinese else "Observed",
        "later": "2021年后公布" if chinese else "Published after 2021",
        "reference": "基准路径 8,399" if chinese else "Baseline 8,399",
        "alt": "扇形图 <2035>" if chinese else 'A "fan" chart',
    }
    return FanWords(title=title, bands=NAMES, **{**words, **more})
