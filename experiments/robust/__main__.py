"""A search for robust plans, and the page that stands among the documents, drawn from tables beside it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.robust.page import markdown
from experiments.robust.robust_study import load_robust
from experiments.robust.written import read, write_tables
from incentive_abm.cli.in_a_line import in_a_line
from incentive_abm.files import write_text_whole


def main(given: Sequence[str]) -> int:
    """Write OUT.md and the tables that it is drawn from, in a folder of its name; a mistake is told in one line."""
    parser = argparse.ArgumentParser(prog="python -m experiments.robust", description=__doc__)
    parser.add_argument("out", metavar="OUT.md", type=Path, help="the page to write; its tables go into the folder OUT beside it")
    parser.add_argument("--study", default="few-levers", metavar="NAME", help="a study that is shipped; default few-levers")
    parser.add_argument("--keep", type=Path, default=Path("runs/robust"), metavar="DIR",
                        help="where sweeps are kept, so that none is run twice; default runs/robust")
    parser.add_argument("--page", action="store_true", help="draw OUT.md again from its tables, and run nothing")
    args = parser.parse_args(given)
    return in_a_line(lambda: _write(args))


def _write(args: argparse.Namespace) -> None:
    study, tables = load_robust(args.study), args.out.with_suffix("")
    if not args.page:
        from experiments.robust.finding import find
        from incentive_abm.cli.progress_bar import prepared
        from incentive_abm.engine.run import threads_available
        from incentive_abm.state.arrays import LANES

        prepared(LANES)
        write_tables(find(study, args.keep, threads_available()), tables)
    write_text_whole(args.out, markdown(read(tables, study), f"python -m experiments.robust {args.out} --study {study.name}"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
