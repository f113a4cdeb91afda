"""What a study itself asks of its results."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contrast:
    """The effect of moving `of` and, with `by`, how far that depends on another factor; all are columns of the design.

    Values are those of the design; None stands for its lowest, highest, first or last.
    """

    of: str
    by: str = ""
    of_from: float | int | bool | str | None = None
    of_to: float | int | bool | str | None = None
    by_from: float | int | bool | str | None = None
    by_to: float | int | bool | str | None = None
