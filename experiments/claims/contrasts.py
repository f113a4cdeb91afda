"""From the runs of a claim's sweep to one contrast for each background: its arms, weighed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from experiments.claims.claim import Trial
from experiments.claims.outcomes import TIES
from experiments.designs import factor_columns
from experiments.designs.factors import BOOKKEEPING

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

PARTNERS = "of_place_partners"


def contrasts(trial: Trial, rows: pd.DataFrame, design: pd.DataFrame, places: Mapping[str, Place]) -> pd.DataFrame:
    """One row a background: background, place, contrast, partners of the place, and every setting at rest.

    A background of which an arm failed is left out, and so is one in which a spread has nothing to say.
    """
    where = design["place"] if "place" in design.columns else [next(iter(places))] * len(design)
    known = design.assign(place=where)
    runs = rows[[name for name in rows.columns if name not in known.columns or name == "point"]].merge(
        known, on="point", validate="many_to_one").sort_values("point", ignore_index=True)
    runs[TIES] = runs["place"].map({name: len(place.ties) for name, place in places.items()})
    runs["value"] = trial.outcome.measured.read(runs) - trial.above
    background, arm = ("future", "policy") if "future" in runs.columns else ("point", None)
    wide = runs.assign(arm=0 if arm is None else runs[arm]).pivot(index=background, columns="arm", values="value")
    wide = wide.reindex(columns=range(len(trial.arms))).dropna()
    weighed = wide.to_numpy(np.float64) @ np.array([each.weight for each in trial.arms])
    at_rest = [name for name in factor_columns(design) if name not in (*trial.moved, "place")]
    told = runs.drop_duplicates(background).set_index(background).loc[wide.index, ["place", *at_rest]]
    told.insert(1, "contrast", weighed)
    told.insert(2, PARTNERS, told["place"].map({name: float(len(place)) for name, place in places.items()}))
    return told.rename_axis("background").reset_index()


def settings_at_rest(table: pd.DataFrame) -> list[str]:
    """The columns of a table of contrasts by which a difference between backgrounds may be explained."""
    return [str(name) for name in table.columns if name not in ("background", "place", "contrast", *BOOKKEEPING)]
