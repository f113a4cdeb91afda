"""What a study varies: a named factor with its range or its choices, and how the unit interval maps onto it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from incentive_abm.errors import UserError, nearest, quoted

if TYPE_CHECKING:
    import pandas as pd

BOOKKEEPING = ("point", "method", "base", "matrix", "changed", "order", "step", "policy", "future")
"""Columns of a design that are not factors.

point    int, the design point
method   str, the name of the design
base     int, the base row (Sobol), trajectory (Morris), search curve (eFAST) or draw of the uncertainties (crossed) of the point
matrix   str, Sobol only: "A", "B", "AB" (A with one factor from B) or "BA" (B with one factor from A)
changed  str, the factor that differs from the point's reference, "" where none does
order    int, place along a Morris trajectory or an eFAST curve
step     float, Morris only: signed step of `changed` on the unit interval, 0.0 at a trajectory's start
policy   int, crossed designs only: which setting of the levers; every policy meets every future
future   int, crossed designs only: which scenario and which setting of the uncertainties
"""

OF_PLACE = "of_place_"
"""What begins the name of a column that holds a number of the place, such as its partners: it goes with the place and is
not varied by itself."""

Value = float | int | bool | str


class FactorKind(StrEnum):
    """How a factor's values are laid out."""

    FLOAT = "float"
    INT = "int"
    BOOL = "bool"
    CATEGORICAL = "categorical"


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies.

    `low` and `high` (both included, in the parameter's own unit) belong to float and int factors, `choices`
    (at least two different strings) to categorical ones; a bool factor needs neither.

    Raises UserError when the range or the choices do not fit the kind.
    """

    name: str
    kind: FactorKind = FactorKind.FLOAT
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name or self.name in BOOKKEEPING:
            raise UserError(f"a factor cannot be called {quoted(self.name)}: that name is kept for the design's own columns")
        if self.kind is FactorKind.CATEGORICAL:
            if len(self.choices) < 2 or len(set(self.choices)) < len(self.choices):
                raise UserError(f"factor {self.name}: expected two or more different choices, got {list(self.choices)}")
            return
        if self.choices:
            raise UserError(f"factor {self.name}: a {self.kind} factor takes no choices, got {list(self.choices)}")
        if self.kind is FactorKind.BOOL:
            return
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise UserError(f"factor {self.name}: expected low < high, got low {self.low} and high {self.high}")
        if self.kind is FactorKind.INT and (self.low != int(self.low) or self.high != int(self.high)):
            raise UserError(f"factor {self.name}: expected whole numbers, got low {self.low} and high {self.high}")

    @property
    def all_values(self) -> tuple[Value, ...] | None:
        """Every value the factor can take, or None where it is continuous."""
        if self.kind is FactorKind.CATEGORICAL:
            return self.choices
        if self.kind is FactorKind.BOOL:
            return (False, True)
        if self.kind is FactorKind.INT:
            return tuple(range(int(self.low), int(self.high) + 1))
        return None

    def from_unit(self, unit: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
        """Values for numbers in [0, 1]; every value of a discrete factor gets an equal stretch of the interval."""
        values = self.all_values
        if values is None:
            return np.minimum(self.low + unit * (self.high - self.low), self.high)
        place = np.minimum((unit * len(values)).astype(np.int64), len(values) - 1)
        return np.array(values, dtype=object if self.kind is FactorKind.CATEGORICAL else None)[place]

    def levels(self, count: int) -> list[Value]:
        """`count` evenly spaced values from low to high; all values of a bool or categorical factor."""
        values = self.all_values
        if self.kind in (FactorKind.BOOL, FactorKind.CATEGORICAL) and values is not None:
            return list(values)
        if count < 2:
            raise UserError(f"factor {self.name}: expected at least 2 levels, got {count}")
        spaced = np.linspace(self.low, self.high, count)
        if values is None:
            return [float(value) for value in spaced]
        return list(values) if len(values) <= count else [int(value) for value in np.unique(np.rint(spaced))]

    def check(self, value: object, where: str) -> Value:
        """The value in the factor's own type. Raises UserError, beginning with `where`, when it does not fit."""
        if self.kind is FactorKind.CATEGORICAL:
            if value in self.choices:
                return str(value)
            raise UserError(
                f"{where}: {self.name} must be one of {', '.join(self.choices)}, got {quoted(value)}"
                f"{nearest(str(value), self.choices)}"
            )
        if self.kind is FactorKind.BOOL:
            known = {"true": True, "false": False, "1": True, "0": False}
            if str(value).strip().lower() in known:
                return known[str(value).strip().lower()]
            raise UserError(f"{where}: {self.name} must be true or false, got {quoted(value)}")
        try:
            number = float(str(value))
        except ValueError:
            raise UserError(f"{where}: {self.name} must be a number, got {quoted(value)}") from None
        if not self.low <= number <= self.high:
            raise UserError(f"{where}: {self.name} must lie between {self.low:g} and {self.high:g}, got {quoted(value)}")
        if self.kind is FactorKind.FLOAT:
            return number
        if number != int(number):
            raise UserError(f"{where}: {self.name} must be a whole number, got {quoted(value)}")
        return int(number)


def check_factors(factors: Sequence[Factor], at_least: int = 1) -> None:
    """Raise UserError unless there are enough factors, each named once."""
    if len(factors) < at_least:
        raise UserError(f"this design needs at least {at_least} factor(s), got {len(factors)}")
    names = [factor.name for factor in factors]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"factor {name} is listed more than once")


def check_seed(seed: int) -> int:
    """A seed of 0 is refused because SALib reads it as "no seed", which would make the design unrepeatable."""
    if seed < 1:
        raise UserError(f"seed must be 1 or more, got {seed}")
    return seed


def design_table(
    method: str,
    factors: Sequence[Factor],
    columns: Mapping[str, Sequence[Any] | npt.NDArray[Any]],
    bookkeeping: Mapping[str, Sequence[Any] | npt.NDArray[Any]] | None = None,
) -> pd.DataFrame:
    """Put a design together in its documented column order."""
    import pandas as pd

    rows = len(columns[factors[0].name])
    table: dict[str, Any] = {"point": np.arange(rows), "method": [method] * rows}
    table.update(bookkeeping or {})
    table.update({factor.name: columns[factor.name] for factor in factors})
    return pd.DataFrame(table)


def from_unit_cube(
    method: str,
    factors: Sequence[Factor],
    cube: npt.NDArray[np.float64],
    bookkeeping: Mapping[str, Sequence[Any] | npt.NDArray[Any]] | None = None,
) -> pd.DataFrame:
    """A design from points in the unit cube, shape (points, factors)."""
    columns = {factor.name: factor.from_unit(cube[:, place]) for place, factor in enumerate(factors)}
    return design_table(method, factors, columns, bookkeeping)


def factor_columns(design: pd.DataFrame) -> list[str]:
    """The names of the factors that a design varies, in their order."""
    names = [str(column) for column in design.columns]
    return [name for name in names if name not in BOOKKEEPING and not name.startswith(OF_PLACE)]


def explaining_columns(design: pd.DataFrame) -> list[str]:
    """The factors by which results are explained: where the design has numbers of its places, these instead of their names."""
    numbers = [str(column) for column in design.columns if str(column).startswith(OF_PLACE)]
    return [name for name in factor_columns(design) if name != "place" or not numbers] + numbers


def settings(design: pd.DataFrame) -> Iterator[tuple[int, dict[str, Value]]]:
    """(point, factor values) one point at a time, as plain Python values: numpy scalars slow Mesa agents down."""
    names = factor_columns(design)
    columns = [design[name].tolist() for name in names]
    for row, point in enumerate(design["point"].tolist()):
        yield int(point), {name: column[row] for name, column in zip(names, columns, strict=True)}
