"""A design from a CSV file of points, as a researcher may bring it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.factors import Factor, check_factors, design_table
from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.files import readable, why

if TYPE_CHECKING:
    import pandas as pd


def read_points(path: str | Path, factors: Sequence[Factor]) -> pd.DataFrame:
    """One design point per line; the header names the factors, in any order.

    Raises UserError naming the file, the line and the column where anything is missing, unknown or out of range.
    """
    check_factors(factors)
    known = {factor.name: factor for factor in factors}
    try:
        text = readable(Path(path)).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not a UTF-8 text (byte {error.start}); save it as 'CSV UTF-8'") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {why(error)}") from None
    try:
        lines = list(csv.reader(text.splitlines()))
    except csv.Error as error:
        raise UserError(f"{path}: not readable as CSV ({error})") from None
    if len(lines) < 2:
        raise UserError(f"{path}: expected a header and at least one point, found {len(lines)} line(s)")
    header = [name.strip() for name in lines[0]]
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            raise UserError(f"{path}, line 1: columns are separated by {word}; expected commas")
    for name in header:
        if name not in known:
            raise UserError(
                f"{path}, line 1: {quoted(name)} is not a factor of this study{nearest(name, known)}; expected {', '.join(known)}"
            )
        if header.count(name) > 1:
            raise UserError(f"{path}, line 1: column {name} appears more than once")
    for name in known:
        if name not in header:
            raise UserError(f"{path}, line 1: there is no column for factor {name}")
    columns: dict[str, list[Any]] = {name: [] for name in header}
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        if len(line) != len(header):
            raise UserError(f"{path}, line {number}: expected {len(header)} values, found {len(line)}")
        for name, text_value in zip(header, line, strict=True):
            columns[name].append(known[name].check(text_value.strip(), f"{path}, line {number}"))
    return design_table("points", factors, columns)
