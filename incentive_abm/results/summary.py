"""What became of a run, in one table: for people in plain words, for machines as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm import EXPLORATION
from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Blocker, Regime
from incentive_abm.measures import Measure
from incentive_abm.results.manifest import Plan
from incentive_abm.results.stories.wording import count, percent
from incentive_abm.times import QUARTERS_A_YEAR, in_years, years

BAR = 20


@dataclass(frozen=True)
class Span:
    """Middle, least and most of some numbers; None where there are none."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> Span | None:
        """The span of what is not NaN."""
        known = values[~np.isnan(values)]
        return cls(float(np.median(known)), float(known.min()), float(known.max())) if known.size else None


@dataclass(frozen=True)
class Summary:
    """The table of a run. Counts are of runs; times in quarters; shares 0..1.

    reached: runs that reached lasting integration, whether or not it held to the end; kept: those in which it did.
    blockers: what held ties back in the last quarter, by share of shared spend, mean over runs; `moving` is the rest.
    """

    plan: Plan
    regimes: tuple[tuple[Regime, int], ...]
    reached: int
    kept: int
    time_to_integration: Span | None
    blockers: tuple[tuple[Blocker, float], ...]
    moving: float
    pooled_share: Span
    integration: Span
    form: Span

    @property
    def runs(self) -> int:
        return self.plan.seeds

    def record(self) -> dict[str, Any]:
        """Plain values, as `--json` prints them; keys are stable."""
        return {
            "exploration": EXPLORATION,
            "place": {"name": self.plan.place.name, "title": self.plan.place.title, "hash": self.plan.place.hash},
            "scenario": {"name": self.plan.scenario.name, "title": self.plan.scenario.title,
                         "hash": self.plan.scenario.hash},
            "posterior": None if self.plan.row is None else self.plan.row.record(),
            "runs": self.runs, "first_seed": self.plan.first_seed, "quarters": self.plan.quarters,
            "executor": self.plan.executor,
            "regimes": [{"regime": regime.code, "runs": runs, "share": runs / self.runs, "meaning": regime.meaning}
                        for regime, runs in self.regimes],
            "time_to_integration": {"reached": self.reached, "kept": self.kept, "never": self.runs - self.reached,
                                    **_spread(self.time_to_integration)},
            "blockers": [{"blocker": blocker.code, "share": share, "meaning": blocker.label}
                         for blocker, share in self.blockers],
            "moving_share": self.moving,
            "pooled_share": _spread(self.pooled_share),
            "integration": _spread(self.integration),
            "form": _spread(self.form),
        }

    def text(self) -> str:
        """The table in plain words."""
        plan = self.plan
        lines = [f"{plan.place.title} under “{plan.scenario.title}”: {count(self.runs, 'run')} of "
                 f"{count(plan.quarters, 'quarter')} "
                 f"({years(plan.quarters):g} {'year' if plan.quarters == QUARTERS_A_YEAR else 'years'})"]
        if plan.scenario.question:
            lines.append(plan.scenario.question)
        if plan.row is not None:
            lines.append(plan.row.told)
        lines += ["", "What became of it"]
        for regime, runs in self.regimes:
            share = runs / self.runs
            lines.append(f"  {regime.label:<14} {runs:>5} {percent(share):>6}  {_bar(share):<{BAR}}  {regime.meaning}")
        lines += ["", "What held places back at the end, by share of shared spend"]
        for blocker, share in self.blockers[:6]:
            lines.append(f"  {blocker.label:<36} {percent(share):>8}")
        lines.append(f"  {'(not held back: integrated or moving)':<36} {percent(self.moving):>8}")
        lines += ["", *self._times(), f"Pooled at the end: {_shares(self.pooled_share)} of all income",
                  f"Form at the end: {_shares(self.form)}, how broadly things are shared; 100% is everything, with everybody",
                  f"Function at the end: {_shares(self.integration)}, of that what is delivered, trusted and known", "",
                  EXPLORATION]
        return "\n".join(lines)

    def _times(self) -> list[str]:
        span = self.time_to_integration
        if span is None:
            return [f"Time to integration: never reached in {years(self.plan.quarters):g} years, in any run"]
        least, most = in_years(span.least), in_years(span.most)
        between = f"{least} years" if least == most else f"least {least}, most {most}"
        lost = f", {self.reached - self.kept} of which had lost it again by the end" if self.kept < self.reached else ""
        never = self.runs - self.reached
        tail = f"; never in {never} of {self.runs} runs" if never else "; in every run"
        return [f"Time to integration: median {in_years(span.median)} years ({between}) in the {count(self.reached, 'run')} "
                f"that reached it{lost}{tail}"]


def summarise(plan: Plan, parts: Sequence[Recorded]) -> Summary:
    """The table of all batches of a run."""
    regimes = np.concatenate([part.endings.regime for part in parts])
    times = np.concatenate([part.endings.time_to_integration for part in parts])
    last = np.concatenate([part.last for part in parts])
    held = {blocker: float(last[:, Measure[f"BLOCKER_{blocker.name}"]].mean()) for blocker in Blocker}
    moving = held.pop(Blocker.NOTHING)
    ranked = sorted(((b, share) for b, share in held.items() if share > 0), key=lambda pair: (-pair[1], pair[0]))
    counts = [(regime, int((regimes == regime).sum())) for regime in Regime]
    return Summary(
        plan=plan, regimes=tuple((r, n) for r, n in sorted(counts, key=lambda pair: (-pair[1], pair[0])) if n),
        reached=int((~np.isnan(times)).sum()), kept=int((~np.isnan(times) & (regimes == Regime.INTEGRATED)).sum()),
        time_to_integration=Span.of(times), blockers=tuple(ranked), moving=moving,
        pooled_share=_span(last, Measure.POOLED_SHARE), integration=_span(last, Measure.INTEGRATION),
        form=_span(last, Measure.FORM),
    )


def _span(last: NDArray[np.float64], measure: Measure) -> Span:
    column = last[:, measure]
    return Span(float(np.median(column)), float(column.min()), float(column.max()))


def _spread(span: Span | None) -> dict[str, float | None]:
    if span is None:
        return {"median": None, "least": None, "most": None}
    return {"median": span.median, "least": span.least, "most": span.most}


def _shares(span: Span) -> str:
    low, high = f"{100 * span.least:.1f}%", f"{100 * span.most:.1f}%"
    return f"{100 * span.median:.1f}%" + ("" if low == high else f" (median; least {low}, most {high})")


def _bar(share: float) -> str:
    return "█" * max(1, round(BAR * share)) if share > 0 else ""
