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

from incentive_abm.columns import reached, steps_of, steps_of_trust
from incentive_abm.compiling.build import build
from incentive_abm.engine.run import Recorded
from incentive_abm.state.partner import COUNT, SHARE
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE, pictured

MAGIC = b"IABM"


def _ranges(names: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    return {name: covered for name in names if (covered := pictured(name).page) is not None}


PARTNER_COLUMNS: Mapping[str, tuple[float, float]] = _ranges(PARTNER_PICTURE)
"""Partner columns and the range that their 256 steps cover, as declared; (0, 255) are counts, cut off above."""
TRUST: Mapping[str, tuple[str, str]] = {f"trust_{side}": (f"alpha_{side}", f"beta_{side}") for side in "ab"}
"""Columns of trust, each with the two fields of a picture that it is made of: trust_a is a's belief that b keeps its promises."""
TIE_COLUMNS: Mapping[str, tuple[float, float]] = {**dict.fromkeys(TRUST, SHARE), **_ranges(TIE_PICTURE)}
"""As `PARTNER_COLUMNS`."""


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
    flat, out = np.ascontiguousarray(values, np.float32).ravel(), np.empty(values.size, np.uint8)
    build()[steps_of](flat, 1, 0, low, high, out)
    return out.reshape(values.shape)


JOINED = "tie.joined"
"""1 where a tie counts as one service (O4); sent beside the rounded `expected`, because a threshold needs exact numbers."""


def blocks(recorded: Recorded, seamless_quality: NDArray[np.float64]) -> list[Block]:
    """The arrays of the first run of a batch: measures [quarter, measure], partners and ties [quarter, item] by column.

    seamless_quality: what a tie must reach in each quarter to count as one service.
    """
    if recorded.measures is None or recorded.partners is None or recorded.ties is None:
        raise ValueError("a message needs a run recorded with pictures")
    found = [Block("measures", recorded.measures[0].astype(np.float32))]
    for name, (low, high) in PARTNER_COLUMNS.items():
        pictured = recorded.partners[0][:, :, PARTNER_PICTURE.index(name)]
        found.append(Block(f"partner.{name}", quantised(pictured, low, high), low, high))
    ties, engine, width = np.ascontiguousarray(recorded.ties[0]), build(), len(TIE_PICTURE)
    for name, (low, high) in TIE_COLUMNS.items():
        if name in TRUST:
            steps, believed = np.empty(ties.shape[:2], np.uint8), (TIE_PICTURE.index(each) for each in TRUST[name])
            engine[steps_of_trust](ties.ravel(), width, *believed, low, high, steps.ravel())
        else:
            steps = quantised(ties[:, :, TIE_PICTURE.index(name)], low, high)
        found.append(Block(f"tie.{name}", steps, low, high))
    joined = np.empty(ties.shape[:2], np.uint8)
    for quarter, least in enumerate(seamless_quality.tolist()):
        engine[reached](ties[quarter].ravel(), width, TIE_PICTURE.index("expected"), least, joined[quarter])
    found.append(Block(JOINED, joined, *COUNT))
    return found
