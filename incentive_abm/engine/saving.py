"""A batch of runs on disk: stopped at a quarter, to be continued later, bit for bit as if it had not been."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path

import numpy as np

from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Batch, Job
from incentive_abm.errors import UserError
from incentive_abm.files import readable, written_whole
from incentive_abm.json_reading import Form, Whole, unfit
from incentive_abm.place import Place
from incentive_abm.scenario import scenario_from_text
from incentive_abm.state.arrays import CHANGING, LANES
from incentive_abm.state.start import start

ABOUT: Form = {"place": str, "source": str, "rules": str, "quarter": Whole(0),
               "jobs": [{"scenario": str, "name": str, "seed": Whole(0)}]}
DAMAGE = (OSError, EOFError, ValueError, LookupError, TypeError, RuntimeError, OverflowError, MemoryError, struct.error)
"""What reading a file of numpy's raises where it is not as it was written."""


def save_batch(batch: Batch, path: Path) -> None:
    """Write a batch whole: its state, quarter, jobs, and what it was made with (place and source)."""
    about = {
        "place": batch.place.hash, "source": source_hash(), "rules": batch.rules.hash, "quarter": batch.quarter,
        "jobs": [{"scenario": job.scenario.to_toml(), "name": job.scenario.name, "seed": job.seed} for job in batch.jobs],
    }
    held = {name: getattr(batch.arrays, name) for name in CHANGING}
    with written_whole(path) as part, part.open("wb") as file:
        np.savez(file, about=np.array(json.dumps(about)), **held)


def load_batch(path: Path, place: Place, rules: RuleSet = SHIPPED) -> Batch:
    """Read a batch back. Raises UserError for a file that is not one, or was made with another place, source or rules."""
    try:
        with np.load(readable(path), allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            held = {name: file[name] for name in CHANGING}
        if unfit(about, ABOUT):
            raise ValueError(unfit(about, ABOUT))
    except FileNotFoundError:
        raise UserError(f"{path}: no such file; expected a saved run") from None
    except (*DAMAGE, zipfile.BadZipFile):
        raise UserError(f"{path}: not a saved run; expected a file written by save_batch") from None
    for what, found, expected in (("place", about["place"], place.hash), ("source", about["source"], source_hash()),
                                  ("set of rules", about["rules"], rules.hash)):
        if found != expected:
            raise UserError(f"{path}: saved with another {what} ({found[:12]}); this one is {expected[:12]}")
    jobs = [Job(scenario_from_text(job["scenario"], job["name"]), job["seed"], rules) for job in about["jobs"]]
    lanes = len(held["seed"])
    if not 1 <= len(jobs) <= lanes or lanes not in (1, LANES):
        raise UserError(f"{path}: not a saved run; it holds {lanes} lanes for {len(jobs)} runs")
    filled = [*jobs, *[jobs[-1]] * (lanes - len(jobs))]
    arrays = start(place, [job.scenario for job in filled], [job.seed for job in filled], rules)
    for name, values in held.items():
        fresh = getattr(arrays, name)
        if (values.dtype, values.shape) != (fresh.dtype, fresh.shape):
            raise UserError(f"{path}: not a saved run; its {name} has another shape than this place's")
    return Batch(place, jobs, arrays._replace(**held), about["quarter"], [job.scenario.bound_events(place) for job in filled])
