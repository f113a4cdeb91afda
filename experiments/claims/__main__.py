"""The whole ledger put to the model, and the page and table of its verdicts that stand among the documents.

With --part NAME instead: what is asked beyond the verdicts; the part's table goes beside OUT.md, which is drawn from all of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.claims.beyond import PARTS, Asked
from experiments.claims.claim_study import BACKGROUNDS
from incentive_abm.cli.in_a_line import in_a_line
from incentive_abm.cli.shared_arguments import whole_number
from incentive_abm.errors import UserError
from incentive_abm.files import write_text_whole


def main(given: Sequence[str]) -> int:
    """Write OUT.md, OUT.csv and claims-sample.csv beside it; a mistake is told in one line."""
    parser = argparse.ArgumentParser(prog="python -m experiments.claims", description=__doc__)
    parser.add_argument("out", metavar="OUT.md", type=Path, help="the page to write; its table goes beside it as CSV")
    parser.add_argument("--keep", type=Path, default=Path("runs/claims"), metavar="DIR",
                        help="where sweeps are kept, so that none is run twice; default runs/claims")
    parser.add_argument("--part", choices=["page", "room", *PARTS],
                        help="what is asked beyond the verdicts; page: draw OUT.md again; room: OUT is claims.html, "
                             "drawn from the tables in --documents; these two run nothing")
    parser.add_argument("--published", action="store_true",
                        help="findings of published models, instead of the claims of the five texts")
    parser.add_argument("--backgrounds", type=whole_number(16, 1_000_000), default=BACKGROUNDS, metavar="N",
                        help=f"settings of all else in which each claim is tried; default {BACKGROUNDS}")
    parser.add_argument("--only", nargs="+", action="extend", default=[], metavar="ID",
                        help="of reversals, direct and survival: only these claims")
    parser.add_argument("--under", nargs="+", action="extend", default=[], metavar="NAME",
                        help="of survival: only these conditions, such as trust=image")
    parser.add_argument("--place", nargs="+", action="extend", default=[], metavar="DIR",
                        help="of survival: also these places, folders with partners.csv and ties.csv")
    parser.add_argument("--documents", type=Path, default=Path("docs"), metavar="DIR",
                        help="of room: where the tables stand; default docs")
    parser.add_argument("--page", default="", metavar="FILE",
                        help="of room: a page written by `incentive-abm page`, which each claim opens with its pair of runs")
    args = parser.parse_args(given)
    return in_a_line(lambda: _asked(args))


def _asked(args: argparse.Namespace) -> None:
    if args.part == "room":
        _room(args.out, args.documents, args.page)
    elif args.part:
        _beyond(args.out, args.part, args.keep, Asked(tuple(args.only), tuple(args.under), tuple(args.place)))
    else:
        _write(args.out, args.keep, args.published, args.backgrounds)


def _write(out: Path, keep: Path, published: bool, backgrounds: int) -> None:
    from experiments.claims.claim_study import Backgrounds
    from experiments.claims.ledger import FOLDER, PUBLISHED, claims_of, load_ledger
    from experiments.claims.published_page import published_page
    from experiments.claims.sample import sample_of
    from experiments.claims.trying import put_to_the_model
    from experiments.claims.verdict_page import page
    from experiments.claims.written import read_verdicts, verdicts_csv, write_tables
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.engine.run import threads_available
    from incentive_abm.state.arrays import LANES

    sources = load_ledger(PUBLISHED if published else FOLDER)
    prepared(LANES)
    tried = put_to_the_model(claims_of(sources), Backgrounds(backgrounds), keep, workers=threads_available(), processes=False,
                             fresh=False, words=sys.stderr)
    if tried.unfinished:
        raise UserError(f"these claims have no verdict: {', '.join(tried.unfinished)}; the page is left as it was")
    written = write_tables(tried, keep)
    command = f"python -m experiments.claims {out}" + ("" if backgrounds == BACKGROUNDS else f" --backgrounds {backgrounds}")
    table = written["Verdicts"].read_text(encoding="utf-8")
    write_text_whole(out.with_suffix(".csv"), table)
    if published:
        write_text_whole(out, published_page(read_verdicts(out.with_suffix(".csv")), sources,
                                             f"{command} --published"))
        return
    sample = sample_of(tried.contrasts, claims_of(sources))
    write_text_whole(out.with_name("claims-sample.csv"), verdicts_csv(sample))
    write_text_whole(out, page(read_verdicts(out.with_suffix(".csv")), sources, command))


def _room(out: Path, documents: Path, page: str) -> None:
    from experiments.claims.ledger import load_ledger
    from experiments.claims.room_extras import extras
    from experiments.claims.room_page import render
    from experiments.claims.written import read_verdicts

    table = documents / "claims-verdicts.csv"
    if not table.exists():
        raise UserError(f"--documents {documents}: there is no claims-verdicts.csv; expected the folder that holds the verdicts")
    write_text_whole(out, render(read_verdicts(table), load_ledger(), extras(documents, page)))


def _beyond(out: Path, part: str, keep: Path, asked: Asked) -> None:
    from experiments.claims.beyond_page import beyond_page
    from experiments.claims.ledger import load_ledger
    from experiments.claims.tables import table_of
    from experiments.claims.written import verdicts_csv
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.state.arrays import LANES

    if part in PARTS:
        prepared(LANES)
        table = PARTS[part](out.parent, keep, asked, lambda told: print(told, file=sys.stderr, flush=True))
        write_text_whole(table_of(part, out.parent), verdicts_csv(table))
    write_text_whole(out, beyond_page(out.parent, load_ledger(), f"python -m experiments.claims {out}"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
