"""Set-up shared by all tests."""

from __future__ import annotations

from hypothesis import settings

# No test is timed: a slow machine must not fail a property.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
