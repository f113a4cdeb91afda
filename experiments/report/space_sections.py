"""Sections on the factor space: the map of two factors, and where a regime is common."""

from __future__ import annotations

from dataclasses import replace

from experiments.analysis import pictures
from experiments.analysis.tree import Tree
from experiments.report.findings import Findings
from experiments.report.inputs import ReportInputs
from experiments.report.picture_section import Section, pictured, unanswered
from experiments.report.sentences import MOST_CONDITIONS, REGIME_NOUNS, condition, in_words, joined, label, over, percent

LEAST_SKILL = 0.1
"""Share of what is held out that a tree must explain for its rule to be told."""


def map_section(found: Findings, inputs: ReportInputs) -> Section:
    """Share of runs that integrated over two factors."""
    cells = found.cells
    if cells is None:
        return unanswered(found, "map", "map", "Where runs integrate")
    x, y = found.map_of
    return pictured(
        "map",
        f"Where runs integrate: “{label(x, inputs)}” and “{label(y, inputs)}”",
        "Share of runs that integrated in each cell; cells with fewer than 10 runs are left blank. The rest varies. Point at "
        f"a cell for its 95% interval, {over(found)}.",
        lambda: pictures.map_picture(cells, x, y, "integrated", inputs.labels),
        cells,
        file="regime_map",
    )


def box_section(found: Findings, inputs: ReportInputs, regime: str) -> Section:
    """Where a regime is common, as far as that holds on points held out."""
    name, noun = f"box-{regime}", REGIME_NOUNS[regime]
    box, tree = found.discoveries.get(regime), found.trees.get(regime)
    tree_words = "" if tree is None else _tree_words(tree, found, inputs)
    if box is None:
        section = unanswered(found, f"box {regime}", name, f"{noun} has no clear place")
        return replace(section, caption=section.caption + (f".{tree_words}" if tree_words else ""))
    kept = box.summary.iloc[0]
    limits = box.limits[box.limits["box"] == 1]
    words = joined([condition(row, label(str(row["factor"]), inputs)) for _, row in limits.iterrows()])
    heading = f"{noun} is most common where {words}"
    if len(limits) > MOST_CONDITIONS:
        heading = f"{noun} has no simple place: the densest box takes {len(limits)} conditions"
    return pictured(
        name,
        heading,
        f"Of runs in boxes found without them, {percent(float(kept['held_out_density']))} end {regime}, against "
        f"{percent(float(kept['base_rate']))} everywhere (PRIM, on points held out). Coloured: the ranges of the box found "
        f"with all points, in which {percent(float(kept['density']))} do, a figure that flatters itself. It holds "
        f"{percent(float(kept['mass']))} of all points and {percent(float(kept['coverage']))} of all runs that end {regime}. "
        f"Grey: all that was tried.{tree_words}",
        lambda: pictures.boxes_picture(box, inputs.labels),
        limits,
        file=f"box_{regime}_limits",
    )


def _tree_words(tree: Tree, found: Findings, inputs: ReportInputs) -> str:
    """What a tree adds, where it holds on points it was not grown on."""
    if not tree.holds or tree.skill < LEAST_SKILL:
        return ""
    rule = in_words(str(tree.leaves.iloc[0]["rule"]), found, inputs)
    return (
        f" A tree, asked separately, points to where {rule}: {percent(tree.held_out)} in such leaves, on points held out, of "
        f"whose differences it explains {percent(tree.skill)}."
    )
