"""Libraries of optional extras: loaded when first needed, and asked for by name where missing."""

from __future__ import annotations

import importlib
from typing import Any

from incentive_abm.errors import UserError


def library(module: str, extra: str = "analysis") -> Any:
    """The module, imported now. Raises UserError naming the extra to install where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise UserError(f"this needs {name}; install it with: pip install 'incentive-abm[{extra}]'") from None
