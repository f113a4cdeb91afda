"""The steps of the way in, played and told by the native engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboards.english import text
from dashboards.questions import QUARTERS
from dashboards.way_in import HUNDRED, PRESET, WORLDS_TRIED, pair_and_third, way_in, without
from incentive_abm import EXPLORATION
from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Blocker, Value
from incentive_abm.log.declared import Log, Outcome, What
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.results.log_gathering import gather
from incentive_abm.results.stories import sentence_of
from incentive_abm.results.stories.wording import pounds
from incentive_abm.scenario import Scenario, load_scenario
from incentive_abm.scenario.as_data import written
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

from .quantities import quarter_said, share
from .runs import record

TELLING = (What.OFFER, What.DEAL_BEGUN, What.BROKEN_PROMISE)


@dataclass(frozen=True)
class Shown:
    """The moment of a run that a step shows."""

    place: str
    scenario: Scenario
    seed: int
    quarter: int


@dataclass(frozen=True)
class Step:
    """One step of the way in: a title, sentences, and the moment that shows them."""

    title: str
    said: tuple[str, ...]
    moment: Shown

    def shown(self) -> dict[str, Any]:
        """As plain data for the page."""
        m = self.moment
        return {"title": self.title, "said": list(self.said),
                "show": {"place": m.place, "scenario": written(m.scenario), "seed": m.seed, "quarter": m.quarter}}


def telling_world(place: Place, scenario: Scenario) -> tuple[int, Recorded, Log]:
    """The first world in which the pair refuses, agrees and breaks a promise; else the one with most of these."""
    best: tuple[int, int, Recorded, Log] | None = None
    for seed in range(1, WORLDS_TRIED + 1):
        recorded = record(place, scenario, seed)
        log = gather(place, recorded)
        told = sum(_first(log, what) is not None for what in TELLING)
        if best is None or told > best[0]:
            best = (told, seed, recorded, log)
        if told == len(TELLING):
            break
    if best is None:
        raise ValueError("no world was tried")
    return best[1:]


def _first(log: Log, what: What) -> int | None:
    """The first such row; of offers, one that was refused for a reason."""
    wanted = log.what == what
    if what is What.OFFER:
        wanted &= (log.outcome == Outcome.REFUSED) & (log.reason > Blocker.NOTHING) & (log.worth_to_other < log.held_out_for)
    rows = np.flatnonzero(wanted)
    return int(rows[0]) if rows.size else None


def steps(place: Place) -> list[Step]:
    """The steps for a place."""
    chosen, scenario = way_in(place), load_scenario(PRESET)
    pair, whole = chosen.places[0], place.labels
    seed, recorded, log = telling_world(pair, scenario)
    found = list(_of_pair(pair, scenario, seed, recorded, log))
    if chosen.third is not None:
        one, other, third = pair_and_third(place)
        assert third is not None
        found += _of_three(chosen.places[1], scenario, seed, whole[one], whole[other], whole[third])
    last = Shown(place.hash, scenario, seed, 0)
    said = text("way_in.place.said", place=place.title, partners=len(place), ties=len(place.ties))
    return [*found, Step(text("way_in.place.title", partners=len(place)), (said,), last),
            Step(text("way_in.unknown.title"), (text("way_in.unknown.said", caution=EXPLORATION),), last)]


def _of_pair(pair: Place, scenario: Scenario, seed: int, recorded: Recorded, log: Log) -> Iterator[Step]:
    a, b = pair.labels

    def step(name: str, said: tuple[str, ...], quarter: int) -> Step:
        return Step(text(f"way_in.{name}.title"), said, Shown(pair.hash, scenario, seed, quarter))

    def trusts(quarter: int) -> str:
        return text("way_in.trust", a=a, b=b, forward=_trust(recorded, quarter, "a"), back=_trust(recorded, quarter, "b"))

    spend = pounds(float(pair.ties.spend[0]))
    yield step("pair", (text("way_in.pair.said", a=a, b=b, sum=spend), text("way_in.world"), trusts(0)), 0)
    yield step("wants", tuple(_wants(recorded, i, label) for i, label in enumerate(pair.labels)), 0)
    found = ((_first(log, what), name) for what, name in zip(TELLING, ("refusal", "deal", "broken"), strict=True))
    for k, name in sorted((k, name) for k, name in found if k is not None):
        quarter = int(log.quarter[k])
        said = [f"{quarter_said(quarter)}. {sentence_of(log, k, pair).text}"]
        if name == "deal":
            said.append(text("way_in.deal.so_far", agreed=share(_measures(recorded, quarter - 1)[Measure.FORM])))
        yield step(name, (*said, trusts(quarter - 1)), quarter - 1)
    last = _measures(recorded)
    alone = text("way_in.alone.said", years=QUARTERS // 4, agreed=share(last[Measure.FORM]),
                 joined=share(last[Measure.INTEGRATION]))
    yield step("alone", (alone, trusts(QUARTERS - 1)), QUARTERS - 1)


def _of_three(three: Place, scenario: Scenario, seed: int, a: str, b: str, c: str) -> Iterator[Step]:
    """With the third at the table, and with every tie to it broken off in each quarter."""
    apart = without(scenario, three, three.partners.ids[three.labels.index(c)])
    ends = [round(HUNDRED * float(_measures(record(three, each, seed))[Measure.SEAMLESS])) for each in (apart, scenario)]
    last = QUARTERS - 1
    outside = text("way_in.third.said", a=a, b=b, c=c, count=ends[0], people=HUNDRED)
    inside = text("way_in.together.said", c=c, count=ends[1], people=HUNDRED)
    yield Step(text("way_in.third.title"), (outside,), Shown(three.hash, apart, seed, last))
    yield Step(text("way_in.together.title"), (inside,), Shown(three.hash, scenario, seed, last))


def _measures(recorded: Recorded, quarter: int = -1) -> Any:
    if recorded.measures is None:
        raise ValueError("the way in needs measures")
    return recorded.measures[0, quarter]


def _ties(recorded: Recorded) -> Any:
    if recorded.ties is None:
        raise ValueError("the way in needs pictures")
    return recorded.ties[0]


def _trust(recorded: Recorded, quarter: int, side: str) -> str:
    alpha, beta = (float(_ties(recorded)[quarter, 0, TIE_PICTURE.index(f"{name}_{side}")]) for name in ("alpha", "beta"))
    return share(alpha / (alpha + beta))


def _wants(recorded: Recorded, i: int, label: str) -> str:
    if recorded.partners is None:
        raise ValueError("the way in needs pictures")
    weights = [float(recorded.partners[0][0, i, PARTNER_PICTURE.index(v.name.lower())]) for v in Value]
    first, second = sorted(Value, key=lambda v: -weights[v])[:2]
    blocker = Blocker(int(_ties(recorded)[0, 0, TIE_PICTURE.index(f"blocker_{'ab'[i]}")]))
    cares = text("way_in.wants.said", who=label, first=first.label, second=second.label)
    return f"{cares} {text('way_in.wants_next', obstacle=blocker.label)}"
