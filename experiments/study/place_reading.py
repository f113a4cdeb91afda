"""Reading the places of a study: folders, the one shipped, or mixes to generate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from experiments.study.place_numbers import NUMBERS
from experiments.study.study import PlaceSource
from incentive_abm.errors import StudyError
from incentive_abm.faults import Faults
from incentive_abm.files import path_of
from incentive_abm.toml_reading import TomlTable

KINDS = ("trusts", "councils", "gps", "voluntary")


def named_places(data: TomlTable) -> list[str]:
    """Names under which the file speaks of its places, where some of them cannot be read."""
    given = data.values.get("places")
    names = list(given) if isinstance(given, Mapping) else []
    copied = [f"{name}-{k + 1}" for name in names for k in range(1000)
              if isinstance(given, Mapping) and "copies" in str(given[name])]
    return [*names, *copied] or ["shipped"]


def read_places(data: TomlTable, folder: Path) -> tuple[PlaceSource, ...]:
    """The places, in the order of the file; raises StudyError that tells everything that is wrong with them."""
    if data.has("place") and data.has("places"):
        raise data.mistake("give either place or [places.NAME], not both")
    if not data.has("places"):
        named = data.text("place") or "shipped"
        return (PlaceSource("shipped") if named == "shipped" else _folder(named, Path(named).name, folder, data.where),)
    places = data.table("places")
    if not places.keys:
        raise data.mistake("[places] is empty; expected for example [places.small] with generate or folder")
    faults = Faults(StudyError)
    found = [each for name in places.keys for each in faults.attempt((), _named_place, places, name, folder)]
    names = [each.name for each in found]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            faults.take(places.mistake(f"two places are called {name}"))
    faults.tell()
    return tuple(found)


def _named_place(places: TomlTable, name: str, folder: Path) -> tuple[PlaceSource, ...]:
    return _place(places.table(name), name, folder)


def _place(data: TomlTable, name: str, folder: Path) -> tuple[PlaceSource, ...]:
    """One place, or as many as `copies` says."""
    data.only(("folder", "generate", "shipped", "title", "numbers"))
    given = [key for key in ("folder", "generate", "shipped") if data.has(key)]
    if len(given) != 1:
        raise data.mistake(f"expected one of folder, generate or shipped = true, got {', '.join(given) or 'none'}")
    table = data.table("numbers")
    title, numbers = data.text("title"), tuple((key, _covariate(table, key)) for key in table.keys)
    if data.has("folder"):
        return (replace(_folder(data.text("folder"), name, folder, data.where), title=title, numbers=numbers),)
    if data.has("shipped"):
        if not data.flag("shipped", True):
            raise data.mistake("shipped is false; leave the place out instead")
        return (PlaceSource(name, title=title, numbers=numbers),)
    mix = data.table("generate")
    faults = Faults(StudyError)
    faults.attempt(None, mix.only, ("seed", "copies", *KINDS, "ties"))
    counts = {"seed": faults.attempt(0, mix.whole, "seed", None, 0, 2**62)}
    counts |= {kind: faults.attempt(0, mix.whole, kind, 0, 0, 999_999) for kind in KINDS}
    if mix.has("ties"):
        counts["ties"] = faults.attempt(1, mix.whole, "ties", None, 1, 10_000_000)
    faults.tell()
    partners = sum(counts[kind] for kind in KINDS)
    if partners < 2:
        raise mix.mistake("a place needs at least two partners; give trusts, councils, gps, voluntary")
    title = title or f"{partners} partners"
    if not mix.has("copies"):
        return (PlaceSource(name, generate=tuple(counts.items()), title=f"{title} ({name})", numbers=numbers),)
    return tuple(
        PlaceSource(
            f"{name}-{k + 1}",
            generate=tuple((counts | {"seed": counts["seed"] + k}).items()),
            title=f"{title} ({name}-{k + 1})",
            numbers=numbers,
        )
        for k in range(mix.whole("copies", None, 1, 1000))
    )


def _covariate(table: TomlTable, key: str) -> float:
    if key in NUMBERS:
        raise table.mistake(f"{key} is counted in the place itself; give the covariate another name")
    value = table.number(key, None)
    assert value is not None
    return value


def _folder(named: str, name: str, folder: Path, where: str) -> PlaceSource:
    path = folder / path_of(named)
    if not path.is_dir():
        raise StudyError(
            f'{where}: there is no place folder {path}; expected "shipped" or a folder with partners.csv and ties.csv'
        )
    return PlaceSource(name, path)
