"""Part `compacts`: how often compacts of more than two begin and end, how far an end spreads, and what protects against it.

In the published manner: one large partner's deficit, or costs that were never made clear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates import shock
from experiments.fates.estimates import Columns, Estimate, Estimates, Indices, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, played, series, yearly
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Recorded
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario
from incentive_abm.times import QUARTERS_A_YEAR

LEVEL = 0.75
"""The level of policy: high enough for partners to trust each other, short of everything followed."""
FORMS = ("alliance", "lead_provider", "mandated")
LEADS = ("gp", "council", "place")
PAIRS = "pairs only"
AS_IT_IS, FELT_BY_NOBODY = "as it is", "an end strikes nobody else"
CONDITIONS: dict[str, dict[str, float]] = {
    AS_IT_IS: {}, "costs never made clear": {"obligations_clarity": 0.0}, "costs made clear": {"obligations_clarity": 1.0},
    "no risk shared": {"risk_share": 0.0}, "most risk shared": {"risk_share": 0.6},
    "trouble faced alone": {"joint_resolution": 0.0},
    FELT_BY_NOBODY: {"fall_out": 0.0}}
FELT_FOR = 4
"""Years from the deficit on in which its compacts are watched."""
ASKED_OF = {"alliance", "lead_provider"}
"""Forms whose conditions are varied: nobody leaves a mandated board."""


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run: the form, who holds it, the condition, and whether the largest trust falls into deficit."""
    variants = _variants(trial)

    def asked(place: Place) -> Sequence[Variant]:
        partner = place.partners.ids[shock.largest_trust(place)]
        return [Variant({**labels, "shock": name}, scenario) for labels, base in variants
                for name, scenario in shock.shocks(base, partner).items() if name in (shock.WITHOUT, shock.DEFICIT)]

    end = shock.END * QUARTERS_A_YEAR
    return played(trial, asked, end, _read, told_so_far, shock.FOLLOWED * QUARTERS_A_YEAR, shock.strike)


def _variants(trial: Trial) -> list[tuple[dict[str, str], Scenario]]:
    base = trial.scenario(LEVEL)
    found = [({"form": PAIRS, "lead": "", "condition": AS_IT_IS}, base)]
    for form in FORMS:
        for lead in LEADS:
            for condition, values in CONDITIONS.items():
                if condition == AS_IT_IS or (form in ASKED_OF and lead == LEADS[0]):
                    made = {"compact": PARAMETERS["compact"].read(form), "compact_lead": PARAMETERS["compact_lead"].read(lead)}
                    found.append(({"form": form, "lead": lead, "condition": condition}, base.overlaid({**made, **values})))
    return found


def _read(_: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: compacts begun and ended until the shock, share bound the year before, integration then and two and ten
    years later, and compacts ended in the four years from the shock on."""
    struck = shock.STRUCK * QUARTERS_A_YEAR
    begun, ended = series(recorded, Measure.COMPACTS_BEGUN), series(recorded, Measure.COMPACTS_ENDED)
    integration, allied = yearly(recorded, Measure.INTEGRATION), yearly(recorded, Measure.ALLIED)
    return pd.DataFrame({
        "run": np.arange(len(recorded.jobs)),
        "begun": begun[:, :struck].sum(axis=1), "ended": ended[:, :struck].sum(axis=1),
        "ended_after": ended[:, struck:struck + FELT_FOR * QUARTERS_A_YEAR].sum(axis=1),
        "allied": allied[:, shock.STRUCK - 1], "before": integration[:, shock.STRUCK - 1],
        "after": integration[:, shock.STRUCK + FELT_FOR - 1], "late": integration[:, -1],
    })


def figures(runs: pd.DataFrame) -> dict[tuple[str, str, str], Estimates]:
    """By form, lead and condition: compacts begun, the share of them that ended, share bound, integration against pairs; and
    after the deficit, against the same luck without it: compacts ended more, integration lost, also beyond pairs' loss."""
    found: dict[tuple[str, str, str], Estimates] = {}
    columns = ("begun", "ended", "allied", "before", "ended_after", "after")
    at: dict[tuple[str, str, str], dict[str, Columns]] = {}
    for (form, lead, condition, shocked), rows in runs.groupby(["form", "lead", "condition", "shock"]):
        at.setdefault((str(form), str(lead), str(condition)), {})[str(shocked)] = by_place(rows, columns)
    pairs = at[PAIRS, "", AS_IT_IS]
    for key, both in at.items():
        found[key] = over_places(partial(_described, both, pairs), len(both[shock.WITHOUT]["begun"]))
    return found


def _described(runs: dict[str, Columns], pairs: dict[str, Columns], places: Indices) -> dict[str, float]:
    def mean(course: dict[str, Columns], name: str, shocked: str = shock.WITHOUT) -> float:
        return float(course[shocked][name][places].mean())

    begun = mean(runs, "begun")
    lost = mean(runs, "after") - mean(runs, "after", shock.DEFICIT)
    return {"begun": begun, "ended": mean(runs, "ended") / begun if begun else float("nan"), "allied": mean(runs, "allied"),
            "against_pairs": mean(runs, "before") - mean(pairs, "before"),
            "ended_more": mean(runs, "ended_after", shock.DEFICIT) - mean(runs, "ended_after"), "lost": lost,
            "lost_beyond_pairs": lost - (mean(pairs, "after") - mean(pairs, "after", shock.DEFICIT))}


def tell(trial: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    shown = figures(runs)
    yield "## Compacts of more than two\n"
    yield (f"At L = {LEVEL:g}, with the same places and luck in every row. Over {shock.STRUCK} years: compacts that began, the "
           "share of them that ended, the share of spend bound in the last of these years, and integration then less that of "
           "pairs only. Then the trust with most shared spend falls into the deficit described above: compacts that end within "
           f"{FELT_FOR} years beyond those that would have ended anyway, integration lost by it, and that loss beyond what "
           "pairs lose.\n")
    yield table(("form", "held by", "condition", "begun", "ended", "bound", "I less pairs", "ended by the deficit",
                 "I lost by it", "beyond pairs"), (
        (form.replace("_", " "), lead, condition, told(at["begun"], 1), percent(at["ended"]), percent(at["allied"]),
         told(at["against_pairs"]), told(at["ended_more"], 2), told(at["lost"], 3), told(at["lost_beyond_pairs"], 3))
        for (form, lead, condition), at in _ordered(shown)))
    for form in sorted(ASKED_OF):
        yield _protects(form, shown)


def _ordered(shown: dict[tuple[str, str, str], Estimates]) -> list[tuple[tuple[str, str, str], Estimates]]:
    rank = {name: k for k, name in enumerate((PAIRS, *FORMS, "", *LEADS, *CONDITIONS))}
    return sorted(shown.items(), key=lambda item: [rank[name] for name in item[0]])


def _protects(form: str, shown: dict[tuple[str, str, str], Estimates]) -> str:
    as_it_is: Estimate = shown[form, LEADS[0], AS_IT_IS]["ended"]
    fewest = {c: shown[form, LEADS[0], c]["ended"] for c in CONDITIONS if c not in (AS_IT_IS, FELT_BY_NOBODY)}
    known = {c: each for c, each in fewest.items() if np.isfinite(each.value)}
    if not np.isfinite(as_it_is.value) or not known:
        return f"{form.replace('_', ' ').capitalize()}: no compact begins.\n"
    best = min(known, key=lambda c: known[c].value)
    worst = max(known, key=lambda c: known[c].value)
    return (f"{form.replace('_', ' ').capitalize()}, held by GP networks: {percent(as_it_is)} of compacts end; fewest with "
            f"*{best}* ({percent(known[best])}), most with *{worst}* ({percent(known[worst])}).\n")
