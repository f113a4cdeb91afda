"""Put the claims of the five texts to the model, and give each its verdict by a rule that was written beforehand.

Can be stopped at any moment; the same command goes on where it stopped. docs/claims-protocol.md states the rule.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import add_rules, whole_number

if TYPE_CHECKING:
    import pandas as pd

UNFINISHED = 1
"""Exit code where a claim has no verdict because not one of its runs came to its end."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which claims, on which places, and where to."""
    from experiments.claims.claim_study import BACKGROUNDS, SEED

    parser.add_argument("--out", metavar="DIR", help="folder for sweeps and verdicts; without it, the claims are listed")
    parser.add_argument("--published", action="store_true",
                        help="findings of published models, instead of the claims of the five texts")
    parser.add_argument("--only", nargs="+", action="extend", default=[], metavar="ID",
                        help="only these claims, such as 001-11")
    parser.add_argument("--place", nargs="+", action="extend", default=[], metavar="DIR",
                        help="folders with partners.csv and ties.csv, or 'shipped', instead of the protocol's places")
    parser.add_argument("--backgrounds", type=whole_number(16, 1_000_000), default=BACKGROUNDS, metavar="N",
                        help=f"settings of all else in which each claim is tried; default {BACKGROUNDS}")
    parser.add_argument("--seed", type=whole_number(0), default=SEED, metavar="N", help=f"of settings and luck; default {SEED}")
    add_rules(parser)
    parser.add_argument("--workers", type=whole_number(1, 4096), metavar="N", help="at once; default: one a processor")
    parser.add_argument("--processes", action="store_true", help="processes instead of threads of one process")
    parser.add_argument("--fresh", action="store_true", help="where DIR holds other sweeps, start new ones beside them")


def main(args: argparse.Namespace) -> int:
    """Sweep, judge, write the tables and the page, and print the verdicts."""
    from experiments.claims.ledger import FOLDER, PUBLISHED, chosen, claims_of, load_ledger

    sources = load_ledger(PUBLISHED if args.published else FOLDER)
    claims = chosen(claims_of(sources), args.only)
    if args.out is None:
        print("\n".join(f"  {claim.id:7} {claim.says}  [{claim.design.value}]" for claim in claims))
        print(f"\nincentive-abm claims{' --published' if args.published else ''} --out DIR puts them to the model; "
              f"docs/claims{'-published' if args.published else ''}.md has all about each")
        return 0
    from experiments.claims.claim_study import Backgrounds
    from experiments.claims.trying import put_to_the_model
    from experiments.claims.written import write_page, write_tables
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.engine.run import threads_available
    from incentive_abm.rivals.choosing import from_here, rule_set
    from incentive_abm.state.arrays import LANES

    out = Path(args.out)
    rules = tuple("=".join(from_here(each)) for each in args.rules)
    prepared(LANES, rules=rule_set(*rules))
    tried = put_to_the_model(claims, Backgrounds(args.backgrounds, tuple(args.place), args.seed, rules), out,
                             workers=args.workers or threads_available(), processes=args.processes, fresh=args.fresh,
                             words=sys.stderr)
    written = write_tables(tried, out) | write_page(tried, sources, out)
    print(_told(tried.verdicts))
    for each in tried.unfinished:
        print(f"{each} has no verdict: not one of its runs came to its end; {out / 'sweeps' / each / 'failures.json'} tells why")
    print("\n".join(f"{what}: {path}" for what, path in written.items()))
    print(EXPLORATION)
    return UNFINISHED if tried.unfinished else 0


def _told(verdicts: pd.DataFrame) -> str:
    lines = [f"{row['claim']:7} {row['verdict']:17} {row['says']}\n{'':26}{row['why']}" for _, row in verdicts.iterrows()]
    counts = ", ".join(f"{count} {name}" for name, count in verdicts["verdict"].value_counts().items())
    return "\n".join([*lines, "", counts])
