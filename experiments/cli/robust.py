"""Search for plans of a few levers that help over what nobody knows: surely, soon, for little effort; and where they still fail.

Can be stopped at any moment; the same command goes on where it stopped. docs/robust.md has every key of a study.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import whole_number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """STUDY and where to."""
    parser.add_argument("study", nargs="?", metavar="STUDY",
                        help="a study's name or a .toml file; without it, those shipped are listed")
    parser.add_argument("--out", metavar="DIR", help="folder for runs, plans and report; what is there is gone on with")
    parser.add_argument("--workers", type=whole_number(1, 4096), metavar="N", help="threads at once; default: one a processor")


def main(args: argparse.Namespace) -> int:
    """Search, tell in fresh worlds, write everything, and say it in words."""
    from experiments.robust.robust_study import FILES, load_robust
    from incentive_abm.errors import UserError

    if args.study is None:
        lines = ["Searches that come with the package: incentive-abm robust STUDY --out DIR", ""]
        for name in FILES.names():
            lines += [f"  {name}", f"      {load_robust(name).question}"]
        print("\n".join(lines))
        return 0
    if args.out is None:
        raise UserError(f"expected --out DIR, a folder for the results, for example --out runs/{Path(args.study).stem}")
    study = load_robust(args.study)
    from experiments.robust.finding import find
    from experiments.robust.sentences import sentences
    from experiments.robust.written import write
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.engine.run import threads_available
    from incentive_abm.optional_libraries import library
    from incentive_abm.state.arrays import LANES

    library("pymoo", "robust")
    prepared(LANES)
    found = find(study, Path(args.out), args.workers or threads_available())
    written = write(found, Path(args.out))
    print("\n".join(sentences(found)))
    print("\n".join(f"{what}: {path}" for what, path in written.items()))
    print(EXPLORATION)
    return 0
