"""The compiled module that comes with the package, and whether it is of the sources that are here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from incentive_abm.compiling.sources import module_hash
from incentive_abm.errors import UserError

ANEW = "install the package anew, or build it with `make web`"
MODULE, TOLD = (Path(__file__).with_name(f"module.{ending}") for ending in ("wasm", "json"))


@dataclass(frozen=True)
class Module:
    """The module's bytes, their SHA-256 in hex, and the hash of the sources that it was compiled from."""

    code: bytes
    sha256: str
    sources: str


def compiled_module() -> Module:
    """The module. Raises UserError where it is missing, damaged, or compiled from other sources than those here."""
    try:
        code, told = MODULE.read_bytes(), json.loads(TOLD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UserError(f"{MODULE}: the compiled model is missing; {ANEW}") from None
    if hashlib.sha256(code).hexdigest() != told.get("sha256"):
        raise UserError(f"{MODULE}: the compiled model is damaged; {ANEW}")
    if told.get("sources") != module_hash():
        raise UserError(f"{MODULE}: the compiled model is of other sources ({told.get('sources')}) than those here "
                        f"({module_hash()}); build it with `make web`")
    return Module(code, told["sha256"], told["sources"])
