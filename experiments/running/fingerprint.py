"""Hashes of what decides a sweep's results: taken when it is planned, and held against what its folder says when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any


def short_hash(text: str) -> str:
    """SHA-256, the first 16 hex digits."""
    return sha256(text.encode()).hexdigest()[:16]


def key_of(fingerprint: Mapping[str, str]) -> str:
    """One hash of everything."""
    return short_hash(json.dumps(dict(fingerprint)))


def hash_of_kept(outcome: str, keep: Sequence[str], series: Sequence[str]) -> str:
    """Of what is kept of each run."""
    return short_hash(json.dumps([outcome, list(keep), list(series)]))


def hash_of_design(text: str, factors: Iterable[tuple[str, str, Mapping[str, float], Mapping[str, float]]]) -> str:
    """Of the points as they are written, and of what each factor (name, what it varies, on, off) stands for."""
    told = [[name, varies, list(on.items()), list(off.items())] for name, varies, on, off in factors]
    return short_hash(text + json.dumps(told))


def at_odds(sweep: Mapping[str, Any], design: str | None = None) -> str:
    """What inputs/sweep.json, or the text of design.csv, says otherwise than when the sweep was begun; "" where nothing is."""
    begun = sweep["fingerprint"]
    now = {
        "quarters": str(sweep["quarters"]),
        "replicates": str(sweep["replicates"]),
        "what is kept": hash_of_kept(sweep["outcome"], sweep["keep"], sweep["series"]),
    } | {f"{what} {name}": begun.get(f"{what} {name}", "") for what in ("place", "scenario") for name in sweep[f"{what}s"]}
    if design is not None:
        now["design"] = hash_of_design(design, ((f["name"], f["varies"], f["on"], f["off"]) for f in sweep["factors"]))
    if sweep["key"] != key_of(begun):
        return "fingerprint"
    return next((name for name, value in now.items() if not value or begun.get(name) != value), "")
