"""Between numpy and Arrow without `pyarrow.array` and `to_numpy`, which load pandas: a third of a second of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow


def arrow_numbers(values: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> pyarrow.Array:
    """Numbers as they are; null where `missing`."""
    import pyarrow as pa

    known = None if missing is None or not missing.any() else pa.py_buffer(np.packbits(~missing, bitorder="little"))
    held = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [known, held])


def arrow_words(words: Sequence[str]) -> pyarrow.Array:
    """Texts in order."""
    import pyarrow as pa

    encoded = [word.encode() for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def numpy_of(column: pyarrow.ChunkedArray | pyarrow.Array, missing: float = 0) -> NDArray[Any]:
    """The numbers of a column, `missing` where there is none."""
    array = column.combine_chunks() if hasattr(column, "combine_chunks") else column
    span = slice(array.offset, array.offset + len(array))
    if len(array) == 0:
        return np.zeros(0, array.type.to_pandas_dtype())
    known, held = array.buffers()
    values = np.frombuffer(held, array.type.to_pandas_dtype())[span]
    if not array.null_count:
        return values
    told = np.unpackbits(np.frombuffer(known, np.uint8), bitorder="little")[span].astype(bool)
    return np.where(told, values, values.dtype.type(missing))
