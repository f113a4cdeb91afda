"""What has nothing to act on changes nothing, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from places import Field, PartnerField, PlaceField, SideField, TieField, a_dozen, play, played, today

from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from incentive_abm.scenario import Event, EventKind, Scenario
from tests.baseline import SWITCHES

M, P, T, S, G = Measure, PartnerField, TieField, SideField, PlaceField


def same(one: Scenario, other: Scenario, *fields: Field) -> None:
    """Two scenarios give the same bits of these, run by run."""
    first, second = play([one], list(range(1, 9))), play([other], list(range(1, 9)))
    for each in fields:
        a, b = ((r.series(each) if isinstance(each, Measure) else r.each(each)) for r in (first, second))
        assert np.array_equal(a, b), f"{each!r} differs"


def test_without_a_vote_nobody_can_brake_or_block() -> None:
    free = {"voting_rule": "none", "deficit_trend": 0.004}
    same(today({**free, "board_brake": 0.0, "block_share": 0.0}), today({**free, "board_brake": 1.0, "block_share": 1.0}),
         M.FORM, M.INTEGRATION, G.BOARD_SPEED)


@pytest.mark.parametrize("rule", ["majority", "unanimity", "size_weighted", "equal_voice"])
def test_a_board_without_a_brake_decides_nothing(rule: str) -> None:
    same(today({"board_brake": 0.0, "voting_rule": "none"}), today({"board_brake": 0.0, "voting_rule": rule}),
         M.FORM, M.INTEGRATION, G.BOARD_SPEED)


def test_a_named_owner_leaves_no_room_for_free_riding() -> None:
    same(today({"named_owner": 1.0, "free_riding": 0.0}), today({"named_owner": 1.0, "free_riding": 0.1}), M.FORM, M.INTEGRATION)
    same(today({"free_riding": 0.0, "named_owner": 0.0}), today({"free_riding": 0.0, "named_owner": 1.0}), M.FORM, M.INTEGRATION)


def test_a_deadline_without_money_moves_nobody() -> None:
    same(today({"deadline_quarter": 1}), today({"deadline_quarter": 80, "deadline_scope": 0.0}), M.FORM, M.BALANCE_TRUST)


def test_a_reversal_without_depth_undoes_nothing() -> None:
    quiet = today({"reversal_chance": 0.0, "reorganisation_rate": 0.0, "reversal_depth": 0.0})
    struck = Scenario(quiet.name, quiet.title, parameters=quiet.parameters, events=(Event(6, EventKind.REVERSAL),))
    same(quiet, struck, M.FORM, M.INTEGRATION, M.IDENTITY)
    assert play([struck], [1]).series(M.REVERSAL)[0].tolist() == [float(quarter == 6) for quarter in range(32)]


def test_without_bias_and_slogans_what_is_seen_is_what_is_felt() -> None:
    runs = played({"role_bias": 0.0, "slogan": 0.0})
    assert np.array_equal(runs.each(S.COST), runs.each(S.TRUE_COST))


def test_full_power_sharing_gives_both_sides_the_same_say() -> None:
    runs = played({"power_sharing": 1.0, "policy_sustains": 1.0, "community_control": 0.0, "lead_partner": "none"})
    assert (runs.each(S.VOICE)[1:] == 0.5).all()


def test_nothing_is_imposed_without_a_mandate() -> None:
    """Whoever is not at the table shares nothing, unless told to."""
    ends = (a_dozen().partners.kind[a_dozen().ties.a], a_dozen().partners.kind[a_dozen().ties.b])
    outside = (ends[0] == Kind.VOLUNTARY) | (ends[1] == Kind.VOLUNTARY)
    free, told = (played({"inclusion": 0.0, "mandate": mandate}).each(T.SCOPE_STAFF)[-1][outside] for mandate in (0.0, 0.5))
    assert (free == 0.0).all()
    assert (told > 0.0).all()


def test_pilots_start_higher() -> None:
    """Where every tie is a pilot, each belief, 'we' and knowledge begins a third of the way nearer to full."""
    without, within = (play([today({"pilots": share})], list(range(1, 9)), quarters=4) for share in (0.0, 1.0))
    for each in (T.IDENTITY, T.INFORMATION):
        before, after = without.each(each)[0], within.each(each)[0]
        assert after == pytest.approx(before + (1.0 - before) / 3.0)
    trusted = [r.each(S.ALPHA)[0] / (r.each(S.ALPHA)[0] + r.each(S.BETA)[0]) for r in (without, within)]
    assert trusted[1] == pytest.approx(np.minimum(trusted[0] + (1.0 - trusted[0]) / 3.0, 0.98))


SILENT = {
    "whole_way": ("way_half",), "word_travels": ("hearing",), "results_felt": ("refusal",),
    "policy_sustains": ("practice_fading", "practice_growth", "seen_half", "seen_elsewhere"),
    "compact": ("compact_lead", "compact_trust", "risk_share", "unclear_costs", "fall_out"),
}
"""What belongs to a mechanism and can have no effect where that is off."""


@pytest.mark.parametrize("switch", SILENT)
def test_what_belongs_to_a_mechanism_that_is_off_changes_nothing(switch: str) -> None:
    def at(end: str) -> dict[str, object]:
        return {name: PARAMETERS[name].show(getattr(PARAMETERS[name], end)) for name in SILENT[switch]}

    ends = [today({switch: SWITCHES[switch], "mandate": 0.6, **at(end)}) for end in ("low", "high")]
    same(*ends, M.FORM, M.INTEGRATION, M.TRUST, M.OWNERSHIP, M.OPPOSITION, S.ALPHA, P.SKILL, P.PRESSURE, P.BALANCE)
