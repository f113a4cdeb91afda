"""The measures of a user's own as a sweep's folder keeps them, to read them off a row's run again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from incentive_abm.errors import StudyError
from incentive_abm.files import readable
from incentive_abm.user_measures import OwnMeasure
from incentive_abm.user_measures.choosing import again


def hashes_of_measures(own: Sequence[OwnMeasure]) -> dict[str, str]:
    """What a sweep's fingerprint says of them."""
    return {f"measure {each.name}": each.hash for each in own}


def files_of_measures(own: Sequence[OwnMeasure]) -> dict[str, str]:
    """The text of each user's file, by the name it is kept under."""
    return {f"inputs/measures/{k}.py": text for k, text in enumerate(dict.fromkeys(each.origin.text for each in own))}


def measures_described(own: Sequence[OwnMeasure]) -> list[dict[str, str]]:
    """Each measure as inputs/sweep.json tells it, and in which kept file it stands."""
    kept = {text: name for name, text in files_of_measures(own).items()}
    return [{"name": each.name, "meaning": each.meaning, "unit": each.unit, "hash": each.hash,
             "file": kept[each.origin.text]} for each in own]


def kept_measures(folder: Path, told: Sequence[Mapping[str, Any]]) -> tuple[OwnMeasure, ...]:
    """The measures again; raises StudyError where a kept file is not what it was when the sweep was begun."""
    found = []
    for each in told:
        path = folder / each["file"]
        measure = again(each, readable(path).read_text(encoding="utf-8"), str(path))
        if measure.hash != each["hash"]:
            raise StudyError(f"{path}: the measure {measure.name} is not that of the sweep: the file has changed "
                             "since; the same sweep, run again with --fresh, begins anew")
        found.append(measure)
    return tuple(found)
