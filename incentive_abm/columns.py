"""Numbers of a picture as the page's message holds them: one byte each, in equal steps over a declared range."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.compiling.build import INT
from incentive_abm.state.kernels import plain

STEPS = 255.0
_SINGLES, _BYTES, _NUMBER = types.float32[::1], types.uint8[::1], types.float64


@plain(_NUMBER, _NUMBER, _NUMBER)
def step_of(value: Any, low: Any, high: Any) -> Any:
    """The step, 0 to 255, of a number within low..high; beyond, the nearest end. (0, 255) keeps whole numbers as they are."""
    step = np.rint((value - low) * (STEPS / (high - low)))
    return min(max(step, 0.0), STEPS)


@plain(_SINGLES, INT, INT, _NUMBER, _NUMBER, _BYTES)
def steps_of(picture: Any, width: Any, field: Any, low: Any, high: Any, out: Any) -> None:
    """One field of a picture of items with so many fields, in steps over low..high."""
    for i in range(out.size):
        out[i] = np.uint8(step_of(np.float64(picture[i * width + field]), low, high))


@plain(_SINGLES, INT, INT, INT, _NUMBER, _NUMBER, _BYTES)
def steps_of_trust(picture: Any, width: Any, alpha: Any, beta: Any, low: Any, high: Any, out: Any) -> None:
    """The belief α / (α + β) that two fields of a picture hold, in steps over low..high."""
    for i in range(out.size):
        kept, broken = np.float64(picture[i * width + alpha]), np.float64(picture[i * width + beta])
        out[i] = np.uint8(step_of(kept / (kept + broken), low, high))


@plain(_SINGLES, INT, INT, _NUMBER, _BYTES)
def reached(picture: Any, width: Any, field: Any, least: Any, out: Any) -> None:
    """Whether one field of a picture reaches a number, both as the picture holds numbers: 1 or 0."""
    for i in range(out.size):
        out[i] = 1 if picture[i * width + field] >= np.float32(least) else 0


KERNELS = (step_of, steps_of, steps_of_trust, reached)
