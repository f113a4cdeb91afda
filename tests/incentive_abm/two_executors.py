"""Both executors side by side: the first number in which they differ, by quarter, phase, field and id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from incentive_abm.engine import quarter as engine_quarter
from incentive_abm.event_effects import apply_events
from incentive_abm.kinds import Phase
from incentive_abm.model import IntegrationModel
from incentive_abm.parameters import PARAMETERS, Parameter, Scope
from incentive_abm.place import Place, generate_place, load_place
from incentive_abm.scenario import Scenario
from incentive_abm.state.arrays import CHANGING, PARTNER, PLACE, SIDE, TIE, TIE_WIDTH, Arrays
from incentive_abm.state.start import start

TIE_COLUMNS = (*TIE.names, *(f"a.{name}" for name in SIDE.names), *(f"b.{name}" for name in SIDE.names))
PARTNERS = """id,name,kind,income_m,balance
hospital,St Elsewhere NHS Trust,trust,400,-0.03
council,Borchester Council,council,160,0.01
surgery,Ambridge PCN,gp,7.5,0
charity,Kind Neighbours,voluntary,0.4,0.02
"""
TIES = """source,target,people
hospital,council,250000
surgery,hospital,30000
council,surgery,44000
charity,council,800
"""


@dataclass(frozen=True)
class Difference:
    """One number that the executors do not share."""

    quarter: int
    phase: Phase | str
    field: str
    id: str
    mesa: float
    engine: float

    def __str__(self) -> str:
        phase = self.phase.name.lower() if isinstance(self.phase, Phase) else self.phase
        return (f"quarter {self.quarter}, phase {phase}, {self.field} of {self.id}: "
                f"{self.mesa!r} on Mesa, {self.engine!r} in the engine")


def borsetshire(folder: Any) -> Place:
    """Four partners in a ring of three and one charity on its own tie, read from CSV."""
    (folder / "partners.csv").write_text(PARTNERS)
    (folder / "ties.csv").write_text(TIES)
    return load_place(folder)


def small_place(seed: int = 5) -> Place:
    """A generated place of eight partners of all kinds."""
    return generate_place(seed, trusts=1, councils=2, gps=3, voluntary=2)


def lane_of(arrays: Arrays, lane: int) -> Arrays:
    """One lane of many, as arrays of one lane."""
    def one(column: Any) -> Any:
        return np.ascontiguousarray(column.reshape(-1, len(arrays.lanes))[:, lane])

    return arrays._replace(**{name: one(getattr(arrays, name)) for name in CHANGING}, lanes=(0,))


def first_difference(mesa: Arrays, engine: Arrays, place: Place, quarter: int, phase: Phase | str) -> Difference | None:
    """The first number whose bits differ between two one-lane states: of the place, of partners, then of ties."""
    ties = [f"tie {place.partners.ids[a]}–{place.partners.ids[b]}"
            for a, b in zip(place.ties.a.tolist(), place.ties.b.tolist(), strict=True)]
    tables: tuple[tuple[str, int, Sequence[str], Sequence[str]], ...] = (
        ("place", len(PLACE), PLACE.names, ["the place"]),
        ("partner", len(PARTNER), PARTNER.names, place.partners.ids),
        ("tie", TIE_WIDTH, TIE_COLUMNS, ties),
    )
    for name, width, fields, ids in tables:
        one, other = getattr(mesa, name), getattr(engine, name)
        wrong = np.flatnonzero(one.view(np.uint64) != other.view(np.uint64))
        if wrong.size:
            row, column = divmod(int(wrong[0]), width)
            return Difference(quarter, phase, fields[column], ids[row], float(one[wrong[0]]), float(other[wrong[0]]))
    return None


def compare(model: IntegrationModel, quarters: int,
            play: Callable[[Phase, Arrays, int], None] = engine_quarter.play) -> Difference | None:
    """Run the engine beside a model, phase by phase, and stop at the first difference."""
    place, scenario = model.place, model.chosen_scenario
    engine = start(place, [scenario], [model.place_state.seed])
    events = scenario.bound_events(place)
    for quarter in range(quarters):
        apply_events(engine, 0, [event for event in events if event.quarter == quarter])
        model.begin_quarter()
        found = first_difference(model.arrays(), engine, place, quarter, "before the first")
        for phase in Phase:
            if found is not None:
                return found
            model.play(phase)
            play(phase, engine, quarter)
            found = first_difference(model.arrays(), engine, place, quarter, phase)
        if found is not None:
            return found
        model.end_quarter()
    return None


def assert_equal(place: Place, scenario: str | Scenario = "today", quarters: int = 12, seed: int = 1,
                 parameters: Mapping[str, Any] | None = None) -> None:
    """Fail with the first difference between the executors, if any."""
    model = IntegrationModel(place, scenario, seed=seed, quarters=quarters, parameters=parameters)
    found = compare(model, quarters)
    assert found is None, str(found)


def drawn(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Any value that a parameter may have, its ends more often than chance would have it."""
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    if parameter.whole:
        return st.integers(int(parameter.low), int(parameter.high))
    ends = st.sampled_from([parameter.low, parameter.high, parameter.default])
    return st.one_of(st.floats(parameter.low, parameter.high, allow_subnormal=False), ends)


EVERYTHING = st.fixed_dictionaries({
    name: drawn(parameter) for name, parameter in PARAMETERS.items() if parameter.scope not in (Scope.RESULT, Scope.DATA)})
