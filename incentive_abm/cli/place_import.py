"""Turn spreadsheets, graphs, matrices and survey answers into a place."""

from __future__ import annotations

import argparse

from incentive_abm.errors import UserError
from incentive_abm.files import path_of, readable, why


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, where the place goes, and what a person decides."""
    parser.add_argument("files", nargs="+", metavar="FILE",
                        help="CSV or other text in columns, .xlsx, GraphML, GEXF, Pajek, GML, JSON or edge lists; or a folder "
                             "of them")
    parser.add_argument("--out", required=True, metavar="DIR", help="a new folder for partners.csv, ties.csv and the report")
    parser.add_argument("--map", action="append", default=[], metavar="WHAT:TEXT=ANSWER",
                        help='what you decide, for example kind:"Community interest company"=voluntary or '
                             'column:Organisation=name; '
                             "may be repeated; @FILE reads one from each line of a file")
    parser.add_argument("--twice", choices=("larger", "added"), default="larger",
                        help="people and spend of a tie that is told more than once, both directions or side by side; default: "
                             "larger")
    parser.add_argument("--kinds-from-names", action="store_true",
                        help="where nothing says a partner's kind, let its name say it (Ashby Borough Council, Elm Surgery)")


def main(args: argparse.Namespace) -> int:
    """Import, write, and tell."""
    from incentive_abm.place.importing import check_new, import_place

    folder = path_of(args.out)
    check_new(folder)
    done = import_place([path_of(each) for each in args.files], maps=_maps(args.map), twice=args.twice,
                        kinds_from_names=args.kinds_from_names, name=folder.resolve().name)
    done.save(folder)
    print(done.report.text())
    print(f"\nWritten to {folder}: partners.csv, ties.csv, import-report.md, import-report.json")
    print(f"Next: incentive-abm run {folder}")
    return 0


def _maps(given: list[str]) -> list[str]:
    """The answers, those in files spread out; a line that begins with # is a remark."""
    found = []
    for each in given:
        if not each.startswith("@"):
            found.append(each)
            continue
        path = path_of(each[1:])
        try:
            lines = readable(path).read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            raise UserError(f"--map {each}: {path} cannot be read: {why(error)}") from None
        except UnicodeDecodeError:
            raise UserError(f"--map {each}: {path} is not UTF-8 text") from None
        found += [line.strip().removeprefix("--map ") for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return found
