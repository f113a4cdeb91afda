"""Examples in docstrings, run as they are written."""

from __future__ import annotations

import doctest
import importlib
from typing import Any


def run_examples(function: Any, name: str) -> None:
    """Fails where a function has no example, or one that does not give what it says."""
    globs = dict(vars(importlib.import_module(function.__module__)))
    (found,) = doctest.DocTestFinder(recurse=False).find(function, name, globs=globs)
    assert found.examples, f"{name} has no example"
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(found, out=told.append)
    assert not told, "".join(told)
