"""From what people have to a place: files are opened, tables understood, partners and ties put together, and all is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from incentive_abm.errors import PlaceError, nearest
from incentive_abm.files import readable, whats_there, why, written_whole
from incentive_abm.place.build import build
from incentive_abm.place.check import check_place
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, TIE_COLUMNS
from incentive_abm.place.importing.maps import Maps
from incentive_abm.place.importing.opening import FORMS, opened
from incentive_abm.place.importing.partners import Partner, partners_of_ends, read_partners, with_kinds
from incentive_abm.place.importing.report import REPORT_DATA, REPORT_TEXT, ImportReport
from incentive_abm.place.importing.reshaping import reshaped
from incentive_abm.place.importing.tables import understood
from incentive_abm.place.importing.telling import Telling
from incentive_abm.place.importing.ties import Tie, Twice, ends_of, read_tie_tables, read_ties
from incentive_abm.place.place import Place
from incentive_abm.place.sheet import Sheet


@dataclass(frozen=True)
class Imported:
    """A place and the report of how it was come by."""

    place: Place
    report: ImportReport

    def save(self, folder: str | Path) -> None:
        """Write partners.csv, ties.csv and the report into a folder."""
        path = Path(folder)
        self.place.save(path)
        try:
            with ExitStack() as both:
                for name, text in ((REPORT_TEXT, self.report.markdown()), (REPORT_DATA, self.report.json())):
                    both.enter_context(written_whole(path / name)).write_bytes(text.encode())
        except OSError as error:
            raise PlaceError(f"{error.filename or path} cannot be written: {why(error)}") from error


def import_place(files: str | Path | Iterable[str | Path], *, maps: Iterable[str] = (), twice: str | Twice = Twice.LARGER,
                 kinds_from_names: bool = False, name: str = "") -> Imported:
    """The place in one file or several (a folder stands for the files in it), and the report of what was understood.

    `maps` holds what a person decided, such as `"kind:Community interest company=voluntary"`; `twice` is what becomes of people
    and spend told of twice, "larger" or "added"; `kinds_from_names` lets names such as "Ashby Town Council" say a kind. Raises
    ImportRefused with all that must be decided or mended.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "borsetshire.csv"
    >>> _ = file.write_text("Organisation;Type\\nSt Elsewhere;NHS trust\\nBorchester;County council\\n")
    >>> import_place(file)
    Traceback (most recent call last):
    incentive_abm.place.importing.telling.ImportRefused: ...
    """
    paths = [Path(files)] if isinstance(files, str | Path) else [Path(each) for each in files]
    contents: dict[str, bytes] = {}
    for path in _spread(paths):
        label = path.name if path.name not in contents else str(path)
        try:
            contents[label] = readable(path).read_bytes()
        except FileNotFoundError:
            siblings = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
            raise PlaceError(f"there is no file {path}{nearest(path.name, siblings)}") from None
        except OSError as error:
            raise PlaceError(f"{path} cannot be read: {why(error)}") from None
    first = paths[0] if paths else Path("place")
    return import_contents(contents, maps=maps, twice=twice, kinds_from_names=kinds_from_names, name=name or first.resolve().stem)


def import_contents(files: Mapping[str, bytes], *, maps: Iterable[str] = (), twice: str | Twice = Twice.LARGER,
                    kinds_from_names: bool = False, name: str = "place") -> Imported:
    """As `import_place`, of files held in memory, such as files dropped on a page; by their names."""
    if not files:
        raise PlaceError(f"there is nothing to import; give one file or several: {FORMS}")
    if isinstance(maps, str):
        maps = [maps]
    try:
        both = Twice(twice)
    except ValueError:
        raise PlaceError(f"twice is {twice!r}; expected larger or added") from None
    telling = Telling(Maps.of(maps))
    tables = reshaped(understood(opened(files, telling), telling), telling)
    told = read_partners(tables, telling)
    tie_tables = read_tie_tables(tables, telling)
    partners, left_out = with_kinds(told or partners_of_ends(ends_of(tie_tables), telling), kinds_from_names, telling)
    ties = read_ties(tie_tables, partners, left_out, both, telling)
    telling.refuse()
    telling.maps.check_used()
    place = build(name, _partner_sheet(partners), _tie_sheet(ties))
    return Imported(place, ImportReport(tuple(telling.lines.values()), check_place(place)))


def check_new(folder: Path) -> None:
    """Raise PlaceError where a place cannot be put: only a new or empty folder takes one."""
    there = whats_there(folder)
    if there and (there != "a folder" or any(folder.iterdir())):
        raise PlaceError(f"{folder} is {there}{' that is not empty' * (there == 'a folder')}; choose a new folder")


def _spread(paths: Sequence[Path]) -> list[Path]:
    """A folder stands for the files in it that are not hidden, and not a report of ours."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "~$"))
                            and each.name not in (REPORT_TEXT, REPORT_DATA))
            if not inside:
                raise PlaceError(f"{path} is a folder without files")
            found += inside
        else:
            found.append(path)
    return found


def _partner_sheet(partners: Sequence[Partner]) -> Sheet:
    notes = sorted({name for each in partners for name in each.notes})
    cells: dict[str, list[object]] = {"id": [each.id for each in partners], "name": [each.name for each in partners],
                                      "kind": [each.kind.code if each.kind is not None else "" for each in partners]}
    for column in PARTNER_COLUMNS.values():
        if column.number:
            cells[column.name] = [each.numbers.get(column.name) for each in partners]
    cells.update({name: [each.notes.get(name, "") for each in partners] for name in notes})
    return Sheet(cells, len(partners), lambda row, column: partners[row].where if row >= 0 else "partners")


def _tie_sheet(ties: Sequence[Tie]) -> Sheet:
    notes = sorted({name for each in ties for name in each.notes})
    cells: dict[str, list[object]] = {"source": [each.source for each in ties], "target": [each.target for each in ties],
                                      "basis": ["; ".join(each.bases) for each in ties]}
    for column in TIE_COLUMNS.values():
        if column.number:
            cells[column.name] = [each.numbers.get(column.name) for each in ties]
    cells.update({name: ["; ".join(each.notes.get(name, ())) for each in ties] for name in notes})
    return Sheet(cells, len(ties), lambda row, column: f"the tie {ties[row].source}–{ties[row].target}" if row >= 0 else "ties")
