"""What the page itself answers: its own scripts and the compiled model, run by node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from dashboards.held import held
from dashboards.page_data import page_data
from incentive_abm.browser.module import MODULE
from incentive_abm.place import Place, shipped_place
from incentive_abm.scenario import Scenario
from incentive_abm.scenario.as_data import written

ASKED = Path(__file__).parent / "static" / "asked_of_the_file.mjs"


@lru_cache(maxsize=2)
def in_the_file(place: Place) -> dict[str, Any]:
    """What the page's file holds of a place."""
    return {"module": str(MODULE), "data": page_data(place), "held": held(place)}


def answers(asked: Sequence[dict[str, Any]], place: Place | None = None) -> list[Any]:
    """What the page answers, of the shipped place unless another is named; skips the test where there is no node."""
    if shutil.which("node") is None:
        pytest.skip("needs node")
    given = json.dumps({**in_the_file(place or shipped_place()), "asked": asked})
    said = subprocess.run(["node", str(ASKED)], input=given, capture_output=True, text=True, timeout=500, check=False)
    assert said.returncode == 0, said.stderr
    found: list[Any] = json.loads(said.stdout)
    return found


def request(scenario: Scenario, seed: int, place: Place | None = None) -> dict[str, Any]:
    """The question for one run."""
    return {"place": (place or shipped_place()).hash, "scenario": written(scenario), "seed": seed}


def told_by_the_page(place: Place, runs: Sequence[tuple[Scenario, int]]) -> list[dict[str, Any]]:
    """The header of each run (scenario, world) with its verdict and moments."""
    return answers([{"what": "told", "request": request(*each, place)} for each in runs], place)
