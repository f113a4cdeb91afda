"""From what a user writes, `my_measures.py:weakest_trust`, to measures that runs can keep."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from incentive_abm.compiling.rule_set import FromText
from incentive_abm.errors import UserError, quoted
from incentive_abm.files import path_of
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from incentive_abm.rivals.checking import only_what_rules_may_read, spot
from incentive_abm.rivals.choosing import function_of
from incentive_abm.user_measures.compiled import ARGUMENTS, compiled

EXAMPLE = '"""Trust on the weakest tie (0..1)."""'


@dataclass(frozen=True)
class OwnMeasure:
    """A measure from a user's file: the function's name is that of its column, its docstring gives meaning and unit."""

    meaning: str
    unit: str
    origin: FromText

    @property
    def name(self) -> str:
        """The column in tables."""
        return self.origin.name

    @property
    def hash(self) -> str:
        """Tells measures apart: SHA-256 (first 16 hex digits) of the function's name and its whole file."""
        return hashlib.sha256(f"{self.origin.name}\0{self.origin.text}".encode()).hexdigest()[:16]


def chosen_measures(written: Iterable[str], folder: Path, taken: Mapping[str, str] | None = None) -> tuple[OwnMeasure, ...]:
    """Measures from files, each compiled once to see that it can be.

    folder: where files are looked for; taken: further names that no measure may have, and what has them. Raises UserError for
    a file or function that cannot be used: other arguments, what cannot be compiled, no number, no docstring, a name taken.
    """
    used = {each.casefold(): "a parameter" for each in PARAMETERS} | {each.code.casefold(): "a measure" for each in Measure}
    used |= {name.casefold(): what for name, what in (taken or {}).items()}
    found: list[OwnMeasure] = []
    for each in written:
        measure = _measure(each, folder)
        what = used.get(measure.name.casefold())
        if what is not None:
            raise UserError(f"{each}: {measure.name} is the name of {what} already, whatever the case of its letters; "
                            "give the function another name")
        used[measure.name.casefold()] = "another measure of your own"
        found.append(measure)
    return tuple(found)


def from_here(written: str) -> str:
    """The same choice, its file named whole, for a file that is looked for from the current folder."""
    file, function = _split(written)
    return f"{path_of(file).absolute()}:{function}"


def again(measure: Mapping[str, str], text: str, shown: str) -> OwnMeasure:
    """A measure from what a folder keeps of it: function, meaning and unit, and the text of its file."""
    return OwnMeasure(measure["meaning"], measure["unit"], FromText(text, measure["name"], shown))


def _split(written: str) -> tuple[str, str]:
    file, sign, function = written.rpartition(":")
    if not sign or not file.strip() or not function.strip():
        raise UserError(f"{quoted(written)} names no measure; expected FILE.py:FUNCTION, for example "
                        "my_measures.py:weakest_trust")
    return file.strip(), function.strip()


def _measure(written: str, folder: Path) -> OwnMeasure:
    file, name = _split(written)
    function = function_of(folder / path_of(file), file, name, written)
    where = f"{written}: {spot(function)}"
    _right_arguments(list(inspect.signature(function).parameters), name, where)
    only_what_rules_may_read(function, where, "measure")
    meaning, unit = _told(inspect.getdoc(function) or "", where)
    origin: FromText = vars(function)["loaded_from"]
    try:
        compiled(origin)
    except UserError as error:
        raise UserError(f"{where}: {error}") from None
    return OwnMeasure(meaning, unit, origin)


def _right_arguments(given: Sequence[str], name: str, where: str) -> None:
    if tuple(given) != ARGUMENTS:
        expected = ", ".join(ARGUMENTS)
        raise UserError(f"{where}: its arguments are ({', '.join(given)}); a measure takes these, by these names and in this "
                        f"order: def {name}({expected})")


def _told(doc: str, where: str) -> tuple[str, str]:
    """Meaning and unit: the docstring's first paragraph, and what stands in brackets at its end."""
    first = " ".join(doc.split("\n\n")[0].split()).rstrip(".")
    unit = re.search(r"\(([^()]+)\)$", first)
    if unit is None:
        raise UserError(f"{where}: its docstring {'tells no unit' if first else 'is missing'}; expected what is measured, with "
                        f"the unit or range in brackets at the end of its first paragraph, for example {EXAMPLE}")
    return first, unit[1]
