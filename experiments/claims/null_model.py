"""A model without trust, values and fallback beside the whole one, on the published patterns that can be read off a run.

Trust has no switch: it is held near to certainty, which no promise kept or broken moves (see NULL).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.claims.conditions import Condition, Judged
from experiments.fates import calibration
from experiments.fates.trial import TODAY, Trial
from incentive_abm.engine.run import Record, run
from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.parameters import default
from incentive_abm.scenario import load_scenario
from incentive_abm.state.pictures import PARTNER_PICTURE
from incentive_abm.times import QUARTERS_A_YEAR

if TYPE_CHECKING:
    import pandas as pd

PLACES, SEEDS, QUARTERS = 16, 4, 60
CALM, DEEP = 0.1, 0.9
NO_TRUST = {"trust_start": 0.95, "trust_evidence": 20.0, "trust_memory": 1.0, "loss_aversion": 1.0, "word_travels": 0.0}
NO_VALUES = {"value_gap": 0.0, "value_spread": 0.0, "hospital_background": 0.0, "value_convergence": 0.0, "anchor_pull": 0.0,
             "polemic": 0.0, "stereotype_start": 0.0}
NO_FALLBACK = {"rosy_fallback": 0.0, "fallback_described": 0.0}
MODELS: tuple[Condition, ...] = (
    Condition("the model"), Condition("no trust", NO_TRUST), Condition("no values", NO_VALUES),
    Condition("no fallback", NO_FALLBACK), Condition("null model", {**NO_TRUST, **NO_VALUES, **NO_FALLBACK}))


@dataclass(frozen=True)
class Pattern:
    """A published pattern: what is read, and the range in which it has to lie; use: what the pattern may be used for."""

    number: str
    says: str
    use: str
    low: float
    high: float

    def met(self, value: float) -> bool:
        """Whether a model shows it."""
        return bool(self.low <= value <= self.high)


_TARGETS = {name: span for name, (span, _) in calibration.TARGETS.items()}
PATTERNS: Mapping[str, Pattern] = {
    "pooled_share": Pattern("1", "share of spend that is pooled today, years 8 to 15", "calibrated", *_TARGETS["pooled_share"]),
    "said_rises": Pattern("2", "by how much what partners say of working together rises in the first year, with next to nothing "
                          "done", "held out", 0.001, np.inf),
    "years_to_integration": Pattern("4", "years until half of the places integrate where the lessons are followed", "calibrated",
                                    *_TARGETS["years_to_integration"]),
    "second_year": Pattern("4", "integration in the second year where the lessons are followed", "calibrated",
                           *_TARGETS["second_year"]),
    "walked_out": Pattern("5", "share of integrated places in which a deep deficit makes somebody walk out", "calibrated",
                          *_TARGETS["walked_out"]),
    "skewness": Pattern("8", "skewness of integration over settings and places", "reported", 0.5, np.inf),
    "few_joined": Pattern("8", "where anything is joined, share of runs in which the largest group has two or three partners",
                          "reported", 0.5, 1.0),
    "churn": Pattern("9", "new leaders at trusts in deep deficit, as a multiple of those at calm ones", "held out", 2.0, np.inf),
}


def readings(condition: Condition, judged: Judged) -> dict[str, float]:
    """What each pattern reads under one model."""
    trial = Trial(PLACES, SEEDS, QUARTERS, tuple(condition.values.items()))
    import pandas as pd

    held = {name: value for name in calibration.MOVED if name not in condition.values for value in (default(name),)}
    point = pd.DataFrame([held])
    summaries = calibration.summaries(calibration.play(trial, point, lambda done, total: None)).iloc[0]
    ledger = {claim.id: claim for claim in judged.claims}
    return {**{name: float(summaries[name]) for name in _TARGETS}, **_today(trial),
            "skewness": float(judged.contrasts(ledger["003-15"], condition)["contrast"].mean()),
            "few_joined": float(judged.contrasts(ledger["004-2"], condition)["contrast"].mean()) + ABOVE}


ABOVE = 0.5
"""From where claim 004-2 counts its share."""


def _today(trial: Trial) -> dict[str, float]:
    """What is said and done in the first year, and how leaders come and go, under today's policy."""
    scenario = load_scenario(TODAY).overlaid(dict(trial.overrides))
    rises, calm, deep = [], [], []
    for number in range(trial.places):
        place = trial.place(number)
        found = run(place, scenario, trial.luck(number), trial.quarters, Record.PICTURES)
        assert found.measures is not None
        assert found.partners is not None
        said, done = found.measures[:, :, Measure.SAID], found.measures[:, :, Measure.INTEGRATION]
        rise = said[:, QUARTERS_A_YEAR - 1] - said[:, 0]
        rises.append(np.where(done[:, QUARTERS_A_YEAR - 1] < default("gain"), rise, 0.0).mean())
        trusts = place.partners.kind == Kind.TRUST
        stress = found.partners[..., PARTNER_PICTURE.index("stress")][..., trusts]
        new = found.partners[..., PARTNER_PICTURE.index("new_leader")][..., trusts]
        calm.append(new[stress < CALM])
        deep.append(new[stress > DEEP])
    yearly = [1.0 - (1.0 - float(np.concatenate(each).mean())) ** QUARTERS_A_YEAR if sum(map(len, each)) else np.nan
              for each in (calm, deep)]
    return {"said_rises": float(np.mean(rises)), "churn": yearly[1] / yearly[0] if yearly[0] else np.nan}


def null_rows(judged: Judged) -> pd.DataFrame:
    """A row a pattern and model."""
    import pandas as pd

    rows = []
    for model in MODELS:
        read = readings(model, judged)
        for name, pattern in PATTERNS.items():
            rows.append({"pattern": pattern.number, "reading": name, "says": pattern.says, "use": pattern.use, "low": pattern.low,
                         "high": pattern.high, "model": model.name, "value": read[name], "met": pattern.met(read[name])})
    return pd.DataFrame(rows)


def null_told(rows: pd.DataFrame) -> str:
    """Whether the null model does worse, in a sentence."""
    met = rows.groupby("model", sort=False)["met"].sum()
    whole, null, of = int(met["the model"]), int(met["null model"]), len(PATTERNS)
    worse = "as it should be" if null < whole else "so that these patterns give no reason to prefer the model to it"
    unseen = rows[rows["use"] != "calibrated"].groupby("model", sort=False)["met"].sum()
    return (f"Of {of} readings of published patterns the model meets {whole}, the null model {null}, {worse}; of the "
            f"{sum(pattern.use != 'calibrated' for pattern in PATTERNS.values())} that no default was chosen by, "
            f"{int(unseen['the model'])} and {int(unseen['null model'])}.")
