"""How holes in a place's data are filled: by documented defaults for the kind and size, each filled cell marked.

No rule looks at other partners, so that one more partner changes nobody else's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import PlaceError, nearest
from incentive_abm.kinds import Kind
from incentive_abm.parameters import Scope, default, names, parameter
from incentive_abm.place.partners_and_ties import Filled, Floats, Partners, Ties

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Defaults:
    """The values used for filling, from the parameter table's data scope."""

    values: Mapping[str, float]

    @classmethod
    def of(cls, assumptions: Mapping[str, float] | None) -> Defaults:
        """The table's defaults, with `assumptions` in their place; raises UserError for unknown names or values."""
        known = names(Scope.DATA)
        values = {name: default(name) for name in known}
        for name, value in (assumptions or {}).items():
            if name not in values:
                raise PlaceError(f"{name!r} is not a default by which a place is filled{nearest(name, known)}")
            values[name] = parameter(name).read(value)
        return cls(values)

    def __getitem__(self, name: str) -> float:
        return self.values[name]


@dataclass
class _Filler:
    """One column being filled; remembers which cells and by which rule."""

    table: str
    column: str
    values: Floats
    marks: Mask
    filled: list[Filled]

    @classmethod
    def of(cls, table: str, column: str, values: Floats) -> _Filler:
        return cls(table, column, values.copy(), np.zeros(values.size, dtype=bool), [])

    def fill(self, cells: Mask, values: Floats | float, rule: str) -> None:
        """Fill the blank ones among `cells`."""
        holes = cells & np.isnan(self.values)
        if not holes.any():
            return
        self.values[holes] = np.broadcast_to(values, holes.shape)[holes]
        self.marks |= holes
        chosen = self.values[holes]
        least, most = float(chosen.min()), float(chosen.max())
        self.filled.append(Filled(self.table, self.column, rule, int(holes.sum()), least, most))


def fill_partners(partners: Partners, by: Defaults) -> tuple[Partners, tuple[Filled, ...]]:
    """Partners with income, balance and reach filled, and the rules that were used."""
    income = _Filler.of("partners", "income_m", partners.income)
    of_kind = {kind: partners.kind == kind for kind in Kind}
    has_staff, has_people = ~np.isnan(partners.staff), ~np.isnan(partners.people)
    trust, council, gp = of_kind[Kind.TRUST], of_kind[Kind.COUNCIL], of_kind[Kind.GP]
    income.fill(trust & has_staff, partners.staff * by["trust_income_per_staff"],
                f"staff × £{by['trust_income_per_staff']:g}m a full-time post (trust_income_per_staff)")
    income.fill(trust, by["trust_income"], f"£{by['trust_income']:g}m, an average trust (trust_income)")
    income.fill(council & has_people, partners.people * by["council_income_per_person"] / 1e6,
                f"residents × £{by['council_income_per_person']:g} (council_income_per_person)")
    income.fill(council, by["council_income"], f"£{by['council_income']:g}m, an average council (council_income)")
    income.fill(gp & has_people, partners.people * by["gp_income_per_person"] / 1e6,
                f"patients × £{by['gp_income_per_person']:g} (gp_income_per_person)")
    income.fill(gp, by["gp_people"] * by["gp_income_per_person"] / 1e6,
                f"{by['gp_people']:,.0f} patients × £{by['gp_income_per_person']:g} (gp_people, gp_income_per_person)")
    income.fill(of_kind[Kind.VOLUNTARY], by["voluntary_income"], f"£{by['voluntary_income']:g}m (voluntary_income)")
    balance = _Filler.of("partners", "balance", partners.balance)
    balance.fill(np.ones(len(partners), dtype=bool), 0.0, "0, neither surplus nor deficit")
    reach = _Filler.of("partners", "reach", partners.reach)
    for kind in Kind:
        name = f"reach_{kind.code}"
        reach.fill(of_kind[kind], by[name], f"{by[name]:g} for {kind.plural} ({name})")
    assumed = {**partners.assumed, "income_m": income.marks, "balance": balance.marks, "reach": reach.marks}
    done = replace(partners, income=income.values, balance=balance.values, reach=reach.values, assumed=assumed)
    return done, (*income.filled, *balance.filled, *reach.filled)


def fill_ties(ties: Ties, income: Floats, by: Defaults) -> tuple[Ties, tuple[Filled, ...]]:
    """Ties with people filled, and shared spend worked out from both partners' incomes where it is not given.

    spend = shared_fraction · (income_a·people/Σ_a people + income_b·people/Σ_b people), the sums over each partner's
    ties; spend_a is the first term. A given spend is split in the proportion of the two terms.
    """
    people = _Filler.of("ties", "people", ties.people)
    people.fill(np.ones(len(ties), dtype=bool), by["tie_people"], f"{by['tie_people']:g} people (tie_people)")
    served = np.bincount(ties.a, people.values, income.size) + np.bincount(ties.b, people.values, income.size)
    part_a = by["shared_fraction"] * (income[ties.a] * people.values / served[ties.a])
    part_b = by["shared_fraction"] * (income[ties.b] * people.values / served[ties.b])
    spend = _Filler.of("ties", "spend_m", ties.spend)
    spend.fill(np.ones(len(ties), dtype=bool), part_a + part_b,
               f"both incomes × {by['shared_fraction']:g}, shared out over ties by people (shared_fraction)")
    spend_a = np.where(spend.marks, part_a, spend.values * (part_a / (part_a + part_b)))
    assumed = {"people": people.marks, "spend_m": spend.marks}
    done = replace(ties, people=people.values, spend=spend.values, spend_a=spend_a, assumed=assumed)
    return done, (*people.filled, *spend.filled)
