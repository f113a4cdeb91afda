"""Where the fuzz takes place: one folder of its own. Nothing outside it may be named, and it refuses to start elsewhere."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

SPECIAL = ("a-pipe", "a-link-to-nothing", "a-loop", "a-link-to-a-pipe", "a-device")
_LEADS_OUT = re.compile(r"""(^|[\s"'=/\\])(\.\.|~)([/\\"'\s]|$)|(^|["'=\s])[/~]""")


class LeadsOutside(AssertionError):
    """A value of the fuzz that could name something that it did not make."""


class Ground:
    """A folder made by this process, the working folder and the home of everything that the fuzz does."""

    def __init__(self, root: Path) -> None:
        told = root.lstat()
        if not stat.S_ISDIR(told.st_mode) or told.st_uid != os.getuid() or any(root.iterdir()):
            raise LeadsOutside(f"{root} is not an empty folder of one's own")
        if Path(tempfile.gettempdir()).resolve() not in root.resolve().parents:
            raise LeadsOutside(f"{root} does not lie within the folder for temporary files")
        self.root = root.resolve()
        self.home, self.work = self.root / "home", self.root / "work"
        self.home.mkdir()
        self.work.mkdir()

    def special_files(self) -> None:
        """What is no ordinary file, made here: a pipe, links, and a device where one may be made."""
        os.mkfifo(self.work / "a-pipe")
        (self.work / "a-link-to-nothing").symlink_to("nothing")
        (self.work / "a-loop").symlink_to("a-loop")
        (self.work / "a-link-to-a-pipe").symlink_to("a-pipe")
        try:
            os.mknod(self.work / "a-device", 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        except OSError:
            (self.work / "a-device").mkdir()

    def require_within(self, arguments: list[str]) -> None:
        """Raise LeadsOutside where an argument could name anything that does not lie in the ground."""
        if Path.cwd() != self.work:
            raise LeadsOutside(f"the working folder is {Path.cwd()}")
        for word in arguments:
            if leads_out(word):
                raise LeadsOutside(f"the argument {word[:80]!r}")

    def state(self) -> Mapping[str, tuple[int, bytes]]:
        """Everything in the ground: its kind and what it holds, without opening what is no file."""
        found = {}
        for folder, folders, files in os.walk(self.work):
            for name in (*folders, *files):
                path = Path(folder, name)
                mode = path.lstat().st_mode
                held = path.read_bytes() if stat.S_ISREG(mode) and os.access(path, os.R_OK) else b""
                found[str(path.relative_to(self.work))] = (stat.S_IFMT(mode), held)
        return found


def leads_out(text: str) -> bool:
    """Whether a text could be a path out of the working folder: from the root, a home or a parent."""
    return bool(_LEADS_OUT.search(text)) or "/dev" in text or "/proc" in text
