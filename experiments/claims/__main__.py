"""The whole ledger put to the model, and the page and table of its verdicts that stand among the documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from incentive_abm.errors import UserError
from incentive_abm.files import write_text_whole


def main(given: Sequence[str]) -> int:
    """Write OUT.md, OUT.csv and claims-sample.csv beside it; a mistake is told in one line."""
    parser = argparse.ArgumentParser(prog="python -m experiments.claims", description=__doc__)
    parser.add_argument("out", metavar="OUT.md", type=Path, help="the page to write; its table goes beside it as CSV")
    parser.add_argument("--keep", type=Path, default=Path("runs/claims"), metavar="DIR",
                        help="where sweeps are kept, so that none is run twice; default runs/claims")
    args = parser.parse_args(given)
    try:
        return _write(args.out, args.keep)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2


def _write(out: Path, keep: Path) -> int:
    from experiments.claims.claim_study import Backgrounds
    from experiments.claims.ledger import claims_of, load_ledger
    from experiments.claims.sample import sample_of
    from experiments.claims.trying import put_to_the_model
    from experiments.claims.verdict_page import page
    from experiments.claims.written import read_verdicts, verdicts_csv, write_tables
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.engine.run import threads_available
    from incentive_abm.state.arrays import LANES

    sources = load_ledger()
    prepared(LANES)
    tried = put_to_the_model(claims_of(sources), Backgrounds(), keep, workers=threads_available(), processes=False, fresh=False,
                             words=sys.stderr)
    if tried.unfinished:
        raise UserError(f"these claims have no verdict: {', '.join(tried.unfinished)}; the page is left as it was")
    written = write_tables(tried, keep)
    table = written["Verdicts"].read_text(encoding="utf-8")
    write_text_whole(out.with_suffix(".csv"), table)
    sample = sample_of(tried.contrasts, claims_of(sources))
    write_text_whole(out.with_name("claims-sample.csv"), verdicts_csv(sample))
    write_text_whole(out, page(read_verdicts(out.with_suffix(".csv")), sources, f"python -m experiments.claims {out}"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
