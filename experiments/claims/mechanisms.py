"""The ledger with each mechanism switched off: which verdicts are lost, which effects move, and what is idle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.claims.claim import Claim
from experiments.claims.conditions import WHOLE, Condition, Judged
from experiments.claims.evidence import estimate
from experiments.claims.survival import Fate, decided, firm, survival_rows
from experiments.claims.verdict import Row, holm
from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.parameters import PARAMETERS

if TYPE_CHECKING:
    import pandas as pd

SURE = 0.05
MECHANISM = "mechanism"
LOST = (Fate.TOO_SMALL.value, Fate.TURNED.value)
KEPT = ["claim", "ledger", "effect", "low", "high", "backgrounds", "fate"]


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


def mechanism_rows(claims: Sequence[Claim], ledger: Mapping[str, Row], judged: Judged,
                   off: Sequence[Condition] = OFF) -> pd.DataFrame:
    """A row a mechanism and claim: what becomes of a firm verdict without it ("" where the verdict is not firm), and by how much
    the contrast differs. ledger: rows of the whole table."""
    import pandas as pd

    tables = []
    for condition in off:
        fitting = [claim for claim in claims if claim.trial is not None and condition.fits(claim)]
        held = firm(fitting, ledger)
        fates = decided(pd.DataFrame(survival_rows(held, ledger, judged, MECHANISM, condition))) if held else None
        moved = [_moved(judged, claim, condition) for claim in fitting]
        corrected = holm([p for _, p in moved])
        rows = pd.DataFrame([{"mechanism": condition.name, "off": _told(condition), "claim": claim.id,
                              "verdict": ledger[claim.id]["verdict"], "change": change, "p": p, "p_holm": corrected_p}
                             for claim, (change, p), corrected_p in zip(fitting, moved, corrected, strict=True)])
        tables.append(rows if fates is None else rows.merge(fates[KEPT], on="claim", how="left"))
    return pd.concat(tables, ignore_index=True).assign(
        seed=judged.plan(fitting[0]).study.seed, version=__version__, source=source_hash())


def _told(condition: Condition) -> str:
    return ", ".join(f"{name}={PARAMETERS[name].show(value)}" for name, value in condition.values.items())


def _moved(judged: Judged, claim: Claim, condition: Condition) -> tuple[float, float]:
    """How much the contrast changes where a mechanism is switched off, background by background, and p that it does not."""
    pair = judged.contrasts(claim, WHOLE).merge(judged.contrasts(claim, condition)[["background", "contrast"]], on="background",
                                               suffixes=("", "_without"))
    found = estimate((pair["contrast_without"] - pair["contrast"]).to_numpy(np.float64), pair["place"].to_numpy(object))
    return found.mean, found.differs


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a mechanism: how many firm verdicts are lost for sure without it or not known to stay, how many effects move for
    sure, and whether it is idle."""
    import pandas as pd

    found = []
    for name, group in rows.groupby("mechanism", sort=False):
        lost, moved = group["fate"].isin(LOST), group["p_holm"] <= SURE
        found.append({"mechanism": name, "off": group["off"].iloc[0], "firm": int(group["fate"].notna().sum()),
                      "lost": int(lost.sum()), "which": " ".join(group.loc[lost, "claim"]),
                      "open": int((group["fate"] == Fate.OPEN.value).sum()), "effects_moved": int(moved.sum()),
                      "moved": " ".join(group.loc[moved, "claim"]), "idle": not (lost.any() or moved.any())})
    return pd.DataFrame(found)


def mechanisms_told(table: pd.DataFrame) -> str:
    """What a summary says, in words."""
    losing, moving = table.loc[table["lost"] > 0, "mechanism"], table.loc[table["effects_moved"] > 0, "mechanism"]
    idle = table.loc[table["idle"], "mechanism"]
    return (f"without {_named(losing)} some verdict is lost; without {_named(moving)} some effect moves for sure. "
            + (f"Idle as far as these runs tell: {', '.join(idle)}." if len(idle) else "None is idle."))


def _named(names: pd.Series) -> str:
    return f"{len(names)} of them ({', '.join(names)})" if len(names) else "none of them"
