"""Arrays where their caller has laid them: an address in WebAssembly's memory is a whole number of 32 bits."""

from __future__ import annotations

from typing import Any

from numba import types
from numba.extending import intrinsic


@intrinsic
def pointer_to(typing_context: Any, address: Any) -> Any:
    """The pointer that is this address."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.inttoptr(args[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.uint32), generate
