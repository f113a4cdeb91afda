"""Scenario discovery with PRIM: the box of factor values in which a regime is common.

The patient rule induction method peels a thin slice off one side of the box at a time, always the slice whose
removal raises the share of cases most for what it costs, then pastes back what should not have gone.
Sources: Friedman & Fisher 1999, Stat. Comput. 9; Bryant & Lempert 2010, Technol. Forecast. Soc. Change 77;
Kwakkel & Jaxa-Rozen 2016, Environ. Model. Softw. 79 (mixed factor types).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.analysis.boxes import Box, Space, restricted, space_of
from experiments.analysis.intervals import wilson
from experiments.analysis.run_tables import Floats, drawn_together, need, need_share, point_table
from experiments.designs import explaining_columns
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library

MOST_RESAMPLED = 2000
"""Points in one resample at most: stability needs no more, and its cost grows with them."""

FOLDS = 5
FINE = 0.1
"""Slices of the final polish, as a share of a peel."""


@dataclass(frozen=True)
class Discovery:
    """What PRIM found.

    summary     one row a box: box, regime, mass (share of points inside), coverage (share of all cases inside),
                density (share of cases among those inside), base_rate (share of cases everywhere), lift, points,
                held_out_density (first box only: share of cases among points inside boxes found without them)
    limits      one row a restricted factor: box, factor, low, high (NaN for bool and categorical factors),
                values (allowed, joined by ", "; "" for numeric factors), full_low, full_high, full_values,
                density_without, coverage_without (had this factor been left free), p_value (Welch, one-sided,
                inside against what leaving it free would add), stability (see below)
    trajectory  one row a step of the first box's peeling: step, mass, coverage, density, restricted (factors)
    stability   one row a factor: factor, restricted (share of resamples in which the first box restricts it),
                low, high (Wilson), resamples
    """

    summary: pd.DataFrame
    limits: pd.DataFrame
    trajectory: pd.DataFrame
    stability: pd.DataFrame

    def __repr__(self) -> str:
        kept = self.summary.iloc[0]
        return f"Discovery({len(self.summary)} box(es) of {kept['regime']}, {len(self.limits)} conditions)"


def discover(
    results: pd.DataFrame,
    design: pd.DataFrame,
    regime: str = "stalled",
    *,
    boxes: int = 1,
    peel: float = 0.05,
    min_mass: float = 0.05,
    significance: float = 0.05,
    min_stability: float = 0.5,
    resamples: int = 30,
    seed: int = 1,
) -> Discovery:
    """Boxes in which `regime` is common; each further box looks only at the points outside the earlier ones.

    A point counts as the share of its replicates that ended in the regime. The box kept on the way is the one whose
    share of all cases exceeds its share of all non-cases most (Youden's index, which does not depend on how common
    the regime is). Restrictions are then dropped that are not significant at `significance` (divided by the number of
    factors), or (first box) that fewer than `min_stability` of the resamples make: with many factors some always
    look useful by chance. Stability resamples whole base rows where the design has them, points otherwise.
    Raises UserError where no box holds at points it was not fitted to, where the regime (nearly) always or
    never happens, or there are too few points.
    """
    need(results, ["regime", "point", "replicate"])
    need_share(peel, "peel")
    need_share(min_mass, "min_mass")
    if boxes < 1 or resamples < 1:
        raise UserError("expected at least one box and one resample")
    table = point_table(results, f"regime:{regime}")
    cases = np.nanmean(table.values, axis=1)
    chosen = design.set_index("point").loc[table.points]
    clusters = drawn_together(chosen)
    space = space_of(chosen[explaining_columns(design)], clusters)
    if len(cases) < 20 or cases.sum() < 5 or (1.0 - cases).sum() < 5:
        raise UserError(
            f"too little to learn from, {len(cases)} points with {cases.sum():.0f} that end {regime}, "
            "where at least 20 are needed with 5 that end so and 5 that do not"
        )
    search = _Search(peel, min_mass, significance / len(space.names))
    held_out = _held_out(search, space, cases, seed)
    if denser(cases, clusters, held_out, ~held_out) > significance:
        raise UserError(f"no box of factor values makes {regime} clearly more common at points it was not fitted to")
    stability = _stability(search, space, cases, resamples, seed)
    steady = stability.set_index("factor")["restricted"]
    left = np.ones(len(cases), dtype=bool)
    summaries, limits, trajectory = [], [], pd.DataFrame()
    for number in range(1, boxes + 1):
        if cases[left].sum() < 1.0 or left.sum() < 20:
            break
        part, rows = space.take(left), cases[left]
        box, steps = search.run(part, rows)
        if number == 1:
            for place in restricted(box, part):
                box = box if steady[space.names[place]] >= min_stability else box.freed(place, part)
        if not restricted(box, part):
            break
        trajectory = steps if number == 1 else trajectory
        quality = _quality(box.inside(part), rows, cases)
        quality["held_out_density"] = float(cases[held_out].mean()) if number == 1 else float("nan")
        summaries.append({"box": number, "regime": regime, **quality})
        limits.append(_limits(number, box, part, rows, cases, stability))
        left[np.flatnonzero(left)[box.inside(part)]] = False
    if not summaries:
        raise UserError(f"no box of factor values makes {regime} clearly more common")
    return Discovery(pd.DataFrame(summaries), pd.concat(limits, ignore_index=True), trajectory, stability)


@dataclass(frozen=True)
class _Search:
    peel: float
    min_mass: float
    significance: float

    def run(self, space: Space, cases: Floats) -> tuple[Box, pd.DataFrame]:
        """Peel, keep the best box on the way, paste, prune."""
        box, inside = space.everything(), np.ones(len(cases), dtype=bool)
        best, best_score = box, 0.0
        steps = [_step(0, box, space, inside, cases)]
        while cases[inside].mean() < 1.0:
            peeled = self._peel_once(box, space, inside, cases)
            if peeled is None:
                break
            box, inside = peeled
            steps.append(_step(len(steps), box, space, inside, cases))
            if _youden(inside, cases) > best_score:
                best, best_score = box, _youden(inside, cases)
        for share in (self.peel, self.peel * FINE):
            best = self._polish(best, space, cases, share)
        return self._prune(best, space, cases), pd.DataFrame(steps)

    def _peel_once(
        self, box: Box, space: Space, inside: npt.NDArray[np.bool_], cases: Floats
    ) -> tuple[Box, npt.NDArray[np.bool_]] | None:
        rows = np.flatnonzero(inside)
        least = max(self.min_mass * len(cases), 2.0)
        mean = cases[rows].mean()
        best: tuple[float, Box, npt.NDArray[np.intp]] | None = None
        for candidate, kept in box.peels(space, rows, self.peel):
            if len(kept) < least or len(kept) == len(rows):
                continue
            gain = (cases[kept].mean() - mean) * len(rows) / (len(rows) - len(kept))
            if best is None or gain > best[0]:
                best = (gain, candidate, kept)
        if best is None:
            return None
        mask = np.zeros(len(cases), dtype=bool)
        mask[best[2]] = True
        return best[1], mask

    def _polish(self, box: Box, space: Space, cases: Floats, share: float) -> Box:
        """Move one limit the box already has, outward or inward, for as long as the box gets better."""
        score = _youden(box.inside(space), cases)
        while True:
            rows = np.flatnonzero(box.inside(space))
            known = restricted(box, space)
            tried = [*box.pastes(space, share)]
            tried += [each for each, kept in box.peels(space, rows, share, known) if len(kept) >= self.min_mass * len(cases)]
            scored = [(_youden(each.inside(space), cases), each) for each in tried]
            top = max(scored, key=lambda pair: pair[0], default=(score, box))
            if top[0] <= score + 1e-12:
                return box
            score, box = top

    def _prune(self, box: Box, space: Space, cases: Floats) -> Box:
        while True:
            found = [(_p_value(box, place, space, cases), place) for place in restricted(box, space)]
            if not found or max(found)[0] <= self.significance:
                return box
            box = box.freed(max(found)[1], space)


def _youden(inside: npt.NDArray[np.bool_], cases: Floats) -> float:
    return float(cases[inside].sum() / cases.sum() - (1.0 - cases[inside]).sum() / (1.0 - cases).sum())


def _p_value(box: Box, place: int, space: Space, cases: Floats) -> float:
    """Chance of so much denser a box than what freeing one factor would add, were both alike."""
    inside = box.inside(space)
    return denser(cases, space.clusters, inside, box.freed(place, space).inside(space) & ~inside)


def denser(cases: Floats, clusters: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_], others: npt.NDArray[np.bool_]) -> float:
    """Welch's one-sided p-value that `kept` is no denser than `others`; a whole cluster counts as one observation."""
    numbers: list[float] = []
    for rows in (kept, others):
        count = len(np.unique(clusters[rows]))
        if count < 2:
            return 1.0
        numbers += [float(cases[rows].mean()), max(float(cases[rows].std(ddof=1)), 1e-12), count]
    test = library("scipy.stats").ttest_ind_from_stats(*numbers, equal_var=False, alternative="greater")
    return float(test.pvalue)


def _held_out(search: _Search, space: Space, cases: Floats, seed: int) -> npt.NDArray[np.bool_]:
    """Which points fall in a box that was found without them (five folds of whole clusters)."""
    names, members = np.unique(space.clusters, return_inverse=True)
    folds = (np.random.default_rng(seed).permutation(len(names)) % FOLDS)[members]
    inside = np.zeros(len(cases), dtype=bool)
    for fold in range(FOLDS):
        own, others = folds == fold, folds != fold
        if 0.0 < cases[others].sum() < others.sum():
            box, _ = search.run(space.take(others), cases[others])
            inside[own] = box.inside(space.take(own)) & bool(restricted(box, space))
    return inside


def _quality(inside: npt.NDArray[np.bool_], cases: Floats, all_cases: Floats) -> dict[str, float]:
    density, base_rate = float(cases[inside].mean()), float(all_cases.mean())
    return {
        "mass": float(inside.sum()) / len(all_cases),
        "coverage": float(cases[inside].sum() / all_cases.sum()),
        "density": density,
        "base_rate": base_rate,
        "lift": density / base_rate,
        "points": int(inside.sum()),
    }


def _step(step: int, box: Box, space: Space, inside: npt.NDArray[np.bool_], cases: Floats) -> dict[str, float]:
    quality = _quality(inside, cases, cases)
    kept = {name: quality[name] for name in ("mass", "coverage", "density")}
    return {"step": step, **kept, "restricted": len(restricted(box, space))}


def _limits(number: int, box: Box, space: Space, cases: Floats, all_cases: Floats, stability: pd.DataFrame) -> pd.DataFrame:
    shares = stability.set_index("factor")["restricted"]
    rows = []
    for place in restricted(box, space):
        without = _quality(box.freed(place, space).inside(space), cases, all_cases)
        rows.append(
            {"box": number, **box.describe(place, space)}
            | {"density_without": without["density"], "coverage_without": without["coverage"]}
            | {"p_value": _p_value(box, place, space, cases), "stability": float(shares[space.names[place]])}
        )
    return pd.DataFrame(rows)


def _stability(search: _Search, space: Space, cases: Floats, resamples: int, seed: int) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    names, members = np.unique(space.clusters, return_inverse=True)
    rows_of = np.split(np.argsort(members, kind="stable"), np.cumsum(np.bincount(members))[:-1])
    draws = max(2, round(min(1.0, MOST_RESAMPLED / len(cases)) * len(names)))
    counts = np.zeros(len(space.names))
    for _ in range(resamples):
        rows = np.concatenate([rows_of[each] for each in generator.integers(len(names), size=draws)])
        if 0.0 < cases[rows].sum() < len(rows):
            box, _ = search.run(space.take(rows), cases[rows])
            counts[restricted(box, space.take(rows))] += 1.0
    low, high = wilson(counts, np.full(len(counts), float(resamples)))
    table = pd.DataFrame({"factor": space.names, "restricted": counts / resamples, "low": low, "high": high})
    table["resamples"] = resamples
    return table.sort_values("restricted", ascending=False, kind="stable", ignore_index=True)
