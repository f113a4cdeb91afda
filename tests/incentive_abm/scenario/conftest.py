"""A place of four, a scenario tried on it, and overrides by chance."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from incentive_abm.parameters import PARAMETERS, Scope
from incentive_abm.place import Place, place_from_texts
from incentive_abm.scenario import Scenario, scenario_from_text
from incentive_abm.state.arrays import PARTNER_SETTING

PARTNERS = b"""id,name,kind,income_m
RF4,Riverside Hospital,trust,400
LBX,Exbridge Council,council,200
PCN1,Northside GPs,gp,9
AGE,Helping Hands,voluntary,1
"""
TIES = b"""source,target,people
RF4,LBX,900
RF4,PCN1,700
LBX,AGE,100
"""


@pytest.fixture(scope="module")
def place() -> Place:
    return place_from_texts("four", PARTNERS, TIES)


def read(text: str) -> Scenario:
    return scenario_from_text(f'title = "A try"\n{text}', "try")


def of(place: Place, scenario: Scenario, partner: str, setting: str) -> float:
    """What a partner's setting is under a scenario."""
    return float(scenario.partner_settings(place)[place.partner(partner), PARTNER_SETTING[setting]])


def values_of(*scopes: Scope) -> st.SearchStrategy[dict[str, float]]:
    """Overrides of parameters of these scopes, as the table stores them."""
    def stored(name: str) -> st.SearchStrategy[float]:
        row = PARAMETERS[name]
        if row.whole or row.choices:
            return st.integers(int(row.low), int(row.high)).map(float)
        return st.floats(row.low, row.high)
    known = [name for name, row in PARAMETERS.items() if row.scope in scopes]
    return st.sets(st.sampled_from(known), max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries({name: stored(name) for name in sorted(chosen)}))
