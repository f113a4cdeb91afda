"""The model as a plain function from parameters to outcomes, for SALib, the EMA Workbench and tools alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.result_columns import REGIME_OUTCOMES, TIMES
from experiments.study.study import common_seed
from incentive_abm.errors import StudyError, nearest, quoted
from incentive_abm.given_numbers import checked_seeds, whole_number
from incentive_abm.parameters import Scope, parameter

if TYPE_CHECKING:
    from incentive_abm.engine.run import Recorded
    from incentive_abm.place import Place
    from incentive_abm.scenario import Scenario


@dataclass(frozen=True)
class ModelFunction:
    """Call it with parameters by keyword, as the parameter table names them; what is not given is as in the scenario.

    Returns a dict from outcome to its mean over the seeds: a measure of the last quarter by code, "regime:<name>" for the
    share of runs that end so, or "time_to_integration", "…_stall", "…_collapse" with the horizon for what did not happen.
    `each` returns the runs themselves. The same seeds are used at every call, so two calls differ only by what was changed.
    Numbers of numpy's types are taken as well. Raises UserError for an unknown parameter or a value outside its range.
    """

    place: Place
    scenario: Scenario
    outcomes: tuple[str, ...]
    seeds: tuple[int, ...]
    quarters: int

    def __repr__(self) -> str:
        return (
            f"ModelFunction({', '.join(self.outcomes)}; {self.place.name} under {self.scenario.name}, "
            f"{len(self.seeds)} seeds, {self.quarters} quarters)"
        )

    def __call__(self, **parameters: object) -> dict[str, float]:
        """Mean outcomes over the seeds."""
        return {name: float(values.mean()) for name, values in self.each(parameters).items()}

    def each(self, parameters: Mapping[str, object]) -> dict[str, NDArray[np.float64]]:
        """Outcomes of each seed's run, float64[seeds] by outcome."""
        from incentive_abm.engine.run import Record, run

        recorded = run(self.place, self._set(parameters), self.seeds, self.quarters, Record.ENDINGS)
        return {name: self._outcome(recorded, name) for name in self.outcomes}

    def table(self, names: Sequence[str], points: ArrayLike) -> NDArray[np.float64]:
        """Mean outcomes at many points, float64[points, outcomes]; points is an array [points, names] as SALib makes it, or rows.

        Choices stand by name. What a sampling tool draws for a whole number must be rounded first; nothing is rounded here.
        """
        from incentive_abm.engine.run import Job, Record, joined, stream

        scenarios = [self._set(dict(zip(names, row, strict=True))) for row in _rows(names, points)]
        jobs = (Job(scenario, seed) for scenario in scenarios for seed in self.seeds)
        recorded = joined(list(stream(self.place, jobs, self.quarters, Record.ENDINGS)))
        shape = (len(scenarios), len(self.seeds))
        return np.column_stack([self._outcome(recorded, name).reshape(shape).mean(axis=1) for name in self.outcomes])

    def _set(self, parameters: Mapping[str, object]) -> Scenario:
        values = {}
        for name, given in parameters.items():
            declared = parameter(name)
            if declared.scope is Scope.DATA:
                raise StudyError(f"{name} fills holes when a place is read; set it with load_place")
            if isinstance(given, Real) and not isinstance(given, bool) and declared.choices:
                raise StudyError(f"{name} is {quoted(given)}; expected one of {', '.join(declared.choices)}: take the word for "
                                 "what a sampling tool draws, as in words[int(number)]")
            if isinstance(given, float | np.floating) and declared.whole and given != np.rint(given):
                raise StudyError(f"{name} is {quoted(given)}; expected a whole number: round what a sampling tool draws, "
                                 "for example with numpy.rint")
            values[name] = declared.read(given)
        return self.scenario.overlaid(values)

    def _outcome(self, recorded: Recorded, name: str) -> NDArray[np.float64]:
        from incentive_abm.measures import Measure

        if name in REGIME_OUTCOMES:
            return np.asarray(recorded.endings.regime == REGIME_OUTCOMES[name], np.float64)
        if name in TIMES:
            times: NDArray[np.float64] = getattr(recorded.endings, name)
            return np.where(np.isnan(times), float(self.quarters), times)
        return np.asarray(recorded.last[:, Measure[name.upper()]], np.float64)


def as_function(
    place: Place | None = None,
    scenario: str | Scenario = "today",
    outcomes: Sequence[str] = ("integration",),
    seeds: int | Sequence[int] = 16,
    quarters: int = 60,
) -> ModelFunction:
    """The model as a function of its parameters, on a place (the shipped one where none is given) under a base scenario.

    seeds: how many, or which; 16 runs cost little more than one. Raises UserError for an unknown scenario or outcome.

    >>> model = as_function(outcomes=["integration", "trust"], seeds=2, quarters=4)
    >>> sorted(model(bailout=0.0))
    ['integration', 'trust']
    >>> as_function(seeds=[-1])
    Traceback (most recent call last):
    incentive_abm.errors.UserError: seeds[0] is -1; expected a whole number from 0 to 2^63 − 1
    """
    from incentive_abm.place import shipped_place
    from incentive_abm.scenario import load_scenario

    length = whole_number(quarters, "quarters", 1)
    many = isinstance(seeds, Real)
    chosen = tuple(common_seed(1, k) for k in range(whole_number(seeds, "seeds", 1))) if many else checked_seeds(seeds)
    if isinstance(outcomes, str):
        raise StudyError(f"outcomes is {quoted(outcomes)}; expected a list, for example [{quoted(outcomes)}]")
    if not outcomes:
        raise StudyError("a function of the model needs at least one outcome")
    for name in outcomes:
        _check(name)
    where = place if place is not None else shipped_place()
    base = load_scenario(scenario) if isinstance(scenario, str) else scenario
    base.partner_settings(where)
    base.bound_events(where)
    return ModelFunction(where, base, tuple(outcomes), chosen, length)


def _rows(names: Sequence[str], points: ArrayLike) -> list[list[object]]:
    """Points as rows of plain values; raises StudyError where they do not fit the names."""
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise StudyError(f"names is {quoted(names)}; expected a list of parameters, for example [\"bailout\", \"handover\"]")
    for name in names:
        if list(names).count(name) > 1:
            raise StudyError(f"names holds {name} twice; one column is one parameter")
    try:
        found = np.asarray(points, object)
    except ValueError:
        found = np.empty(0, object)
    if found.ndim != 2 or found.shape[1] != len(names) or not len(found):
        shape = " × ".join(map(str, found.shape))
        raise StudyError(f"points have the shape {shape}; expected rows of {len(names)} values, "
                         f"one for each of {', '.join(names)}")
    rows: list[list[object]] = found.tolist()
    return rows


def _check(outcome: str) -> None:
    from incentive_abm.measures import Measure

    known = [*(measure.code for measure in Measure), *TIMES, *REGIME_OUTCOMES]
    if outcome not in known:
        raise StudyError(
            f"no outcome is called {outcome!r}{nearest(outcome, known)}; expected a measure, a time or regime:<name>"
        )
