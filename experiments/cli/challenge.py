"""What would turn a claim round? Search all other settings for the nearest in which the model says the opposite.

The claim is one of the ledger (--claim), or your own (--lever, --measure, --sign). Can be stopped; the same command goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import chosen_place, whole_number
from incentive_abm.errors import UserError

if TYPE_CHECKING:
    from experiments.claims.challenge import Reversal, Towards
    from experiments.claims.claim import Trial

TOWARDS = ("against", "for", "either")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which claim, where, and where to."""
    parser.add_argument("--claim", metavar="ID", help="a claim of the ledger, such as 001-11 (see: incentive-abm claims)")
    parser.add_argument("--lever", action="append", default=[], metavar="NAME=LOW:HIGH",
                        help="a claim of your own: a setting and the two values between which it is moved; may be repeated")
    parser.add_argument("--measure", metavar="NAME", help="of your own claim: what is measured, such as integration")
    parser.add_argument("--sign", choices=("+", "-"), help="of your own claim: whether the measure is expected to rise or fall")
    parser.add_argument("--towards", choices=TOWARDS, default="against",
                        help="what to look for: where the effect is against what is expected (default), for it, or either")
    parser.add_argument("--place", metavar="DIR",
                        help="folder with partners.csv and ties.csv; default: the place that is shipped")
    parser.add_argument("--generations", type=whole_number(1, 1000), default=8, metavar="N",
                        help="how long to search on where the most telling settings are not enough; default 8")
    parser.add_argument("--seed", type=whole_number(0), default=1, metavar="N", help="of luck and search; default 1")
    parser.add_argument("--out", metavar="DIR", required=True, help="folder for what was tried, and for the report")


def main(args: argparse.Namespace) -> int:
    """Search, try again with fresh luck, write the report and print it."""
    from experiments.claims.challenge import Challenge, Towards, as_data
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.files import why, write_text_whole
    from incentive_abm.state.arrays import LANES

    name, said, trial = _asked(args)
    place, out, towards = chosen_place(args.place), Path(args.out), Towards(args.towards)
    prepared(LANES)

    def heard(points: int) -> None:
        print(f"\r{points:,} settings tried", end="", file=sys.stderr, flush=True)

    found = Challenge(trial, place, towards, out / "tried.json", heard, args.generations, args.seed).search()
    print(file=sys.stderr)
    text = report(name, said, place.title, towards, trial, found)
    try:
        write_text_whole(out / "reversal.json", json.dumps(as_data(found), indent=1, ensure_ascii=False) + "\n")
        write_text_whole(out / "reversal.md", text)
    except OSError as error:
        raise UserError(f"{out}: the report cannot be written: {why(error)}") from None
    print(text)
    print(f"Report: {out / 'reversal.md'}")
    return 0


def _asked(args: argparse.Namespace) -> tuple[str, str, Trial]:
    """The claim's name, what it says, and how it is put to the model."""
    from experiments.claims.claim import Design
    from experiments.claims.ledger import FOLDER, PUBLISHED, chosen, claims_of, load_ledger, own_trial

    own = [option for option, given in (("--lever", args.lever), ("--measure", args.measure), ("--sign", args.sign)) if given]
    if args.claim and own:
        raise UserError(f"--claim {args.claim} and {own[0]}: give a claim of the ledger, or one of your own, not both")
    if args.claim:
        claim = chosen(claims_of((*load_ledger(FOLDER), *load_ledger(PUBLISHED))), [args.claim], "--claim")[0]
        if claim.trial is None or claim.trial.design is Design.SPREAD:
            reason = claim.why_not or "it is about the spread over many settings, and has no setting of its own"
            raise UserError(f"--claim {claim.id}: nothing can turn it round: {reason}")
        return claim.id, claim.says, claim.trial
    missing = [option for option in ("--lever", "--measure", "--sign") if option not in own]
    if missing:
        raise UserError(f"{missing[0]} is missing: expected --claim ID, or --lever NAME=LOW:HIGH with --measure NAME and "
                        "--sign + or -")
    trial = own_trial(args.lever, args.measure, args.sign)
    return "your claim", f"{', '.join(args.lever)}: {args.measure} {'rises' if args.sign == '+' else 'falls'}", trial


def report(name: str, said: str, place: str, towards: Towards, trial: Trial, found: Reversal) -> str:
    """What was found, as Markdown."""
    from experiments.claims.challenge import carried_by
    from experiments.claims.verdict import signed
    from incentive_abm.results.turned_round import FRESH_WORLDS

    unit = trial.outcome.measured.unit
    start, low, high = found.at_start
    lines = [f"# What would turn {name} round", f"{said}. {EXPLORATION}",
             f"Today in {place}: {trial.outcome.measured.meaning}: {signed(start)} {unit} ({signed(low)} to {signed(high)}, 95%, "
             f"{len(FRESH_WORLDS)} lots of luck); of interest from {trial.smallest:g}; sought: {towards.value}."]
    if not found.found:
        lines.append(f"No such setting was found in {found.runs:,} runs. That is no proof that there is none.")
    else:
        mean, low, high = found.there
        sure = ("Fresh luck bears it out" if found.confirmed else "Fresh luck does not bear it out: this is no reversal")
        lines += [f"Nearest found, {found.distance:.2f} of a setting's range away, in {found.runs:,} runs: {signed(mean)} {unit} "
                  f"({signed(low)} to {signed(high)}). {sure}.",
                  "What it rests on:\n\n" + "\n".join(f"- {each}" for each in carried_by(found)) if found.moves
                  else "It is so today.",
                  f"World {found.seed}; in {found.typical:.0%} of worlds the effect has this sign. Behind the address of the "
                  f"stage, or of a page written by `incentive-abm page`: `{found.link}`"]
    return "\n\n".join(lines) + "\n"
