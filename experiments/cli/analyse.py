"""Analyse a sweep, finished or not: one page that opens anywhere, offline, and everything in it as CSV, JSON and SVG."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import add_page, check_target
from incentive_abm.errors import StudyError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, --out, --page and --no-pictures."""
    parser.add_argument("folder", metavar="DIR", help="the folder of a sweep")
    parser.add_argument("--out", metavar="FILE",
                        help="where the report goes, in the place of a file of that name; default: DIR/report.html")
    add_page(parser, "its typical and its oddest runs")
    parser.add_argument("--no-pictures", action="store_true", help="no SVG files, which need kaleido and a browser")


def main(args: argparse.Namespace) -> int:
    """Read the sweep, and write nothing but the report with its tables and pictures."""
    from experiments.report import PicturesError, read_folder, stage_page, write_report
    from experiments.running.stored_sweep import StoredSweep

    folder = Path(args.folder)
    target = Path(args.out) if args.out else folder / "report.html"
    store = StoredSweep(folder)
    store.require()
    check_target(target, StudyError, "the report")
    stage = args.page and stage_page(folder, args.page)
    inputs = read_folder(folder)
    tables, pictures = target.parent / "tables", target.parent / "pictures"
    left_out = "--no-pictures" if args.no_pictures else ""
    try:
        path = write_report(inputs, target, tables, None if left_out else pictures, stage)
    except PicturesError as error:
        path, left_out = target, str(error)
    for note in store.notes():
        print(f"Note: {note}")
    if inputs.partial:
        print(f"Unfinished: {len(inputs.results):,} of {inputs.runs_planned:,} runs are there; the report says so")
    print(f"Report: {path}\nTables, as CSV and JSON: {tables}")
    print(f"Pictures are left out: {left_out}" if left_out else f"Pictures, as SVG: {pictures}")
    print(EXPLORATION)
    return 0
