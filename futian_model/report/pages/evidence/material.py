"""What the evidence page is written from."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model.calibration import missing, outlook
from futian_model.calibration.frames import ladder_frame
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material
from futian_model.rounds import Prediction, Round, predictions
from futian_model.rounds.filing import register_frame


@dataclass(frozen=True, eq=False)
class EvidenceMaterial(Material):
    """Material with the growth of nation, city and district year by year, others' expectations of the
    nation, what missing figures leave open, and what came of the chances that rounds state, in its results.

    Attributes
    ----------
    rounds : tuple of Round
        Earliest first; may be none.
    """

    rounds: tuple[Round, ...] = ()

    @cached_property
    def filed(self) -> list[Prediction]:
        """Every chance that the rounds state."""
        return predictions(self.rounds, self.evidence)

    @cached_property
    def doubts(self) -> pd.DataFrame:
        """What every missing figure leaves open of what the page can judge."""
        doubts = missing.doubts(self.given_scenario.calibration, self.setting)
        return doubts[doubts["indicator"].isin(self.alone.indicators)]

    @property
    def outlook_rows(self) -> pd.DataFrame:
        """What others expect, year by year."""
        return outlook.frame(self.setting, self.scenario.id)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        own, known = self.given_scenario, super().results
        named = self.scenario.id
        quantiles = known[(known["reading"] == GIVEN_EVIDENCE) & (known["case"] == "")]
        tables = [
            known,
            ladder_frame(own.calibration, self.evidence, named, self.first + 1),
            missing.frame(self.doubts, quantiles, named, own.place),
            register_frame(self.filed, named, own.place),
        ]
        return pd.concat(tables, ignore_index=True)
