"""What a report is made from: two tables, a question and where it all came from."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.contrast import Contrast
from experiments.running.stored_sweep import StoredSweep
from incentive_abm.errors import StudyError
from incentive_abm.parameters import PARAMETERS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ReportInputs:
    """A complete or unfinished sweep.

    results, design   see `experiments.analysis` and `experiments.designs`
    question          what the study asks, in plain words
    outcome           the number whose movers are reported
    labels            plain words for factors, blockers and outcomes, by name
    runs_planned      0 where unknown; more than the rows of `results` makes the report say that it is partial
    runs_failed       runs that stopped with an error
    provenance        plain name -> value: place, scenario, seed, version, source hash, ...
    value_labels      plain words for values of a factor, by factor and value (titles of places)
    contrast          what the study itself asks, answered first; None where it leaves that open
    map_of            the two columns of the map; empty where the report is to choose
    good_from, more_is_better   what is good enough, and which way is better, for policies over futures
    """

    results: pd.DataFrame
    design: pd.DataFrame
    question: str
    outcome: str = "integration"
    labels: Mapping[str, str] = field(default_factory=dict)
    runs_planned: int = 0
    runs_failed: int = 0
    provenance: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    contrast: Contrast | None = None
    map_of: tuple[str, ...] = ()
    good_from: float | None = None
    more_is_better: bool = True

    def __repr__(self) -> str:
        return f"ReportInputs({self.question!r}, {len(self.results):,} runs at {len(self.design):,} points)"

    @property
    def partial(self) -> bool:
        """Whether runs are still to come."""
        return self.runs_planned > len(self.results) + self.runs_failed


def read_folder(folder: str | Path) -> ReportInputs:
    """Read a sweep's folder, finished or not; nothing in it is changed. Parts of an unfinished one that are damaged are left out.

    Of the manifest these keys are used: question, outcome, labels, runs_planned, value_labels, contrast, map, robust; all else
    is shown as provenance.
    Raises StudyError naming the file that is missing or damaged, or where there are no results yet.
    """
    import pandas as pd

    store = StoredSweep(Path(folder))
    store.require()
    manifest = store.manifest()
    # A category may be called "none" or "NA", and `changed` is "" for a baseline: only numbers turn into numbers.
    design = pd.read_csv(io.StringIO(store.design_text()), keep_default_na=False)
    results = store.rows().to_pandas()
    failed = sum(1 for _ in store.failure_records())
    if results.empty and not failed:
        raise StudyError(f"{folder}: there are no results yet (results.parquet, or parts/*.parquet)")
    planned = manifest["runs_planned"]
    told = {"runs_done": len(results), "complete": len(results) + failed >= planned}
    used = ("question", "outcome", "labels", "runs_planned", "runs_failed", "value_labels", "contrast", "map", "robust")
    robust = manifest.get("robust") or {}
    return ReportInputs(
        results=results,
        design=design,
        question=manifest["question"],
        outcome=manifest["outcome"],
        labels=plain_labels() | manifest["labels"],
        runs_planned=planned,
        runs_failed=failed,
        value_labels=manifest.get("value_labels") or {},
        contrast=Contrast(**manifest["contrast"]) if manifest.get("contrast") else None,
        map_of=tuple(manifest.get("map") or ()),
        good_from=robust.get("good_from"),
        more_is_better=robust.get("more_is_better", True),
        provenance=dict(_flat({name: value for name, value in (manifest | told).items() if name not in used})),
    )


def plain_labels() -> dict[str, str]:
    """Plain words for every parameter and blocker of the model, by the name that a table holds."""
    from incentive_abm.kinds import Blocker

    labels = {name: parameter.label for name, parameter in PARAMETERS.items()}
    return labels | {blocker.code: blocker.label for blocker in Blocker if blocker.code not in labels}


def _flat(values: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Nested keys as "outer inner" -> text."""
    rows: list[tuple[str, str]] = []
    for name, value in values.items():
        label = f"{prefix} {name}".strip().replace("_", " ")
        if isinstance(value, Mapping):
            rows += _flat(value, label)
        else:
            rows.append((label, json.dumps(value) if isinstance(value, list) else str(value)))
    return rows
