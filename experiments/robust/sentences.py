"""What came of a search for robust plans, in words."""

from __future__ import annotations

import math

from experiments.robust.finding import FAILS, HOLDS, Robust
from incentive_abm.parameters import PARAMETERS


def sentences(found: Robust) -> list[str]:
    """The few that stand at the top of the report and are printed."""
    study, best = found.study, found.plans.iloc[found.best]
    today = found.plans[found.plans["levers"] == 0].iloc[0]
    said = [
        f"Of {found.tried:,} plans tried, with at most {study.most_levers} levers moved, the surest is: {best['plan']}. "
        f"In worlds it was not chosen by {best['sure']:.0%} ({best['sure_low']:.0%} to {best['sure_high']:.0%}) end with "
        f"integration of {study.good_from:g} or more, against {today['sure']:.0%} as today; on average after "
        f"{best['years']:.1f} years of {study.quarters / 4:g}, for an effort of {best['effort']:.2f}.",
        *beside(found),
        optimism(found),
        f"Its mean regret is {best['regret']:.3f} of integration, beside the best of {len(found.plans)} plans in each world; "
        "which is best in a world nobody knows beforehand.",
    ]
    if found.boxes is None:
        said.append(f"Where it fails: {found.no_boxes.replace('makes fails', 'makes failing')}.")
        return said
    limits, box = found.boxes.limits, found.boxes.summary.iloc[0]
    rules = [_rule(str(row["factor"]), row["low"], row["high"], str(row["values"])) for _, row in
             limits[limits["box"] == 1].iterrows()]
    said.append(f"It {FAILS} most where {' and '.join(rules)}: there in {box['density']:.0%} of worlds, "
                f"against {box['base_rate']:.0%} in all (it {HOLDS} in the rest).")
    return said


def beside(found: Robust) -> list[str]:
    """What else was asked of the last year."""
    best, today = found.plans.iloc[found.best], found.plans[found.plans["levers"] == 0].iloc[0]
    return [f"In {best[name]:.0%} ({best[f'{name}_low']:.0%} to {best[f'{name}_high']:.0%}) of these worlds `{name}` "
            f"({measure.meaning}) is {good:g} or more in the last year, against {today[name]:.0%} as today; it was not "
            "searched by."
            for (measure, good), name in ((each, each[0].code) for each in found.study.also)]


def optimism(found: Robust) -> str:
    """What the search promised and fresh worlds kept."""
    searched = found.plans.dropna(subset="sure_in_search") if "sure_in_search" in found.plans else found.plans.iloc[:0]
    if searched.empty:
        return "None of the plans told here came from the search."
    off = float((searched["sure_in_search"] - searched["sure"]).mean())
    kept = (f"over the plans kept, it promised {off:.1%} more of worlds good enough than fresh worlds gave" if off > 0.0 else
            f"here it did not: over the plans kept, fresh worlds gave {-off:.1%} more of worlds good enough than it promised")
    return f"What a search finds best tends to look better than it is; {kept}. All figures here are of fresh worlds."


def _rule(factor: str, low: float, high: float, values: str) -> str:
    name = f"“{PARAMETERS[factor].label}”" if factor in PARAMETERS else factor
    if values and values != "nan":
        return f"{name} is {values}"
    if math.isnan(low):
        return f"{name} is at most {high:.3g}"
    return f"{name} is {low:.3g} to {high:.3g}"
