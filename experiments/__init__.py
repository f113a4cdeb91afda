"""Experiments on the model: designs, running, analysis and reports. Importing this package loads nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.labelled_arrays import to_xarray
    from experiments.model_function import as_function
    from experiments.stored_runs import read_sweep
    from experiments.study import load_study

__all__ = ["as_function", "load_study", "read_sweep", "to_xarray"]


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is first asked for."""
    if name == "as_function":
        from experiments.model_function import as_function

        return as_function
    if name == "to_xarray":
        from experiments.labelled_arrays import to_xarray

        return to_xarray
    if name == "read_sweep":
        from experiments.stored_runs import read_sweep

        return read_sweep
    if name == "load_study":
        from experiments.study import load_study

        return load_study
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
