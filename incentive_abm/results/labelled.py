"""Runs as an xarray dataset with named dimensions: run, quarter, measure, partner, tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm import EXPLORATION
from incentive_abm.measures import Measure
from incentive_abm.optional_libraries import library
from incentive_abm.results.arrow_tables import FIELD_WORDS, REGIMES
from incentive_abm.results.run_columns import MEASURES, PARTNERS, RUNS, TIES
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE, pictured

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from incentive_abm.place import Place

TIMES = ("time_to_integration", "time_to_stall", "time_to_collapse")


def dataset(place: Place, frames: Mapping[str, pd.DataFrame], told: Mapping[str, str], own: Sequence[str] = ()) -> xr.Dataset:
    """What was kept of runs of one place; `frames` are its tables by name, `told` what else is to be known of them, `own` the
    names of measures of a user's own.

    Variables: regime, time_to_… (run); last (run, measure); measures (run, quarter, measure); partner_FIELD (run, quarter,
    partner); tie_FIELD (run, quarter, tie). Words are small numbers, told by the attributes flag_values and flag_meanings.
    """
    xarray = library("xarray", "xarray")
    runs, codes = frames[RUNS], [*(measure.code for measure in Measure), *own]
    size = len(runs)
    coordinates: dict[str, Any] = {
        "run": np.arange(size), "measure": codes, "seed": ("run", runs["seed"].to_numpy()),
        "partner": list(place.partners.ids), "partner_name": ("partner", list(place.partners.names)),
        "kind": ("partner", place.partners.kind.astype(np.int8)),
        "tie": [f"{place.partners.ids[a]}–{place.partners.ids[b]}" for a, b in zip(place.ties.a, place.ties.b, strict=True)],
        "a": ("tie", [place.partners.ids[a] for a in place.ties.a]), "b": ("tie", [place.partners.ids[b] for b in place.ties.b]),
    }
    variables: dict[str, Any] = {
        "regime": ("run", _codes(runs["regime"], REGIMES), _flags(REGIMES)),
        **{name: ("run", runs[name].to_numpy(np.float64, na_value=np.nan), {"units": "quarter"}) for name in TIMES},
        "last": (("run", "measure"), runs[codes].to_numpy(np.float64)),
    }
    quarters = 0
    if MEASURES in frames:
        series = frames[MEASURES][codes].to_numpy(np.float64)
        quarters = len(series) // size
        variables["measures"] = (("run", "quarter", "measure"), series.reshape(size, quarters, len(codes)))
    for table, names, item in ((PARTNERS, PARTNER_PICTURE, "partner"), (TIES, TIE_PICTURE, "tie")):
        if table not in frames:
            continue
        quarters = len(frames[table]) // (size * len(coordinates[item]))
        for name in names:
            field = pictured(name)
            words = FIELD_WORDS[field.word] if field.word else ()
            column = frames[table][name]
            values: NDArray[Any] = _codes(column, words) if words else column.to_numpy(np.float32)
            more = _flags(words) if words else {"units": field.unit}
            variables[f"{item}_{name}"] = (("run", "quarter", item), values.reshape(size, quarters, -1),
                                           {"long_name": field.meaning, **more})
    if quarters:
        coordinates["quarter"] = np.arange(1, quarters + 1)
    found: xr.Dataset = xarray.Dataset(variables, coordinates, {**told, "note": EXPLORATION})
    return found


def _codes(column: pd.Series[Any], words: tuple[str, ...]) -> NDArray[np.int8]:
    """The number of each word, −1 for none."""
    import pandas as pd

    return np.asarray(pd.Categorical(column.astype(object), categories=list(words)).codes, np.int8)


def _flags(words: tuple[str, ...]) -> dict[str, Any]:
    """How labelled data tell what numbers stand for (the CF conventions)."""
    return {"flag_values": np.arange(len(words), dtype=np.int8), "flag_meanings": " ".join(words)}
