"""A results folder appears whole or not at all: built beside its place under another name, then renamed."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from incentive_abm.errors import UserError

MANIFEST = "manifest.json"
KIND = "incentive-abm run"
"""What a manifest of ours says under "kind"."""


class ResultsError(UserError):
    """A results folder that cannot be written, replaced or read."""


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a run of ours; raises ResultsError where there is none."""
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ResultsError(f"{folder} has no {MANIFEST}; expected the folder of a run (made with: "
                           "incentive-abm run --out DIR)") from None
    except (OSError, ValueError) as error:
        raise ResultsError(f"{path} cannot be read: {error}") from None
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise ResultsError(f"{path} is not the manifest of a run")
    return told


def check_out(out: Path) -> None:
    """Raise ResultsError unless a run may be written to `out`: a new or empty folder, or one that holds a run of ours only."""
    recover(out)
    for above in out.absolute().parents:
        if above.exists():
            if not above.is_dir():
                raise ResultsError(f"--out {out}: {above} is a file; expected a folder")
            if not os.access(above, os.W_OK | os.X_OK):
                raise ResultsError(f"--out {out}: {above} cannot be written to")
            break
    if not out.exists():
        return
    if not out.is_dir():
        raise ResultsError(f"--out {out} is a file; expected a folder, new or with an earlier run")
    held = sorted(entry.name for entry in out.iterdir())
    if not held:
        return
    try:
        ours = set(manifest_of(out)["files"])
    except (ResultsError, KeyError, TypeError):
        raise ResultsError(f"--out {out} holds {held[0]} and is not the folder of an earlier run; choose a new one") from None
    foreign = [name for name in held if name not in ours]
    if foreign:
        raise ResultsError(f"--out {out} holds an earlier run, but also {foreign[0]}, which a run does not write; "
                           "move that away or choose a new folder")


def recover(out: Path) -> None:
    """Clear up after a process that was killed: put back a folder that was about to be replaced, remove half-built ones."""
    if not out.parent.is_dir():
        return
    for path in sorted(out.parent.glob(f".{_escaped(out.name)}.*.replaced")):
        if not out.exists():
            path.rename(out)
        elif _dead(path):
            shutil.rmtree(path, ignore_errors=True)
    for path in sorted(out.parent.glob(f".{_escaped(out.name)}.*.unfinished")):
        if _dead(path):
            shutil.rmtree(path, ignore_errors=True)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _dead(path: Path) -> bool:
    """Whether the process whose number the name carries is gone."""
    number = path.name.rsplit(".", 2)[1]
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def built_whole(out: Path) -> Iterator[Path]:
    """A folder to fill; when the block ends well it takes the name `out`, replacing what `check_out` has allowed.

    When the block fails or is stopped, nothing is left. Raises ResultsError where the disk is full or cannot be written.
    """
    recover(out)
    making = out.with_name(f".{out.name}.{os.getpid()}.unfinished")
    missing = [above for above in (out.parent, *out.parent.parents) if not above.exists()]
    done = False
    try:
        making.mkdir(parents=True)
        yield making
        _take(making, out)
        done = True
    except OSError as error:
        raise ResultsError(_told(error, out)) from error
    finally:
        if not done:
            shutil.rmtree(making, ignore_errors=True)
            for above in missing:
                _remove_if_empty(above)


def _take(making: Path, out: Path) -> None:
    if not out.exists():
        making.rename(out)
        return
    check_out(out)
    old = out.with_name(f".{out.name}.{os.getpid()}.replaced")
    out.rename(old)
    try:
        making.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _told(error: OSError, out: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
        return f"the disk is full; nothing was written to {out}. Free some space, or choose --record measures or another --out"
    return f"{out} cannot be written: {os.strerror(error.errno) if error.errno else error}"


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
