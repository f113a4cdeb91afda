"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from incentive_abm.errors import StudyError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def temporary_for(path: Path) -> Path:
    """A name in the same folder that no other process uses and nobody reads."""
    return path.with_name(f".{path.name}.{os.uname().nodename if hasattr(os, 'uname') else 'host'}-{os.getpid()}.tmp")


def write_whole(path: Path, content: bytes) -> None:
    """Write under a temporary name, make sure that it is on the disk, then rename; raises StudyError."""
    waiting = temporary_for(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with waiting.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(waiting, path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: OSError) -> StudyError:
    """What to tell a user whose disk is full or whose folder is closed."""
    if error.errno in _NO_ROOM:
        return StudyError(
            f"there is no room left to write {path}; what is there already is whole. "
            "Make room and start again with the same command"
        )
    return StudyError(f"{path} cannot be written: {error.strerror or error}")
