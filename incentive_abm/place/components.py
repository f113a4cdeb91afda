"""Connected components of a place, in time close to linear in its ties."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


def components(size: int, a: Indices, b: Indices) -> Indices:
    """Label each of `size` partners with the smallest index in its component; int64[size].

    Hooking and pointer jumping (Shiloach & Vishkin 1982), so the number of passes grows with the logarithm of size.
    """
    label = np.arange(size, dtype=np.int64)
    while a.size:
        low = np.minimum(label[a], label[b])
        high = np.maximum(label[a], label[b])
        open_ties = low != high
        if not open_ties.any():
            break
        np.minimum.at(label, high[open_ties], low[open_ties])
        while True:
            jumped = label[label]
            if np.array_equal(jumped, label):
                break
            label = jumped
    return label
