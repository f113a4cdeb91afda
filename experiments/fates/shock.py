"""Part `shock`: one large partner of an integrated place falls into deficit or changes its leader: what is lost, what returns?

A scenario's events cannot write a balance, so the deficit is written into the state when it strikes; that the partner is not
bailed out for five years, and its new leader, are events.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates.estimates import Columns, Estimates, Indices, number, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, levels_of, played, yearly
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Batch, Recorded
from incentive_abm.kinds import Background, Kind
from incentive_abm.measures import Measure
from incentive_abm.parameters import default
from incentive_abm.place import Place
from incentive_abm.scenario import Event, EventKind, Scenario
from incentive_abm.state.arrays import PARTNER
from incentive_abm.state.pictures import PARTNER_PICTURE
from incentive_abm.times import QUARTERS_A_YEAR

STRUCK, NO_BAILOUT, FOLLOWED = 15, 5, 10
"""Years until the shock, years without a bail-out, years that are followed from the shock on."""
END = STRUCK + FOLLOWED
WITHOUT, DEFICIT, LEADER, BOTH = SHOCKS = ("no shock", "deficit", "leader", "both")
DEEP = -0.10
"""The balance that a deficit begins with, as a share of a year's income."""
CLOSED = 0.02
"""A gap in integration that counts as closed."""
LEAST = 0.05
"""Share of runs that must be integrated before the shock for a level to be shown."""


def largest_trust(place: Place) -> int:
    """The trust with most shared spend."""
    spend = np.bincount(place.ties.a, place.ties.spend, len(place)) + np.bincount(place.ties.b, place.ties.spend, len(place))
    return int(np.argmax(np.where(place.partners.kind == Kind.TRUST, spend, -1.0)))


def shocks(scenario: Scenario, partner: str) -> dict[str, Scenario]:
    """The scenario without and with each shock to a partner, named after the shock."""
    begin, end = STRUCK * QUARTERS_A_YEAR, (STRUCK + NO_BAILOUT) * QUARTERS_A_YEAR
    before = dict(scenario.parameters).get("bailout", default("bailout"))
    alone = (Event(begin, EventKind.SET, parameters=(("bailout", 0.0),), partner=partner),
             Event(end, EventKind.SET, parameters=(("bailout", before),), partner=partner))
    leader = (Event(begin, EventKind.LEADER, partner=partner, background=Background.HOSPITAL, skill=0.0),)
    events = {WITHOUT: (), DEFICIT: alone, LEADER: leader, BOTH: (*alone, *leader)}
    return {name: replace(scenario, name=name, events=each) for name, each in events.items()}


def strike(place: Place, batch: Batch) -> None:
    """Write the deficit into the runs whose scenario has one."""
    lanes = len(batch.arrays.lanes)
    field = largest_trust(place) * len(PARTNER) + PARTNER["balance"]
    for lane, job in enumerate(batch.jobs):
        if job.scenario.name in (DEFICIT, BOTH):
            batch.arrays.partner[field * lanes + lane] = DEEP


def read(place: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: integration in the year before the shock and every year from it on, and how long the deficit was deep."""
    assert recorded.partners is not None
    values = yearly(recorded, Measure.INTEGRATION)
    columns = {f"year_{year}": values[:, year - 1] for year in range(STRUCK, END + 1)}
    stress = recorded.partners[:, :, largest_trust(place), PARTNER_PICTURE.index("stress")]
    return pd.DataFrame({"run": np.arange(len(values)), **columns, "stressed": (stress > 0.5).mean(axis=1) * FOLLOWED})


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run."""
    def asked(place: Place) -> Sequence[Variant]:
        partner = place.partners.ids[largest_trust(place)]
        return [Variant({"level": level, "shock": name}, scenario) for level in trial.levels
                for name, scenario in shocks(trial.scenario(level), partner).items()]

    return played(trial, asked, END * QUARTERS_A_YEAR, read, told_so_far, FOLLOWED * QUARTERS_A_YEAR, strike)


def figures(runs: pd.DataFrame) -> dict[float, dict[str, Estimates]]:
    """By level and shock, over runs that were integrated the year before: how many, years under stress, the largest gap to the
    same luck without and the gap at the end, and shares that are below it, lost half and closed the gap by then."""
    found: dict[float, dict[str, Estimates]] = {}
    names = [*(f"year_{year}" for year in range(STRUCK, END + 1)), "stressed"]
    for level in levels_of(runs):
        some = runs[runs["level"] == level]
        columns = {name: by_place(some[some["shock"] == name], names) for name in SHOCKS}
        before = columns[WITHOUT][f"year_{STRUCK}"]
        if (before >= default("integrated_from")).mean() >= LEAST:
            found[level] = {name: over_places(partial(_described, at, columns[WITHOUT]), len(before))
                            for name, at in columns.items()}
    return found


def _described(runs: Columns, without: Columns, places: Indices) -> dict[str, float]:
    enough = default("integrated_from")
    before = without[f"year_{STRUCK}"][places]
    there = before >= enough
    if not there.any():
        return dict.fromkeys(("runs", "stressed", "largest_gap", "end_gap", "lost", "halved", "closed"), float("nan"))
    gaps = np.array([(without[f"year_{year}"] - runs[f"year_{year}"])[places][there] for year in range(STRUCK + 1, END + 1)])
    last = runs[f"year_{END}"][places][there]
    return {"runs": float(there.sum()), "stressed": float(runs["stressed"][places][there].mean()),
            "largest_gap": float(gaps.mean(axis=1).max()), "end_gap": float(gaps[-1].mean()),
            "lost": float((last < enough).mean()), "halved": float((last < 0.5 * before[there]).mean()),
            "closed": float((gaps[-1] < CLOSED).mean())}


def tell(_: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    line, shown = default("integrated_from"), figures(runs)
    yield "## A shock to one large partner\n"
    yield (f"After {STRUCK} years the trust with most shared spend is struck, and {FOLLOWED} years are followed, against the "
           f"same luck without. *Deficit*: its balance falls at once to {number(100 * DEEP, 0)}% of income, and it is not "
           f"bailed out for {NO_BAILOUT} years. *Leader*: a leader from a hospital, without skill in integration. Only runs "
           f"with integration of {line:.2f} or more in the year before, and only levels at which one run in twenty has it.\n")
    if not shown:
        yield "There is no such level.\n"
        return
    yield table(("L", "shock", "runs", "years under stress", "largest gap in I", f"gap after {FOLLOWED} years",
                 f"below {line:.2f} then", "lost half", f"gap under {CLOSED:g} then"), (
        (f"{level:g}", name, f"{at['runs'].value:.0f}", told(at["stressed"], 1), told(at["largest_gap"], 3),
         told(at["end_gap"], 3), percent(at["lost"]), percent(at["halved"]), percent(at["closed"]))
        for level, of_level in shown.items() for name, at in of_level.items()))
    for level, of_level in shown.items():
        at, without = of_level[BOTH], of_level[WITHOUT]
        yield (f"At L = {level:g} both together cost at most {told(at['largest_gap'], 3)} of integration; {FOLLOWED} years on "
               f"{percent(at['lost'])} of the runs are below {line:.2f}, against {percent(without['lost'])} without a shock.\n")
