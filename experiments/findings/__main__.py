"""The page of findings, drawn from the tables that stand among the documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.findings.page import page
from incentive_abm.cli.in_a_line import in_a_line
from incentive_abm.files import write_text_whole


def main(given: Sequence[str]) -> int:
    """Write OUT.md from the tables beside it; a mistake is told in one line."""
    parser = argparse.ArgumentParser(prog="python -m experiments.findings", description=__doc__)
    parser.add_argument("out", metavar="OUT.md", type=Path, help="the page to write; the tables are read from its folder")
    args = parser.parse_args(given)
    return in_a_line(lambda: write_text_whole(args.out, page(args.out.parent, f"python -m experiments.findings {args.out}")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
