"""What is known after the data: a table of weighted settings, from which points and futures are drawn together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from incentive_abm.errors import StudyError, UserError, nearest, quoted
from incentive_abm.files import readable, why
from incentive_abm.parameters import PARAMETERS, Scope

if TYPE_CHECKING:
    import pandas as pd

WEIGHT = "weight"


def read_posterior(path: Path) -> pd.DataFrame:
    """A table of settings (a column a parameter) with a column of weights, as `incentive-abm calibrate` writes it.

    Raises StudyError naming the file, the line and the column where it is none.
    """
    import pandas as pd

    try:
        table = pd.read_csv(readable(path), encoding="utf-8-sig", dtype=str, keep_default_na=False)
    except OSError as error:
        raise StudyError(f"{path}: cannot be read: {why(error)}") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise StudyError(f"{path}: no table of settings ({error})") from None
    if WEIGHT not in table.columns:
        raise StudyError(f"{path}: there is no column {WEIGHT}; expected posterior.csv of incentive-abm calibrate")
    if table.empty or len(table.columns) < 2:
        raise StudyError(f"{path}: expected at least one setting of at least one parameter")
    found = {}
    for name in map(str, table.columns):
        if name != WEIGHT and (name not in PARAMETERS or PARAMETERS[name].choices or PARAMETERS[name].scope is Scope.DATA):
            raise StudyError(f"{path}: {quoted(name)} is no number that a study can vary{nearest(name, PARAMETERS)}")
        found[name] = [_number(path, name, line, text) for line, text in enumerate(table[name], 2)]
    numbers = pd.DataFrame(found)
    if not numbers[WEIGHT].sum() > 0.0:
        raise StudyError(f"{path}: the weights are all 0")
    return numbers


def _number(path: Path, name: str, line: int, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise StudyError(f"{path}, line {line}: {name} is {quoted(text)}; expected a number") from None
    if name != WEIGHT:
        try:
            return PARAMETERS[name].read(value)
        except UserError as error:
            raise StudyError(f"{path}, line {line}: {error}") from None
    if not 0.0 <= value < np.inf:
        raise StudyError(f"{path}, line {line}: {name} is {quoted(text)}; expected 0 or more")
    return value


def with_posterior(design: pd.DataFrame, posterior: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The design with its columns of the posterior's parameters drawn from it, together: anew for each point, or, in a crossed
    design, for each draw of the uncertainties."""
    draws = design["base"].to_numpy() if "base" in design else np.arange(len(design))
    rows = systematic(posterior[WEIGHT].to_numpy(np.float64), int(draws.max()) + 1, seed)[draws]
    drawn = {name: posterior[name].to_numpy()[rows] for name in map(str, posterior.columns) if name != WEIGHT}
    return design.assign(**{name: values.astype(np.int64) if PARAMETERS[name].whole else values
                            for name, values in drawn.items()})


def systematic(weight: np.ndarray[tuple[int], np.dtype[np.float64]], count: int, seed: int,
               ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """`count` rows, each as often as its weight says, in random order (systematic resampling, Kitagawa 1996)."""
    generator = np.random.default_rng(seed)
    at = (generator.permutation(count) + generator.random()) / count
    total = np.cumsum(weight) / weight.sum()
    return np.asarray(np.minimum(np.searchsorted(total, at), len(weight) - 1), np.int64)


def parameters_of(posterior: pd.DataFrame) -> Sequence[str]:
    """Names of the parameters that it speaks of."""
    return [str(name) for name in posterior.columns if name != WEIGHT]
