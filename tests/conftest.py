"""Set-up shared by all tests."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# No test is timed: a slow machine must not fail a property. `make test` draws the same examples every time, so that a change
# and nothing else can fail it; `make test-all` draws fresh ones.
settings.register_profile("same", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("fresh", deadline=None, print_blob=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def browsers() -> Iterator[Any]:
    """Playwright, once for all tests of a process: two at a time refuse each other."""
    playwright = pytest.importorskip("playwright.sync_api",
                                     reason="tests in a browser need playwright: install 'incentive-abm[dev]'")
    with playwright.sync_playwright() as engine:
        yield engine


def pytest_configure(config: pytest.Config) -> None:
    """Let processes that tests start be stopped with Ctrl-C, also where the shell that started the tests ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
