"""Reading measures of a user's own off a run's state, for either executor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.errors import UserError
from incentive_abm.state.arrays import Arrays
from incentive_abm.user_measures.choosing import OwnMeasure
from incentive_abm.user_measures.compiled import compiled


@dataclass(frozen=True)
class OwnReader:
    """Some measures, by one set of rules."""

    measures: tuple[OwnMeasure, ...]
    rules: RuleSet = SHIPPED

    def of(self, s: Arrays, runs: int) -> NDArray[np.float64]:
        """The measures of the state now, float64[runs, measures]. Raises what a measure raises, as for an item not there."""
        out = np.empty((runs, len(self.measures)))
        for k, measure in enumerate(self.measures):
            read, records = compiled(measure.origin, self.rules)
            for lane in range(runs):
                out[lane, k] = read(*records.of(s, lane))
        return out


def not_finite(measures: Sequence[OwnMeasure], values: NDArray[np.float64]) -> str:
    """What is wrong with values[quarters, measures], told with its measure; "" where all are finite numbers."""
    wrong = np.argwhere(~np.isfinite(values))
    if not len(wrong):
        return ""
    quarter, k = (int(each) for each in wrong[0])
    return f"the measure {measures[k].name} is {values[quarter, k]}; expected a finite number in every state of a place"


def tried(reader: OwnReader, s: Arrays) -> None:
    """Read the measures off one state, to see that they can be; raises UserError where one stops, or gives no finite number."""
    for measure in reader.measures:
        try:
            told = not_finite((measure,), OwnReader((measure,), reader.rules).of(s, 1))
        except Exception as error:
            told = f"the measure {measure.name} stops with {type(error).__name__}: {error}"
        if told:
            raise UserError(f"{told}; it was tried before the first quarter, when nothing is shared yet")
