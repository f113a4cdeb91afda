"""Parts are kept once played, each in one file written whole, so that a trial can be stopped and taken up again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pandas as pd

import experiments
from experiments.fates.trial import Trial
from incentive_abm.compiling import source_hash
from incentive_abm.files import written_whole


def sources() -> str:
    """A hash of everything that decides what a part holds: the model, its shipped scenarios and place, and the experiments'
    own files, of which the trial uses more than its own folder."""
    read = [*Path(experiments.__file__).parent.rglob("*.py"), *(path for path in Path(str(files("incentive_abm"))).rglob("*")
            if path.suffix in (".py", ".toml", ".csv"))]
    own = b"".join(path.read_bytes() for path in sorted(read))
    return sha256(source_hash().encode() + own).hexdigest()


def kept(folder: Path, part: str, trial: Trial, play: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The part as it was kept under the same trial and sources, or played now and kept."""
    told = json.dumps([part, asdict(trial), sources()], sort_keys=True)
    path = folder / f"{part}-{sha256(told.encode()).hexdigest()[:16]}.parquet"
    if not path.is_file():
        table = play()
        with written_whole(path) as waiting:
            table.to_parquet(waiting, index=False)
    return pd.read_parquet(path)
