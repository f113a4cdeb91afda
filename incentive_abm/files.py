"""Files appear whole: written under another name in the same folder, made sure of on the disk, then renamed.

Only an ordinary file is ever replaced. A link is followed, so that what it points to is replaced and the link stays; a device,
a pipe, a socket or a folder that has the name is refused before anything is written.
"""

from __future__ import annotations

import errno
import os
import platform
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

LONGEST = 80
"""Bytes of a file's name that its temporary name repeats: the longest names leave no room for more."""
FULL = (errno.ENOSPC, errno.EDQUOT)
"""What a system says where there is no room left."""


def path_of(named: str) -> Path:
    """The path that a user named, ~ standing for a home; a home of nobody is a name like any other, and is not found."""
    try:
        return Path(named).expanduser()
    except RuntimeError:
        return Path(named)


class NotAnOrdinaryFile(OSError):
    """What stands where a file should go is none, and is left as it is."""


def whats_there(path: Path) -> str:
    """What a path leads to, links followed, in a word or two; "" where there is nothing yet. Raises OSError."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    kinds = {
        stat.S_IFREG: "a file", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device", stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "no ordinary file")


def target_of(path: Path) -> Path:
    """Where a file named so is written, links followed. Raises OSError where that is no ordinary file, nor free for one."""
    there = whats_there(path)
    if there not in ("", "a file"):
        raise NotAnOrdinaryFile(errno.EISDIR if there == "a folder" else errno.EINVAL,
                                f"it is {there}; expected the name of a new file, or of one to be replaced", str(path))
    # A name that ends in dots or a slash is a folder's, also where that is not there yet.
    if path.name in ("", ".."):
        raise NotAnOrdinaryFile(errno.EISDIR, "it names no file", str(path))
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def readable(path: Path) -> Path:
    """The path, where it leads to an ordinary file; raises OSError where it does not: reading a pipe could take for ever."""
    there = whats_there(path)
    if there == "a file":
        return path
    if there:
        raise NotAnOrdinaryFile(errno.EISDIR if there == "a folder" else errno.EINVAL, f"it is {there}", str(path))
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside the target (.NAME.….tmp, the same for no other process or thread on any machine) to write to.

    It takes the target's name when the block ends, and is removed when the block raises: the target is as before then, and
    folders made for it are gone.
    """
    target = target_of(path)
    waiting = target.with_name(f".{_short(target.name)}.{platform.node() or 'host'}-{os.getpid()}-{threading.get_ident()}.tmp")
    with folders_made(target.parent):
        try:
            yield waiting
            with waiting.open("rb+") as file:
                os.fsync(file.fileno())
            target_of(target)
            os.replace(waiting, target)
        except BaseException:
            # A system where nothing may be written says so once more here, which must not hide what went wrong.
            with suppress(OSError):
                waiting.unlink(missing_ok=True)
            raise


@contextmanager
def folders_made(folder: Path) -> Iterator[None]:
    """The folder exists within the block; if the block raises, those that had to be made are gone again, if still empty."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def _short(name: str) -> str:
    """The name, or the beginning of a long one with a hash of the whole."""
    if len(os.fsencode(name)) <= LONGEST:
        return name
    beginning = os.fsencode(name)[: LONGEST - 17].decode("utf-8", "ignore")
    return f"{beginning}-{sha256(os.fsencode(name)).hexdigest()[:16]}"


def write_bytes_whole(path: Path, data: bytes) -> None:
    """Write a file, or leave it as it was; raises OSError."""
    with written_whole(path) as waiting:
        waiting.write_bytes(data)


def write_text_whole(path: Path, text: str) -> None:
    """Write a file in UTF-8, its line ends as they are, or leave it as it was; raises OSError."""
    write_bytes_whole(path, text.encode())


def why(error: OSError) -> str:
    """What the system had against it, in its own words but without the path."""
    if error.errno is None or isinstance(error, NotAnOrdinaryFile):
        return error.strerror or str(error)
    return os.strerror(error.errno)
