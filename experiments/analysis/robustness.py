"""Policies over many futures: how well each does on average, in the worst tenth, against the best there was, and how often
well enough."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.intervals import DRAWS, resample
from experiments.analysis.run_tables import Floats, best_complete, point_table
from experiments.designs import factor_columns
from incentive_abm.errors import UserError

WORST = 0.1
"""Share of futures that "the worst tenth" averages over."""
CRITERIA = ("mean", "worst_tenth", "mean_regret", "largest_regret", "good_enough")


def policies_of(design: pd.DataFrame) -> pd.DataFrame:
    """One row a policy: policy, then the levers, that is the factors by which policies differ in one and the same future."""
    groups, futures = design.groupby("policy", sort=True), design.groupby("future", sort=True)
    names = [name for name in factor_columns(design) if groups[name].nunique().max() == 1 and futures[name].nunique().max() > 1]
    return groups[names].first().reset_index()


def robustness(
    results: pd.DataFrame,
    design: pd.DataFrame,
    outcome: str = "integration",
    *,
    good_from: float | None = None,
    more_is_better: bool = True,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """Each policy of a crossed design over its futures, smallest mean regret first.

    One row a policy and criterion: policy; the levers; criterion; value, low, high; futures, replicates. A future's
    outcome is the mean over replicates. Criteria: "mean" over futures; "worst_tenth", the mean of the worst tenth of them;
    "mean_regret" and "largest_regret", over futures, of how far the policy falls short of the best policy in the same
    future; "good_enough", the share of futures with at least `good_from` (at most, where less is better; left out where
    not given). Draws of the uncertainties and replicates are resampled; scenarios are taken as they are. The best of
    several noisy means is too good, so regrets err upward, the largest one most; more replicates mend it.
    Sources: Savage 1951 (regret); Simon 1956 (satisficing); Lempert, Popper & Bankes 2003.
    Raises UserError for any other design, or with fewer than two policies or futures complete.
    """
    if "policy" not in design.columns:
        raise UserError("regret needs a crossed design: [design] method = \"crossed\"")
    ordered = design.sort_values(["policy", "future"], kind="stable")
    policies, futures = int(design["policy"].nunique()), int(design["future"].nunique())
    table = point_table(results, outcome, ordered["point"].tolist())
    values = table.values.reshape(policies, futures, -1)
    rows, columns = best_complete(np.asarray(np.isfinite(values).all(axis=0)))
    if policies < 2 or len(rows) < 2:
        raise UserError(f"regret needs 2 policies and 2 futures; there are {policies} policies and {len(rows)} complete futures")
    base = ordered["base"].to_numpy().reshape(policies, futures)[0][rows]
    draws_of = np.unique(base, return_inverse=True)[1]
    signed = (values if more_is_better else -values)[:, rows][:, :, columns]
    limit = None if good_from is None else (good_from if more_is_better else -good_from)
    criteria = CRITERIA if limit is not None else CRITERIA[:-1]

    def statistic(w: Floats, v: Floats) -> Floats:
        at = signed @ v / v.sum()
        weights = w[draws_of] / w[draws_of].sum()
        regret = at.max(axis=0) - at
        parts = [at @ weights, worst_mean(at, weights), regret @ weights, regret[:, weights > 0].max(axis=1)]
        if limit is not None:
            parts.append((at >= limit) @ weights)
        return np.concatenate(parts)

    found = resample(statistic, int(draws_of.max()) + 1, len(columns), confidence, draws, seed)
    if not more_is_better:
        turned = np.repeat(np.array(criteria), policies)
        back = np.isin(turned, ("mean", "worst_tenth"))
        low, high = found["low"].copy(), found["high"].copy()
        found.loc[back, "value"] *= -1.0
        found.loc[back, "low"], found.loc[back, "high"] = -high[back], -low[back]
    levers = policies_of(design)
    frame = pd.concat([levers] * len(criteria), ignore_index=True)
    frame["criterion"] = np.repeat(np.array(criteria, dtype=object), policies)
    for name in ("value", "low", "high"):
        frame[name] = found[name].to_numpy()
    frame["futures"], frame["replicates"] = len(rows), len(columns)
    regret = frame[frame["criterion"] == "mean_regret"].set_index("policy")["value"]
    order = np.lexsort((np.repeat(np.arange(len(criteria)), policies), regret.loc[frame["policy"]].to_numpy()))
    return frame.iloc[order].reset_index(drop=True)


def worst_mean(at: Floats, weights: Floats) -> Floats:
    """Mean of the worst tenth of futures by weight, for each row; the future at the edge counts in part."""
    order = np.argsort(at, axis=1, kind="stable")
    sorted_weights = weights[order]
    before = np.cumsum(sorted_weights, axis=1) - sorted_weights
    counted = np.clip(WORST - before, 0.0, sorted_weights)
    return np.asarray((np.take_along_axis(at, order, axis=1) * counted).sum(axis=1) / WORST, dtype=np.float64)
