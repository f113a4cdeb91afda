"""What a run leaves behind: tables, a manifest, and the stories that can be told from its log.

`read_run(DIR)` gives the tables as pandas DataFrames; `gather` makes the log of a run that is still in memory;
`stories` makes sentences from a log. Each is loaded when it is first asked for, as the engine takes a second to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incentive_abm.log.declared import Log, Outcome, What
    from incentive_abm.results.log_gathering import gather
    from incentive_abm.results.run_folder import ResultsError
    from incentive_abm.results.run_reading import Run, read_run
    from incentive_abm.results.running import Result, own_measures, run

__all__ = ["Log", "Outcome", "Result", "ResultsError", "Run", "What", "gather", "own_measures", "read_run", "run"]

_HOMES = {"ResultsError": "results.run_folder", "gather": "results.log_gathering", "Log": "log.declared",
          "Outcome": "log.declared", "What": "log.declared", "Run": "results.run_reading", "read_run": "results.run_reading",
          "Result": "results.running", "own_measures": "results.running", "run": "results.running"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"incentive_abm.{_HOMES[name]}"), name)
