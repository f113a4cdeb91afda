"""What `experiments` offers to Python: each with an example that runs, loaded when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

import experiments
from tests.examples_in_docstrings import run_examples


@pytest.mark.parametrize("name", experiments.__all__)
def test_every_function_has_an_example_that_runs_as_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xarray")
    monkeypatch.chdir(tmp_path)
    run_examples(getattr(experiments, name), name)
