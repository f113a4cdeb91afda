"""Every analysis that a report shows, run once; one that cannot be run says why instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import TypeVar

import pandas as pd

from experiments.analysis import (
    binding_blockers,
    convergence,
    effects,
    event_times,
    interactions,
    regime_shares,
    robustness,
    thresholds,
    variance_shares,
)
from experiments.analysis.contrast import Contrast
from experiments.analysis.efast import efast_indices
from experiments.analysis.interactions import own_contrast
from experiments.analysis.morris import morris_effects
from experiments.analysis.prim import Discovery, discover
from experiments.analysis.run_tables import with_factors
from experiments.analysis.shared import LAID_OUT
from experiments.analysis.sobol import sobol_indices
from experiments.analysis.tree import Tree, grow_tree
from experiments.designs import explaining_columns
from experiments.report.inputs import ReportInputs
from incentive_abm.errors import UserError

T = TypeVar("T")

PRECISION = 0.02
MOST_CROSSED = 8
"""Factors among which two-way effects are looked for: the strongest."""
REGIMES_SOUGHT = ("stalled", "integrated")


@dataclass
class Findings:
    """Tables by name; an absent one has its reason in `unanswered`."""

    factors: list[str]
    answer: pd.DataFrame | None = None
    interactions: pd.DataFrame | None = None
    interactions_among: list[str] = field(default_factory=list)
    robust: pd.DataFrame | None = None
    laid_out: bool = False
    """Whether the points stand for nothing but themselves, so that intervals are over luck alone."""
    shares: pd.DataFrame | None = None
    luck: pd.DataFrame | None = None
    effects: pd.DataFrame | None = None
    indices: pd.DataFrame | None = None
    elementary: pd.DataFrame | None = None
    survival: pd.DataFrame | None = None
    survival_by: str = ""
    means: pd.DataFrame | None = None
    incidence: pd.DataFrame | None = None
    map_of: tuple[str, str] = ("", "")
    cells: pd.DataFrame | None = None
    discoveries: dict[str, Discovery] = field(default_factory=dict)
    trees: dict[str, Tree] = field(default_factory=dict)
    running: dict[str, pd.DataFrame] = field(default_factory=dict)
    needed: pd.DataFrame | None = None
    blockers: pd.DataFrame | None = None
    blockers_where: pd.DataFrame | None = None
    thresholds: pd.DataFrame | None = None
    typical: pd.DataFrame | None = None
    """The runs that the stage page opens, where the report links to one."""
    unanswered: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        held = [each.name for each in fields(self) if isinstance(getattr(self, each.name), pd.DataFrame)]
        return f"Findings({', '.join(held)})"

    def ask(self, name: str, analysis: Callable[[], T]) -> T | None:
        """The analysis's answer, or None with the reason kept."""
        try:
            return analysis()
        except UserError as error:
            self.unanswered[name] = str(error)
            return None


def find(inputs: ReportInputs) -> Findings:
    """Run every analysis that the design allows."""
    design, outcome = with_titles(inputs.design, inputs), inputs.outcome
    results = with_factors(with_titles(inputs.results, inputs), design)
    method = str(design["method"].iloc[0]) if "method" in design.columns else "points"
    factors = explaining_columns(design)
    found = Findings(factors, laid_out=method in LAID_OUT)
    found.shares = found.ask("shares", lambda: regime_shares.sweep_shares(results, design))
    found.luck = found.ask("luck", lambda: variance_shares.variance_shares(results, design, outcome))
    found.effects = found.ask("effects", lambda: effects.lever_effects(results, design, outcome))
    _asked(found, inputs, results, design)
    if method == "sobol":
        found.indices = found.ask("indices", lambda: sobol_indices(results, design, outcome))
    elif method == "efast":
        found.indices = found.ask("indices", lambda: efast_indices(results, design, outcome))
    elif method == "morris":
        found.elementary = found.ask("indices", lambda: morris_effects(results, design, outcome))
    elif method == "crossed":
        found.robust = found.ask(
            "robust",
            lambda: robustness.robustness(
                results, design, outcome, good_from=inputs.good_from, more_is_better=inputs.more_is_better
            ),
        )
    _times(found, results, design, strongest(found))
    _space(found, results, design, inputs.map_of)
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
    found.blockers = found.ask("blockers", lambda: binding_blockers.main_blockers(results, design))
    found.blockers_where = found.ask("blockers where", lambda: binding_blockers.where_blockers_bind(results, factors))
    return found


def with_titles(table: pd.DataFrame, inputs: ReportInputs) -> pd.DataFrame:
    """A table with the values of its factors as readers know them: places by their titles, where these differ."""
    for name, words in inputs.value_labels.items():
        if name in table.columns and len(set(words.values())) == len(words):
            # A comma separates the categories of a box.
            table = table.assign(**{name: [words.get(str(value), str(value)).replace(",", "") for value in table[name]]})
    return table


def _asked(found: Findings, inputs: ReportInputs, results: pd.DataFrame, design: pd.DataFrame) -> None:
    """The study's own contrast, and the two-way effects among the strongest factors."""
    contrast, outcome = inputs.contrast, inputs.outcome
    if contrast is not None:
        found.answer = found.ask("answer", lambda: own_contrast(results, design, _worded(contrast, inputs), outcome))
    method = str(design["method"].iloc[0]) if "method" in design.columns else "points"
    if len(found.factors) > 1 and method not in interactions.WITHOUT_PAIRS:
        found.interactions_among = strongest(found)[:MOST_CROSSED]
        found.interactions = found.ask(
            "interactions", lambda: interactions.interactions(results, design, outcome, found.interactions_among)
        )


def _worded(contrast: Contrast, inputs: ReportInputs) -> Contrast:
    """The contrast with its values as `with_titles` writes them."""
    def value(factor: str, given: object) -> object:
        words = inputs.value_labels.get(factor, {})
        return words.get(str(given), given) if len(set(words.values())) == len(words) else given

    c = contrast
    ends = {"of_from": value(c.of, c.of_from), "of_to": value(c.of, c.of_to)}
    ends |= {"by_from": value(c.by, c.by_from), "by_to": value(c.by, c.by_to)}
    return replace(contrast, **ends)  # type: ignore[arg-type]


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


def _times(found: Findings, results: pd.DataFrame, design: pd.DataFrame, ranked: list[str]) -> None:
    varied = [name for name in ranked if results[name].nunique() > 1] if ranked else []
    by = varied[0] if varied else ""
    found.survival_by = by
    found.survival = found.ask("times", lambda: event_times.survival_curves(results, "integration", by, design=design))
    found.means = found.ask("times", lambda: event_times.restricted_means(results, "integration", by, design=design))
    # Their intervals would take runs as independent.
    found.incidence = found.ask(
        "first events", lambda: event_times.incidence_curves(results).drop(columns=["se", "low", "high"])
    )


def _space(found: Findings, results: pd.DataFrame, design: pd.DataFrame, chosen: tuple[str, ...]) -> None:
    ranked = list(chosen) or [name for name in strongest(found) if design[name].nunique() > 1]
    if len(ranked) < 2:
        found.unanswered["map"] = "a map needs two factors that vary"
        return
    x, y = ranked[:2]
    found.map_of = (x, y)
    cells = found.ask("map", lambda: regime_shares.regime_map(results, design, x, y, "integrated"))
    if cells is not None and cells["share"].notna().sum() < 4:
        found.unanswered["map"] = "fewer than four cells of the map hold enough runs"
    else:
        found.cells = cells
