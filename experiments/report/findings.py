"""Every analysis that a report shows, run once; one that cannot be run says why instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import pandas as pd

from experiments.analysis import binding_blockers, convergence, effects, event_times, regime_shares, thresholds, variance_shares
from experiments.analysis.efast import efast_indices
from experiments.analysis.morris import morris_effects
from experiments.analysis.prim import Discovery, discover
from experiments.analysis.run_tables import with_factors
from experiments.analysis.sobol import sobol_indices
from experiments.analysis.tree import Tree, grow_tree
from experiments.designs import factor_columns
from experiments.report.inputs import ReportInputs
from incentive_abm.errors import UserError

T = TypeVar("T")

PRECISION = 0.02
REGIMES_SOUGHT = ("stalled", "integrated")


@dataclass
class Findings:
    """Tables by name; an absent one has its reason in `unanswered`."""

    factors: list[str]
    shares: pd.DataFrame | None = None
    luck: pd.DataFrame | None = None
    effects: pd.DataFrame | None = None
    indices: pd.DataFrame | None = None
    elementary: pd.DataFrame | None = None
    survival: pd.DataFrame | None = None
    survival_by: str = ""
    means: pd.DataFrame | None = None
    incidence: pd.DataFrame | None = None
    compared: pd.DataFrame | None = None
    map_of: tuple[str, str] = ("", "")
    cells: pd.DataFrame | None = None
    discoveries: dict[str, Discovery] = field(default_factory=dict)
    trees: dict[str, Tree] = field(default_factory=dict)
    running: dict[str, pd.DataFrame] = field(default_factory=dict)
    needed: pd.DataFrame | None = None
    blockers: pd.DataFrame | None = None
    blockers_where: pd.DataFrame | None = None
    thresholds: pd.DataFrame | None = None
    unanswered: dict[str, str] = field(default_factory=dict)

    def ask(self, name: str, analysis: Callable[[], T]) -> T | None:
        """The analysis's answer, or None with the reason kept."""
        try:
            return analysis()
        except UserError as error:
            self.unanswered[name] = str(error)
            return None


def find(inputs: ReportInputs) -> Findings:
    """Run every analysis that the design allows."""
    design, outcome = inputs.design, inputs.outcome
    results = with_factors(inputs.results, design)
    method = str(design["method"].iloc[0]) if "method" in design.columns else "points"
    factors = factor_columns(design)
    found = Findings(factors)
    found.shares = found.ask("shares", lambda: regime_shares.sweep_shares(results, design))
    found.luck = found.ask("luck", lambda: variance_shares.variance_shares(results, design, outcome))
    found.effects = found.ask("effects", lambda: effects.lever_effects(results, design, outcome))
    if method == "sobol":
        found.indices = found.ask("indices", lambda: sobol_indices(results, design, outcome))
    elif method == "efast":
        found.indices = found.ask("indices", lambda: efast_indices(results, design, outcome))
    elif method == "morris":
        found.elementary = found.ask("indices", lambda: morris_effects(results, design, outcome))
    _times(found, results, strongest(found))
    _space(found, results, design)
    for regime in REGIMES_SOUGHT:
        box = found.ask(f"box {regime}", partial(discover, results, design, regime))
        if box is not None:
            found.discoveries[regime] = box
        tree = found.ask(f"tree {regime}", partial(grow_tree, results, design, regime))
        if tree is not None:
            found.trees[regime] = tree
    found.needed = found.ask("needed", lambda: convergence.replicates_needed(results, outcome, PRECISION))
    for name, each in () if found.needed is None else (("share integrated", "regime:integrated"), (f"mean {outcome}", outcome)):
        running = found.ask("convergence", partial(convergence.running_interval, results, each))
        if running is not None:
            found.running[name] = running
    found.thresholds = found.ask("thresholds", lambda: thresholds.around_defaults(thresholds.series_of(results)))
    found.blockers = found.ask("blockers", lambda: binding_blockers.main_blockers(results))
    found.blockers_where = found.ask("blockers where", lambda: binding_blockers.where_blockers_bind(results, factors))
    return found


def luck_share(found: Findings) -> tuple[float, float, float]:
    """(share, low, high) of the spread that is luck, never below zero."""
    assert found.luck is not None
    row = found.luck[found.luck["source"] == "luck"].to_dict("records")[0]
    return max(float(row["share"]), 0.0), max(float(row["low"]), 0.0), float(row["high"])


def clear_effects(effects: pd.DataFrame) -> pd.DataFrame:
    """The effects whose interval leaves out zero."""
    return effects[(effects["low"] > 0) | (effects["high"] < 0)]


def strongest(found: Findings) -> list[str]:
    """Factors by the size of their effect, clear ones first."""
    if found.effects is None:
        return found.factors
    table = found.effects
    return list(dict.fromkeys([*clear_effects(table)["factor"], *table["factor"], *found.factors]))


def _times(found: Findings, results: pd.DataFrame, ranked: list[str]) -> None:
    varied = [name for name in ranked if results[name].nunique() > 1] if ranked else []
    by = varied[0] if varied else ""
    found.survival_by = by
    found.survival = found.ask("times", lambda: event_times.survival_curves(results, "integration", by))
    found.means = found.ask("times", lambda: event_times.restricted_means(results, "integration", by))
    found.incidence = found.ask("first events", lambda: event_times.incidence_curves(results))
    if varied:
        found.compared = found.ask("compared", lambda: event_times.compare_times(results, "integration", varied[:8]))


def _space(found: Findings, results: pd.DataFrame, design: pd.DataFrame) -> None:
    ranked = [name for name in strongest(found) if design[name].nunique() > 1]
    if len(ranked) < 2:
        found.unanswered["map"] = "a map needs two factors that vary"
        return
    x, y = ranked[:2]
    found.map_of = (x, y)
    cells = found.ask("map", lambda: regime_shares.regime_map(results, x, y, "integrated"))
    if cells is not None and cells["share"].notna().sum() < 4:
        found.unanswered["map"] = "fewer than four cells of the map hold enough runs"
    else:
        found.cells = cells
