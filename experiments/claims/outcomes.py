"""What claims are about, as one number of each run, and the smallest difference in it that would interest anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.result_columns import BY_QUARTER
from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS
from incentive_abm.times import QUARTERS_A_YEAR

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Read = Callable[["pd.DataFrame"], Floats]
A_GAIN = PARAMETERS["gain"].default
A_SHARE_OF_RUNS, A_QUARTER, A_WALK_OUT, A_SKEW = 0.02, 1.0 / QUARTERS_A_YEAR, 0.05, 0.5
BEGUN = PARAMETERS["collapsed_from"].default
SAID = 0.7
TIES = "of_place_ties"


@dataclass(frozen=True)
class Measured:
    """An outcome: what it is, its unit, the smallest difference of interest and why, what runs must keep, how it is read.

    brokered: whether every tie begins with an agreement, so that all runs have something to keep or to lose.
    """

    meaning: str
    unit: str
    smallest: float
    because: str
    read: Read
    keep: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    brokered: bool = False


def _column(name: str) -> Read:
    return lambda rows: rows[name].to_numpy(np.float64)


def _regime(regime: Regime) -> Read:
    return lambda rows: np.asarray(rows["regime"] == regime.label, np.float64)


def _by_quarter(rows: pd.DataFrame, name: str) -> Floats:
    """A measure by run and quarter."""
    return np.array([np.asarray(each, np.float64) for each in rows[name + BY_QUARTER]])


def _first(happened: NDArray[np.bool_]) -> Floats:
    """Years until the first quarter in which it has happened; the whole run where it never does."""
    years = np.where(happened.any(axis=1), happened.argmax(axis=1), happened.shape[1])
    return np.asarray(years / QUARTERS_A_YEAR, np.float64)


def _until_begun(rows: pd.DataFrame) -> Floats:
    return _first(_by_quarter(rows, "integration") >= BEGUN)


def _held(rows: pd.DataFrame) -> Floats:
    form = _by_quarter(rows, "form")
    return _first(form < form[:, :1] / 2.0)


def _walk_outs(rows: pd.DataFrame) -> Floats:
    return np.asarray(_by_quarter(rows, "walk_outs").sum(axis=1) / rows[TIES].to_numpy(np.float64), np.float64)


def _skewness(rows: pd.DataFrame) -> Floats:
    """Each run's part in the skewness of integration over all of them; their mean is the skewness."""
    values = rows["integration"].to_numpy(np.float64)
    spread = values.std()
    return np.asarray(((values - values.mean()) / spread) ** 3 if spread > 0.0 else np.zeros(len(values)), np.float64)


def _in_word_only(rows: pd.DataFrame) -> Floats:
    said, done = rows["stated_agreement"].to_numpy(np.float64), rows["integration"].to_numpy(np.float64)
    return ((said >= SAID) & (done < BEGUN)).astype(np.float64)


def _few(rows: pd.DataFrame) -> Floats:
    """1 where the largest joined group has two or three partners, 0 where it has more, missing where nothing is joined."""
    group = rows["largest_group"].to_numpy(np.float64)
    return np.where(group >= 2.0, (group <= 3.0).astype(np.float64), np.nan)


_GAIN = "the gain that the model itself calls one worth the name"
_RUNS = "one run in fifty"
_MEASURED: Mapping[str, Measured] = {
    "integration": Measured("integration I in the last quarter", "share", A_GAIN, _GAIN, _column("integration")),
    "form": Measured("form F, what is under agreement, in the last quarter", "share", A_GAIN, _GAIN, _column("form")),
    "outcome": Measured("what people get, in the last quarter", "worth", A_GAIN, _GAIN, _column("outcome")),
    "seamless": Measured("chance of a journey without a gap, in the last quarter", "share", A_GAIN, _GAIN, _column("seamless")),
    "equity": Measured("outcome of the under-served over that of the rest, in the last quarter", "ratio", A_SHARE_OF_RUNS,
                       "two hundredths of equality", _column("equity")),
    "stalled": Measured("share of runs that end stalled", "share of runs", A_SHARE_OF_RUNS, _RUNS, _regime(Regime.STALLED)),
    "busy": Measured("share of runs that end busy", "share of runs", A_SHARE_OF_RUNS, _RUNS, _regime(Regime.BUSY)),
    "walk_outs": Measured("walk-outs on a tie over the whole run", "walk-outs", A_WALK_OUT, "one on twenty ties",
                          _walk_outs, series=("walk_outs",)),
    "years_until_begun": Measured(f"years until integration first reaches {BEGUN:g}, or the whole run",
                                  "years", A_QUARTER, "the model's own step of time", _until_begun, series=("integration",)),
    "years_held": Measured("years until half of what was agreed at the start is gone, the whole run where it never is",
                           "years", A_QUARTER, "the model's own step of time", _held, series=("form",), brokered=True),
    "skewness": Measured("skewness of integration over runs", "skewness", A_SKEW, "what is commonly called moderate", _skewness),
    "agreed_in_word_only": Measured(
        f"share of runs in which partners say they are {SAID:.0%} alike or more, and integration is below {BEGUN:g}",
        "share of runs", A_SHARE_OF_RUNS, _RUNS, _in_word_only, keep=("stated_agreement",)),
    "few_joined": Measured("where anything is joined, share of runs whose largest joined group has two or three partners",
                           "share of runs", A_SHARE_OF_RUNS, _RUNS, _few, keep=("largest_group",)),
}  # fmt: skip


class Outcome(Enum):
    """The closed set of outcomes; the names in lower case are the words of the ledger's files."""

    INTEGRATION = "integration"
    FORM = "form"
    OUTCOME = "outcome"
    SEAMLESS = "seamless"
    EQUITY = "equity"
    STALLED = "stalled"
    BUSY = "busy"
    WALK_OUTS = "walk_outs"
    YEARS_UNTIL_BEGUN = "years_until_begun"
    YEARS_HELD = "years_held"
    SKEWNESS = "skewness"
    AGREED_IN_WORD_ONLY = "agreed_in_word_only"
    FEW_JOINED = "few_joined"

    @property
    def measured(self) -> Measured:
        """What it is and how it is read."""
        return _MEASURED[self.value]

    @property
    def smallest(self) -> float:
        """The smallest difference of interest."""
        return self.measured.smallest
