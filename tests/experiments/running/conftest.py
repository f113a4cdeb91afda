"""The small study, swept once for all tests that compare with it."""

from pathlib import Path

import pytest
from small_study import plan_of, swept


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study, swept by one worker without a break."""
    folder = tmp_path_factory.mktemp("reference") / "small"
    assert swept(plan_of(), folder).complete
    return folder
