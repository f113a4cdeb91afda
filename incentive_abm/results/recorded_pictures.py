"""The recorded pictures of runs by name, as whatever is read off them needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.engine.run import Recorded
from incentive_abm.place import Place
from incentive_abm.rules import appraisal
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

Array = NDArray[Any]
NO_PACKAGE = -1e8
"""Below this, a side's best worth says that no package would leave both better off."""


@dataclass(frozen=True)
class Pictures:
    """The recorded quarters of R runs: ties by name float32[R, Q, m], partners by name float32[R, Q, n]."""

    place: Place
    tie: Mapping[str, NDArray[np.float32]]
    partner: Mapping[str, NDArray[np.float32]]
    first_quarter: int
    sharing: NDArray[np.float32]
    less_willing_b: NDArray[np.bool_]

    @classmethod
    def of(cls, place: Place, recorded: Recorded) -> Pictures:
        """Raises ValueError where events were not recorded."""
        if recorded.ties is None or recorded.partners is None or recorded.logs is None:
            raise ValueError("events were not recorded")
        ties = {name: recorded.ties[..., k] for k, name in enumerate(TIE_PICTURE)}
        partners = {name: recorded.partners[..., k] for k, name in enumerate(PARTNER_PICTURE)}
        return cls(place, ties, partners, recorded.logs[0][0].quarter,
                   breadth(ties["scope_money"], ties["scope_staff"], ties["scope_information"]), _less_willing_b(ties))

    def before(self, values: NDArray[np.float32], start: float = np.nan) -> NDArray[np.float32]:
        """Each quarter's value a quarter earlier; `start` before the first."""
        earlier = np.full_like(values, start)
        earlier[:, 1:] = values[:, :-1]
        return earlier


def breadth(one: NDArray[np.float32], two: NDArray[np.float32], three: NDArray[np.float32]) -> NDArray[np.float32]:
    """`appraisal.breadth` over arrays; it is linear, so its weights can be read off it."""
    weights = [np.float32(appraisal.breadth(*unit)) for unit in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))]
    return np.asarray(weights[0] * one + weights[1] * two + weights[2] * three, np.float32)


def _less_willing_b(tie: Mapping[str, NDArray[np.float32]]) -> NDArray[np.bool_]:
    """Ties on which side b gains less by its own best deal; where no deal is possible, b with the better fallback."""
    gain_a, gain_b = tie["best_a"] - tie["fallback_a"], tie["best_b"] - tie["fallback_b"]
    impossible = tie["best_a"] < NO_PACKAGE
    return np.asarray(np.where(impossible, tie["fallback_b"] > tie["fallback_a"], gain_b < gain_a))


def ends_of(pictures: Pictures, tie: Array, by_b: Array) -> dict[str, Array]:
    """Who acts and on whom, for ties of which side b or a acts."""
    a, b = pictures.place.ties.a[tie], pictures.place.ties.b[tie]
    return {"tie": tie, "partner": np.where(by_b, b, a), "other": np.where(by_b, a, b)}
