"""A quarter: the nine phases in their order."""

from __future__ import annotations

from typing import Any

from numba import types

from incentive_abm.engine.commitment import commit
from incentive_abm.engine.delivering import account, deliver
from incentive_abm.engine.learning import learn
from incentive_abm.engine.negotiation import negotiate
from incentive_abm.engine.surroundings import leadership_changes, national, pressures
from incentive_abm.engine.talks import appraise
from incentive_abm.kinds import Phase
from incentive_abm.measures import N_MEASURE, measure
from incentive_abm.state import phase

PHASES = {
    Phase.NATIONAL: national,
    Phase.LEADERSHIP: leadership_changes,
    Phase.PRESSURES: pressures,
    Phase.APPRAISAL: appraise,
    Phase.NEGOTIATION: negotiate,
    Phase.COMMITMENT: commit,
    Phase.DELIVERY: deliver,
    Phase.LEARNING: learn,
    Phase.ACCOUNTS: account,
}


@phase(types.int64)
def step(s: Any, quarter: Any) -> None:
    """One quarter."""
    national(s, quarter)
    leadership_changes(s, quarter)
    pressures(s, quarter)
    appraise(s, quarter)
    negotiate(s, quarter)
    commit(s, quarter)
    deliver(s, quarter)
    learn(s, quarter)
    account(s, quarter)


@phase(types.int64, types.int64, types.float64[::1])
def advance(s: Any, start: Any, end: Any, out: Any) -> None:
    """Quarters `start` up to `end`; each one's measures go to `out`, shape [quarters][N_MEASURE][lanes] flattened."""
    size = N_MEASURE * len(s.lanes)
    for quarter in range(start, end):
        step(s, quarter)
        measure(s, out[(quarter - start) * size:(quarter - start + 1) * size])
