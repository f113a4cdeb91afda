"""Write the page for a room as one HTML file: it opens from a disk or a memory stick, needs no network and nothing installed."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm.cli.shared_arguments import add_known, add_place, add_rules, check_target, chosen_place, known_after_data
from incentive_abm.errors import UserError
from incentive_abm.files import why, write_text_whole


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PLACE, --rule, --posterior, --out."""
    add_place(parser)
    add_rules(parser)
    add_known(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write, for example stage.html")


def main(args: argparse.Namespace) -> int:
    """Write the file and say how large it is."""
    from dashboards.cli.rules_for_page import rules_for_page
    from dashboards.one_file import stage_file
    from dashboards.places import checked_size

    place = chosen_place(args.place)
    checked_size(place)
    known = known_after_data(args, place)
    check_target(args.out, UserError, "the page")
    rules = rules_for_page(args.rules)
    content = stage_file(place, rules, known)
    try:
        write_text_whole(args.out, content)
    except OSError as error:
        raise UserError(f"--out {args.out}: cannot be written: {why(error)}") from None
    by = f", by other rules than the shipped ones ({rules.told})" if rules else ""
    print(f"{args.out}: {len(content.encode()) / 1e6:.2f} MB, {place.title}{by}. Open it in a browser; it needs nothing else.")
    return 0
