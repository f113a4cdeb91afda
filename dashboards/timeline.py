"""What happened when: the moments marked on the timeline, read off a run's log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboards.english import text
from incentive_abm.engine.run import Recorded
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.rules.politics import quarters_to_election
from incentive_abm.scenario import Scenario
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

MOST_NAMED = 2


@dataclass(frozen=True)
class Moment:
    """Something that happened in a quarter (counted from 0): `what` names its mark, `said` tells it in one sentence."""

    quarter: int
    what: str
    said: str
    count: int = 1


def moments(place: Place, scenario: Scenario, recorded: Recorded) -> list[dict[str, Any]]:
    """Every moment of the first run of a batch recorded with pictures, by quarter."""
    if recorded.measures is None or recorded.partners is None or recorded.ties is None:
        raise ValueError("moments need a run recorded with pictures")
    quarters = recorded.measures.shape[1]
    p, t = PARTNER_PICTURE, TIE_PICTURE
    new_leader = recorded.partners[0][:, :, p.index("new_leader")] > 0
    bailed_out = recorded.partners[0][:, :, p.index("bailed_out")] > 0
    signed = recorded.partners[0][:, :, p.index("signed")] > 0
    dissolved = recorded.partners[0][:, :, p.index("dissolved")] > 0
    left = recorded.ties[0][:, :, t.index("walked_out")]
    begun = recorded.ties[0][:, :, t.index("age")] == 1
    series = recorded.measures[0]
    phase = scenario.settings()["election_phase"]
    found: list[Moment] = []
    for event in scenario.events:
        if event.quarter < quarters:
            found.append(Moment(event.quarter, "event", f"{event.said}.".replace("..", ".")))
    for q in range(quarters):
        if quarters_to_election(float(q), phase) == 0.0:
            turned = bool(series[q, Measure.REVERSAL])
            found.append(Moment(q, "election", text("moments.policy_turns" if turned else "moments.policy_stays")))
        elif series[q, Measure.REVERSAL]:
            found.append(Moment(q, "reversal", text("moments.reversal")))
        if series[q, Measure.REORGANISATION]:
            found.append(Moment(q, "reorganisation", text("moments.reorganisation")))
        found += _walk_outs(place, q, left[q])
        found += _agreements(place, q, np.flatnonzero(begun[q]))
        found += _of_partners(place, q, "compact_begun", np.flatnonzero(signed[q]))
        found += _of_partners(place, q, "compact_over", np.flatnonzero(dissolved[q]))
        found += _of_partners(place, q, "leader", np.flatnonzero(new_leader[q] & place.connected))
        found += _of_partners(place, q, "bailout", np.flatnonzero(bailed_out[q]))
    return [dict(vars(moment)) for moment in sorted(found, key=lambda m: m.quarter)]


def _walk_outs(place: Place, quarter: int, left: Any) -> list[Moment]:
    ties = np.flatnonzero(left > 0)
    if not ties.size:
        return []
    order = ties[np.argsort(-place.weight[ties], kind="stable")]
    said = [_walk_out(place, int(e), int(left[e])) for e in order[:MOST_NAMED]]
    return [Moment(quarter, "walkout", _with_rest(said, ties.size, "more_walk_outs"), int(ties.size))]


def _walk_out(place: Place, tie: int, who: int) -> str:
    a, b = place.labels[place.ties.a[tie]], place.labels[place.ties.b[tie]]
    if who == 3:
        return text("moments.both_walk", a=a, b=b)
    first, other = (a, b) if who == 1 else (b, a)
    return text("moments.walks", who=first, other=other)


def _agreements(place: Place, quarter: int, ties: Any) -> list[Moment]:
    if not ties.size:
        return []
    order = ties[np.argsort(-place.weight[ties], kind="stable")]
    said = [text("moments.agree", a=place.labels[place.ties.a[e]], b=place.labels[place.ties.b[e]]) for e in order[:MOST_NAMED]]
    return [Moment(quarter, "agreement", _with_rest(said, ties.size, "more_agreements"), int(ties.size))]


def _of_partners(place: Place, quarter: int, what: str, who: Any) -> list[Moment]:
    if not who.size:
        return []
    order = who[np.argsort(-place.partners.income[who], kind="stable")]
    names = [place.labels[i] for i in order[:MOST_NAMED]]
    more = int(who.size) - len(names)
    told = text("moments.and_more", who=", ".join(names), more=more) if more else text("common.and").join(names)
    said = text(f"moments.{what}", who=told, count=int(who.size))
    return [Moment(quarter, what, said, int(who.size))]


def _with_rest(said: list[str], count: int, rest: str) -> str:
    more = count - len(said)
    return " ".join([*said, text(f"moments.{rest}", count=more)] if more else said)
