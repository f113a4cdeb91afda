"""What the page says of runs: its own scripts, run by node."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dashboards.page_data import page_data
from dashboards.runs import message
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario

SCRIPT = Path(__file__).parent / "static" / "told.mjs"


def told_by_the_page(place: Place, runs: Sequence[tuple[Scenario, int]]) -> list[dict[str, Any]]:
    """The header of each run (scenario, world) with its verdict and moments; skips the test where there is no node."""
    if shutil.which("node") is None:
        pytest.skip("needs node")
    asked = {"data": page_data(place), "messages": [base64.b64encode(message(place, *each)).decode() for each in runs]}
    said = subprocess.run(["node", str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, check=False,
                          timeout=300)
    assert said.returncode == 0, said.stderr
    found: list[dict[str, Any]] = json.loads(said.stdout)
    return found
