"""A sweep's results as an xarray dataset: points × replicates (× quarters), with the design as coordinates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.designs import explaining_columns, factor_columns
from experiments.designs.factors import BOOKKEEPING
from experiments.report.inputs import read_folder
from experiments.result_columns import BY_QUARTER
from incentive_abm import EXPLORATION
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library


def to_xarray(folder: str | Path) -> Any:
    """The sweep in a folder as an `xarray.Dataset`; runs that are not there yet are NaN, or empty where they are words.

    Dimensions: point, replicate, and quarter (from 1) for what was kept by quarter. Coordinates: every factor and every
    other column of the design, by point; seeds, by point and replicate. Raises UserError without the extra `xarray`.

    >>> to_xarray("runs/nowhere")  # first: incentive-abm sweep demo --out runs/nowhere
    Traceback (most recent call last):
    incentive_abm.errors.StudyError: ...
    """
    xarray = library("xarray", "xarray")
    inputs = read_folder(folder)
    results, design = inputs.results, inputs.design.set_index("point")
    if results.duplicated(["point", "replicate"]).any():
        raise UserError(f"{folder}: a run is listed twice")
    replicates = np.sort(results["replicate"].unique())
    whole = pd.MultiIndex.from_product([design.index, replicates], names=["point", "replicate"])
    runs = results.set_index(["point", "replicate"]).reindex(whole)
    shape = (len(design), len(replicates))
    known = {*BOOKKEEPING, *factor_columns(inputs.design), *explaining_columns(inputs.design)}
    coordinates: dict[str, Any] = {"point": design.index.to_numpy(), "replicate": replicates}
    coordinates |= {str(name): ("point", design[name].to_numpy()) for name in design.columns}
    variables: dict[str, Any] = {}
    for name in runs.columns:
        if name in known:
            continue
        if str(name).endswith(BY_QUARTER):
            series = _series(runs[name], shape)
            variables[str(name).removesuffix(BY_QUARTER) + "_by_quarter"] = (("point", "replicate", "quarter"), series)
            coordinates["quarter"] = np.arange(1, series.shape[2] + 1)
            continue
        column = runs[name]
        if not pd.api.types.is_numeric_dtype(column):
            column = column.astype(object).where(column.notna(), "").astype(str)
        variables[str(name)] = (("point", "replicate"), column.to_numpy().reshape(shape))
    told = {"question": inputs.question, "outcome": inputs.outcome, "note": EXPLORATION} | dict(inputs.provenance)
    return xarray.Dataset(variables, coordinates, told)


def _series(column: pd.Series, shape: tuple[int, int]) -> np.ndarray:
    """Lists of the same length as an array, NaN for runs that are missing."""
    quarters = max(len(each) for each in column if isinstance(each, list | np.ndarray))
    missing = np.full(quarters, np.nan)
    rows = [np.asarray(each, np.float64) if isinstance(each, list | np.ndarray) else missing for each in column]
    return np.array(rows).reshape(*shape, quarters)
