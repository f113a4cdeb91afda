"""A place as cells again: what is known, in the columns of the CSV files, with filled cells left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from incentive_abm.kinds import Kind
from incentive_abm.place.partners_and_ties import Floats, Mask, Partners, Ties

Cell = str | float | None


def partner_cells(partners: Partners) -> dict[str, list[Cell]]:
    """Each column of `partners.csv`, in canonical order; None where nothing is known."""
    cells: dict[str, list[Cell]] = {
        "id": list(partners.ids),
        "name": [None if blank else name for name, blank in zip(partners.names, partners.assumed["name"], strict=True)],
        "kind": [Kind(kind).code for kind in partners.kind.tolist()],
    }
    cells.update(_numbers(partners.numbers, partners.assumed))
    cells.update({name: list(texts) for name, texts in partners.notes.items()})
    return cells


def tie_cells(ties: Ties, ids: Sequence[str]) -> dict[str, list[Cell]]:
    """Each column of `ties.csv`, in canonical order; None where nothing is known."""
    cells: dict[str, list[Cell]] = {"source": [ids[i] for i in ties.a.tolist()], "target": [ids[i] for i in ties.b.tolist()]}
    cells.update(_numbers(ties.numbers, ties.assumed))
    cells["basis"] = list(ties.basis)
    cells.update({name: list(texts) for name, texts in ties.notes.items()})
    return cells


def rows(cells: Mapping[str, Sequence[Cell]]) -> Iterator[tuple[Cell, ...]]:
    """The same cells, row by row."""
    return zip(*cells.values(), strict=True)


def _numbers(columns: Mapping[str, Floats], assumed: Mapping[str, Mask]) -> dict[str, list[Cell]]:
    out: dict[str, list[Cell]] = {}
    for name, values in columns.items():
        unknown = np.isnan(values) | assumed.get(name, np.zeros(values.size, dtype=bool))
        out[name] = [None if blank else value for value, blank in zip(values.tolist(), unknown.tolist(), strict=True)]
    return out
