"""Intervals for runs that share points and luck: variances clustered both ways, without resampling.

The runs of one point share its parameters and the runs of one replicate share its luck, so neither are independent. An
estimate is written as a sum over runs of what each contributes; contributions are added up within points (whole base rows,
where points were drawn in rows) and within replicates before they are squared (Cameron, Gelbach & Miller 2011, J. Bus. Econ.
Stat. 29). Points that were laid out rather than drawn are taken as they are: then only luck is uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.analysis.intervals import normal_quantile, student_quantile
from experiments.analysis.run_tables import Floats, drawn_together, need

LAID_OUT = ("factorial", "one_at_a_time")
"""Designs whose points stand for nothing but themselves."""


@dataclass(frozen=True, eq=False)
class Sharing:
    """Which group of points and which replicate each run belongs to; points_drawn is false for a design laid out."""

    point: npt.NDArray[np.int64]
    replicate: npt.NDArray[np.int64]
    points_drawn: bool

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Sharing:
        """Some of the runs."""
        return Sharing(self.point[rows], self.replicate[rows], self.points_drawn)

    def spread(self, parts: Floats) -> tuple[float, float]:
        """(variance, degrees of freedom) of an estimate from what each run contributes to its error; NaN where unknown."""
        by_point, by_replicate = _squares(parts, self.point), _squares(parts, self.replicate)
        if not self.points_drawn:
            variance, degrees = by_replicate
            return (variance, float(degrees)) if degrees > 0 else (float("nan"), float("nan"))
        known = [(variance, degrees) for variance, degrees in (by_point, by_replicate) if degrees > 0]
        if not known:
            return float("nan"), float("nan")
        total = sum(variance for variance, _ in known) - (float(parts @ parts) if len(known) == 2 else 0.0)
        total = max(total, *(variance for variance, _ in known))
        weight, fewest = sum(variance**2 / degrees for variance, degrees in known), float(min(degrees for _, degrees in known))
        return total, max(total**2 / weight, fewest) if weight > 0.0 else fewest

    def fewest(self) -> int:
        """Independent pieces that there are at least: replicates of a design laid out, else groups of points."""
        return len(np.unique(self.point if self.points_drawn else self.replicate))


def _squares(parts: Floats, groups: npt.NDArray[np.int64]) -> tuple[float, int]:
    _, members = np.unique(groups, return_inverse=True)
    sums = np.bincount(members, weights=parts)
    count = len(sums)
    return (float(sums @ sums) * count / (count - 1.0), count - 1) if count > 1 else (float("nan"), 0)


def sharing_of(results: pd.DataFrame, design: pd.DataFrame) -> Sharing:
    """What the runs of a table share, row for row."""
    need(results, ["point", "replicate"])
    need(design, ["point"], "design")
    groups = pd.Series(drawn_together(design), index=design["point"].to_numpy())
    method = str(design["method"].iloc[0]) if "method" in design.columns else "points"
    return Sharing(
        groups.loc[results["point"]].to_numpy(np.int64), results["replicate"].to_numpy(np.int64), method not in LAID_OUT
    )


def share_interval(hit: Floats, counted: Floats, sharing: Sharing, confidence: float = 0.95) -> tuple[float, float, float]:
    """(share, low, high) of runs that are hit among those counted, within 0..1 by Wilson's interval.

    Its number of runs is the one that would leave the same variance were they independent, made smaller for the degrees
    of freedom (Korn & Graubard 1998, Surv. Methodol. 24). Where all agree it is the number of independent pieces.
    """
    of = float(counted.sum())
    if of == 0.0:
        return float("nan"), float("nan"), float("nan")
    share = float((hit * counted).sum()) / of
    own = sharing.take(counted > 0)
    least = float(own.fewest())
    if not sharing.points_drawn and least < 2:
        return share, float("nan"), float("nan")
    variance, degrees = sharing.spread(counted * (hit - share) / of)
    effective = least
    if np.isfinite(variance) and variance > 0.0:
        narrower = (normal_quantile(confidence) / student_quantile(max(degrees, 1.0), confidence)) ** 2
        effective = min(share * (1.0 - share) / variance, of) * narrower
    z = normal_quantile(confidence)
    centre = (share + z * z / (2.0 * effective)) / (1.0 + z * z / effective)
    half = z * np.sqrt(share * (1.0 - share) / effective + z * z / (4.0 * effective**2)) / (1.0 + z * z / effective)
    return share, max(float(centre - half), 0.0), min(float(centre + half), 1.0)
