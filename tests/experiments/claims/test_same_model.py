"""A verdict changes only when the model does: a sample of the runs behind the committed table comes out again, bit for bit."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.sample import played_again, sample_of, sampled_claims

DOCS = Path(__file__).parents[3] / "docs"
CLAIMS = claims_of(load_ledger())
WHAT_TO_DO = (
    "The committed verdicts are no longer those of this model. Run `python -m experiments.claims docs/claims-verdicts.md`, which "
    "rewrites the table, its page and this sample, and name in CHANGELOG.md, under \"Changes results\", "
    "every verdict that is another.")


def committed() -> pd.DataFrame:
    return pd.read_csv(DOCS / "claims-sample.csv", dtype={"claim": str})


def test_the_runs_behind_the_verdicts_come_out_again() -> None:
    again, kept = played_again(CLAIMS), committed()
    assert again[["claim", "background", "place"]].equals(kept[["claim", "background", "place"]]), WHAT_TO_DO
    differ = again["contrast"].to_numpy() != kept["contrast"].to_numpy()
    assert not differ.any(), f"{WHAT_TO_DO} The first that differs: {again[differ].iloc[0].to_dict()}"


def test_the_sample_has_something_of_every_measure_and_can_tell_models_apart() -> None:
    kept = committed()
    assert set(kept["claim"]) == {claim.id for claim, _ in sampled_claims(CLAIMS)}
    assert (kept["contrast"] != 0.0).mean() > 0.4
    assert kept["place"].nunique() > 8


def test_the_sample_is_a_part_of_all_contrasts() -> None:
    kept = committed()
    more = pd.concat([kept, kept.assign(background=900), kept.assign(claim="004-9")])
    assert sample_of(more, CLAIMS).equals(kept)
