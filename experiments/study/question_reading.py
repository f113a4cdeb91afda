"""Reading what a study asks of its results: its own contrast, its map, the numbers of its places, what is good enough."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.analysis.contrast import Contrast
from experiments.designs.factors import OF_PLACE, Value
from experiments.study.place_numbers import NUMBERS
from experiments.study.study import PlaceSource, Robust
from incentive_abm.errors import nearest
from incentive_abm.toml_reading import TomlTable

CONTRAST = ("of", "by", "from", "to", "by_from", "by_to")


def place_numbers(data: TomlTable, places: Sequence[PlaceSource]) -> tuple[str, ...]:
    """Columns of the numbers of places that a study names in `place_numbers`, or asks about."""
    named = data.texts("place_numbers")
    known = {*NUMBERS, *(name for place in places for name, _ in place.numbers)}
    for name in named:
        if name not in known:
            raise data.mistake(f"place_numbers: {name!r} is no number of a place{nearest(name, known)}; "
                               f"expected one of {', '.join(sorted(known))}, or one of numbers = {{ … }} under [places.NAME]",
                               "place_numbers")
        if name not in NUMBERS:
            without = [place.name for place in places if name not in dict(place.numbers)]
            if without:
                raise data.mistake(f"place_numbers: {name} is not given for the place {without[0]}; every place needs it",
                               "place_numbers")
    if named and len(places) < 2:
        raise data.mistake("place_numbers: there is one place; several stand under [places.NAME]",
                               "place_numbers")
    return tuple(OF_PLACE + name for name in dict.fromkeys(named))


def named_numbers(data: TomlTable) -> tuple[str, ...]:
    """The columns that `place_numbers` asks for, where the places themselves cannot be read."""
    given = data.values.get("place_numbers")
    return tuple(OF_PLACE + str(name) for name in given) if isinstance(given, list) else ()


def column_of(data: TomlTable, key: str, named: str, names: Sequence[str], numbers: Sequence[str]) -> str:
    """The column of a factor (of `names`) or of a number of the places by the name that the study gives."""
    if named in names:
        return named
    if OF_PLACE + named in numbers:
        return OF_PLACE + named
    known = [*names, *(each.removeprefix(OF_PLACE) for each in numbers)]
    hint = f"; for a number of the places write place_numbers = [\"{named}\"]" if named in NUMBERS else ""
    told = f"{nearest(named, known)}; expected one of {', '.join(known)}{hint}"
    raise data.mistake(f"{key}: the study does not vary {named!r}{told}", key)


def read_map(data: TomlTable, names: Sequence[str], numbers: Sequence[str]) -> tuple[str, ...]:
    """The two columns of the map, or none where the study leaves the choice to the report."""
    named = data.texts("map")
    if named and len(set(named)) != 2:
        raise data.mistake(f'map is {list(named)!r}; expected two different factors, for example map = ["bailout", "partners"]',
                           "map")
    return tuple(column_of(data, "map", name, names, numbers) for name in named)


def read_contrast(data: TomlTable, names: Sequence[str], numbers: Sequence[str]) -> Contrast | None:
    """The study's own question, where it states one."""
    if not data.has("contrast"):
        return None
    table = data.table("contrast")
    table.only(CONTRAST)
    of = column_of(table, "of", table.needed_text("of", "bailout"), names, numbers)
    by = column_of(table, "by", table.text("by"), names, numbers) if table.has("by") else ""
    if of == by:
        raise table.mistake(f"of and by are both {of}; expected two different factors")
    if of.startswith(OF_PLACE) and by:
        raise table.mistake("of is a number of the places, which nothing can move within one place; put it under by")
    if not by and (table.has("by_from") or table.has("by_to")):
        raise table.mistake("by_from and by_to need by, the factor they belong to")
    return Contrast(of, by, *(_value(table, key) for key in ("from", "to", "by_from", "by_to")))


def _value(table: TomlTable, key: str) -> Value | None:
    value = table.values.get(key)
    if value is not None and not isinstance(value, int | float | bool | str):
        raise table.mistake(f"{key} is {value!r}; expected a value of the factor", key)
    return value


def read_robust(data: TomlTable) -> Robust:
    """What is good enough, and which way is better."""
    table = data.table("robust")
    table.only(("good_from", "better"))
    better = table.text("better") or "more"
    if better not in ("more", "less"):
        raise table.mistake(f"better is {better!r}; expected more or less", "better")
    return Robust(table.number("good_from", None), better == "more")
