"""The ledger put to the model: a sweep for each claim, then contrasts, then verdicts. Stopped, it goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from experiments.claims.claim import Claim
from experiments.claims.claim_study import Backgrounds, write_study
from experiments.claims.contrasts import contrasts
from experiments.claims.evidence import weigh
from experiments.claims.verdict import Row, corrected, not_tested, numbers_of
from experiments.running.plan import Plan
from experiments.running.run_sweep import run_sweep
from experiments.running.workers import Workers, local

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

WITHOUT_SETTINGS = ("claim", "background", "place", "contrast")


@dataclass(frozen=True)
class Tried:
    """What came of the claims: verdicts and contrasts (one row a background of a claim), runs by claim, what is not complete."""

    verdicts: pd.DataFrame
    contrasts: pd.DataFrame
    unfinished: tuple[str, ...]
    places: dict[str, Place]


def put_to_the_model(claims: Sequence[Claim], backgrounds: Backgrounds, out: Path, *, workers: int, processes: bool, fresh: bool,
                     words: TextIO) -> Tried:
    """Sweep every claim that can be tested into a folder of its own, and judge those whose sweep is complete."""
    import pandas as pd

    places: dict[str, Place] | None = None
    rows: list[Row] = []
    tables, unfinished = [], []
    tested = [claim for claim in claims if claim.trial is not None]
    for number, claim in enumerate(tested, 1):
        assert claim.trial is not None
        with TemporaryDirectory() as waiting:  # nothing is written into the folder before its sweep is known to fit
            study = write_study(claim, backgrounds, Path(waiting))
            plan = Plan.of(study, places)
        places = plan.places
        print(f"{number} of {len(tested)}: {claim.id} {claim.says} ({plan.n_runs:,} runs)", file=words, flush=True)
        swept = run_sweep(plan, out / "sweeps" / claim.id, _begin(plan, workers, processes), fresh=fresh, words=words)
        write_study(claim, backgrounds, out / "studies" / claim.id)
        if not swept.complete or not swept.manifest["runs_done"]:
            unfinished.append(claim.id)
            continue
        from experiments.running.stored_sweep import StoredSweep

        table = contrasts(claim.trial, StoredSweep(swept.folder).rows().to_pandas(), plan.design, plan.places)
        tables.append(table.assign(claim=claim.id)[list(WITHOUT_SETTINGS)])
        rows.append(numbers_of(claim, claim.trial, weigh(claim.trial, table)) | {
            "runs": int(swept.manifest["runs_done"]), "runs_failed": int(swept.manifest["runs_failed"]),
            "places": len(plan.places), "seed": study.seed, "version": plan.context.version, "source": plan.context.source,
            "sweep": plan.context.key, **({"rules": " ".join(backgrounds.rules)} if backgrounds.rules else {})})  # fmt: skip
    verdicts = {str(row["claim"]): row for row in corrected(rows)}
    in_order = [verdicts.get(claim.id) or not_tested(claim) for claim in claims if claim.id not in unfinished]
    return Tried(pd.DataFrame(in_order), pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(),
                 tuple(unfinished), places or {})


def _begin(plan: Plan, workers: int, processes: bool) -> Callable[[], Workers]:
    return local(plan.context, min(workers, plan.n_chunks), threads=not processes)
