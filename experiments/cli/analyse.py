"""Analyse a sweep, finished or not, and write its report: one page that opens anywhere, offline."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import check_target
from incentive_abm.errors import StudyError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and --out."""
    parser.add_argument("folder", metavar="DIR", help="the folder of a sweep")
    parser.add_argument("--out", metavar="FILE",
                        help="where the report goes, in the place of a file of that name; default: DIR/report.html")


def main(args: argparse.Namespace) -> int:
    """Read the sweep, and write nothing but the report."""
    from experiments.report import read_folder, write_report
    from experiments.running.stored_sweep import StoredSweep

    folder = Path(args.folder)
    out = Path(args.out) if args.out else folder / "report.html"
    store = StoredSweep(folder)
    store.require()
    check_target(out, StudyError, "the report")
    inputs = read_folder(folder)
    path = write_report(inputs, out)
    for note in store.notes():
        print(f"Note: {note}")
    if inputs.partial:
        print(f"Unfinished: {len(inputs.results):,} of {inputs.runs_planned:,} runs are there; the report says so")
    print(f"Report: {path}\n{EXPLORATION}")
    return 0
