"""One run as one compact message: a JSON header, then typed arrays that the browser reads in place.

Layout: b"IABM", the header's length (uint32), the header, zeros to a multiple of 8, then the arrays, each aligned to 8 bytes.
Measures stay float32; what is only drawn is quantised to one byte over the range named beside it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.engine.run import Recorded
from incentive_abm.state.partner import COUNT, SHARE
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE, pictured

MAGIC = b"IABM"
def _ranges(names: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    return {name: covered for name in names if (covered := pictured(name).page) is not None}


PARTNER_COLUMNS: Mapping[str, tuple[float, float]] = _ranges(PARTNER_PICTURE)
"""Partner columns and the range that their 256 steps cover, as declared; (0, 255) are counts, cut off above."""
TIE_COLUMNS: Mapping[str, tuple[float, float]] = {"trust_a": SHARE, "trust_b": SHARE, **_ranges(TIE_PICTURE)}
"""As `PARTNER_COLUMNS`; trust_a is a's belief that b keeps its promises: α / (α + β)."""


@dataclass(frozen=True)
class Block:
    """One array of a message with its name and, for bytes that stand for numbers, the range they cover."""

    name: str
    values: NDArray[Any]
    low: float = 0.0
    high: float = 0.0


def pack(header: Mapping[str, Any], blocks: list[Block]) -> bytes:
    """The message; `header` must not hold a key "arrays"."""
    described, offset = [], 0
    for block in blocks:
        described.append({"name": block.name, "type": str(block.values.dtype), "shape": block.values.shape,
                          "offset": offset, "low": block.low, "high": block.high})
        offset += -(-block.values.nbytes // 8) * 8
    text = json.dumps({**header, "arrays": described}, ensure_ascii=False, separators=(",", ":")).encode()
    parts = [MAGIC, struct.pack("<I", len(text)), text, bytes(-(8 + len(text)) % 8)]
    for block in blocks:
        raw = np.ascontiguousarray(block.values).astype(block.values.dtype.newbyteorder("<"), copy=False).tobytes()
        parts += [raw, bytes(-len(raw) % 8)]
    return b"".join(parts)


def quantised(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Values as 256 equal steps over low..high, clipped; (0, 255) keeps whole numbers as they are."""
    steps = (np.asarray(values, np.float64) - low) * (255.0 / (high - low))
    return np.clip(np.rint(steps), 0, 255).astype(np.uint8)


JOINED = "tie.joined"
"""1 where a tie counts as one service (O4); sent beside the rounded `expected`, because a threshold needs exact numbers."""


def blocks(recorded: Recorded, seamless_quality: NDArray[np.float64]) -> list[Block]:
    """The arrays of the first run of a batch: measures [quarter, measure], partners and ties [quarter, item] by column.

    seamless_quality: what a tie must reach in each quarter to count as one service.
    """
    if recorded.measures is None or recorded.partners is None or recorded.ties is None:
        raise ValueError("a message needs a run recorded with pictures")
    found = [Block("measures", recorded.measures[0].astype(np.float32))]
    columns = PARTNER_PICTURE
    for name, (low, high) in PARTNER_COLUMNS.items():
        found.append(Block(f"partner.{name}", quantised(recorded.partners[0][:, :, columns.index(name)], low, high), low, high))
    columns = TIE_PICTURE
    ties = recorded.ties[0]
    for name, (low, high) in TIE_COLUMNS.items():
        values = trust(ties, name[-1]) if name.startswith("trust_") else ties[:, :, columns.index(name)]
        found.append(Block(f"tie.{name}", quantised(values, low, high), low, high))
    joined = ties[:, :, columns.index("expected")] >= seamless_quality.astype(np.float32)[:, None]
    found.append(Block(JOINED, joined.astype(np.uint8), *COUNT))
    return found


def trust(ties: NDArray[np.float32], side: str) -> NDArray[np.float64]:
    """One side's belief that the other keeps its promises, from a picture of ties [..., fields]."""
    columns = TIE_PICTURE
    alpha = ties[..., columns.index(f"alpha_{side}")].astype(np.float64)
    return alpha / (alpha + ties[..., columns.index(f"beta_{side}")])


