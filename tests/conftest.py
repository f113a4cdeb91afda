"""Set-up shared by all tests."""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

# No test is timed: a slow machine must not fail a property.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Let processes that tests start be stopped with Ctrl-C, also where the shell that started the tests ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
