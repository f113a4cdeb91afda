"""Which sources a result comes from, and where code compiled from them is kept.

Compiled code is kept in a folder named after a hash of every source file that can reach it,
because numba alone would keep a caller's stale copy after a called rule has been edited.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
COMPILED = ("kinds.py", "chance.py", "compiling/", "parameters/", "rules/", "state/", "measures/", "regimes.py",
            "event_effects.py", "columns.py", "lever_moves.py", "recording.py", "log/", "engine/", "browser/")
"""Sources that end up in compiled code; a test holds every compiled function to one of them."""
TELLING = ("cli/", "report/", "results/", "words/", "files.py", "palette.py", "times.py")
"""Sources that tell results and cannot change one."""


def _hash(wanted: Callable[[str], bool], salt: str) -> str:
    digest = hashlib.sha256(salt.encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE).as_posix()
        if wanted(relative):
            digest.update(relative.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def source_hash() -> str:
    """SHA-256 (first 16 hex digits) of every source that decides a result; carried by each result."""
    return _hash(lambda name: not name.startswith(TELLING), version("numba"))


@lru_cache(maxsize=1)
def compiled_hash() -> str:
    """SHA-256 (first 16 hex digits) of the sources that end up in compiled code."""
    return _hash(lambda name: name.startswith(COMPILED), version("numba"))


@lru_cache(maxsize=1)
def module_hash() -> str:
    """SHA-256 (first 16 hex digits) of the sources of the module that a browser runs, whichever compiler is installed here."""
    return _hash(lambda name: name.startswith(COMPILED), "module")


def _usable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@lru_cache(maxsize=1)
def cache_folder() -> Path:
    """Where compiled code is kept: INCENTIVE_ABM_CACHE, beside the sources, the user's cache, or among temporary files."""
    name = f"compiled-{compiled_hash()}"
    asked = os.environ.get("INCENTIVE_ABM_CACHE")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    places = [Path(asked)] if asked else [PACKAGE / "__pycache__", home / "incentive_abm"]
    for place in places:
        if _usable(place / name):
            return place / name
    return _temporary() / name


def _temporary() -> Path:
    """A folder among temporary files, the same at every start where it is this user's alone: code that is run lies in it."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"incentive_abm-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        told = folder.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="incentive_abm-"))
    own = stat.S_ISDIR(told.st_mode) and told.st_uid == user and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return folder if own else Path(tempfile.mkdtemp(prefix="incentive_abm-"))
