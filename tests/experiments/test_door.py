"""What `experiments` offers to Python: each with an example that runs, loaded when it is asked for."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import experiments


@pytest.mark.parametrize("name", experiments.__all__)
def test_every_function_has_an_example_that_runs_as_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xarray")
    monkeypatch.chdir(tmp_path)
    function = getattr(experiments, name)
    globs = dict(vars(importlib.import_module(function.__module__)))
    (found,) = doctest.DocTestFinder(recurse=False).find(function, name, globs=globs)
    assert found.examples, f"{name} has no example"
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(found, out=told.append)
    assert not told, "".join(told)
