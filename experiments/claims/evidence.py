"""What the contrasts of one claim say: mean, interval, tests, and a tree that must hold on what it had not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.tree import leaves_of, numeric_columns
from experiments.claims.claim import Trial
from experiments.claims.contrasts import settings_at_rest
from incentive_abm.optional_libraries import library

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
ENOUGH_PLACES, FOLDS, DEPTH, SMALLEST_SHARE, CONFIDENCE = 8, 5, 2, 0.1, 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean over independent units (places or backgrounds) with its standard error."""

    mean: float
    error: float
    units: int

    def above(self, line: float) -> float:
        """p of a one-sided t test: that the mean lies above a line."""
        if self.units < 2 or not np.isfinite(self.mean):
            return 1.0
        if self.error == 0.0:
            return 0.0 if self.mean > line else 1.0
        return float(library("scipy.special").stdtr(self.units - 1, -(self.mean - line) / self.error))

    def below(self, line: float) -> float:
        """p of a one-sided t test: that the mean lies below a line."""
        return Estimate(-self.mean, self.error, self.units).above(-line)

    @property
    def differs(self) -> float:
        """p of a two-sided t test against nothing."""
        return min(1.0, 2.0 * min(self.above(0.0), self.below(0.0)))

    def within(self, line: float) -> float:
        """p of two one-sided t tests: that the mean lies within ± a line."""
        return max(self.above(-line), self.below(line))

    def interval(self) -> tuple[float, float]:
        """The 95% interval."""
        if self.units < 2:
            return float("nan"), float("nan")
        half = float(library("scipy.special").stdtrit(self.units - 1, (1.0 + CONFIDENCE) / 2.0)) * self.error
        return self.mean - half, self.mean + half


@dataclass(frozen=True)
class Where:
    """Where the tree foretells the effect, judged on what it had not seen; values as the text expects (above nothing).

    rule: what the tree grown on everything names; share: of the backgrounds that lie there.
    """

    rule: str
    share: float
    there: Estimate
    elsewhere: Estimate

    def only_there(self, smallest: float) -> float:
        """p that there is an effect there, and none of interest elsewhere."""
        return max(self.there.above(0.0), self.elsewhere.below(smallest))

    @property
    def turns(self) -> float:
        """p that the sign there is as expected, and elsewhere the other way round."""
        return max(self.there.above(0.0), self.elsewhere.below(0.0))


@dataclass(frozen=True)
class Evidence:
    """All that a verdict hangs on. effect: of the contrast as it is; shares: of backgrounds by the expected sign; sought:
    whether a tree was grown, and so counts among the tests; where: None where it left one part too small."""

    effect: Estimate
    over: str
    backgrounds: int
    as_expected: float
    other_way: float
    sought: bool
    where: Where | None


def weigh(trial: Trial, table: pd.DataFrame) -> Evidence:
    """The evidence in a table of contrasts."""
    values, places = table["contrast"].to_numpy(np.float64), table["place"].to_numpy(object)
    turned = trial.sign.factor * values
    by_place, sought = _by_place(places), len(turned) >= 10 * FOLDS and bool(np.ptp(turned) > 0.0)
    return Evidence(
        estimate(values, places),
        "places" if by_place else "backgrounds",
        len(values),
        float((turned > 0.0).mean()) if len(values) else float("nan"),
        float((turned < 0.0).mean()) if len(values) else float("nan"),
        sought,
        _where(trial, table, turned, places) if sought else None,
    )


def estimate(values: Floats, places: NDArray[np.object_]) -> Estimate:
    """The mean of the places' means, or of the values where there are few places."""
    if _by_place(places):
        values = np.array([values[places == place].mean() for place in sorted(set(places))])
    if len(values) < 2:
        return Estimate(float(values.mean()) if len(values) else float("nan"), float("nan"), len(values))
    return Estimate(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))), len(values))


def _by_place(places: NDArray[np.object_]) -> bool:
    return len(set(places)) >= ENOUGH_PLACES


def _where(trial: Trial, table: pd.DataFrame, turned: Floats, places: NDArray[np.object_]) -> Where | None:
    """Sorted by trees that had not seen what they sort; None where either part would be too small."""
    names, columns = numeric_columns(table[settings_at_rest(table)])
    groups = places if _by_place(places) else np.arange(len(turned)).astype(object)
    model = library("sklearn.tree").DecisionTreeRegressor(
        max_depth=DEPTH, min_samples_leaf=int(np.ceil(SMALLEST_SHARE * len(turned))), random_state=1)
    foretold = np.zeros(len(turned))
    for grown, left in library("sklearn.model_selection").GroupKFold(FOLDS).split(columns, turned, groups):
        foretold[left] = model.fit(columns[grown], turned[grown]).predict(columns[left])
    there: Mask = foretold >= trial.smallest
    if not SMALLEST_SHARE <= there.mean() <= 1.0 - SMALLEST_SHARE:
        return None
    model.fit(columns, turned)
    leaves = leaves_of(model.tree_, names, len(turned))
    rules = [str(leaf["rule"]) for _, leaf in leaves.iterrows() if leaf["share"] >= trial.smallest]
    return Where(", or ".join(joined(rules)), float(there.mean()), estimate(turned[there], places[there]),
                 estimate(turned[~there], places[~there]))


def joined(rules: list[str]) -> list[str]:
    """Rules without what two of them together leave open: one with and one without a condition, all else alike."""
    parts = [rule.split(" and ") for rule in rules]
    for k, one in enumerate(parts):
        for other in parts[k + 1:]:
            mine, theirs = [c for c in one if c not in other], [c for c in other if c not in one]
            if len(mine) == len(theirs) == 1 and _opposite(mine[0], theirs[0]):
                rest = [" and ".join(each) for each in parts if each is not one and each is not other]
                return joined([" and ".join(c for c in one if c in other), *rest]) if len(one) > 1 else ["always"]
    return rules


def _opposite(one: str, other: str) -> bool:
    return any(one.replace(a, b) == other for a, b in ((" above ", " up to "), (" up to ", " above "), (" is not ", " is "))) or (
        other.replace(" is not ", " is ") == one and one != other)
