"""Check and draw a place, or generate one."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm.cli import place_import
from incentive_abm.cli.shared_arguments import check_target, chosen_place, whole_number
from incentive_abm.errors import PlaceError
from incentive_abm.files import whats_there


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions check, import and generate."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|import|generate")
    check = actions.add_parser("check", help="how much of a place is real, what was filled and how")
    check.add_argument("folder", nargs="?", metavar="DIR",
                       help="folder with partners.csv and ties.csv; without it, the place that comes with the package")
    check.add_argument("--map", metavar="FILE", help="also draw the place, as .svg or .html, in the place of a file of that name")
    place_import.add_arguments(actions.add_parser(
        "import", help="turn spreadsheets, graphs, matrices and survey answers into a place, and tell what was understood"))
    generate = actions.add_parser("generate", help="write an invented place of any size and mix")
    generate.add_argument("--seed", type=whole_number(0, 2**64 - 1), required=True, help="same seed, same place")
    generate.add_argument("--out", required=True, metavar="DIR", help="a new folder for partners.csv and ties.csv")
    for name, count, words in (("trusts", 5, "hospital trusts"), ("councils", 4, "councils"),
                               ("gps", 30, "GP networks"), ("voluntary", 19, "voluntary providers")):
        generate.add_argument(f"--{name}", type=whole_number(0, 999_999), default=count, metavar="N",
                              help=f"{words}; default {count}, as in an average English system")
    generate.add_argument("--ties", type=whole_number(1), metavar="N", help="exact number of ties; else as they come")


def main(args: argparse.Namespace) -> int:
    """Check, import or generate."""
    if args.action == "import":
        return place_import.main(args)
    return _check(args) if args.action == "check" else _generate(args)


def _check(args: argparse.Namespace) -> int:
    from incentive_abm.place.check import check_place

    if args.map:
        check_target(Path(args.map), PlaceError, "the map")
    place = chosen_place(args.folder)
    if args.map:
        from incentive_abm.place.drawing import draw_map

        draw_map(place, args.map)
    print(check_place(place).text())
    if args.map:
        print(f"\nMap: {args.map}")
    return 0


def _generate(args: argparse.Namespace) -> int:
    from incentive_abm.place.check import check_place
    from incentive_abm.place.generate import generate_place

    folder = Path(args.out)
    there = whats_there(folder)
    if there and (there != "a folder" or any(folder.iterdir())):
        raise PlaceError(f"--out {folder} is {there}{' that is not empty' * (there == 'a folder')}; choose a new folder")
    place = generate_place(args.seed, args.trusts, args.councils, args.gps, args.voluntary, ties=args.ties,
                           name=folder.resolve().name)
    place.save(folder)
    print(check_place(place).text())
    print(f"\nWritten to {folder}")
    return 0
