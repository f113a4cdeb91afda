"""The report's sections, in order, each from what was found."""

from __future__ import annotations

import pandas as pd

from experiments.analysis import pictures
from experiments.analysis.event_times import quarters_run
from experiments.analysis.pictures.bars import MOST_ROWS
from experiments.report.findings import PRECISION, REGIMES_SOUGHT, Findings, clear_effects, luck_share
from experiments.report.inputs import ReportInputs
from experiments.report.picture_section import Section, pictured, unanswered
from experiments.report.question_sections import answer, interactions, policies
from experiments.report.sentences import between, joined, label, over, percent
from experiments.report.space_sections import box_section, map_section

FIRSTS = {"integration": "integration", "stall": "a stall that lasted to the end", "collapse": "a collapse"}


def sections(found: Findings, inputs: ReportInputs) -> list[Section]:
    """Every section, pictures first drawn where their table exists."""
    made = [
        answer(found, inputs),
        policies(found, inputs),
        _shares(found, inputs),
        _effects(found, inputs),
        interactions(found, inputs),
        _indices(found, inputs),
        map_section(found, inputs),
        _survival(found, inputs),
        _first(found, inputs),
        *(box_section(found, inputs, regime) for regime in REGIMES_SOUGHT),
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
        f"Bars are shares of runs; whiskers are 95% intervals {over(found)}.",
        lambda: pictures.shares_picture(shares, inputs.labels),
        shares,
        file="regime_shares",
    )


def _effects(found: Findings, inputs: ReportInputs) -> Section:
    effects = found.effects
    if effects is None:
        return unanswered(found, "effects", "effects", "What moves the outcome")
    measure = label(inputs.outcome.replace("regime:", "chance of ending "), inputs)
    clear = clear_effects(effects)
    heading = f"“{label(str(clear.iloc[0]['factor']), inputs)}” moves it most" if len(clear) else "Nothing clearly moves it"
    told = {
        "paired": "The change when one thing is moved over its range and everything else, luck included, stays as it was.",
        "bands": "The top third of a factor's range against its bottom third, under the same luck; the rest differs.",
        "places": "Numbers of the place: places at one end against places at the other, which may differ in more than that.",
    }
    words = [told[basis] for basis in told if basis in set(effects["basis"])]
    words.append("Blue raises, orange lowers, grey may be nothing; whiskers are 95% intervals.")
    return pictured(
        "effects",
        heading,
        " ".join([*words, *_left_out(effects, "contrasts"), *_luck_shared(effects)]),
        lambda: pictures.effects_picture(effects, measure, inputs.labels),
        effects,
        file="lever_effects",
    )


def _left_out(table: pd.DataFrame, what: str) -> list[str]:
    """What a picture leaves out, where it does."""
    return [f"Drawn are the {MOST_ROWS} largest of {len(table):,} {what}."] if len(table) > MOST_ROWS else []


def _luck_shared(effects: pd.DataFrame) -> list[str]:
    """Whether sharing luck made these very intervals narrower or wider, as it did in the middle contrast."""
    ratios = effects["luck_ratio"].replace([float("inf")], float("nan")).dropna()
    if ratios.empty:
        return []
    middle, narrower = float(ratios.median()), int((ratios > 1.0).sum())
    change = f"divided by {middle:.1f}" if middle >= 1.0 else f"multiplied by {1.0 / middle:.1f}"
    counts = [f"{word} in {n} of {len(ratios)}" for word, n in (("narrower", narrower), ("wider", len(ratios) - narrower)) if n]
    return [
        "Against luck of its own at every point, sharing luck made the part of the interval that luck leaves "
        f"{' and '.join(counts)}; its variance was {change} (middle contrast)."
    ]


def _indices(found: Findings, inputs: ReportInputs) -> Section | None:
    if found.elementary is not None:
        return pictured(
            "indices",
            "Elementary effects (Morris)",
            "mu: mean effect of a whole range; mu_star: mean size; sigma: how much it depends on the rest; "
            "mean_square: size squared with luck taken out, zero on average for a factor that does nothing.",
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
    clear = int((total["low"] > 0).sum())
    words = [
        "Share of the spread of the expected outcome that each factor explains, alone and with all its interactions.",
        f"Luck is taken out; whiskers are 95% intervals over base rows and replicates. {counted}",
        *_left_out(total, "factors"),
        *_impossible(indices, inputs),
    ]
    return pictured(
        "indices",
        f"{clear} of {len(total)} factors have an influence that can be told from none",
        " ".join(words),
        lambda: pictures.indices_picture(indices, inputs.labels),
        indices,
        file="sensitivity_indices",
    )


def _impossible(indices: pd.DataFrame, inputs: ReportInputs) -> list[str]:
    """Which factors seem to explain more alone than with their interactions, which only noise can make."""
    value = indices[indices["order"].isin(["first", "total"])].pivot(index="factor", columns="order", values="value")
    names = [label(str(name), inputs) for name in value.index[value["first"] > value["total"]]]
    if not names:
        return []
    return [
        f"In truth no factor explains more alone than with its interactions; that {joined([f'“{name}”' for name in names])} "
        f"{'seems' if len(names) == 1 else 'seem'} to is noise of so few base rows, and only the whiskers can be read."
    ]


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
        file="variance_shares",
    )


def _survival(found: Findings, inputs: ReportInputs) -> Section:
    curves, by = found.survival, found.survival_by
    if curves is None:
        return unanswered(found, "times", "times", "How long it takes")
    name = label(by, inputs) if by else ""
    until = float(quarters_run(inputs.results).max())
    return pictured(
        "times",
        f"How long integration takes{f', by “{name}”' if by else ''}",
        "Share of runs that have come to lasting integration, whether or not they kept it (one minus Kaplan–Meier); runs "
        f"that had not by the end count as still waiting. Bands are 95% intervals {over(found)}. The numbers: mean quarters "
        f"without it, of the first {_horizon(found)}.",
        lambda: pictures.survival_picture(curves, "integration", "", until),
        found.means,
        file="restricted_means",
    )


def _horizon(found: Findings) -> str:
    return "quarters" if found.means is None else f"{found.means['horizon'].iloc[0]:g}"


def _first(found: Findings, inputs: ReportInputs) -> Section:
    curves = found.incidence
    if curves is None:
        return unanswered(found, "first events", "first", "What happens first")
    last = curves[curves["group"] == "all"].groupby("cause", sort=False).last()["incidence"]
    parts = [f"{percent(float(last.get(cause, 0.0)))} {words}" for cause, words in FIRSTS.items()]
    return pictured(
        "first",
        f"What came first: in {joined(parts)}",
        "What happened first (Aalen–Johansen cumulative incidence). Integration counts once it has lasted two years, whether "
        "or not it was kept; a stall begins where, once something had begun, nothing more is gained up to the end of the "
        "run; a collapse is half of a peak lost, which may be won back. What is left above the areas had none of the three "
        "by then.",
        lambda: pictures.incidence_picture(curves, "all", float(quarters_run(inputs.results).max())),
        last.rename("share by the end").reset_index(),
        file="cumulative_incidence",
    )


def _blockers(found: Findings, inputs: ReportInputs) -> Section | None:
    table = found.blockers
    if table is None or table.empty:
        return None
    everywhere = table[table["regime"] == "all"]
    top = everywhere.nlargest(1, "share").iloc[0]
    where = ""
    if found.blockers_where is not None and found.blockers_where["clear"].any():
        row = found.blockers_where[found.blockers_where["clear"]].iloc[0]
        where = (
            f"Most movable: {label(str(row['blocker']), inputs)}, the largest obstacle on {percent(float(row['lowest']))} of "
            f"shared spend where “{label(str(row['factor']), inputs)}” is {row['at_lowest']}, on "
            f"{percent(float(row['highest']))} where it is {row['at_highest']} (means over the settings there)."
        )
    return pictured(
        "blockers",
        f"The main blocker is most often: {label(str(top['blocker']), inputs)}",
        " ".join([
            "Share of runs in which each blocker holds back more shared spend than any other, with 95% intervals "
            f"{over(found)}.", *_left_out(everywhere, "blockers"), where]),
        lambda: pictures.blockers_picture(table, "all", inputs.labels),
        found.blockers_where,
        file="where_blockers_bind",
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
        file="thresholds_varied",
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
        file="replicates_needed",
    )
