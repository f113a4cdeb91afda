"""Run random rows of a sweep again, each alone; every column must come out the same, to the last bit."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm.cli.shared_arguments import whole_number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, how many rows, and which."""
    parser.add_argument("folder", metavar="DIR", help="the folder of a sweep")
    parser.add_argument("--rows", type=whole_number(1), default=20, metavar="N", help="how many rows; default 20")
    parser.add_argument(
        "--seed", type=whole_number(0), metavar="N", help="choose the same rows again; default: other ones each time"
    )


def main(args: argparse.Namespace) -> int:
    """Exit code 0 where all match, 1 where any differs."""
    from experiments.running.verification import verify
    from incentive_abm.cli.progress_bar import prepared

    prepared(1)
    done = verify(Path(args.folder), args.rows, args.seed)
    for note in done.notes:
        print(f"Note: {note}")
    if done.source_then != done.source_now:
        print(f"Note: the sweep was made by source {done.source_then}, this is {done.source_now}; results may rightly differ.")
    if not done.differences:
        print(f"{done.rows} of {done.of:,} rows were run again: all match exactly.")
        return 0
    rows = {each.run_id for each in done.differences}
    print(f"{done.rows} of {done.of:,} rows were run again: {len(rows)} differ.")
    for each in done.differences[:20]:
        print(f"  run {each.run_id}: {each.column} was {each.stored!r}, is {each.again!r}")
    return 1
