"""Analyse a sweep, finished or not, and write its report: one page that opens anywhere, offline."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm import EXPLORATION


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR and --out."""
    parser.add_argument("folder", metavar="DIR", help="the folder of a sweep")
    parser.add_argument("--out", metavar="FILE", help="where the report goes; default: DIR/report.html")


def main(args: argparse.Namespace) -> int:
    """Bring the manifest up to date, then write the report."""
    from experiments.report import write_report
    from experiments.running.sweep_folder import SweepFolder

    folder = Path(args.folder)
    store = SweepFolder.existing(folder)
    before = store.manifest()
    stopped = int(before["replicates"]) if "stopped" in before else None
    complete = stopped is not None or len(store.done()) >= int(store.sweep()["chunks"])
    manifest = store.take_stock(complete, replicates=stopped)
    path = write_report(folder, Path(args.out) if args.out else folder / "report.html")
    if not complete:
        print(f"Unfinished: {manifest['runs_done']:,} of {manifest['runs_planned']:,} runs are there; the report says so")
    print(f"Report: {path}\n{EXPLORATION}")
    return 0
