"""Parts are kept once played, each in one file written whole, so that a trial can be stopped and taken up again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pandas as pd

from experiments.fates.trial import Trial
from incentive_abm.compiling import source_hash
from incentive_abm.files import written_whole


def sources() -> str:
    """A hash of everything that decides what a part holds: the model, and the trial's own files."""
    own = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
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
