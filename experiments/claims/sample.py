"""A sample of the ledger's own runs, small enough to be run again at every test: a verdict changes only when the model does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from experiments.claims.claim import Claim, Trial
from experiments.claims.claim_study import Backgrounds, write_study
from experiments.claims.contrasts import contrasts
from experiments.claims.lanes import plans_played
from experiments.claims.outcomes import Outcome
from experiments.running.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

SAMPLED = 8
"""How many of a claim's backgrounds, the first."""
COLUMNS = ["claim", "background", "place", "contrast"]


def sampled_claims(claims: Sequence[Claim]) -> list[tuple[Claim, Trial]]:
    """The first claim of each measure that a run has by itself."""
    found: dict[Outcome, tuple[Claim, Trial]] = {}
    for claim in claims:
        if claim.trial is not None and claim.trial.outcome is not Outcome.SKEWNESS:
            found.setdefault(claim.trial.outcome, (claim, claim.trial))
    return list(found.values())


def sample_of(table: pd.DataFrame, claims: Sequence[Claim]) -> pd.DataFrame:
    """The sample out of all contrasts of the whole ledger."""
    wanted = {claim.id for claim, _ in sampled_claims(claims)}
    return table[table["claim"].isin(wanted) & (table["background"] < SAMPLED)][COLUMNS].reset_index(drop=True)


def played_again(claims: Sequence[Claim], backgrounds: Backgrounds = Backgrounds()) -> pd.DataFrame:  # noqa: B008
    """The sample, from the whole ledger's own design but its own runs alone."""
    import pandas as pd

    parts = []
    places: dict[str, Place] | None = None
    for claim, trial in sampled_claims(claims):
        with TemporaryDirectory() as waiting:
            study = write_study(claim, backgrounds, Path(waiting))
            whole = Plan.of(study, places)
        places = whole.places
        number = "future" if "future" in whole.design.columns else "point"
        plan = Plan(study, places, whole.design[whole.design[number] < SAMPLED].reset_index(drop=True))
        rows = plans_played([(plan, trial.outcome.measured)], {})[0]
        parts.append(contrasts(trial, rows, plan.design, plan.places).assign(claim=claim.id)[COLUMNS])
    return pd.concat(parts, ignore_index=True)
