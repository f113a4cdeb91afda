"""Keys by which chance addresses partners and ties: made of ids alone, so row order and new rows change no luck.

The same hash as `incentive_abm.chance`, over numpy arrays, so that reading a place needs no compiler.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]

_U = np.uint64


def partner_keys(ids: Sequence[str]) -> Keys:
    """The first 8 bytes, little-endian, of BLAKE2b of each id in UTF-8; uint64[n]."""
    joined = b"".join(blake2b(name.encode()).digest()[:8] for name in ids)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def mix(x: Keys) -> Keys:
    """Splitmix64's finaliser, a bijection of 64 bits (Steele, Lea & Flood 2014)."""
    x = (x ^ (x >> _U(30))) * _U(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> _U(27))) * _U(0x94D049BB133111EB)
    return x ^ (x >> _U(31))


def tie_keys(one: Keys, other: Keys) -> Keys:
    """Keys of ties, the same whichever partner is named first: mix(mix(smaller) + 0x9E3779B97F4A7C15·larger)."""
    smaller: Keys = np.minimum(one, other)
    larger: Keys = np.maximum(one, other)
    return mix(mix(smaller) + _U(0x9E3779B97F4A7C15) * larger)


def sided(ties: Keys, partners: Keys) -> Keys:
    """Keys of one partner's sides of ties: as `chance.sided`, for arrays."""
    return mix(ties ^ (partners * _U(0xD6E8FEB86659FD93)))


def numbered(idents: Keys, number: int) -> Keys:
    """Fold a draw's number into ids."""
    return mix(idents + _U((number + 1) * 0xA0761D6478BD642F & 0xFFFFFFFFFFFFFFFF))


def draws(seed: int, stream: int, idents: Keys, number: int = 0) -> Floats:
    """Addressed numbers in [0, 1), one for each id: equal to `chance.uniform(seed, stream, 0, numbered(ident))`."""
    start = np.array([(seed + stream * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF], dtype=np.uint64)
    h: Keys = mix(mix(mix(start)) ^ numbered(idents, number))
    return np.asarray(((h >> _U(12)) | _U(0x3FF0000000000000)).view(np.float64) - 1.0)
