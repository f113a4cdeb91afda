"""The log tells the same as the measures, and every row is complete and possible."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from incentive_abm.engine.run import Record
from incentive_abm.engine.run import run as engine_run
from incentive_abm.log.declared import COLUMNS
from incentive_abm.parameters import PARAMETERS
from incentive_abm.results import Log, Outcome, Run, What, gather
from incentive_abm.results.run_writing import split


@pytest.fixture(scope="module")
def events(run: Run) -> pd.DataFrame:
    return run.events


def counted(run: Run, rows: pd.DataFrame) -> np.ndarray:
    """Rows by run and quarter, in the order of the measures."""
    index = pd.MultiIndex.from_frame(run.measures[["run", "quarter"]])
    return rows.groupby(["run", "quarter"], observed=True).size().reindex(index, fill_value=0).to_numpy()


@pytest.mark.parametrize("outcome", ["agreed", "no_zone", "out_of_time", "vetoed", "not_at_the_table"])
def test_talks_end_as_often_as_was_measured(run: Run, events: pd.DataFrame, outcome: str) -> None:
    ended = events[(events.event == "talk") & (events.outcome == outcome)]
    assert (counted(run, ended) == run.measures[outcome]).all()


def test_each_tie_has_one_talk_a_quarter(run: Run, events: pd.DataFrame) -> None:
    talks = events[events.event == "talk"]
    assert (counted(run, talks) == len(run.place.ties)).all()
    assert not talks.assign(tie=[frozenset(p) for p in zip(talks.partner, talks.other, strict=True)]).duplicated(
        ["run", "quarter", "tie"]).any()


def test_promises_are_broken_as_often_as_was_measured(run: Run, events: pd.DataFrame) -> None:
    assert (counted(run, events[events.event == "broken_promise"]) == run.measures.broken_promises).all()


def test_walk_outs_are_as_many_ties_as_was_measured(run: Run, events: pd.DataFrame) -> None:
    left = events[events.event == "walk_out"]
    ties = left.assign(tie=[frozenset(p) for p in zip(left.partner, left.other, strict=True)])
    assert len(left) > 20
    assert (counted(run, ties.drop_duplicates(["run", "quarter", "tie"])) == run.measures.walk_outs).all()


@pytest.mark.parametrize(("event", "measure"), [("new_leader", "new_leaders"), ("bail_out", "bailed_out")])
def test_leaders_and_bail_outs_are_as_many_as_was_measured(run: Run, events: pd.DataFrame, event: str, measure: str) -> None:
    connected = {run.place.partners.ids[i] for i in np.flatnonzero(run.place.connected)}
    rows = events[(events.event == event) & events.partner.isin(connected)]
    assert len(rows) > 0
    assert (counted(run, rows) == run.measures[measure]).all()


@pytest.mark.parametrize("event", ["reversal", "reorganisation"])
def test_what_comes_from_above_is_as_was_measured(run: Run, events: pd.DataFrame, event: str) -> None:
    assert (counted(run, events[events.event == event]) == run.measures[event]).all()


def test_deals_begun_less_deals_ended_are_the_deals_in_force(run: Run, events: pd.DataFrame) -> None:
    change = counted(run, events[events.event == "deal_begun"]) - counted(run, events[events.event == "deal_ended"])
    in_force = pd.Series(change).groupby(run.measures.run).cumsum()
    assert (in_force.to_numpy() == run.measures.deals).all()


def test_a_walk_out_has_its_cause(events: pd.DataFrame) -> None:
    left = events[events.event == "walk_out"]
    assert (left.surplus < 0).all()
    assert (left.quarters >= 2).all()
    assert (left.sharing > 0.02).all()
    assert left.reason.notna().all()


def test_every_refusal_has_its_reason_and_falls_short(events: pd.DataFrame) -> None:
    refused = events[(events.event == "offer") & (events.outcome == "refused")]
    assert len(refused) > 100
    assert refused.reason.notna().all()
    assert (refused.worth_to_other < refused.held_out_for + 1e-6).all()


def test_every_accepted_offer_ends_the_talks_of_its_tie(events: pd.DataFrame) -> None:
    keys = ["run", "quarter"]
    accepted = events[(events.event == "offer") & (events.outcome == "accepted")]
    agreed = events[(events.event == "talk") & (events.outcome == "agreed")]
    assert (accepted.worth_to_other >= accepted.held_out_for - 1e-6).all()

    def pairs(rows: pd.DataFrame) -> set[tuple[object, ...]]:
        ties = [frozenset(p) for p in zip(rows.partner, rows.other, strict=True)]
        return set(zip(*(rows[k] for k in keys), ties, rows["round"], strict=True))

    assert pairs(accepted) == pairs(agreed)


def test_timed_events_stand_in_their_quarter(events: pd.DataFrame) -> None:
    timed = events[events.event == "scenario"]
    told = sorted(set(zip(timed.quarter, timed.title, strict=True)))
    assert told == [(7, "a new leader"), (12, "a new government turns round")]
    named = events[(events.event == "new_leader") & (events.quarter == 7) & (events.background == "integrator")]
    least = 0.9 * (1.0 - PARAMETERS["skill_fading"].default)  # at the end of the quarter, some of it forgotten
    assert (named["skill"] > least - 1e-6).sum() >= 3 * 4


def test_trust_is_that_of_the_recorded_ties(run: Run, events: pd.DataFrame) -> None:
    ties = run.ties.astype({"a": str, "b": str})
    talks = events[events.event == "talk"].astype({"partner": str, "other": str})
    forward = talks.merge(ties, left_on=["run", "quarter", "partner", "other"], right_on=["run", "quarter", "a", "b"],
                          suffixes=("", "_tie"))
    assert len(forward) > 100
    assert np.allclose(forward.trust, forward.alpha_a / (forward.alpha_a + forward.beta_a), atol=1e-6)
    assert np.allclose(forward.trust_of_other, forward.alpha_b / (forward.alpha_b + forward.beta_b), atol=1e-6)


def test_the_less_willing_side_is_the_one_that_the_model_blames(run: Run, events: pd.DataFrame) -> None:
    ties = run.ties.astype({"a": str, "b": str})
    stuck = events[(events.event == "talk") & (events.outcome == "no_zone")].astype({"partner": str, "other": str})
    both = pd.concat([stuck.merge(ties, left_on=["run", "quarter", "partner", "other"], right_on=["run", "quarter", one, two],
                                  suffixes=("", "_tie")) for one, two in (("a", "b"), ("b", "a"))])
    held = both[both.blocker != "nothing"]
    assert len(held) > 100
    assert (held.reason.astype(str) == held.blocker.astype(str)).mean() > 0.999


def test_what_a_bail_out_meets_is_part_of_the_deficit(run: Run, events: pd.DataFrame) -> None:
    partners = run.partners.astype({"partner": str})
    before = partners.assign(quarter=partners.quarter + 1)[["run", "quarter", "partner", "balance"]]
    rescued = events[events.event == "bail_out"].astype({"partner": str}).merge(before, on=["run", "quarter", "partner"])
    income = dict(zip(run.place.partners.ids, run.place.partners.income, strict=True))
    expected = -0.69 * rescued.balance * rescued.partner.map(income)
    assert np.allclose(rescued.pounds_m, expected, rtol=1e-5)


def test_how_a_batch_is_cut_changes_nothing(run: Run) -> None:
    recorded = engine_run(run.place, run.scenario, run.seeds, 8, Record.EVENTS)
    whole = gather(run.place, recorded)
    row, first, parts = 0, 0, []
    for part in split(recorded, 2):
        parts.append(gather(run.place, part, first, row))
        row, first = row + len(parts[-1]), first + len(part.jobs)
    for name in COLUMNS:
        assert np.array_equal(getattr(whole, name), np.concatenate([getattr(p, name) for p in parts]), equal_nan=True), name


def test_rows_are_in_order(run: Run) -> None:
    log = gather(run.place, engine_run(run.place, run.scenario, run.seeds, 8, Record.EVENTS))
    assert (np.diff(log.row) == 1).all()
    assert (np.diff(log.run * 1000 + log.quarter) >= 0).all()


def test_only_keeps_where_rows_stand(run: Run) -> None:
    log = run.log(1)
    walks = log.of(What.WALK_OUT)
    assert isinstance(walks, Log)
    assert set(walks.outcome) == {Outcome.NONE}
    assert run.events.iloc[walks.row].event.eq("walk_out").all()


def test_without_events_there_is_no_log(run: Run) -> None:
    with pytest.raises(ValueError, match="events were not recorded"):
        gather(run.place, engine_run(run.place, run.scenario, [1], 2, Record.MEASURES))
