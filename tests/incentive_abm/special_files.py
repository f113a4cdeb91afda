"""Files that are no files, links and mounts: each made in a folder of the test's own, and nothing outside it is ever named."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Make = Callable[[Path], None]


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    os.chdir(path.parent)  # the name of a socket may be no longer than a hundred letters
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)


def a_device(path: Path) -> None:
    """A device of one's own that swallows what is written to it; only some may make one."""
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except (OSError, AttributeError) as error:
        pytest.skip(f"a device cannot be made here: {error}")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def a_link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("the-pipe"))
    path.symlink_to("the-pipe")


def a_link_to_a_device(path: Path) -> None:
    a_device(path.with_name("the-device"))
    path.symlink_to("the-device")


SPECIAL: tuple[Make, ...] = (a_pipe, a_socket, a_device, a_link_to_itself, a_link_to_a_pipe, a_link_to_a_device)
NO_FILES: tuple[Make, ...] = (*SPECIAL, Path.mkdir)


def state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything in a folder: what kind it is, which one, and what it holds, without opening what is no file."""
    found = {}
    for path in sorted(folder.rglob("*")):
        told = path.lstat()
        found[str(path.relative_to(folder))] = (
            stat.S_IFMT(told.st_mode), told.st_ino, path.read_bytes() if stat.S_ISREG(told.st_mode) else b"")
    return found


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A small disk of its own on a folder; skips where none may be mounted."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(["size=64m", *options]), "tmpfs", folder],
                          capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"nothing can be mounted here: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
