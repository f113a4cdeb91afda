"""Files appear whole: written under another name in the same folder, made sure of on the disk, then renamed."""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside the target (.NAME.….tmp, the same for no other process or thread on any machine) to write to.

    It takes the target's name when the block ends, and is removed when the block raises: the target is as before then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.{platform.node() or 'host'}-{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        yield waiting
        with waiting.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(waiting, path)
    finally:
        waiting.unlink(missing_ok=True)


def write_bytes_whole(path: Path, data: bytes) -> None:
    """Write a file, or leave it as it was; raises OSError."""
    with written_whole(path) as waiting:
        waiting.write_bytes(data)


def write_text_whole(path: Path, text: str) -> None:
    """Write a file in UTF-8, its line ends as they are, or leave it as it was; raises OSError."""
    write_bytes_whole(path, text.encode())
