"""A results folder appears whole or not at all: built under another name, then put in its place.

A new folder is built beside its place and renamed. One that is there already is swapped where it can be; where it cannot, as a
mounted volume or a folder in one that is closed, what was built moves into it. A link to a folder stays a link.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from incentive_abm.files import folders_made

LAST = "manifest.json"
"""What makes a folder that of a run: moved in last, so that a folder which has it is whole."""
NOT_COUNTED = ("lost+found",)
"""What a volume has before anything is written to it."""


def resolved(out: Path) -> Path:
    """The folder that a path leads to, links followed."""
    return Path(os.path.realpath(out))


def held_in(folder: Path) -> list[str]:
    """What a folder holds, but for what a volume begins with and what another process is building in it."""
    return sorted(entry.name for entry in folder.iterdir() if entry.name not in NOT_COUNTED and not _is_working(entry))


@contextmanager
def built(out: Path) -> Iterator[Path]:
    """A folder to fill; when the block ends well it takes the place of `out`, new, empty or of an earlier run.

    When the block fails or is stopped, nothing is left, and what was there stays. Raises OSError.
    """
    target = resolved(out)
    recover(target)
    making = _beside(target, "unfinished")
    with folders_made(making.parent):
        try:
            making.mkdir()
            yield making
            _take(making, target)
        finally:
            shutil.rmtree(making, ignore_errors=True)


def recover(out: Path) -> None:
    """Clear up after a process that was killed: put back a folder that was about to be replaced, remove half-built ones."""
    target = resolved(out)
    for home, begins in ((target.parent, f".{target.name}."), (target, ".")):
        if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
            continue
        for path in sorted(home.iterdir()):
            if not path.name.startswith(begins) or not _is_working(path, begins) or not _dead(path):
                continue
            if path.suffix == ".replaced":
                _put_back(path, target)
            shutil.rmtree(path, ignore_errors=True)


def _beside(target: Path, state: str) -> Path:
    """Where to build: beside the target, or within one that is another volume or stands where nothing may be made."""
    inside = target.is_dir() and (os.path.ismount(target) or not os.access(target.parent, os.W_OK | os.X_OK))
    return target / f".{os.getpid()}.{state}" if inside else target.with_name(f".{target.name}.{os.getpid()}.{state}")


def _is_working(path: Path, begins: str = ".") -> bool:
    """Whether it is named as a folder that some process of ours builds or replaces: BEGINS, its number, and what it is."""
    number, _, state = path.name.removeprefix(begins).partition(".")
    return number.isdigit() and state in ("unfinished", "replaced")


def _dead(path: Path) -> bool:
    """Whether the process whose number the name carries is gone."""
    try:
        os.kill(int(path.name.rsplit(".", 2)[1]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False


def _take(making: Path, target: Path) -> None:
    old = _beside(target, "replaced")
    if making.parent == target.parent:
        try:
            if target.exists():
                target.rename(old)
            making.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            if not target.is_dir():
                raise
        else:
            shutil.rmtree(old, ignore_errors=True)
            return
    _move_in(making, target, target / f".{os.getpid()}.replaced")


def _move_in(making: Path, target: Path, old: Path) -> None:
    """The same into a folder that stays: an earlier run is moved out of the way within it, and back if anything fails."""
    old.mkdir()
    emptied = False
    try:
        _move(target, old, first=LAST)
        emptied = True
        _move(making, target, last=LAST)
    except BaseException:
        for name in held_in(target) if emptied else ():
            _remove(target / name)
        _put_back(old, target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _move(source: Path, target: Path, first: str = "", last: str = "") -> None:
    for name in sorted(held_in(source), key=lambda name: (name != first, name == last, name)):
        shutil.move(source / name, target / name)


def _put_back(old: Path, target: Path) -> None:
    """What was about to be replaced, in its place again, unless that holds a whole run by now."""
    if old.parent != target:
        if not target.exists():
            old.rename(target)
        return
    if (target / LAST).exists():
        return
    for name in held_in(old):
        _remove(target / name)
        shutil.move(old / name, target / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
