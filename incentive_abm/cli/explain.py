"""Tell the history of one tie in sentences, from the folder of a run."""

from __future__ import annotations

import argparse
import textwrap
from typing import TYPE_CHECKING

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import whole_number
from incentive_abm.cli.telling import print_json
from incentive_abm.errors import UserError

if TYPE_CHECKING:
    from incentive_abm.results.run_reading import Run
    from incentive_abm.results.stories import Sentence

_WIDTH = 110


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, --tie A B, --seed."""
    parser.add_argument("folder", metavar="DIR", help="folder of a run (made with: incentive-abm run --out DIR)")
    parser.add_argument("--tie", nargs=2, required=True, metavar=("A", "B"), help="two partners, by id or name")
    parser.add_argument("--seed", type=whole_number(0), metavar="N", help="which of the runs; default: the first seed")
    parser.add_argument("--json", action="store_true", help="print for machines: each sentence with the events it rests on")


def main(args: argparse.Namespace) -> int:
    """Print one tie's history."""
    from incentive_abm.results.run_reading import read_run
    from incentive_abm.results.stories import tie_story

    run = read_run(args.folder)
    place = run.place
    tie = place.tie(*args.tie)
    seed = _seed(run, args.seed)
    story = tie_story(run.log(run.seeds.index(seed)), place, tie)
    if args.json:
        print_json([_record(sentence) for sentence in story])
    else:
        a, b = place.labels[place.ties.a[tie]], place.labels[place.ties.b[tie]]
        print(f"{a} and {b}, in {place.title} under “{run.scenario.title}”, seed {seed}\n")
        for sentence in story:
            print(textwrap.fill(str(sentence), _WIDTH, subsequent_indent="    ", break_on_hyphens=False))
        print(f"\n{EXPLORATION}")
    return 0


def _seed(run: Run, asked: int | None) -> int:
    if asked is None:
        return run.seeds[0]
    if asked not in run.seeds:
        raise UserError(f"--seed {asked} is not one of this folder's runs; expected {run.seeds[0]} to {run.seeds[-1]}")
    return asked


def _record(sentence: Sentence) -> dict[str, object]:
    return {"quarter": sentence.quarter, "until": sentence.until, "text": sentence.text, "rows": list(sentence.rows)}
