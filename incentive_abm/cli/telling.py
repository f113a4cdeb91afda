"""What a command prints never decides what becomes of its results: words that cannot be told are left out, and that is said."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from typing import TextIO

PIPE_CLOSED, UNTOLD = 141, 1
"""Exit codes where what was printed reached nobody: its reader has gone, as a shell tells it; or it could not be written."""


class _Outlet(io.FileIO):
    """A stream of this process that remembers the first failure, and from then on swallows what it is given."""

    failure: OSError | None = None

    def write(self, data: object) -> int:
        """As FileIO's, but never raises OSError."""
        if self.failure is None:
            try:
                return super().write(data)  # type: ignore[arg-type]
            except OSError as error:
                self.failure = error
        return len(memoryview(data))  # type: ignore[arg-type]


class Streams:
    """Standard output and error of this process, made so that printing cannot fail: closed ones lead nowhere, characters that an
    encoding cannot hold are replaced."""

    def __init__(self) -> None:
        for number in (0, 1, 2):
            _open(number)
        self._out, self._err = _Outlet(1, "w", closefd=False), _Outlet(2, "w", closefd=False)
        sys.stdout = _words(self._out, sys.stdout, "replace")
        sys.stderr = _words(self._err, sys.stderr, "backslashreplace")

    def finish(self, code: int) -> int:
        """Send what is left; the exit code, which tells where a command that went well could not say so."""
        sys.stdout.flush()
        failure = self._out.failure
        if failure is not None and failure.errno != errno.EPIPE:
            print(f"incentive-abm: what was to be printed could not be: {failure.strerror}", file=sys.stderr)
        sys.stderr.flush()
        if failure is None or code:
            return code
        return PIPE_CLOSED if failure.errno == errno.EPIPE else UNTOLD


def _open(number: int) -> None:
    """See that a file opened later does not get the number of a standard stream that was closed."""
    try:
        os.fstat(number)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_RDWR), number)


def _words(outlet: _Outlet, like: TextIO | None, errors: str) -> TextIO:
    encoding = like.encoding if like is not None else "utf-8"
    return io.TextIOWrapper(io.BufferedWriter(outlet), encoding, errors, line_buffering=outlet.isatty() or outlet.fileno() == 2)


def print_json(value: object) -> None:
    """Print for machines: letters as they are, or as JSON's own escapes where the output cannot hold every one."""
    held = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    print(json.dumps(value, indent=2, ensure_ascii=not held))
