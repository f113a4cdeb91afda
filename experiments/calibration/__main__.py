"""A calibration that is shipped, and the page that stands among the documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from incentive_abm.cli.in_a_line import in_a_line
from incentive_abm.cli.shared_arguments import whole_number
from incentive_abm.files import write_text_whole


def main(given: Sequence[str]) -> int:
    """Write OUT.md and, where asked for, the posterior; a mistake is told in one line."""
    parser = argparse.ArgumentParser(prog="python -m experiments.calibration", description=__doc__)
    parser.add_argument("out", metavar="OUT.md", type=Path, help="the page to write")
    parser.add_argument("--study", default="one-place", metavar="NAME", help="a calibration that is shipped; default one-place")
    parser.add_argument("--points", type=whole_number(200, 10_000_000), metavar="N",
                        help="settings tried, instead of the study's own number")
    parser.add_argument("--held-out", action="store_true", help="also compare published patterns that were held out")
    parser.add_argument("--posterior", type=Path, metavar="FILE.csv", help="write the settings taken there, too")
    parser.add_argument("--keep", type=Path, default=Path("runs/calibration"), metavar="DIR",
                        help="where sweeps are kept, so that none is run twice; default runs/calibration")
    args = parser.parse_args(given)
    return in_a_line(lambda: _write(args, " ".join(["python -m experiments.calibration", *given])))


def _write(args: argparse.Namespace, command: str) -> None:
    from experiments.calibration.calibrating import calibrate
    from experiments.calibration.calibration_study import load_calibration, with_points
    from experiments.calibration.page import markdown
    from experiments.calibration.written import csv_of, write
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.engine.run import threads_available
    from incentive_abm.state.arrays import LANES

    study = load_calibration(args.study)
    if args.points:
        study = with_points(study, args.points)
    prepared(LANES)
    known = calibrate(study, args.keep / f"{study.name}-{study.points}", threads_available(), args.held_out)
    write(known, args.keep / f"{study.name}-{study.points}")
    write_text_whole(args.out, markdown(known, command))
    if args.posterior:
        write_text_whole(args.posterior, csv_of(known))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
