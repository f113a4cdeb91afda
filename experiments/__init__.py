"""Experiments on the model: designs, running, analysis and reports. Importing this package loads nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.model_function import as_function

__all__ = ["as_function"]


def __getattr__(name: str) -> Any:
    """Load `as_function` when it is first asked for."""
    if name == "as_function":
        from experiments.model_function import as_function

        return as_function
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
