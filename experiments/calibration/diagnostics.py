"""How far to believe a posterior: ranks of known truths, coverage of its intervals, what the data say of each parameter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.analysis.intervals import wilson
from experiments.calibration.observed import Floats
from experiments.calibration.posterior import Posterior, Table, posterior
from incentive_abm.optional_libraries import library

TRIALS, DRAWS, BINS = 500, 99, 10
LEVELS = (0.5, 0.8, 0.9)
NARROWED, MOVED = 0.1, 0.25
"""Loss of variance, and shift of the mean in the prior's standard deviations, from which data say something of a parameter."""
AGAIN = 400
Method = Callable[[Table, Floats], Posterior]


@dataclass(frozen=True)
class Ranks:
    """For each trial and parameter, how many of `DRAWS` draws lie below the value that the data were made with."""

    ranks: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    names: tuple[str, ...]

    def histogram(self) -> pd.DataFrame:
        """Trials by bin of rank, with the band that holds all bins of a right posterior in 95 of 100 cases."""
        trials = len(self.ranks)
        low, high = library("scipy.stats").binom.interval(1.0 - 0.05 / BINS, trials, 1.0 / BINS)
        rows = [{"parameter": name, "bin": number + 1, "trials": int(count), "low": int(low), "high": int(high)}
                for k, name in enumerate(self.names)
                for number, count in enumerate(np.bincount(self.ranks[:, k] * BINS // (DRAWS + 1), minlength=BINS))]
        return pd.DataFrame(rows)

    def tests(self) -> pd.DataFrame:
        """By parameter: p of uniform ranks (chi-square), after Holm, and coverage of central intervals with Wilson's interval."""
        chisquare = library("scipy.stats").chisquare
        ps = [float(chisquare(np.bincount(self.ranks[:, k] * BINS // (DRAWS + 1), minlength=BINS)).pvalue)
              for k in range(len(self.names))]
        table = pd.DataFrame({"parameter": self.names, "p": ps, "p_holm": holm(ps)})
        for level in LEVELS:
            low, high = (1.0 - level) / 2.0 * (DRAWS + 1), (1.0 + level) / 2.0 * (DRAWS + 1)
            inside = ((self.ranks >= low) & (self.ranks < high)).sum(axis=0)
            table[f"in_{level:.0%}"] = inside / len(self.ranks)
            limits = wilson(inside.astype(np.float64), np.full(len(inside), float(len(self.ranks))))
            table[f"low_{level:.0%}"], table[f"high_{level:.0%}"] = limits
        return table


def holm(ps: list[float]) -> list[float]:
    """Holm's correction."""
    order = np.argsort(ps)
    found, most = [0.0] * len(ps), 0.0
    for place, k in enumerate(order):
        most = max(most, min((len(ps) - place) * ps[k], 1.0))
        found[k] = most
    return found


def ranks(table: Table, names: tuple[str, ...], taken: int, seed: int, trials: int = TRIALS,
          method: Method | None = None) -> Ranks:
    """Simulation-based calibration (Talts et al. 2018): rows of the table stand in turn for the data, with their own setting as
    the truth, and the posterior is found from all other rows. method: another way to a posterior, to be tried likewise."""
    chosen = np.random.default_rng([seed, 1]).choice(len(table.unit), min(trials, len(table.unit)), replace=False)
    found = np.empty((len(chosen), len(names)), np.int64)
    for number, row in enumerate(chosen):
        others = table.without(np.arange(len(table.unit)) == row)
        own = (method or (lambda rest, seen: posterior(rest, seen, taken)))(others, table.seen[row])
        found[number] = (own.drawn(DRAWS, seed + int(row)) < table.unit[row]).sum(axis=0)
    return Ranks(found, names)


def learned(found: Posterior, names: tuple[str, ...], seed: int) -> pd.DataFrame:
    """By parameter: share of the prior's variance that is gone, and the mean's shift in the prior's standard deviations, each
    with its 95% interval (Bayesian bootstrap over what was taken, Rubin 1981), and what that means, in a word."""
    generator = np.random.default_rng([seed, 2])
    draws = generator.exponential(size=(AGAIN, len(found.weight))) * found.weight
    draws /= draws.sum(axis=1, keepdims=True)
    own = np.vstack([found.weight, draws])
    means = own @ found.unit
    variances = np.maximum(own @ found.unit**2 - means**2, 0.0)
    gone, shift = 1.0 - 12.0 * variances, np.sqrt(12.0) * (means - 0.5)
    rows = []
    for k, name in enumerate(names):
        (gone_low, gone_high), (low, high) = (np.quantile(each[1:, k], (0.025, 0.975)) for each in (gone, shift))
        most = max(abs(low), abs(high))
        least = 0.0 if low < 0.0 < high else min(abs(low), abs(high))
        told = ("nothing" if gone_high < NARROWED and most < MOVED else "something" if gone_low > NARROWED or least > MOVED
                else "unclear")
        rows.append({"parameter": name, "narrowed": gone[0, k], "narrowed_low": gone_low, "narrowed_high": gone_high,
                     "shift": shift[0, k], "shift_low": low, "shift_high": high, "data_say": told})
    return pd.DataFrame(rows)


def left_out(table: Table, observed: Floats, targets: tuple[str, ...], names: tuple[str, ...], taken: int) -> pd.DataFrame:
    """By target left out and parameter: how far its mean moves, in the prior's standard deviations, and by how much the
    variance left grows."""
    whole = posterior(table, observed, taken)
    rows = []
    for k, target in enumerate(targets) if len(targets) > 1 else ():
        rest = [j for j in range(len(targets)) if j != k]
        other = posterior(table.reading(rest), observed[rest], taken)
        (mean, variance), (mean_rest, variance_rest) = (_moments(each) for each in (whole, other))
        rows += [{"left_out": target, "parameter": name, "mean_moves": np.sqrt(12.0) * (mean_rest[j] - mean[j]),
                  "variance_grows": 12.0 * (variance_rest[j] - variance[j])} for j, name in enumerate(names)]
    return pd.DataFrame(rows, columns=["left_out", "parameter", "mean_moves", "variance_grows"])


def _moments(found: Posterior) -> tuple[Floats, Floats]:
    mean = found.weight @ found.unit
    return mean, found.weight @ (found.unit - mean) ** 2


def worth_observing(seen: Floats, verdict: Floats, names: list[str], seed: int) -> pd.DataFrame:
    """By candidate observation: the share of the verdict's variance that it would take away (1 − E Var(verdict | seen) / Var), by
    nearest neighbours on rows held out, with its interval over rows drawn anew."""
    neighbours = library("sklearn.neighbors").KNeighborsRegressor
    folds = library("sklearn.model_selection").KFold(5, shuffle=True, random_state=seed)
    near = max(int(np.sqrt(len(verdict))), 5)
    generator = np.random.default_rng([seed, 3])
    drawn = generator.integers(0, len(verdict), (AGAIN, len(verdict)))
    rows = []
    for k, name in enumerate(names):
        guess = np.empty_like(verdict)
        for grown, held in folds.split(seen[:, [k]]):
            guess[held] = neighbours(near).fit(seen[grown][:, [k]], verdict[grown]).predict(seen[held][:, [k]])
        errors = (verdict - guess) ** 2
        share = [1.0 - errors[each].mean() / verdict[each].var() for each in drawn] if verdict.std() > 0.0 else [0.0]
        low, high = np.quantile(share, (0.025, 0.975))
        total = 1.0 - errors.mean() / verdict.var() if verdict.std() > 0.0 else 0.0
        rows.append({"observe": name, "variance_gone": total, "low": low, "high": high})
    return pd.DataFrame(rows).sort_values("variance_gone", ascending=False, kind="stable", ignore_index=True)
