"""What was observed, with its uncertainty, and how the same is read off runs of the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import StudyError, nearest
from incentive_abm.faults import Faults
from incentive_abm.measures import Measure
from incentive_abm.scenario.scenario_reading import shipped_names
from incentive_abm.times import QUARTERS_A_YEAR
from incentive_abm.toml_reading import TomlTable

Floats = NDArray[np.float64]
KEYS = ("name", "measure", "scenario", "quarter", "year", "years", "since", "reaches", "over", "value", "sd", "low", "high")

class Over(Enum):
    """How the runs that one observation speaks of become one number."""

    MEAN = "mean"
    MEDIAN = "median"

@dataclass(frozen=True)
class Observation:
    """One number that was observed. Runs are read in the quarters first..last (counted from 1).

    before: quarters that these are compared with (a change); reaches: instead, years until the measure first reaches this.
    value ± spread: a standard deviation, or where `bounds` half the width of a range in which any value is as likely.
    """

    name: str
    measure: str
    scenario: str
    first: int
    last: int
    value: float
    spread: float
    bounds: bool
    over: Over = Over.MEAN
    before: tuple[int, int] | None = None
    reaches: float | None = None

    @property
    def told(self) -> str:
        """What it says, in words."""
        if self.reaches is not None:
            what = f"years until {self.measure} reaches {self.reaches:g}"
        elif self.before is not None:
            what = f"change of {self.measure} from {_span(*self.before)} to {_span(self.first, self.last)}"
        else:
            what = f"{self.measure} in {_span(self.first, self.last)}"
        return f"{what} under {self.scenario}"

    @property
    def figure(self) -> str:
        """The number with its uncertainty, in words."""
        if self.bounds:
            return f"{self.value - self.spread:.4g} to {self.value + self.spread:.4g}"
        return f"{self.value:.4g} ± {self.spread:.2g}"

    def of_runs(self, series: Floats) -> Floats:
        """The number of each run, from the measure by run and quarter; what never happens takes the whole run."""
        if self.reaches is not None:
            there = series >= self.reaches
            quarters = np.where(there.any(axis=1), 1 + there.argmax(axis=1), series.shape[1])
            return np.asarray(quarters / QUARTERS_A_YEAR, np.float64)
        now = series[:, self.first - 1:self.last].mean(axis=1)
        if self.before is None:
            return np.asarray(now, np.float64)
        return np.asarray(now - series[:, self.before[0] - 1:self.before[1]].mean(axis=1), np.float64)

    def over_runs(self, values: Floats) -> Floats:
        """One number a row of many runs."""
        return np.asarray(values.mean(axis=1) if self.over is Over.MEAN else np.median(values, axis=1), np.float64)

    def errors(self, count: int, seed: int) -> Floats:
        """Errors of observation such as this one may have; the same for the same seed."""
        drawn = np.random.default_rng([seed, *self.name.encode()])
        return self.spread * (drawn.uniform(-1.0, 1.0, count) if self.bounds else drawn.standard_normal(count))

def _span(first: int, last: int) -> str:
    year = QUARTERS_A_YEAR
    if (first - 1) % year == 0 and last % year == 0:
        begin, end = (first - 1) // year + 1, last // year
        return f"year {begin}" if begin == end else f"years {begin} to {end}"
    return f"quarter {first}" if first == last else f"quarters {first} to {last}"

def read_observations(data: TomlTable, quarters: int) -> tuple[Observation, ...]:
    """All [[observed]] of a file; raises StudyError that tells every mistake in them."""
    faults = Faults(StudyError)
    found = [faults.attempt(None, _read, table, quarters) for table in data.tables("observed", "observation")]
    read = [each for each in found if each is not None]
    check_names(read, data, faults)
    faults.tell()
    return tuple(read)

def check_names(read: Sequence[Observation], data: TomlTable, faults: Faults) -> None:
    """Two observations of one name are a mistake."""
    names = [each.name for each in read]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            faults.take(data.mistake(f"two observations are called {name!r}; give each its own name = \"…\"", "observed"))

def _read(table: TomlTable, quarters: int) -> Observation:
    faults = Faults(StudyError)
    attempt = faults.attempt
    attempt(None, table.only, KEYS)
    measure = attempt("", table.needed_text, "measure", "trust")
    codes = [each.code for each in Measure]
    if measure and measure not in codes:
        faults.take(table.mistake(f"no measure is called {measure!r}{nearest(measure, codes)}; docs/model/measures.md lists them",
                                  "measure"))
    span = attempt(None, _quarters, table, quarters)
    in_quarters = table.has("quarter")
    most = quarters if in_quarters else quarters // QUARTERS_A_YEAR
    since = attempt(None, table.whole, "since", 1, 1, most) if table.has("since") else None
    value, spread, bounds = attempt((0.0, 1.0, False), _figure, table)
    faults.tell()
    first, last = span or (1, quarters)
    reaches = table.number("reaches", None)
    if reaches is None and span is None:
        raise table.mistake("when was it observed? expected quarter = …, year = … or years = [first, last]; "
                            "or reaches = … where the value is how many years it took")
    if reaches is not None and since is not None:
        raise table.mistake("since and reaches contradict each other; give one of the two", "since")
    scenario = table.text("scenario") or "today"
    name = table.text("name") or f"{measure} {'reached' if reaches is not None else 'in ' + _span(first, last)}"
    over = table.optional_choice("over", Over) or Over.MEAN
    return Observation(name, measure, scenario, first, last, value, spread, bounds, over,
                       None if since is None else (since, since) if in_quarters else _year(since), reaches)

def check_scenario(each: Observation) -> None:
    """Raises StudyError where its scenario is none that comes with the package and no file."""
    from pathlib import Path

    if each.scenario not in shipped_names() and not Path(each.scenario).is_file():
        raise StudyError(f"{each.name}: no scenario is called {each.scenario!r}{nearest(each.scenario, shipped_names())}; "
                         "expected a shipped name or a .toml file")

def _year(number: int) -> tuple[int, int]:
    return (number - 1) * QUARTERS_A_YEAR + 1, number * QUARTERS_A_YEAR

def _quarters(table: TomlTable, quarters: int) -> tuple[int, int] | None:
    given = [key for key in ("quarter", "year", "years") if table.has(key)]
    if len(given) > 1:
        raise table.mistake(f"expected one of quarter, year and years, got {' and '.join(given)}", given[1])
    if not given:
        return None
    if given == ["quarter"]:
        at = table.whole("quarter", None, 1, quarters)
        return at, at
    if given == ["year"]:
        return _year(table.whole("year", None, 1, quarters // QUARTERS_A_YEAR))
    value = table.values["years"]
    most = quarters // QUARTERS_A_YEAR
    if not (isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)
            and 1 <= value[0] <= value[1] <= most):
        raise table.mistake(f"years is {value!r}; expected the first and last year, from 1 to {most}, as in [8, 15]", "years")
    return _year(value[0])[0], _year(value[1])[1]

def _figure(table: TomlTable) -> tuple[float, float, bool]:
    low, high = table.number("low", None), table.number("high", None)
    value, sd = table.number("value", None), table.number("sd", None)
    if low is not None and high is not None and value is None and sd is None:
        if not low < high:
            raise table.mistake(f"low is {low:g} and high is {high:g}; expected low below high", "low")
        return (low + high) / 2.0, (high - low) / 2.0, True
    if value is not None and sd is not None and low is None and high is None:
        if sd <= 0.0:
            raise table.mistake(f"sd is {sd:g}; expected a standard deviation above 0: how far the observation may be off", "sd")
        return value, sd, False
    raise table.mistake("expected value = … and sd = …, how far it may be off; or low = … and high = …")
