"""The numbers of a report worked out again from its tables by other means: by hand with numpy, by statsmodels, by SALib."""

from __future__ import annotations

import itertools
import re
from html import unescape

import numpy as np
import pandas as pd

MINUS = "\N{MINUS SIGN}"


def text_of(page: str) -> str:
    """What a reader sees, without scripts, tags and non-breaking marks."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).replace("\N{NON-BREAKING HYPHEN}", "-").replace("“ ", "“")


def sections_of(page: str) -> dict[str, str]:
    """Each card's words (heading and caption), by its id."""
    found = re.findall(r'<section class="card" id="([\w -]+)">(.*?)<details|<section class="card" id="([\w -]+)">(.*?)</section>',
                       page, re.DOTALL)
    return {name or other: text_of(body or rest) for name, body, other, rest in found}


def answers_of(page: str) -> list[str]:
    block = re.search(r'<div class="answer">(.*?)</div>', page, re.DOTALL)
    assert block
    return [text_of(each).strip() for each in re.findall(r"<p>(.*?)</p>", block[1], re.DOTALL)]


def shown_percent(share: float) -> str:
    return f"{round(100 * share)}%" if share == 0 or share >= 0.095 else f"{100 * share:.1f}%"


def numbers_in(words: str) -> list[float]:
    return [float(each.replace(MINUS, "-").replace(",", "")) for each in re.findall(rf"[+{MINUS}]?\d[\d,]*\.?\d*", words)]


def two_way_share(hit: pd.Series, point: pd.Series, replicate: pd.Series, drawn: bool) -> tuple[float, float, float]:
    """A share of clustered runs with its interval, with pandas alone: variance by points plus replicates less runs."""
    from scipy import stats

    share, n = float(hit.mean()), len(hit)
    error = (hit - share) / n
    parts = []
    for groups in ((point, replicate) if drawn else (replicate,)):
        sums = error.groupby(groups.to_numpy()).sum()
        if len(sums) > 1:
            parts.append((float((sums**2).sum()) * len(sums) / (len(sums) - 1), len(sums) - 1))
    pieces = (point if drawn else replicate).nunique()
    variance = max(sum(v for v, _ in parts) - (float((error**2).sum()) if len(parts) == 2 else 0.0), *(v for v, _ in parts))
    z = stats.norm.ppf(0.975)
    effective = float(pieces)
    if variance > 0:
        fewest = min(d for _, d in parts)
        degrees = max(variance**2 / sum(v**2 / d for v, d in parts), fewest) if drawn else fewest
        effective = min(share * (1 - share) / variance, n) * (z / stats.t.ppf(0.975, max(degrees, 1))) ** 2
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(share * effective, effective, method="wilson")
    return share, float(low), float(high)


def ratio_of_luck(runs: pd.DataFrame, pairs: list[tuple[int, int]], weights: list[float], outcome: str) -> float:
    """Variance over replicates of the weighted mean difference, luck drawn apart at each point over luck shared, by hand."""
    wide = runs.pivot(index="point", columns="replicate", values=outcome)
    coefficient: dict[int, float] = {}
    for (start, end), weight in zip(pairs, weights, strict=True):
        coefficient[start] = coefficient.get(start, 0.0) - weight / sum(weights)
        coefficient[end] = coefficient.get(end, 0.0) + weight / sum(weights)
    apart = sum(c**2 * wide.loc[point].var(ddof=1) for point, c in coefficient.items())
    together = sum(c * wide.loc[point] for point, c in coefficient.items()).var(ddof=1)
    return float(apart / together)


def one_factor_pairs(design: pd.DataFrame, factor: str, factors: list[str]) -> list[tuple[int, int]]:
    """Every two points of a full factorial that differ in one factor only, from its lowest to its highest value."""
    low, high = design[factor].min(), design[factor].max()
    found = []
    for (_, one), (_, other) in itertools.permutations(design.iterrows(), 2):
        same = all(one[name] == other[name] for name in factors if name != factor)
        if same and one[factor] == low and other[factor] == high:
            found.append((int(one["point"]), int(other["point"])))
    return found


def survival_by_hand(time: np.ndarray, happened: np.ndarray, at: float) -> float:
    share = 1.0
    for t in sorted({*time[happened]}):
        if t <= at:
            share *= 1.0 - float(((time == t) & happened).sum()) / float((time >= t).sum())
    return share
