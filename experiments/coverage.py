"""How often each kind of interval that a report prints holds the truth, tried on made-up sweeps whose truth is known.

Run with `python -m experiments.coverage [FILE]`; FILE (docs/checks.md) gets its section on intervals rewritten.
The made-up outcome is x1 − x2/2 + 0.8·x1·x2, and nothing of x3, with luck that a replicate shares and luck of each run's own.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments import designs
from experiments.analysis import (
    convergence,
    effects,
    event_times,
    interactions,
    morris,
    regime_shares,
    robustness,
    sobol,
    variance_shares,
)
from experiments.analysis.binding_blockers import main_blockers
from experiments.analysis.contrast import Contrast
from experiments.analysis.efast import efast_indices
from experiments.analysis.intervals import wilson
from experiments.analysis.run_tables import Floats
from experiments.claims.interval_coverage import ledger_intervals
from experiments.designs import Factor, FactorKind
from incentive_abm.errors import UserError
from incentive_abm.files import write_text_whole

TRIALS = 200
DRAWS = 200
SHARED, OWN = 0.2, 0.25
GOOD = 0.5
QUARTERS, AT = 40, 16.0
FACTORS = [Factor("x1"), Factor("x2"), Factor("x3")]
HEADING = "## How often intervals hold the truth"


class Tried(NamedTuple):
    """One interval of one made-up sweep, and what it should hold."""

    kind: str
    design: str
    low: float
    high: float
    truth: float


Trial = Callable[[int], Iterator[Tried]]


def _tried(kind: str, design: str, row: Any, truth: Any) -> Tried:
    """One interval, from the row of a table that has it."""
    return Tried(kind, design, float(row["low"]), float(row["high"]), float(truth))


@dataclass(frozen=True)
class Cover:
    """One kind of interval: how many times it was tried, and how often it held the truth."""

    kind: str
    design: str
    trials: int
    held: int


def response(x1: Floats, x2: Floats) -> Floats:
    """What is expected at a point."""
    return x1 - 0.5 * x2 + 0.8 * x1 * x2


def made_up(design: pd.DataFrame, replicates: int, seed: int) -> pd.DataFrame:
    """Runs of a design: outcome `integration`, a regime, a blocker and a time that follow from it."""
    generator = np.random.default_rng(seed)
    expected = response(design["x1"].to_numpy(float), design["x2"].to_numpy(float))
    tables = []
    for k in range(replicates):
        value = expected + SHARED * generator.normal() + OWN * generator.normal(size=len(design))
        tables.append(design.assign(replicate=k, **outcomes(value)))
    return pd.concat(tables, ignore_index=True)


def outcomes(value: Floats) -> dict[str, Any]:
    """What a run with this outcome has in the columns that analyses read."""
    time = np.ceil(24.0 * np.exp(-value))
    return {
        "integration": value,
        "regime": np.where(value > GOOD, "integrated", "stalled"),
        "blocker": np.where(value > GOOD, "money", "trust"),
        "time_to_integration": np.where(time < QUARTERS, time, np.nan),
        "quarters": QUARTERS,
    }


def population(points: int = 2_000_000) -> pd.DataFrame:
    """Very many runs with points and luck of their own: the truth for designs that draw their points."""
    generator = np.random.default_rng(7)
    x1, x2 = generator.random(points), generator.random(points)
    luck = SHARED * generator.normal(size=points) + OWN * generator.normal(size=points)
    return pd.DataFrame({"x1": x1, "x2": x2, **outcomes(response(x1, x2) + luck)})


def grid(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A factorial sweep with eight replicates."""
    design = designs.full_factorial(FACTORS, {"x1": 3, "x2": 3, "x3": 2})
    return design, made_up(design, 8, seed)


def drawn(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A Latin hypercube with eight replicates."""
    design = designs.latin_hypercube(FACTORS, 80, seed + 1)
    return design, made_up(design, 8, seed)


def rows(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A Sobol design with eight replicates."""
    design = designs.sobol(FACTORS, 64, seed + 1)
    return design, made_up(design, 8, seed)


def of_effects(seed: int) -> Iterator[Tried]:
    """Effects and two-way effects in four designs."""
    walks = designs.morris(FACTORS, 24, seed + 1)
    for name, (design, runs), truth, crossed in (
        ("factorial", grid(seed), 1.4, 0.8),
        ("Sobol", rows(seed), 1.4, 0.8 * 2 / 3),
        ("Morris", (walks, made_up(walks, 8, seed)), 1.4, None),
        ("Latin hypercube", drawn(seed), 1.4 * 2 / 3, 0.8 * (2 / 3) ** 2),
    ):
        table = effects.lever_effects(runs, design, draws=DRAWS).set_index("factor")
        row = table.loc["x1"]
        yield _tried("effect", name, row, truth)
        if crossed is not None and (row := _two_way(runs, design)) is not None:
            yield _tried("two-way effect", name, row, crossed)


def _two_way(runs: pd.DataFrame, design: pd.DataFrame) -> Any:
    """The two-way effect of x1 and x2, or None where chance left a corner without points: then a report prints none."""
    try:
        return interactions.interactions(runs, design, "integration", ["x1", "x2"], draws=DRAWS).iloc[0]
    except UserError:
        return None


def of_places(seed: int) -> Iterator[Tried]:
    """Places of two sizes, each with an effect of its own round that of its size."""
    generator = np.random.default_rng([3, seed])
    names = tuple(f"p{k}" for k in range(16))
    design = designs.full_factorial([Factor("place", FactorKind.CATEGORICAL, choices=names), Factor("x1")], 2)
    size = {name: 8.0 if k < 8 else 32.0 for k, name in enumerate(names)}
    level = {name: generator.normal(0.0, 0.2) + 0.01 * size[name] for name in names}
    slope = {name: generator.normal(0.0, 0.2) + 0.02 * size[name] for name in names}
    design = design.assign(of_place_size=design["place"].map(size))
    expected = design["place"].map(level) + design["place"].map(slope) * design["x1"]
    runs = pd.concat([design.assign(replicate=k, integration=expected + OWN * generator.normal(size=len(design)))
                      for k in range(8)], ignore_index=True)
    row = interactions.contrast_effect(runs, design, Contrast("x1", "of_place_size")).iloc[2]
    yield _tried("two-way effect with a number of the place", "16 places", row, 0.02 * 24.0)
    table = effects.lever_effects(runs, design).set_index("factor")
    at_place: Any = table.loc["of_place_size"]
    yield _tried("effect of a number of the place", "16 places", at_place, 0.01 * 24.0 + 0.02 * 24.0 / 2)


def of_indices(seed: int) -> Iterator[Tried]:
    """Sensitivity indices, elementary effects, luck's share of the spread."""
    first, second, both = 1.4**2 / 12, 0.1**2 / 12, 0.8**2 / 144
    total = first + second + both
    design, runs = rows(seed)
    curves = designs.efast(FACTORS, 65, seed + 1, 4)
    for name, table in (("Sobol", sobol.sobol_indices(runs, design, draws=DRAWS)),
                        ("eFAST", efast_indices(made_up(curves, 4, seed), curves, draws=DRAWS))):
        at = table.set_index(["order", "factor"])
        for order, truth in (("first", first / total), ("total", (first + both) / total)):
            row = at.loc[(order, "x1")]
            yield _tried(f"{order}-order index", name, row, truth)
    walks = designs.morris(FACTORS, 24, seed + 1)
    found = morris.morris_effects(made_up(walks, 8, seed), walks, draws=DRAWS).set_index(["measure", "factor"])
    row = found.loc[("mu", "x1")]
    yield _tried("mean elementary effect", "Morris", row, 1.4)
    design, runs = drawn(seed)
    luck = variance_shares.variance_shares(runs, design, draws=DRAWS).set_index("source").loc["luck"]
    spread = SHARED**2 + OWN**2
    yield _tried("luck's share of the spread", "Latin hypercube", luck, spread / (spread + total))


def of_shares(everything: pd.DataFrame, laid_out: dict[str, float]) -> Trial:
    """Shares of regimes, of cells and of blockers; times; the running mean."""
    hit = float((everything["regime"] == "integrated").mean())
    corner = everything[(everything["x1"] > 2 / 3) & (everything["x2"] > 2 / 3)]
    in_corner = float((corner["regime"] == "integrated").mean())
    waiting = everything["time_to_integration"].fillna(QUARTERS)

    def trial(seed: int) -> Iterator[Tried]:
        for name, (design, runs), truth in (
            ("factorial", grid(seed), laid_out["share"]), ("Latin hypercube", drawn(seed), hit), ("Sobol", rows(seed), hit)
        ):
            row = regime_shares.sweep_shares(runs, design).set_index("regime").loc["integrated"]
            yield _tried("share of a regime", name, row, truth)
        design, runs = drawn(seed)
        cells = regime_shares.regime_map(runs, design, "x1", "x2", bands=3)
        cell = cells.iloc[int(cells["x_middle"].add(cells["y_middle"]).argmax())]
        yield _tried("share in a cell of the map", "Latin hypercube", cell, in_corner)
        blockers = main_blockers(runs, design)
        row = blockers[(blockers["regime"] == "all") & (blockers["blocker"] == "money")].iloc[0]
        yield _tried("share of a main blocker", "Latin hypercube", row, hit)
        for name, (own, waited), still, mean in (
            ("Latin hypercube", (design, runs), float((waiting > AT).mean()), float(waiting.mean())),
            ("factorial", grid(seed), laid_out["still"], laid_out["mean"]),
        ):
            curve = event_times.survival_curves(waited, design=own)
            row = curve[curve["time"] <= AT].iloc[-1]
            yield _tried("share integrated by a time", name, row, still)
            row = event_times.restricted_means(waited, design=own).iloc[0]
            yield _tried("mean time", name, row, mean)
        row = convergence.running_interval(grid(seed)[1]).iloc[-1]
        yield _tried("mean over the design", "factorial", row, laid_out["outcome"])

    return trial


def of_policies(truth: dict[str, float]) -> Trial:
    """Two policies over futures: x1 is decided, x2 is not."""

    def trial(seed: int) -> Iterator[Tried]:
        design = designs.crossed([FACTORS[0]], [FACTORS[1], FACTORS[2]], [], futures=60, seed=seed + 1)
        table = robustness.robustness(made_up(design, 8, seed), design, good_from=GOOD, draws=DRAWS)
        for criterion, x1 in (("mean", 1.0), ("worst_tenth", 1.0), ("mean_regret", 0.0), ("worst_tenth_of_regret", 0.0),
                              ("good_enough", 0.0)):
            row = table[(table["x1"] == x1) & (table["criterion"] == criterion)].iloc[0]
            yield _tried(f"{criterion.replace('_', ' ')} of a policy", "crossed", row, truth[criterion])

    return trial


def policies_truth(runs: int = 2_000_000) -> dict[str, float]:
    """What is true of the two policies, from very many futures."""
    generator = np.random.default_rng(9)
    x2, shared = generator.random(runs), SHARED * generator.normal(size=runs)
    off, on = (response(np.full(runs, x1), x2) + shared + OWN * generator.normal(size=runs) for x1 in (0.0, 1.0))
    regret = np.maximum(on - off, 0.0)
    tenth = runs // 10
    return {"mean": float(on.mean()), "worst_tenth": float(np.sort(on)[:tenth].mean()), "mean_regret": float(regret.mean()),
            "worst_tenth_of_regret": float(np.sort(regret)[-tenth:].mean()), "good_enough": float((off >= GOOD).mean())}


def laid_out_truth() -> dict[str, float]:
    """What is true of the factorial design's own points: very many replicates with luck of their own."""
    design, _ = grid(0)
    generator = np.random.default_rng(8)
    expected = response(design["x1"].to_numpy(float), design["x2"].to_numpy(float))
    luck = SHARED * generator.normal(size=(200_000, 1)) + OWN * generator.normal(size=(200_000, len(design)))
    value = (expected + luck).ravel()
    time = np.minimum(np.ceil(24.0 * np.exp(-value)), QUARTERS)
    return {"share": float((value > GOOD).mean()), "still": float((time > AT).mean()), "mean": float(time.mean()),
            "outcome": float(expected.mean())}


def of_claims(seed: int) -> Iterator[Tried]:
    """The intervals of the ledger of claims."""
    yield from (Tried(*each) for each in ledger_intervals(seed))


def tried(trials: int = TRIALS) -> list[Cover]:
    """Every kind of interval, tried."""
    held: dict[tuple[str, str], list[bool]] = {}
    parts: list[Trial] = [of_effects, of_places, of_indices, of_shares(population(), laid_out_truth())]
    parts += [of_policies(policies_truth()), of_claims]
    for part in parts:
        for seed in range(trials):
            for each in part(seed):
                held.setdefault((each.kind, each.design), []).append(bool(each.low <= each.truth <= each.high))
    return [Cover(kind, design, len(every), sum(every)) for (kind, design), every in held.items()]


def section(covers: list[Cover]) -> str:
    """The section of the document, as Markdown."""
    lines = [HEADING, "", "Each kind of interval that a sweep's report, or the ledger of claims, prints at 95%, tried "
             "on made-up sweeps whose truth is "
             "known, with luck shared between points as in a sweep (8 replicates; 4 for eFAST). In brackets: where the share "
             "would lie, given so many trials. Made by `python -m experiments.coverage docs/checks.md`.", "",
             "| interval | design | trials | nominal | held the truth |", "|---|---|---|---|---|"]
    for each in covers:
        low, high = wilson(np.array([float(each.held)]), np.array([float(each.trials)]))
        lines.append(f"| {each.kind} | {each.design} | {each.trials} | 95% | {100 * each.held / each.trials:.1f}% "
                     f"({100 * low[0]:.0f}% to {100 * high[0]:.0f}%) |")
    return "\n".join(lines) + "\n"


def section_in(text: str) -> str:
    """The section of a document that stands last in it, or nothing."""
    found = re.search(rf"^{re.escape(HEADING)}\n.*", text, flags=re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


def written(text: str, new: str) -> str:
    """A document with its last section, that on intervals, replaced or added."""
    kept = text.removesuffix(section_in(text)).rstrip("\n")
    return f"{kept}\n\n{new}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m experiments.coverage", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a document whose section on intervals is rewritten")
    given = parser.parse_args()
    told = section(tried())
    if given.file:
        write_text_whole(given.file, written(given.file.read_text(encoding="utf-8"), told))
    print(told)
