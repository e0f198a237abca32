"""Why two scenarios differ, as material of a report: every part of the differences, and their rows."""

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from futian_model.attribution import Attribution, Blocks, Mixtures, attribute
from futian_model.report.sections.attribution import ATTRIBUTION, Why, block_name, titles
from futian_model.report.sections.material import Material
from futian_model.scenario import Scenario


class Explained(Material):
    """Material of two scenarios, one of them its own, whose differences are split."""

    @property
    @abstractmethod
    def pair(self) -> tuple[Scenario, Scenario]:
        """From which, and to which."""

    @property
    @abstractmethod
    def mixtures(self) -> Mixtures:
        """What lies between the two."""

    @cached_property
    def titles(self) -> tuple[str, str]:
        """What the two are called, never alike."""
        return titles(*self.pair, self.lang)

    @property
    def vintages(self) -> Mapping[str, str]:
        """Up to when figures count, by scenario; of their difference where both agree."""
        a, b = self.pair
        own, other = a.assumptions.vintage, b.assumptions.vintage
        both = {f"{a.id} to {b.id}": own} if own == other else {}
        return {**both, b.id: other, a.id: own, **super().vintages}

    @property
    def explained(self) -> list[str]:
        """Indicators whose difference is split: GDP, GDP per head and the first share that both have."""
        return self.mixtures.headline()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.mixtures.names

    @cached_property
    def attributions(self) -> dict[str, Attribution]:
        """Central paths of the last year, by indicator."""
        return {
            name: attribute(*self.pair, self.evidence, indicator=name, mixtures=self.mixtures)
            for name in self.explained
        }

    def parts(self) -> list[pd.DataFrame]:
        """The attributions as results."""
        return [attribution.frame(ATTRIBUTION) for attribution in self.attributions.values()]

    def block(self, blocks: Blocks) -> str:
        """What changes sides together, as it stands in a sentence."""
        return block_name(blocks, self.evidence, self.words)

    def why(self, indicator: str) -> Why:
        """What an indicator's difference comes from."""
        return Why(self.attributions[indicator], self.words, self.evidence, self.titles, self.ledger)
