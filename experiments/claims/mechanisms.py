"""The ledger judged again with each mechanism switched off: which verdicts change, which effects move, and what is idle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.claims.claim import Claim
from experiments.claims.conditions import WHOLE, Condition, Judged
from experiments.claims.evidence import estimate
from experiments.claims.verdict import holm
from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.parameters import PARAMETERS

if TYPE_CHECKING:
    import pandas as pd

SURE = 0.05
MANY = 160
"""Backgrounds a claim: verdicts are compared, so more of them than where an effect is carried over from the ledger."""


def _choice(name: str, word: str) -> float:
    return float(PARAMETERS[name].read(word))


OFF: tuple[Condition, ...] = (
    Condition("the whole way", {"whole_way": 0.0}),
    Condition("word travels", {"word_travels": 0.0}),
    Condition("what is not seen to work withers", {"policy_sustains": 1.0}),
    Condition("what is unused is lost", {"skill_fading": 0.0}),
    Condition("places differ from the start", {"place_spread": 0.0}),
    Condition("attention is scarce", {"attention": 50.0}),
    Condition("results feed back", {"results_felt": 0.0}),
    Condition("savings are put back", {"reinvested": 0.0}),
    Condition("routines", {"routine_inertia": 0.0}),
    Condition("more than two at a table", {"compact": _choice("compact", "none")}),
    Condition("persuasion and pull of roles", {"value_convergence": 0.0, "anchor_pull": 0.0}),
    Condition("partners want different things", {"value_gap": 0.0, "value_spread": 0.0, "hospital_background": 0.0}),
    Condition("caricatures", {"stereotype_start": 0.0}),
    Condition("the fallback", {"rosy_fallback": 0.0, "fallback_described": 0.0}),
    Condition("bail-outs", {"bailout": 0.0}),
    Condition("waiting and reversals", {"waiting_value": 0.0, "reversal_chance": 0.0}),
    Condition("reorganisations", {"reorganisation_rate": 0.0}),
    Condition("the public", {"opposition_weight": 0.0, "veto_threshold": 1.0}),
    Condition("walking away", {"exit_chance": 0.0}),
    Condition("shocks", {"shock_rate": 0.0}),
    Condition("leaders leave", {"turnover": 0.0}),
    Condition("stranded costs", {"stranded_cost": 0.0}),
    Condition("targets", {"target_pressure": 0.0}),
    Condition("payments between partners", {"side_payments": 0.0}),
    Condition("learning", {"learning_rate": 0.0, "peer_teaching": 0.0, "toolkits": 0.0, "register": 0.0}),
    Condition("front-line experiments", {"experiment_rate": 0.0}),
    Condition("central money with a deadline", {"deadline_money": 0.0}),
    Condition("talks in rounds", {"protocol": _choice("protocol", "nash")}),
    Condition("boards that vote", {"voting_rule": _choice("voting_rule", "none")}),
    Condition("drift back to us and them", {"identity_drift": 0.0}),
)
"""Each mechanism that has a switch, switched off by it."""


def mechanism_rows(claims: Sequence[Claim], judged: Judged, off: Sequence[Condition] = OFF) -> pd.DataFrame:
    """A row a mechanism and claim: verdict with it and without it, and by how much the contrast differs."""
    import pandas as pd

    rows = []
    for condition in off:
        fitting = [claim for claim in claims if claim.trial is not None and condition.fits(claim)]
        whole = judged.verdicts(WHOLE, fitting).set_index("claim")
        without = judged.verdicts(condition, fitting).set_index("claim")
        moved = [_moved(judged, claim, condition) for claim in fitting]
        corrected = holm([p for _, p in moved])
        for claim, (change, p), corrected_p in zip(fitting, moved, corrected, strict=True):
            rows.append({"mechanism": condition.name, "off": _told(condition), "claim": claim.id,
                         "with_it": whole.loc[claim.id, "verdict"], "without_it": without.loc[claim.id, "verdict"],
                         "effect": whole.loc[claim.id, "effect"], "change": change, "p": p, "p_holm": corrected_p,
                         "backgrounds": judged.backgrounds.count, "seed": judged.plan(claim).study.seed, "version": __version__,
                         "source": source_hash()})
    return pd.DataFrame(rows)


def _told(condition: Condition) -> str:
    return ", ".join(f"{name}={PARAMETERS[name].show(value)}" for name, value in condition.values.items())


def _moved(judged: Judged, claim: Claim, condition: Condition) -> tuple[float, float]:
    """How much the contrast changes where a mechanism is switched off, background by background, and p that it does not."""
    pair = judged.contrasts(claim, WHOLE).merge(judged.contrasts(claim, condition)[["background", "contrast"]], on="background",
                                               suffixes=("", "_without"))
    found = estimate((pair["contrast_without"] - pair["contrast"]).to_numpy(np.float64), pair["place"].to_numpy(object))
    return found.mean, found.differs


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a mechanism: how many verdicts change, how many effects move for sure, and whether it is idle."""
    import pandas as pd

    found = []
    for name, group in rows.groupby("mechanism", sort=False):
        changed, moved = group["with_it"] != group["without_it"], group["p_holm"] <= SURE
        found.append({"mechanism": name, "off": group["off"].iloc[0], "claims": len(group),
                      "verdicts_changed": int(changed.sum()),
                      "which": " ".join(group.loc[changed, "claim"]), "effects_moved": int(moved.sum()),
                      "moved": " ".join(group.loc[moved, "claim"]), "idle": not (changed.any() or moved.any())})
    return pd.DataFrame(found)
