"""Marlshire, the invented place that is used when none is given: about fifty partners, complete, like a real system."""

from __future__ import annotations

from importlib.resources import as_file, files

from incentive_abm.place.csv_reading import load_place
from incentive_abm.place.place import Place

SHIPPED = "marlshire"


def shipped_place() -> Place:
    """The shipped place, read from the package's data by the same reader as any other.

    >>> shipped_place().title
    'Marlshire'
    """
    with as_file(files("incentive_abm") / "data" / SHIPPED) as folder:
        return load_place(folder)
