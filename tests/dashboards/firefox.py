"""A real Firefox, spoken to in Marionette's own words (JSON over a socket), so that no driver is needed."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("firefox-esr", "firefox")
WAIT = 40.0
"""Seconds until it must have answered."""


def find_firefox() -> str | None:
    """Path of a Firefox; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One window, with a profile of its own."""

    def __init__(self, program: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        Path(self.profile.name, "user.js").write_text(f'user_pref("marionette.port", {port});\n', encoding="utf-8")
        self.process = subprocess.Popen([program, "--headless", "--no-remote", "--marionette", "--profile", self.profile.name],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + WAIT
        while True:
            try:
                self.link = socket.create_connection(("127.0.0.1", port), timeout=WAIT)
                break
            except OSError:
                if time.monotonic() > until:
                    self.process.kill()
                    raise
                time.sleep(0.1)
        self.asked = 0
        self._read()
        self.ask("WebDriver:NewSession")

    def ask(self, what: str, **given: Any) -> Any:
        """The answer to a command; RuntimeError with Firefox's own words where it fails."""
        self.asked += 1
        message = json.dumps([0, self.asked, what, given]).encode()
        self.link.sendall(b"%d:%b" % (len(message), message))
        _, _, error, found = self._read()
        if error:
            raise RuntimeError(error["message"])
        return found["value"] if isinstance(found, dict) and "value" in found else found

    def _read(self) -> Any:
        length, found = b"", b""
        while (letter := self.link.recv(1)) != b":":
            length += letter
        while len(found) < int(length):
            found += self.link.recv(int(length) - len(found))
        return json.loads(found)

    def run(self, script: str) -> Any:
        """What a script's `return` gives in the page."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])

    def until(self, condition: str) -> None:
        """Wait until an expression holds in the page."""
        end = time.monotonic() + WAIT
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() > end:
                raise TimeoutError(f"{condition}; the page says: {self.run('return document.body.innerText')[:500]}")
            time.sleep(0.05)

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(WAIT)
        self.link.close()
        self.profile.cleanup()
