"""Where the kernels of the log find and put each number: plain whole numbers, as compiled code wants them."""

from __future__ import annotations

import numpy as np

from incentive_abm.kinds import Blocker, Talk
from incentive_abm.log.declared import MEASURED, WHOLE, Outcome, What
from incentive_abm.rules import appraisal, money
from incentive_abm.rules.commitment import SHARED_ENOUGH
from incentive_abm.rules.compacts import ENOUGH_TO_SIGN
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

(QUARTER, WHAT, TIE, PARTNER, OTHER, ROUND, OUTCOME, REASON, BACKGROUND, TITLE, QUARTERS, MEMBERS) = range(len(WHOLE))
(MONEY, STAFF, INFORMATION, PAYMENT, WORTH, WORTH_TO_OTHER, HELD_OUT_FOR, SURPLUS, TRUST, TRUST_OF_OTHER, SHARING, SKILL, SIZE,
 POUNDS_M) = range(len(MEASURED))

(SCENARIO, REVERSAL, REORGANISATION, BAIL_OUT, NEW_LEADER, SHOCK, OFFER, WALK_OUT, COMPACT_ENDED, COMPACT_BEGUN, DEAL_ENDED,
 DEAL_BEGUN, BROKEN_PROMISE, TALK) = (int(what) for what in What)
(ACCEPTED, REFUSED, NO_ZONE, OUT_OF_TIME, VETOED, NOT_AT_THE_TABLE, WALKED_OUT, BROKEN_OFF, GIVEN_UP, TOO_FEW) = (
    int(outcome) for outcome in Outcome if outcome not in (Outcome.NONE, Outcome.AGREED))
TALK_OUTCOME = {Talk.AGREED: Outcome.AGREED, Talk.NO_ZONE: Outcome.NO_ZONE, Talk.OUT_OF_TIME: Outcome.OUT_OF_TIME,
                Talk.VETOED: Outcome.VETOED, Talk.NOT_AT_THE_TABLE: Outcome.NOT_AT_THE_TABLE}
ENDS_OF_TALKS = tuple(int(TALK_OUTCOME[talk]) for talk in Talk)
OPPOSITION, TIME, DISTRUST = int(Blocker.OPPOSITION), int(Blocker.TIME), int(Blocker.TRUST)

(T_AGE, T_BOUND, T_TALK, T_ROUNDS, T_LEFT, T_PAID) = (
    TIE_PICTURE.index(name) for name in ("age", "bound", "talk", "rounds", "walked_out", "payment"))
T_AGREED = tuple(TIE_PICTURE.index(f"agreed_{name}") for name in ("money", "staff", "information"))
T_SCOPE = tuple(TIE_PICTURE.index(f"scope_{name}") for name in ("money", "staff", "information"))
T_BLOCKER, T_SURPLUS, T_ALPHA, T_BETA, T_BEST, T_FALLBACK, T_KEPT = (
    (TIE_PICTURE.index(f"{name}_a"), TIE_PICTURE.index(f"{name}_b"))
    for name in ("blocker", "surplus", "alpha", "beta", "best", "fallback", "kept"))
T_HELD = TIE_PICTURE.index("blocker")
(P_BALANCE, P_RESCUED, P_LEADER, P_BACKGROUND, P_SKILL, P_SHOCK, P_SIGNED, P_DISSOLVED, P_GAVE_UP, P_HOSTS) = (
    PARTNER_PICTURE.index(name) for name in (
        "balance", "bailed_out", "new_leader", "background", "skill", "shock", "signed", "dissolved", "gave_up", "hosts"))

SHARED = np.float32(SHARED_ENOUGH)
MET = np.float32(money.balance_bailed(1.0, 1.0) - 1.0)
"""What a bail-out adds to a deficit of 1."""
WEIGHTS = tuple(np.float32(appraisal.breadth(*unit)) for unit in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))
"""Of money, staff and information in the breadth of what is shared, which is linear in them."""
SIGNERS = int(ENOUGH_TO_SIGN)
NO_PACKAGE = np.float32(-1e8)
"""Below this, a side's best worth says that no package would leave both better off."""
