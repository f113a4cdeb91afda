"""How a kernel is declared: a function over ties, partners and the place that reads like the agents' methods."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from incentive_abm.compiling.layout import Record
from incentive_abm.state.arrays import LAYOUT, signature

if TYPE_CHECKING:
    from incentive_abm.compiling.build import Kernel

lanes: Any = None
"""In a kernel: the runs side by side, to loop over; their number elsewhere."""


def chance(stream: Any, ident: Any) -> Any:
    """In a kernel: this quarter's number in [0, 1) for one use of chance and one partner, tie or side of a tie."""
    raise NotImplementedError("only kernels draw chance by this name")


def kernel(blocks: bool = False, handed: Mapping[str, Record] | None = None,
           working: Mapping[str, Record] | None = None,
           types: Mapping[str, Any] | None = None) -> Callable[[Callable[..., Any]], Kernel]:
    """Declare a kernel over named records (see `compiling.notation`).

    Its arguments are some of ties, partners, place and leads, then `quarter`, then float64 arrays or, where `types` names
    one, of that numba type. blocks: it takes ties from one number up to another. handed: records of [number][lane] among its
    arguments; working: those that it makes for itself.
    """
    from incentive_abm.compiling.build import FLOATS, INT, Kernel
    from incentive_abm.compiling.names import STRUCTURE

    own = working or {}

    def declare(function: Callable[..., Any]) -> Kernel:
        arguments = [name for name in inspect.signature(function).parameters if name not in (*STRUCTURE, *own)]
        more = [INT] * ("quarter" in arguments) + [INT, INT] * blocks
        more += [(types or {}).get(name, FLOATS) for name in arguments if name != "quarter"]
        return Kernel(function, signature, tuple(more), LAYOUT, handed or {}, own, blocks)

    return declare


def over_arrays(*more: Any) -> Callable[[Callable[..., Any]], Kernel]:
    """Declare a kernel that is written over arrays already, as a function of `Arrays` and arguments of these types."""
    from incentive_abm.compiling.build import Kernel

    return lambda function: Kernel(function, signature, more)


def plain(*arguments: Any) -> Callable[[Callable[..., Any]], Kernel]:
    """Declare a function of these numba types, and of no run's arrays, for kernels to call."""
    from incentive_abm.compiling.build import Kernel

    return lambda function: Kernel(function, None, arguments)
