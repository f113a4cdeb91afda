"""The way in: one pair of a place, then a third without whom they gain less, then the place. Chosen here; the page plays and
tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np

from dashboards.drawn_columns import TRUST
from dashboards.english import text
from dashboards.page_data import place_shown
from dashboards.questions import QUARTERS
from incentive_abm.kinds import Blocker, Kind
from incentive_abm.log.declared import Outcome, What
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.scenario import Event, EventKind, Scenario, load_scenario
from incentive_abm.scenario.as_data import written

PRESET = "relations-first"
"""Three years to know each other, then structures: a pair under it offers, refuses, agrees, breaks promises and gets far."""
TITLES = {name: text(f"way_in.{name}.title") for name in ("pair", "third")}
WORLDS_TRIED = 24
HUNDRED = 100
TELLING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("refusal", {"what": What.OFFER, "outcome": Outcome.REFUSED, "above": {"reason": Blocker.NOTHING},
                 "below": {"worth_to_other": "held_out_for"}}),
    ("deal", {"what": What.DEAL_BEGUN}),
    ("broken", {"what": What.BROKEN_PROMISE}),
)
"""What a pair is to show, by the rows of its log: their words, numbers above others, columns below others."""


@dataclass(frozen=True)
class WayIn:
    """The places that the steps are about, the smallest first and the whole one last, and the third partner's id."""

    places: tuple[Place, ...]
    third: str | None

    def shown(self) -> dict[str, Any]:
        """As plain data, from which the page plays and tells the steps."""
        scenario = played()
        return {
            "places": [place_shown(each) for each in self.places], "scenario": written(scenario), "worlds": WORLDS_TRIED,
            "telling": [{"name": name, **conditions} for name, conditions in TELLING], "people": HUNDRED,
            "trust": {side: TRUST[f"trust_{side}"] for side in "ab"},
            "third": None if self.third is None else {
                "id": self.third, "apart": written(without(scenario, self.places[1], self.third))},
            "measures": {"agreed": Measure.FORM.code, "joined": Measure.INTEGRATION.code, "seamless": Measure.SEAMLESS.code},
        }


@cache
def played() -> Scenario:
    """What the steps play."""
    return load_scenario(PRESET)


def way_in(place: Place) -> WayIn:
    """The partners of the steps, and the small places that they make."""
    one, other, third = pair_and_third(place)
    pair = part_of(place, (one, other), "pair")
    if third is None:
        return WayIn((pair, place), None)
    return WayIn((pair, part_of(place, (one, other, third), "third"), place), place.partners.ids[third])


def without(scenario: Scenario, three: Place, third: str) -> Scenario:
    """The scenario with every tie to the third broken off in each quarter."""
    others = [each for each in three.partners.ids if each != third]
    apart = tuple(Event(q, EventKind.BREAK, a=third, b=each) for q in range(QUARTERS) for each in others)
    return replace(scenario, events=(*scenario.events, *apart))


def part_of(place: Place, partners: tuple[int, ...], name: str) -> Place:
    """A few partners of a place with the ties among them."""
    kept = np.array(sorted(partners))
    where = np.full(len(place), -1)
    where[kept] = np.arange(kept.size)
    inside = np.flatnonzero((where[place.ties.a] >= 0) & (where[place.ties.b] >= 0))
    ties = replace(_chosen(place.ties, inside), a=where[place.ties.a[inside]], b=where[place.ties.b[inside]])
    return replace(place, name=name, title=TITLES[name], partners=_chosen(place.partners, kept), ties=ties,
                   warnings=(), filled=())


def _chosen(columns: Any, kept: Any) -> Any:
    """The chosen rows of a record of columns."""
    def rows(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(value[int(k)] for k in kept)
        return {name: rows(each) for name, each in value.items()} if hasattr(value, "items") else value[kept]

    return replace(columns, **{each.name: rows(getattr(columns, each.name)) for each in fields(columns)})


def pair_and_third(place: Place) -> tuple[int, int, int | None]:
    """The heaviest tie between a hospital trust and a council (or of all), and who shares most with both."""
    a, b, kind = place.ties.a, place.ties.b, place.partners.kind
    mixed = (np.minimum(kind[a], kind[b]) == Kind.TRUST) & (np.maximum(kind[a], kind[b]) == Kind.COUNCIL)
    tie = int(np.argmax(np.where(mixed if mixed.any() else True, place.weight, -1.0)))
    one, other = int(a[tie]), int(b[tie])
    with_each = {i: dict(_neighbours(place, i)) for i in (one, other)}
    common = set(with_each[one]) & set(with_each[other])
    third = max(common, key=lambda i: (kind[i] > Kind.COUNCIL, with_each[one][i] + with_each[other][i]), default=None)
    return one, other, third


def _neighbours(place: Place, i: int) -> Iterator[tuple[int, float]]:
    for a, b, weight in zip(place.ties.a.tolist(), place.ties.b.tolist(), place.weight.tolist(), strict=True):
        if i in (a, b):
            yield (b if a == i else a), weight
