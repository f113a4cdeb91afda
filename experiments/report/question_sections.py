"""Sections on what a study itself asks: its own contrast, two-way effects, policies over futures."""

from __future__ import annotations

from experiments.analysis import pictures
from experiments.analysis.bands import plain
from experiments.analysis.interactions import OVER
from experiments.analysis.pictures.bars import MOST_ROWS
from experiments.analysis.robustness import policies_of
from experiments.report.findings import Findings
from experiments.report.inputs import ReportInputs
from experiments.report.picture_section import Section, pictured, unanswered
from experiments.report.sentences import effect_words, label, measure_words, percent

WORDS = {
    "mean": "mean",
    "worst_tenth": "mean of the worst tenth",
    "mean_regret": "mean regret",
    "worst_tenth_of_regret": "mean of the largest tenth of regret",
    "good_enough": "share good enough",
}


def answer(found: Findings, inputs: ReportInputs) -> Section | None:
    """The study's own contrast, where it states one."""
    if inputs.contrast is None:
        return None
    table = found.answer
    if table is None or table.empty:
        return unanswered(found, "answer", "answer", "The study's own question")
    over = OVER.get(str(table["basis"].iloc[0]), "replicates")
    return pictured(
        "answer",
        "The study's own question",
        "The answer above as a picture: blue raises, orange lowers, grey may be nothing; whiskers are 95% intervals over "
        f"{over}.",
        lambda: pictures.contrast_picture(table, measure_words(inputs), inputs.labels),
        table,
        file="answer",
    )


def interactions(found: Findings, inputs: ReportInputs) -> Section | None:
    """Two-way effects among the strongest factors."""
    if not found.interactions_among:
        return None
    table = found.interactions
    if table is None:
        return unanswered(found, "interactions", "interactions", "What depends on what")
    clear = table[(table["low"] > 0) | (table["high"] < 0)]
    heading = "No two factors clearly depend on each other"
    if len(clear):
        top = clear.iloc[0]
        one, other = label(str(top["first"]), inputs), label(str(top["second"]), inputs)
        heading = f"What “{one}” does depends most on “{other}”"
    among = len(found.interactions_among)
    words = [
        f"How much more the first factor changes {measure_words(inputs)} at the upper end of the second than at its lower end "
        "(a difference of differences, under the same luck).",
        "" if among == len(found.factors) else f"Among the {among} strongest of {len(found.factors)} factors.",
        f"Drawn are the {MOST_ROWS} largest of {len(table)}." if len(table) > MOST_ROWS else "",
        f"Whiskers are 95% intervals; of {len(table)} such contrasts about {max(round(0.05 * len(table)), 1)} would look "
        f"clear by chance alone, and {len(clear)} {'does' if len(clear) == 1 else 'do'}." if len(table) > 1 else "",
    ]
    return pictured(
        "interactions",
        heading,
        " ".join(word for word in words if word),
        lambda: pictures.interactions_picture(table, inputs.labels),
        table.drop(columns="part"),
        file="interactions",
    )


def policies(found: Findings, inputs: ReportInputs) -> Section | None:
    """Policies over futures, where the design crosses them."""
    if "policy" not in inputs.design.columns:
        return None
    table = found.robust
    if table is None:
        return unanswered(found, "robust", "policies", "Policies over futures")
    best = table[table["criterion"] == "mean_regret"].iloc[0]
    levers = [name for name in policies_of(inputs.design).columns if name != "policy"]
    named = {int(row["policy"]): policy_name(row, levers, inputs) for _, row in table.drop_duplicates("policy").iterrows()}
    wide = table.pivot(index="policy", columns="criterion", values="value").loc[list(named)]
    wide = wide[[name for name in WORDS if name in wide.columns]].rename(columns=WORDS)
    wide.insert(0, "policy", list(named.values()))
    limit = "" if inputs.good_from is None else (
        f" Good enough: {measure_words(inputs)} of at {'least' if inputs.more_is_better else 'most'} {inputs.good_from:g}.")
    shown = f" Drawn are the {MOST_ROWS} with the least regret of {len(named)} policies." if len(named) > MOST_ROWS else ""
    return pictured(
        "policies",
        f"Least to regret: {named[int(best['policy'])]}",
        f"Each policy in the same {int(best['futures']):,} futures under the same luck, {int(best['replicates'])} replicates of "
        "it. Regret is how far a run falls short of the policy that does best in that future under that luck; the worst tenth is "
        "the mean of the tenth of runs in which a policy does worst. Whiskers are 95% intervals over the draws of what is "
        f"uncertain and over luck.{limit}{shown}",
        lambda: pictures.policies_picture(table, named, measure_words(inputs)),
        wide.reset_index(drop=True),
        file="policies_over_futures",
    )


def policy_name(row: object, levers: list[str], inputs: ReportInputs) -> str:
    """A policy in words: each lever with its value."""
    return ", ".join(f"{label(name, inputs)} {plain(row[name])}" for name in levers)  # type: ignore[index]


def policies_sentence(found: Findings, inputs: ReportInputs) -> str:
    """Which policy there is least to regret, in one sentence."""
    assert found.robust is not None
    table = found.robust
    best = table[table["criterion"] == "mean_regret"].iloc[0]
    own = table[table["policy"] == best["policy"]].set_index("criterion")
    levers = [name for name in policies_of(inputs.design).columns if name != "policy"]
    enough = ""
    if "good_enough" in own.index:
        enough = f", good enough in {percent(float(own.loc['good_enough', 'value']))} of runs"
    worst = effect_words(own.loc["worst_tenth"], signed=False)
    return (
        f"Of {table['policy'].nunique()} policies over {int(best['futures']):,} futures, there is least to regret with "
        f"{policy_name(best, levers, inputs)}: {measure_words(inputs)} {effect_words(own.loc['mean'], signed=False)} on "
        f"average, {worst} in the worst tenth of runs{enough}."
    )
