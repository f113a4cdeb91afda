"""How rules and kernels become compiled code, and where that code is kept; importing this package compiles nothing."""

from __future__ import annotations

from incentive_abm.compiling.marks import primitive, rule
from incentive_abm.compiling.sources import cache_folder, compiled_hash, source_hash

__all__ = ["cache_folder", "compiled_hash", "primitive", "rule", "source_hash"]
