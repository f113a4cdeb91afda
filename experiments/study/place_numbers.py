"""Numbers of places, so that a place can stand among the factors of a study: size, kinds, density, and covariates of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.designs.factors import OF_PLACE
from incentive_abm.kinds import Kind

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place


def _of_kind(kind: Kind) -> Callable[[Place], float]:
    return lambda place: float((place.partners.kind == kind).sum())


NUMBERS: Mapping[str, Callable[[Place], float]] = {
    "partners": lambda place: float(len(place)),
    "ties": lambda place: float(len(place.ties)),
    "density": lambda place: 2.0 * len(place.ties) / (len(place) * (len(place) - 1.0)),
    "trusts": _of_kind(Kind.TRUST),
    "councils": _of_kind(Kind.COUNCIL),
    "gps": _of_kind(Kind.GP),
    "voluntary": _of_kind(Kind.VOLUNTARY),
}
"""What can be counted in any place; density is the share of all pairs of partners that share people."""
LABELS = {
    "partners": "Partners in the place",
    "ties": "Ties in the place",
    "density": "Share of pairs of partners with a tie",
    "trusts": "Trusts in the place",
    "councils": "Councils in the place",
    "gps": "GP networks in the place",
    "voluntary": "Voluntary providers in the place",
}


def with_place_numbers(
    design: pd.DataFrame, columns: Sequence[str], places: Mapping[str, Place], own: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    """The design with a column for each number of the point's place; `own` are the places' own covariates."""
    for column in columns:
        name = column.removeprefix(OF_PLACE)
        values = {key: NUMBERS[name](place) if name in NUMBERS else own[key][name] for key, place in places.items()}
        design = design.assign(**{column: design["place"].map(values).astype(float)})
    return design


def label_of(column: str) -> str:
    """A number of the place in plain words."""
    name = column.removeprefix(OF_PLACE)
    return LABELS.get(name, name.replace("_", " "))
