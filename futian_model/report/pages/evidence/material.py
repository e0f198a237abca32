"""What the evidence page is written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model.calibration import missing, outlook
from futian_model.calibration.frames import ladder_frame
from futian_model.calibration.outlook import GROWTH, PEOPLE, PRICES
from futian_model.calibration.trends import Frame
from futian_model.languages import names
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material


@dataclass(frozen=True, eq=False)
class EvidenceMaterial(Material):
    """Material with the growth of nation, city and district year by year, others' expectations of the
    nation, and what missing figures leave open, in its results.
    """

    @property
    def setting(self) -> Frame:
        """Years and vintage that the evidence is asked at."""
        own = self.scenario.assumptions
        return Frame(self.evidence, own.base_year, own.horizon, own.vintage, forecasts=own.forecasts)

    @cached_property
    def outlooks(self) -> Mapping[str, pd.DataFrame]:
        """What others expect of the nation, by indicator."""
        return {name: outlook.outlook(self.setting, name) for name in (GROWTH, PRICES, PEOPLE)}

    @cached_property
    def gaps(self) -> Mapping[str, pd.DataFrame]:
        """How far each body's expectation lies from the nation's median, by indicator."""
        return {
            name: outlook.gaps(told, outlook.medians(self.setting, name))
            for name, told in self.outlooks.items()
        }

    @cached_property
    def doubts(self) -> pd.DataFrame:
        """What every missing figure leaves open of what the page can judge."""
        found = missing.doubts(self.given_scenario.calibration, self.setting)
        return found[found["indicator"].isin(self.alone.indicators)]

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        own, known = self.given_scenario, super().results
        named = self.scenario.id
        quantiles = known[(known["reading"] == GIVEN_EVIDENCE) & (known["case"] == "")]
        tables = [
            known,
            ladder_frame(own.calibration, self.evidence, named, self.first + 1),
            outlook.frame(self.setting, named),
            missing.frame(self.doubts, quantiles, named, own.place),
        ]
        return pd.concat(tables, ignore_index=True)

    def result_names(self, inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        told = pd.concat(self.outlooks.values()).drop_duplicates("body")
        bodies = {row["body"]: names(row) | {"unit": "", "kind": "body"} for row in told.to_dict("records")}
        return super().result_names(inputs) | bodies
