"""What becomes of many generated places under one policy, and what each mechanism changes: a page of tables and sentences."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.fates.page import PARTS, calibration_page, page
from experiments.fates.trial import Trial, read_mechanism
from incentive_abm.cli.in_a_line import in_a_line
from incentive_abm.cli.progress_bar import prepared
from incentive_abm.cli.shared_arguments import assignments, whole_number
from incentive_abm.errors import UserError
from incentive_abm.files import write_text_whole
from incentive_abm.state.arrays import LANES
from incentive_abm.times import QUARTERS_A_YEAR


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    found = argparse.ArgumentParser(prog="python -m experiments.fates", description=__doc__)
    found.add_argument("out", metavar="OUT.md", type=Path, help="the page to write")
    found.add_argument("--places", type=whole_number(4, 100_000), default=200, metavar="N",
                       help="generated places, at least 4; default 200")
    found.add_argument("--place", default="", metavar="PLACE",
                       help="the shipped place (marlshire), or a place's folder, with N lots of luck instead of N places")
    found.add_argument("--seeds", type=whole_number(1, 10_000), default=4, metavar="N",
                       help="seeds a place, at least 2 but for --calibrate; default 4")
    found.add_argument("--quarters", type=whole_number(20, 400), default=60, metavar="N",
                       help="how long runs last, in whole years; default 60")
    found.add_argument("--set", action="append", default=[], dest="assignments", metavar="NAME=VALUE",
                       help="this value throughout; may be repeated (see: incentive-abm parameters)")
    found.add_argument("--mechanism", action="append", default=[], metavar="NAME=OFF:ON[,NAME=OFF:ON]",
                       help="a mechanism by the parameter (or parameters) that switch it; may be repeated")
    found.add_argument("--calibrate", type=whole_number(40, 1_000_000), metavar="POINTS",
                       help="instead: sizes of mechanisms sought together over so many points; the points taken go to OUT.csv")
    found.add_argument("--part", action="append", choices=list(PARTS), metavar="NAME",
                       help=f"only this part; may be repeated: {', '.join(PARTS)}")
    found.add_argument("--keep", type=Path, default=Path("runs/fates"), metavar="DIR",
                       help="where parts are kept once played, so that none is played twice; default runs/fates")
    return found


def main(given: Sequence[str]) -> int:
    """Write the page; a mistake is told in one line."""
    args = parser().parse_args(given)
    return in_a_line(lambda: _write(args, " ".join(["python -m experiments.fates", *given])))


def _write(args: argparse.Namespace, command: str) -> None:
    if args.quarters % QUARTERS_A_YEAR:
        raise UserError(f"--quarters {args.quarters}: expected whole years, a multiple of {QUARTERS_A_YEAR}")
    trial = Trial(args.places, args.seeds, args.quarters, tuple(assignments(args.assignments).items()),
                  tuple(read_mechanism(text) for text in args.mechanism), given=args.place)
    if args.seeds < 2 and not args.calibrate:
        raise UserError(f"--seeds {args.seeds}: expected 2 or more, so that luck can be told from places")
    trial.scenario(0.0)
    if args.place and "variance" in (args.part or PARTS):
        raise UserError("--place: the part variance compares places, and there is one; name the parts wanted with --part")
    if args.part and "mechanisms" in args.part and not trial.mechanisms:
        raise UserError("--part mechanisms: no mechanism is named; expected --mechanism NAME=OFF:ON")
    prepared(LANES)
    if args.calibrate:
        text, taken = calibration_page(trial, args.calibrate, args.keep, command)
        write_text_whole(args.out.with_suffix(".csv"), taken.to_csv(index=False, float_format="%.6g"))
    else:
        text = page(trial, args.part or list(PARTS), args.keep, command)
    write_text_whole(args.out, text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
