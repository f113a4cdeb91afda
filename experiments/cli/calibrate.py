"""Narrow what is uncertain by what was observed: settings of the model that agree with it, and how far to believe them.

Can be stopped at any moment; the same command goes on where it stopped. docs/calibration.md has every key of a study.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import whole_number

if TYPE_CHECKING:
    from experiments.calibration.calibrating import Known


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """STUDY, where to, and whether what was held out is compared."""
    parser.add_argument("study", nargs="?", metavar="STUDY",
                        help="a calibration's name or a .toml file; without it, those shipped are listed")
    parser.add_argument("--out", metavar="DIR", help="folder for runs, posterior and report; what is there is gone on with")
    parser.add_argument("--points", type=whole_number(200, 10_000_000), metavar="N",
                        help="settings tried, instead of the study's own number")
    parser.add_argument("--held-out", action="store_true",
                        help="afterwards: compare published patterns that were held out, with what is known now")
    parser.add_argument("--workers", type=whole_number(1, 4096), metavar="N", help="threads at once; default: one a processor")


def main(args: argparse.Namespace) -> int:
    """Run, find the posterior, try it, write everything, and say in words what the data say."""
    from experiments.calibration.calibration_study import load_calibration, shipped_calibrations, with_points
    from incentive_abm.errors import StudyError, UserError

    if args.study is None:
        lines = ["Calibrations that come with the package: incentive-abm calibrate STUDY --out DIR", ""]
        for name in shipped_calibrations():
            lines += [f"  {name}", f"      {load_calibration(name).question}"]
        print("\n".join(lines))
        return 0
    if args.out is None:
        raise UserError(f"expected --out DIR, a folder for the results, for example --out runs/{Path(args.study).stem}")
    study = load_calibration(args.study)
    if args.points:
        study = with_points(study, args.points)
    out = Path(args.out)
    from experiments.calibration.calibrating import calibrate
    from experiments.calibration.patterns import QUARTERS
    from experiments.calibration.written import write

    if args.held_out and study.quarters < QUARTERS:
        raise StudyError(f"--held-out: published patterns are read off runs of {QUARTERS} quarters, and those of "
                         f"{study.name} have {study.quarters}")
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.engine.run import threads_available
    from incentive_abm.optional_libraries import library
    from incentive_abm.state.arrays import LANES

    library("sklearn")
    prepared(LANES)
    known = calibrate(study, out, args.workers or threads_available(), args.held_out)
    written = write(known, out)
    print(told(known))
    print("\n".join(f"{what}: {path}" for what, path in written.items()))
    print(EXPLORATION)
    return 0


def told(known: Known) -> str:
    """What came of it, in words."""
    from experiments.calibration.sentences import sentences

    return "\n".join(sentences(known))
