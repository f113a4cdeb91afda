"""Analyse a sweep, finished or not: one page that opens anywhere, offline, and everything in it as CSV, JSON and SVG."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm import EXPLORATION


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, --out and --no-pictures."""
    parser.add_argument("folder", metavar="DIR", help="the folder of a sweep")
    parser.add_argument("--out", metavar="FILE", help="where the report goes; default: DIR/report.html")
    parser.add_argument("--no-pictures", action="store_true", help="no SVG files, which need kaleido and a browser")


def main(args: argparse.Namespace) -> int:
    """Bring the manifest up to date, then write the report."""
    from experiments.report import PicturesError, write_report
    from experiments.running.sweep_folder import SweepFolder

    folder = Path(args.folder)
    store = SweepFolder.existing(folder)
    before = store.manifest()
    stopped = int(before["replicates"]) if "stopped" in before else None
    complete = stopped is not None or len(store.done()) >= int(store.sweep()["chunks"])
    manifest = store.take_stock(complete, replicates=stopped)
    target = Path(args.out) if args.out else folder / "report.html"
    tables, pictures = target.parent / "tables", target.parent / "pictures"
    left_out = "--no-pictures" if args.no_pictures else ""
    try:
        path = write_report(folder, target, tables, None if left_out else pictures)
    except PicturesError as error:
        path, left_out = target, str(error)
    if not complete:
        print(f"Unfinished: {manifest['runs_done']:,} of {manifest['runs_planned']:,} runs are there; the report says so")
    print(f"Report: {path}\nTables, as CSV and JSON: {tables}")
    print(f"Pictures are left out: {left_out}" if left_out else f"Pictures, as SVG: {pictures}")
    print(EXPLORATION)
    return 0
