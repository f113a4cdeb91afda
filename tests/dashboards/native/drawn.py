"""The columns of one run as the page draws them, from the native engine."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboards.drawn_columns import JOINED, PARTNER_COLUMNS, REACHES, TIE_COLUMNS, TRUST
from dashboards.questions import QUARTERS
from incentive_abm.columns import reached, steps_of, steps_of_trust
from incentive_abm.compiling.build import build
from incentive_abm.engine.run import Record
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

from .helping import in_force
from .runs import record


def quantised(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Values as 256 equal steps over low..high, clipped; (0, 255) keeps whole numbers as they are."""
    flat, out = np.ascontiguousarray(values, np.float32).ravel(), np.empty(values.size, np.uint8)
    build()[steps_of](flat, 1, 0, low, high, out)
    return out.reshape(values.shape)


def drawn(place: Place, scenario: Scenario, seed: int) -> dict[str, dict[str, NDArray[np.uint8]]]:
    """Partners and ties [quarter, item] by column."""
    recorded = record(place, scenario, seed, kept=Record.PICTURES)
    if recorded.partners is None or recorded.ties is None:
        raise ValueError("columns need a run recorded with pictures")
    partner = {name: quantised(recorded.partners[0][:, :, PARTNER_PICTURE.index(name)], low, high)
               for name, (low, high) in PARTNER_COLUMNS.items()}
    ties, engine, width = np.ascontiguousarray(recorded.ties[0]), build(), len(TIE_PICTURE)
    tie: dict[str, NDArray[np.uint8]] = {}
    for name, (low, high) in TIE_COLUMNS.items():
        if name in TRUST:
            steps, believed = np.empty(ties.shape[:2], np.uint8), (TIE_PICTURE.index(each) for each in TRUST[name])
            engine[steps_of_trust](ties.ravel(), width, *believed, low, high, steps.ravel())
            tie[name] = steps
        else:
            tie[name] = quantised(ties[:, :, TIE_PICTURE.index(name)], low, high)
    tie[JOINED] = np.empty(ties.shape[:2], np.uint8)
    for quarter in range(QUARTERS):
        least = in_force(scenario, PARAMETERS["seamless_quality"], quarter)
        engine[reached](ties[quarter].ravel(), width, TIE_PICTURE.index(REACHES), least, tie[JOINED][quarter])
    return {"partner": partner, "tie": tie}
