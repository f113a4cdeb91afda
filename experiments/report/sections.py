"""The report's sections, in order, each from what was found."""

from __future__ import annotations

import math
from dataclasses import replace

from experiments.analysis import pictures
from experiments.analysis.event_times import quarters_run
from experiments.report.findings import PRECISION, REGIMES_SOUGHT, Findings, clear_effects, luck_share
from experiments.report.inputs import ReportInputs
from experiments.report.picture_section import Section, pictured, unanswered
from experiments.report.sentences import between, condition, in_words, joined, label, percent


def sections(found: Findings, inputs: ReportInputs) -> list[Section]:
    """Every section, pictures first drawn where their table exists."""
    made = [
        _shares(found, inputs),
        _effects(found, inputs),
        _indices(found, inputs),
        _map(found, inputs),
        _survival(found, inputs),
        _first(found, inputs),
        *(_box(found, inputs, regime) for regime in REGIMES_SOUGHT),
        _blockers(found, inputs),
        _luck(found, inputs),
        _convergence(found, inputs),
        _thresholds(found, inputs),
    ]
    return [section for section in made if section is not None]


def _shares(found: Findings, inputs: ReportInputs) -> Section:
    shares = found.shares
    if shares is None:
        return unanswered(found, "shares", "regimes", "How runs ended")
    top = shares.iloc[0]
    return pictured(
        "regimes",
        f"The most common end: {top['regime']} ({percent(float(top['share']))})",
        "Bars are shares of runs; whiskers are 95% intervals, over parameters and luck together.",
        lambda: pictures.shares_picture(shares, inputs.labels),
        shares,
    )


def _effects(found: Findings, inputs: ReportInputs) -> Section:
    effects = found.effects
    if effects is None:
        return unanswered(found, "effects", "effects", "What moves the outcome")
    measure = label(inputs.outcome.replace("regime:", "chance of ending "), inputs)
    clear = clear_effects(effects)
    heading = f"“{label(str(clear.iloc[0]['factor']), inputs)}” moves it most" if len(clear) else "Nothing clearly moves it"
    paired = set(effects["basis"]) == {"paired"}
    ratios = effects["variance_ratio"].replace([float("inf")], float("nan")).dropna()
    saved = f" Sharing luck divided the variance of these differences by {ratios.median():.1f} (middle factor)." * (
        len(ratios) > 0
    )
    caption = (
        "The change when one thing is moved over its range and everything else, luck included, stays as it was. "
        if paired
        else "The top third of each factor's range against its bottom third, under the same luck; the rest differs. "
    )
    return pictured(
        "effects",
        heading,
        caption + "Blue raises, orange lowers, grey may be nothing; whiskers are 95% intervals." + saved,
        lambda: pictures.effects_picture(effects, measure, inputs.labels),
        effects,
    )


def _indices(found: Findings, inputs: ReportInputs) -> Section | None:
    if found.elementary is not None:
        return pictured(
            "indices",
            "Elementary effects (Morris)",
            "mu: mean effect of a whole range; mu_star: mean size; sigma: how much it depends on the rest; "
            "mean_square: size with luck taken out, zero for a factor that does nothing.",
            table=found.elementary.round(4),
        )
    indices = found.indices
    if indices is None:
        return unanswered(found, "indices", "indices", "Sensitivity indices") if "indices" in found.unanswered else None
    total = indices[indices["order"] == "total"]
    counted = (
        f"{int(indices['base_rows'].iloc[0]):,} of {int(indices['base_rows_planned'].iloc[0]):,} base rows, "
        f"{int(indices['replicates'].iloc[0])} replicates."
    )
    nothing = int(((total["low"] <= 0) & (total["high"] >= 0)).sum())
    return pictured(
        "indices",
        f"{len(total) - nothing} of {len(total)} factors have an influence that can be told from none",
        "Share of the spread of the expected outcome that each factor explains, alone and with all its interactions. "
        f"Luck is taken out; whiskers are 95% intervals over base rows and replicates. {counted}",
        lambda: pictures.indices_picture(indices, inputs.labels),
        indices,
    )


def _luck(found: Findings, inputs: ReportInputs) -> Section:
    table = found.luck
    if table is None:
        return unanswered(found, "luck", "luck", "Parameters or luck")
    share, low, high = luck_share(found)
    return pictured(
        "luck",
        f"Luck makes {percent(share)} of the difference between runs",
        f"The spread of {label(inputs.outcome, inputs)} between runs, told apart by the law of total variance "
        f"(luck: {between(low, high)}, 95% interval).",
        lambda: pictures.luck_picture(table),
        table,
    )


def _survival(found: Findings, inputs: ReportInputs) -> Section:
    curves, by = found.survival, found.survival_by
    if curves is None:
        return unanswered(found, "times", "times", "How long it takes")
    name = label(by, inputs) if by else ""
    until = float(quarters_run(inputs.results).max())
    tests = "" if found.compared is None or found.compared.empty else _log_rank(found, by)
    return pictured(
        "times",
        f"How long integration takes{f', by “{name}”' if by else ''}",
        "Share of runs that have integrated (one minus Kaplan–Meier); runs that had not by the end count as still "
        f"waiting. Bands are 95% intervals.{tests}",
        lambda: pictures.survival_picture(curves, "integration", "", until),
        found.means,
    )


def _log_rank(found: Findings, by: str) -> str:
    assert found.compared is not None
    rows = found.compared[found.compared["factor"] == by]
    if rows.empty:
        return ""
    p = float(rows.iloc[0]["p_value"])
    if not math.isfinite(p):
        return ""
    return f" Log-rank test between the groups: p {'< 0.001' if p < 0.001 else f'= {p:.3f}'}."


def _first(found: Findings, inputs: ReportInputs) -> Section:
    curves = found.incidence
    if curves is None:
        return unanswered(found, "first events", "first", "What happens first")
    last = curves[curves["group"] == "all"].groupby("cause", sort=False).last()["incidence"]
    leader = str(last.idxmax())
    words = {"integration": "integrates", "stall": "stalls", "collapse": "collapses"}.get(leader, leader)
    return pictured(
        "first",
        f"A run more often {words} first",
        "What happened first, integration, stall or collapse competing (Aalen–Johansen cumulative incidence). "
        "A stall may pass: a run that stalled first may yet integrate. "
        "What is left above the areas had none of the three by then.",
        lambda: pictures.incidence_picture(curves, "all", float(quarters_run(inputs.results).max())),
        last.rename("share by the end").reset_index(),
    )


def _map(found: Findings, inputs: ReportInputs) -> Section:
    cells = found.cells
    if cells is None:
        return unanswered(found, "map", "map", "Where runs integrate")
    x, y = found.map_of
    return pictured(
        "map",
        f"Where runs integrate: “{label(x, inputs)}” against “{label(y, inputs)}”",
        "Share of runs that integrated in each cell; cells with fewer than 10 runs are left blank. The rest varies.",
        lambda: pictures.map_picture(cells, x, y, "integrated", inputs.labels),
        cells,
    )


def _box(found: Findings, inputs: ReportInputs, regime: str) -> Section:
    name, noun = f"box-{regime}", {"stalled": "Stalling", "integrated": "Integration"}[regime]
    box, tree = found.discoveries.get(regime), found.trees.get(regime)
    tree_words = ""
    if tree is not None and tree.skill > 0.02:
        leaf = tree.leaves.iloc[0]
        rule = in_words(str(leaf["rule"]), found, inputs)
        tree_words = f" A tree, asked separately, finds {percent(float(leaf['share']))} where {rule}."
    if box is None:
        section = unanswered(found, f"box {regime}", name, f"{noun} has no clear place")
        return replace(section, caption=section.caption + (f".{tree_words}" if tree_words else ""))
    kept = box.summary.iloc[0]
    limits = box.limits[box.limits["box"] == 1]
    words = joined([condition(row, label(str(row["factor"]), inputs)) for _, row in limits.iterrows()])
    return pictured(
        name,
        f"{noun} is most common where {words}",
        f"Coloured: the ranges in which {percent(float(kept['density']))} of runs end {regime} "
        f"({percent(float(kept['held_out_density']))} on points held out; {percent(float(kept['base_rate']))} "
        f"everywhere). The box holds {percent(float(kept['mass']))} of all points and "
        f"{percent(float(kept['coverage']))} of all runs that end {regime}. Grey: all that was tried (PRIM)."
        f"{tree_words}",
        lambda: pictures.boxes_picture(box, inputs.labels),
        limits,
    )


def _blockers(found: Findings, inputs: ReportInputs) -> Section | None:
    table = found.blockers
    if table is None or table.empty:
        return None
    top = table[table["regime"] == "all"].nlargest(1, "share").iloc[0]
    where = ""
    if found.blockers_where is not None and found.blockers_where["clear"].any():
        row = found.blockers_where[found.blockers_where["clear"]].iloc[0]
        where = (
            f" Most movable: {label(str(row['blocker']), inputs)}, {percent(float(row['lowest']))} of the shortfall "
            f"where “{label(str(row['factor']), inputs)}” is {row['at_lowest']}, {percent(float(row['highest']))} "
            f"where it is {row['at_highest']}."
        )
    return pictured(
        "blockers",
        f"The main blocker is most often: {label(str(top['blocker']), inputs)}",
        f"How often each blocker is a run's largest, with 95% intervals (Wilson, runs taken as independent).{where}",
        lambda: pictures.blockers_picture(table, "all", inputs.labels),
        found.blockers_where,
    )


def _thresholds(found: Findings, inputs: ReportInputs) -> Section | None:
    table = found.thresholds
    if table is None:
        return None
    shares = table.pivot_table(index=["threshold", "value"], columns="regime", values="share", sort=False)
    low, high = shares["integrated"].min(), shares["integrated"].max()
    widest = str((shares["integrated"].groupby("threshold").agg(lambda each: each.max() - each.min())).idxmax())
    return pictured(
        "thresholds",
        f"Other lines between regimes: {percent(float(low))} to {percent(float(high))} of runs count as integrated",
        "Each line between regimes moved down and up by a fifth, one at a time, over the same runs. "
        f"The share integrated hangs most on “{label(widest, inputs)}”; the numbers are below.",
        lambda: pictures.thresholds_picture(table, inputs.labels),
        shares.reset_index(),
    )


def _convergence(found: Findings, inputs: ReportInputs) -> Section:
    if not found.running:
        return unanswered(found, "needed", "convergence", "Are there enough replicates")
    words = "Bands are 95% intervals over replicates, the independent pieces of luck."
    heading = "How far luck has averaged out"
    if found.needed is not None:
        rows = found.needed.set_index("scope")["replicates_needed"]
        whole, ninety = int(rows["whole design"]), int(rows["nine points in ten"])
        now = int(found.needed["replicates_now"].iloc[0])
        enough = "enough" if now >= whole else "not enough yet"
        heading = f"{now} replicates: {enough} for the mean over the design"
        words += (
            f" For an interval of ±{PRECISION:g} in {label(inputs.outcome, inputs)}, the mean over the design needs "
            f"about {whole} replicates, nine single points in ten about {ninety}."
        )
    return pictured(
        "convergence",
        heading,
        words,
        lambda: pictures.convergence_picture(found.running, shares=False),
        found.needed,
    )
