"""What a run's folder is known by, and where one may be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from incentive_abm.errors import UserError
from incentive_abm.files import FULL, whats_there, why
from incentive_abm.given_numbers import MOST_SEED
from incentive_abm.json_reading import Each, Form, Whole, read_json
from incentive_abm.results.folder_building import built, held_in, recover, resolved

MANIFEST = "manifest.json"
KIND = "incentive-abm run"
"""What a manifest of ours says under "kind"."""
FORM: Form = {
    "kind": str, "format": Whole(1), "source_hash": str, "quarters": Whole(1, 400),
    "record": ("measures", "events", "everything"), "seeds": {"first": Whole(0, MOST_SEED), "count": Whole(1)},
    "place": {"title": str, "hash": str, "folder": str},
    "scenario": {"name": str, "title": str, "toml": str},
    "parameters": Each((str, float)), "tables": Each({"rows": Whole(0)}), "files": [str],
}
"""What is read back of a manifest, and what it must be; `manifest.manifest` writes more."""

OWN_MEASURES: Form = [{"name": str, "meaning": str, "unit": str}]
"""What a manifest says of measures of a user's own, where it says anything: folders made before there were any do not."""


class ResultsError(UserError):
    """A results folder that cannot be written, replaced or read."""


def manifest_of(folder: Path, form: Form) -> dict[str, Any]:
    """The manifest of a run of ours, checked against a form; raises ResultsError where there is none, or a damaged one."""
    path = folder / MANIFEST
    if not path.exists():
        raise ResultsError(f"{folder} has no {MANIFEST}; expected the folder of a run (made with: "
                           "incentive-abm run --out DIR)")
    if read_json(path, {"kind": str}, ResultsError)["kind"] != KIND:
        raise ResultsError(f"{path} is not the manifest of a run")
    told: dict[str, Any] = read_json(path, form, ResultsError)
    return told


def check_out(out: Path) -> None:
    """Raise ResultsError unless a run may be written to `out`: a new or empty folder, or one that holds a run of ours only."""
    try:
        _check_out(out)
    except OSError as error:
        raise ResultsError(f"--out {out} cannot be used: {why(error)}") from None


def _check_out(out: Path) -> None:
    recover(out)
    target = resolved(out)
    there = whats_there(target)
    if there not in ("", "a folder"):
        raise ResultsError(f"--out {out} is {there}; expected a folder, new or with an earlier run")
    if not there or not os.access(target, os.W_OK | os.X_OK):
        _check_above(out, target, there)
    held = [] if not there else held_in(target)
    if not held:
        return
    try:
        ours = set(manifest_of(target, {"files": [str]})["files"])
    except ResultsError:
        raise ResultsError(f"--out {out} holds {held[0]} and is not the folder of an earlier run; choose a new one") from None
    foreign = [name for name in held if name not in ours]
    if foreign:
        raise ResultsError(f"--out {out} holds an earlier run, but also {foreign[0]}, which a run does not write; "
                           "move that away or choose a new folder")


def _check_above(out: Path, target: Path, there: str) -> None:
    """What stands above a new folder must let it be made."""
    if there:
        raise ResultsError(f"--out {out}: {target} cannot be written to")
    for above in target.parents:
        kind = whats_there(above)
        if kind and kind != "a folder":
            raise ResultsError(f"--out {out}: {above} is {kind}; expected a folder")
        if kind and not os.access(above, os.W_OK | os.X_OK):
            raise ResultsError(f"--out {out}: {above} cannot be written to")
        if kind:
            return


@contextmanager
def built_whole(out: Path) -> Iterator[Path]:
    """A folder to fill; when the block ends well it is found as `out`, replacing what `check_out` allows.

    When the block fails or is stopped, nothing is left. Raises ResultsError where the disk is full or cannot be written.
    """
    try:
        with built(out) as making:
            yield making
            check_out(out)
    except OSError as error:
        raise ResultsError(_told(error, out)) from error


def _told(error: OSError, out: Path) -> str:
    if error.errno in FULL or "No space left" in str(error):
        return f"the disk is full; nothing was written to {out}. Free some space, or choose --record measures or another --out"
    return f"{out} cannot be written: {why(error)}"
