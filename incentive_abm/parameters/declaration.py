"""What a declared parameter is: its name, range, default, who decides it, where it applies and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from numbers import Real
from typing import TypeAlias

from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.given_numbers import float_of
from incentive_abm.words import say

Setting: TypeAlias = float | int | str


class Role(Enum):
    """Who decides a parameter's value."""

    LEVER = "lever"
    UNCERTAINTY = "uncertainty"
    CONSTANT = "constant"


class Scope(Enum):
    """Where a parameter applies: to the whole place, to each partner, when a run starts, to a place's data, to results."""

    PLACE = "place"
    PARTNER = "partner"
    START = "start"
    DATA = "data"
    RESULT = "result"


class Group(Enum):
    """The heading under which a parameter is shown."""

    VALUES = "values"
    MONEY = "money"
    RULES = "rules"
    RELATIONS = "relations"
    LEADERS = "leaders"
    POLITICS = "politics"
    DELIVERY = "delivery"
    START = "start of a run"
    REGIMES = "telling regimes apart"
    DATA = "filling holes in a place's data"


@dataclass(frozen=True)
class Parameter:
    """One declared parameter. `choices` is set for a choice (stored as its index), `whole` for a whole number."""

    name: str
    default: float
    low: float
    high: float
    unit: str
    role: Role
    scope: Scope
    group: Group
    label: str
    meaning: str
    source: str
    choices: tuple[str, ...] = ()
    whole: bool = False

    def read(self, value: object, where: str = "") -> float:
        """The number that stands for `value`; raises UserError naming the parameter, what was given and what is expected."""
        at = f"{where}: " if where else ""
        if self.choices:
            if isinstance(value, str) and value in self.choices:
                return float(self.choices.index(value))
            hint = nearest(str(value), self.choices)
            raise UserError(at + say("faults.no_choice", name=self.name, value=quoted(value),
                                     words=", ".join(self.choices), hint=hint))
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                value = str(value)
        if isinstance(value, bool) or not isinstance(value, Real):
            raise UserError(at + say("faults.parameter.no_number", name=self.name, value=quoted(value), low=f"{self.low:g}",
                                     high=f"{self.high:g}"))
        number = float_of(value)
        self.check(number, where)
        return number

    def check(self, number: float, where: str = "", error: type[UserError] = UserError) -> None:
        """Raise `error` where a number is out of range, or not whole though it must be."""
        at = f"{where}: " if where else ""
        if not self.low <= number <= self.high:
            raise error(at + say("faults.parameter.out_of_range", name=self.name, value=f"{number:g}", low=f"{self.low:g}",
                                 high=f"{self.high:g}", unit=self.unit))
        if (self.whole or self.choices) and number != int(number):
            raise error(at + say("faults.parameter.no_whole_number", name=self.name, value=f"{number:g}"))

    def show(self, number: float) -> Setting:
        """The value as a user writes it: a word for a choice, an int for a whole number, else a float."""
        if self.choices:
            return self.choices[int(number)]
        return int(number) if self.whole else float(number)
