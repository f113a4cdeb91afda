"""The published patterns: what each says, where it stands, how it may be used, and how it is read off the model, if it can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from experiments.calibration.observed import Observation, read_observations
from incentive_abm.errors import StudyError
from incentive_abm.toml_reading import TomlFiles, parse_toml

FILES = TomlFiles(Path(__file__).parent.parent / "patterns", "pattern", StudyError)
QUARTERS = 60
"""Length of the runs that patterns are read off."""


class Use(Enum):
    """What a pattern may be used for."""

    CALIBRATE = "calibrate"
    HOLD_OUT = "hold out"
    REPORT = "report"


@dataclass(frozen=True)
class Pattern:
    """One published pattern. observed: its targets in the model; not_measured: why there are none, or what they leave out."""

    number: int
    says: str
    source: str
    use: Use
    observed: tuple[Observation, ...]
    not_measured: str


@lru_cache(maxsize=1)
def load_patterns() -> tuple[Pattern, ...]:
    """All that come with the package, by number."""
    found = [_pattern(FILES.text(FILES.find(name)), name) for name in FILES.names()]
    return tuple(sorted(found, key=lambda each: each.number))


def _pattern(text: str, name: str) -> Pattern:
    data = parse_toml(text, name, StudyError)
    data.only(("number", "says", "source", "use", "observed", "not_measured"))
    observed, why = read_observations(data, QUARTERS), data.text("not_measured")
    if not observed and not why:
        raise data.mistake("expected [[observed]], or not_measured = the reason why the model has nothing to compare")
    return Pattern(data.whole("number", None, 1), data.needed_text("says", "Most places pool little"),
                   data.needed_text("source", "NAO 2017"), data.choice("use", Use), observed, why)
