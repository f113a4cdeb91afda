"""A sweep's folder as it is read: nothing in it is changed, and whatever is read back is checked against what was declared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.factors import FactorKind
from experiments.running.fingerprint import at_odds
from experiments.running.result_rows import PROVENANCE, schema
from experiments.study.study import Varies
from incentive_abm.errors import StudyError
from incentive_abm.files import readable
from incentive_abm.json_reading import Each, Form, Whole, read_json
from incentive_abm.results.stored_tables import opened, reading

if TYPE_CHECKING:
    import pyarrow as pa

NAME = re.compile(r"(\d{7})-([0-9a-f]{24})")
"""What parts and failures are called: the chunk's number, and the beginning of its hash."""
ASIDE = ".damaged"
MEND = "the same sweep, run again, mends it"
SWEEP: Form = {
    "fingerprint": Each(str), "key": str, "version": str, "quarters": Whole(1), "replicates": Whole(1), "outcome": str,
    "keep": [str], "series": [str], "places": Each(str), "scenarios": Each(str), "chunks": Whole(1),
    "factors": [{"name": str, "kind": tuple(FactorKind), "varies": tuple(each.value for each in Varies), "label": str,
                 "on": Each(float), "off": Each(float)}],
}  # fmt: skip
CONTRAST_VALUES = ("of_from", "of_to", "by_from", "by_to")
MANIFEST: Form = {
    "title": str, "question": str, "outcome": str, "labels": Each(str), "runs_planned": Whole(0), "runs_done": Whole(0),
    "runs_failed": Whole(0), "points": Whole(1), "replicates": Whole(1), "complete": bool, "fingerprint": Each(str),
    "value_labels": Each(Each(str)), "map": [str], "robust": {"good_from": (None, float), "more_is_better": bool},
    "contrast": (None, {"of": str, "by": str, **dict.fromkeys(CONTRAST_VALUES, (None, bool, float, str))}),
}  # fmt: skip
FAILURES: Form = [
    {"run_id": str, "point": Whole(0), "replicate": Whole(0), "seed": Whole(0), "place": str, "scenario": str, "error": str}
]


class StoredSweep:
    """The folder of one sweep, to be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts, self.failures = folder / "parts", folder / "failures"
        self.results, self.manifest_file = folder / "results.parquet", folder / "manifest.json"
        self.design = folder / "design.csv"

    def require(self) -> None:
        """Raise StudyError where there is no sweep."""
        if not (self.folder / "inputs" / "sweep.json").is_file():
            raise StudyError(f"{self.folder} is not the folder of a sweep (it has no inputs/sweep.json)")

    def sweep(self) -> dict[str, Any]:
        """What inputs/sweep.json says (see `description.describe`)."""
        path = self.folder / "inputs" / "sweep.json"
        told: dict[str, Any] = read_json(path, SWEEP, StudyError)
        wrong = at_odds(told)
        if wrong:
            raise StudyError(f"{path} is damaged: {wrong} is not what the sweep was begun with")
        return told

    def design_text(self) -> str:
        """The points as they are written; raises StudyError where they are not those that the sweep was begun with."""
        with reading(self.design, StudyError, MEND):
            text = readable(self.design).read_bytes().decode()
            if at_odds(self._declared, text):
                raise ValueError("its points are not those that the sweep was begun with")
        return text

    def manifest(self) -> dict[str, Any]:
        """What manifest.json says."""
        told: dict[str, Any] = read_json(self.manifest_file, MANIFEST, StudyError, MEND)
        return told

    def files(self) -> list[Path]:
        """Parts in the order of the plan."""
        return [path for path in _entries(self.parts) if path.suffix == ".parquet" and self._is_chunk(path)]

    def failure_files(self) -> list[Path]:
        """Files of failed runs, in the order of the plan."""
        return [path for path in _entries(self.failures) if path.suffix == ".json" and self._is_chunk(path)]

    def done(self) -> set[str]:
        """Names of the chunks whose part is there."""
        return {path.stem for path in self.files()}

    def failed(self) -> set[str]:
        """Names of the chunks with runs that failed."""
        return {path.stem for path in self.failure_files()}

    def foreign(self) -> list[Path]:
        """What stands among parts and failures and is neither; it is left alone."""
        ours = {*self.files(), *self.failure_files()}
        return [path for path in (*_entries(self.parts), *_entries(self.failures))
                if path not in ours and not path.name.startswith(".") and ASIDE not in path.suffixes]  # fmt: skip

    def read_part(self, path: Path) -> pa.Table:
        """A part's rows; raises StudyError where it is damaged, or none of this sweep's."""
        with reading(path, StudyError, MEND), opened(path) as file:
            told = json.loads((file.schema_arrow.metadata or {}).get(PROVENANCE, b"{}"))
            if told.get("sweep") != self._declared["key"] or not str(told.get("chunk")).startswith(path.stem[8:]):
                raise ValueError("it is not the part that this sweep wrote under its name")
            return self._checked(file)

    def read_results(self) -> pa.Table:
        """The table of a finished sweep; raises StudyError where it is damaged."""
        with reading(self.results, StudyError, MEND), opened(self.results) as file:
            return self._checked(file)

    def read_failures(self, path: Path) -> list[dict[str, Any]]:
        """A chunk's failed runs; raises StudyError where the file is damaged."""
        told: list[dict[str, Any]] = read_json(path, FAILURES, StudyError, MEND)
        return told

    def rows(self) -> pa.Table:
        """Every run that can be read: the finished table where it is there, else every part that is not damaged."""
        import pyarrow as pa

        if self.results.exists():
            return self.read_results()
        damaged = {path for path, _ in self.damaged()}
        parts = [self.read_part(path) for path in self.files() if path not in damaged]
        return pa.concat_tables(parts) if parts else self._schema.empty_table()

    def failure_records(self) -> Iterator[dict[str, Any]]:
        """Every failed run that can be read, in the order of the plan."""
        for path in self.failure_files():
            try:
                yield from self.read_failures(path)
            except StudyError:
                continue

    def damaged(self) -> list[tuple[Path, StudyError]]:
        """Parts and files of failures that cannot be read, and why."""
        found: list[tuple[Path, StudyError]] = []
        for path in (*self.files(), *self.failure_files()):
            try:
                if path.suffix == ".json":
                    self.read_failures(path)
                else:
                    self.read_part(path)
            except StudyError as error:
                found.append((path, error))
        return found

    def notes(self) -> list[str]:
        """What a reader should know of the state of the folder."""
        told = [str(error) for _, error in self.damaged()]
        return told + [f"{path} is none of this sweep's files; it is left alone" for path in self.foreign()]

    @cached_property
    def _declared(self) -> dict[str, Any]:
        return self.sweep()

    @cached_property
    def _schema(self) -> pa.Schema:
        columns = [(each["name"], FactorKind(each["kind"])) for each in self._declared["factors"]]
        return schema(columns, self._declared["keep"], self._declared["series"])

    def _checked(self, file: Any) -> pa.Table:
        table = file.read()
        if not table.schema.remove_metadata().equals(self._schema):
            raise ValueError("its columns are not those that this sweep writes")
        return table.replace_schema_metadata(None)

    def _is_chunk(self, path: Path) -> bool:
        found = NAME.fullmatch(path.stem)
        return found is not None and int(found[1]) < self._declared["chunks"]


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
