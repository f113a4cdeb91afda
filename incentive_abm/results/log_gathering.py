"""From what an executor recorded to the log: each kind of event found in all runs and quarters at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Blocker, Talk
from incentive_abm.place import Place
from incentive_abm.recording import OfferField
from incentive_abm.results.log import COLUMNS, INTEGERS, NOBODY, Log, Outcome, What
from incentive_abm.results.log_compacts import compacts_begun, compacts_ended
from incentive_abm.results.recorded_pictures import Pictures, ends_of
from incentive_abm.rules import money
from incentive_abm.rules.commitment import SHARED_ENOUGH

Array = NDArray[Any]
Found = Mapping[str, Any]
TALK_OUTCOME = {Talk.AGREED: Outcome.AGREED, Talk.NO_ZONE: Outcome.NO_ZONE, Talk.OUT_OF_TIME: Outcome.OUT_OF_TIME,
                Talk.VETOED: Outcome.VETOED, Talk.NOT_AT_THE_TABLE: Outcome.NOT_AT_THE_TABLE}


def gather(place: Place, recorded: Recorded, first_run: int = 0, first_row: int = 0) -> Log:
    """The log of a batch whose first run has this number and whose first row this position in the whole log.

    Raises ValueError where events were not recorded.
    """
    pictures = Pictures.of(place, recorded)
    titles, timed = _timed(recorded, pictures)
    found = [timed, *_from_above(recorded), *_partners(pictures), _offers(recorded, pictures), _walk_outs(pictures),
             compacts_begun(pictures), compacts_ended(pictures), *_deals(pictures), *_broken_promises(pictures), _talks(pictures)]
    log = _joined([one for one in found if np.size(one["run"])], titles)
    key = (log.run * 100_000 + log.quarter) * len(What) + log.what
    ordered = log.only(np.argsort(key, kind="stable"))
    shifted = {"run": ordered.run + first_run, "quarter": ordered.quarter + pictures.first_quarter,
               "row": np.arange(len(ordered)) + first_row}
    return Log(**{name: shifted.get(name, getattr(ordered, name)) for name in COLUMNS}, titles=titles)


def _joined(parts: list[Found], titles: tuple[str, ...]) -> Log:
    """Columns of all parts end to end; a part's missing column is −1 or NaN."""
    sizes = [int(np.size(part["run"])) for part in parts]

    def column(name: str) -> Array:
        kind, missing = (np.int64, NOBODY) if name in INTEGERS else (np.float32, np.nan)
        out = np.full(sum(sizes), missing, kind)
        start = 0
        for part, size in zip(parts, sizes, strict=True):
            if name in part:
                out[start:start + size] = part[name]
            start += size
        return out

    return Log(**{name: column(name) for name in COLUMNS}, titles=titles)


def _timed(recorded: Recorded, pictures: Pictures) -> tuple[tuple[str, ...], Found]:
    """Titles of the scenarios' timed events, and when each happened in each run."""
    quarters = pictures.sharing.shape[1]
    titles: dict[str, int] = {}
    runs, when, said = [], [], []
    bound = {id(job.scenario): job.scenario.bound_events(pictures.place) for job in recorded.jobs}
    for run, job in enumerate(recorded.jobs):
        for event in bound[id(job.scenario)]:
            index = event.quarter + 1 - pictures.first_quarter
            if 0 <= index < quarters:
                runs.append(run)
                when.append(index)
                said.append(titles.setdefault(event.title, len(titles)))
    return tuple(titles), {"what": What.SCENARIO, "run": np.array(runs, np.int64), "quarter": np.array(when, np.int64),
                           "title": np.array(said, np.int64)}


def _from_above(recorded: Recorded) -> list[Found]:
    logs = recorded.logs or ()
    marks = ((What.REVERSAL, np.array([[q.reversal for q in log] for log in logs])),
             (What.REORGANISATION, np.array([[q.reorganisation for q in log] for log in logs])))
    return [dict(zip(("run", "quarter"), np.nonzero(marked), strict=True), what=what) for what, marked in marks]


def _partners(pictures: Pictures) -> list[Found]:
    """Bail-outs, new leaders and shocks. A bail-out meets part of the deficit with which the quarter before ended."""
    partner = pictures.partner
    kept = money.balance_bailed(1.0, 1.0)
    met = (kept - 1.0) * pictures.before(partner["balance"]) * pictures.place.partners.income.astype(np.float32)
    rows: list[Found] = []
    for what, marked in ((What.BAIL_OUT, partner["bailed_out"] > 0), (What.NEW_LEADER, partner["new_leader"] > 0),
                         (What.SHOCK, partner["shock"] > 0)):
        where = np.nonzero(marked)
        more: dict[str, Array] = {}
        if what is What.BAIL_OUT:
            more = {"pounds_m": met[where]}
        elif what is What.NEW_LEADER:
            more = {"background": partner["background"][where], "skill": partner["skill"][where]}
        else:
            more = {"size": partner["shock"][where]}
        rows.append({"what": what, "run": where[0], "quarter": where[1], "partner": where[2], **more})
    return rows


def _side(pictures: Pictures, name: str, where: tuple[Array, ...], of_b: Array) -> Array:
    """A side's number at these runs, quarters and ties."""
    return np.asarray(np.where(of_b, pictures.tie[f"{name}_b"][where], pictures.tie[f"{name}_a"][where]))


def _trust(pictures: Pictures, where: tuple[Array, ...], of_b: Array) -> Array:
    alpha, beta = _side(pictures, "alpha", where, of_b), _side(pictures, "beta", where, of_b)
    return np.asarray(alpha / (alpha + beta))


def _offers(recorded: Recorded, pictures: Pictures) -> Found:
    logs = recorded.logs or ()
    counts = np.array([[len(q.offers) for q in log] for log in logs])
    rows = np.concatenate([q.offers for log in logs for q in log])
    at = np.repeat(np.arange(counts.size), counts.ravel())
    run, quarter = np.divmod(at, counts.shape[1])
    tie = rows[:, OfferField.TIE].astype(np.int64)
    by_b, accepted = rows[:, OfferField.BY_B] > 0, rows[:, OfferField.ACCEPTED] > 0
    obstacle = _side(pictures, "blocker", (run, quarter, tie), ~by_b)
    return {
        "what": What.OFFER, "run": run, "quarter": quarter, **ends_of(pictures, tie, by_b),
        "round": rows[:, OfferField.ROUND], "outcome": np.where(accepted, Outcome.ACCEPTED, Outcome.REFUSED),
        "reason": np.where(accepted, NOBODY, obstacle), "money": rows[:, OfferField.MONEY],
        "staff": rows[:, OfferField.STAFF], "information": rows[:, OfferField.INFORMATION],
        "payment": np.where(by_b, -1.0, 1.0) * rows[:, OfferField.PAYMENT], "worth": rows[:, OfferField.WORTH_OWN],
        "worth_to_other": rows[:, OfferField.WORTH_OTHER], "held_out_for": rows[:, OfferField.ASKED_OTHER],
    }


def _walk_outs(pictures: Pictures) -> Found:
    """Who left, how long it had lost by the deal and by how much a quarter earlier; two rows where both left."""
    out = pictures.tie["walked_out"]
    found = []
    for of_b, marks in ((False, (1.0, 3.0)), (True, (2.0, 3.0))):
        side = "b" if of_b else "a"
        where = np.nonzero(np.isin(out, marks))
        losing = _losing(pictures.tie[f"surplus_{side}"], pictures.sharing, out)
        by_b = np.full(where[0].size, of_b)
        found.append({
            "run": where[0], "quarter": where[1], **ends_of(pictures, where[2], by_b),
            "reason": _side(pictures, "blocker", where, by_b), "quarters": losing[where],
            "surplus": pictures.before(pictures.tie[f"surplus_{side}"])[where],
            "sharing": pictures.before(pictures.sharing)[where],
        })
    both = {name: np.concatenate([found[0][name], found[1][name]]) for name in found[0]}
    order = np.lexsort((both["partner"], both["tie"], both["quarter"], both["run"]))
    return {"what": What.WALK_OUT, **{name: column[order] for name, column in both.items()}}


def _losing(surplus: NDArray[np.float32], sharing: NDArray[np.float32], out: NDArray[np.float32]) -> NDArray[np.int64]:
    """Quarters in a row that a side had lost by the deal, as they stood when each quarter's walk-outs were decided."""
    before = np.zeros(surplus.shape, np.int64)
    losing = np.zeros(surplus[:, 0].shape, np.int64)
    for quarter in range(surplus.shape[1]):
        before[:, quarter] = losing
        losing = np.where(out[:, quarter] > 0, 0, losing)
        losing = np.where((surplus[:, quarter] < 0) & (sharing[:, quarter] > SHARED_ENOUGH), losing + 1, 0)
    return before


def _deals(pictures: Pictures) -> list[Found]:
    """Deals that came into force and deals that ended, with what ended them."""
    tie = pictures.tie
    before = pictures.before(tie["age"], 0.0)
    renewed = tie["age"] == 1.0
    over = (before > 0) & ((tie["age"] == 0) | renewed)
    rows: list[Found] = []
    for what, marked in ((What.DEAL_ENDED, over), (What.DEAL_BEGUN, renewed)):
        where = np.nonzero(marked)
        by_b = pictures.less_willing_b[where]
        rows.append({"what": what, "run": where[0], "quarter": where[1], **ends_of(pictures, where[2], by_b),
                     **(_ended(pictures, where, by_b, before) if what is What.DEAL_ENDED else _in_force(pictures, where, by_b))})
    return rows


def _ended(pictures: Pictures, where: tuple[Array, ...], by_b: Array, before: NDArray[np.float32]) -> dict[str, Array]:
    talk = pictures.tie["talk"][where]
    refused = np.isin(talk, (Talk.NO_ZONE, Talk.VETOED, Talk.NOT_AT_THE_TABLE)) & (pictures.tie["age"][where] == 0)
    outcome = np.where(refused, _outcomes()[talk.astype(np.int64)], Outcome.BROKEN_OFF)
    outcome = np.where(pictures.tie["walked_out"][where] > 0, Outcome.WALKED_OUT, outcome)
    told = outcome == Outcome.NO_ZONE
    reason = np.where(told, _side(pictures, "blocker", where, by_b), NOBODY)
    reason = np.where(outcome == Outcome.VETOED, Blocker.OPPOSITION, reason)
    return {"outcome": outcome, "reason": reason, "quarters": before[where]}


def _in_force(pictures: Pictures, where: tuple[Array, ...], by_b: Array) -> dict[str, Array]:
    """The deal in force at the end of a quarter; `payment` as seen by the partner that acts."""
    tie = pictures.tie
    return {"money": tie["agreed_money"][where], "staff": tie["agreed_staff"][where],
            "information": tie["agreed_information"][where],
            "payment": np.where(by_b, -tie["payment"][where], tie["payment"][where])}


def _broken_promises(pictures: Pictures) -> list[Found]:
    found: list[Found] = []
    for of_b in (False, True):
        side = "b" if of_b else "a"
        where = np.nonzero((pictures.tie[f"kept_{side}"] == 0) & (pictures.sharing > SHARED_ENOUGH))
        found.append({"what": What.BROKEN_PROMISE, "run": where[0], "quarter": where[1],
                      **ends_of(pictures, where[2], np.full(where[0].size, of_b)),
                      "surplus": pictures.tie[f"surplus_{side}"][where], "sharing": pictures.sharing[where]})
    return found


def _outcomes() -> Array:
    return np.array([TALK_OUTCOME[talk] for talk in Talk])


def _talks(pictures: Pictures) -> Found:
    """One row for each tie and quarter; the partner is the less willing side."""
    shape = pictures.sharing.shape
    where: tuple[Array, ...] = tuple(index.ravel() for index in np.indices(shape))
    by_b = pictures.less_willing_b[where]
    talk = pictures.tie["talk"][where].astype(np.int64)
    stuck = np.isin(talk, (Talk.NO_ZONE, Talk.OUT_OF_TIME))
    reason = np.where(stuck, _side(pictures, "blocker", where, by_b), NOBODY)
    return {
        "what": What.TALK, "run": where[0], "quarter": where[1], **ends_of(pictures, where[2], by_b),
        "round": pictures.tie["rounds"][where], "outcome": _outcomes()[talk],
        "reason": np.where(talk == Talk.VETOED, Blocker.OPPOSITION, reason), **_in_force(pictures, where, by_b),
        "trust": _trust(pictures, where, by_b), "trust_of_other": _trust(pictures, where, ~by_b),
        "sharing": pictures.sharing[where],
    }
