"""Points and futures drawn from what is known after the data (`incentive_abm.scenario.posterior`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from incentive_abm.parameters import PARAMETERS
from incentive_abm.scenario.posterior import Posterior, systematic

if TYPE_CHECKING:
    import pandas as pd


def with_posterior(design: pd.DataFrame, posterior: Posterior, seed: int) -> pd.DataFrame:
    """The design with its columns of the posterior's parameters drawn from it, together: anew for each point, or, in a crossed
    design, for each draw of the uncertainties."""
    draws = design["base"].to_numpy() if "base" in design else np.arange(len(design))
    rows = systematic(posterior.weight, int(draws.max()) + 1, seed)[draws]
    drawn = dict(zip(posterior.names, posterior.values[rows].T, strict=True))
    return design.assign(**{name: values.astype(np.int64) if PARAMETERS[name].whole else values
                            for name, values in drawn.items()})
