"""A GP network's table, at which hospital, council and charity sit: who signs, what a signature brings, whom an end strikes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from incentive_abm.agents import Partner, Side, Tie
from incentive_abm.agents.compacts import decision_speed
from incentive_abm.kinds import Kind
from incentive_abm.model import IntegrationModel
from incentive_abm.place import Place, load_place

PARTNERS = """id,name,kind,income_m,balance
surgery,Ambridge PCN,gp,40,0.04
hospital,St Elsewhere NHS Trust,trust,400,-0.04
council,Borchester Council,council,160,0.01
charity,Kind Neighbours,voluntary,20,0
clinic,Felpersham NHS Trust,trust,200,0
"""
TIES = """source,target,people
surgery,hospital,30000
surgery,council,30000
surgery,charity,5000
hospital,council,60000
hospital,clinic,60000
"""
OPEN = {"inclusion": 1.0, "exit_chance": 0.0, "compact_lead": "gp", "reversal_chance": 0.0, "reorganisation_rate": 0.0,
        "turnover": 0.0, "shock_rate": 0.0, "balance_noise": 0.0}
"""Everyone is at the table, nobody leaves by chance, nothing comes from outside."""
LEAVES_IN = 6


class Signing(Partner):
    """Signs with anybody, and stays."""

    def signs(self, side: Side[Any]) -> bool:
        return True

    def walks_away(self, side: Side[Any]) -> bool:
        return False

    def gives_up(self) -> bool:
        return False


class NotSigning(Signing):
    """Signs nothing."""

    def signs(self, side: Side[Any]) -> bool:
        return False


class Leaving(Signing):
    """Leaves the surgery's table in one quarter."""

    def walks_away(self, side: Side[Any]) -> bool:
        return self.place.quarter == LEAVES_IN and side.other.id == "surgery"


class GivingUp(Signing):
    """Gives its compact up in one quarter."""

    def gives_up(self) -> bool:
        return self.place.quarter == LEAVES_IN


@pytest.fixture
def around_a_surgery(tmp_path: Path) -> Place:
    (tmp_path / "partners.csv").write_text(PARTNERS)
    (tmp_path / "ties.csv").write_text(TIES)
    return load_place(tmp_path)


Begin = Callable[..., IntegrationModel]


@pytest.fixture
def begin(around_a_surgery: Place) -> Begin:
    """Begin a run with a form of compact, quarters already played, partners of some kinds of their own class."""
    def begun(form: str, quarters: int = 1, others: Mapping[Kind, type[Partner]] | None = None,
              **settings: Any) -> IntegrationModel:
        classes = {**dict.fromkeys(Kind, Signing), **(others or {})}
        model = IntegrationModel(around_a_surgery, seed=3, quarters=40, parameters={**OPEN, "compact": form, **settings},
                                 partner_classes=classes)
        for _ in range(quarters):
            model.step()
        return model

    return begun


def tie(model: IntegrationModel, one: str, other: str) -> Tie[Any]:
    return next(each for each in model.ties if {each.a.partner.id, each.b.partner.id} == {one, other})


def partner(model: IntegrationModel, name: str) -> Partner:
    return next(each for each in model.partners if each.id == name)


def bound(model: IntegrationModel) -> set[str]:
    """Who is in the surgery's compact."""
    return {name for name in ("hospital", "council", "charity") if tie(model, "surgery", name).bound}


def test_an_alliance_begins_when_all_at_the_table_sign(begin: Begin) -> None:
    model = begin("alliance")
    assert bound(model) == {"hospital", "council", "charity"}
    assert (partner(model, "surgery").hosts, partner(model, "surgery").members) == (1.0, 3.0)
    for one, other in (("hospital", "council"), ("hospital", "clinic")):
        assert tie(model, one, other).bound == 0.0


@pytest.mark.parametrize("who", [Kind.TRUST, Kind.COUNCIL, Kind.VOLUNTARY])
def test_an_alliance_needs_everyones_consent(begin: Begin, who: Kind) -> None:
    assert bound(begin("alliance", 8, {who: NotSigning})) == set()


def test_who_is_not_at_the_table_is_not_asked(begin: Begin) -> None:
    assert bound(begin("alliance", others={Kind.VOLUNTARY: NotSigning}, inclusion=0.0)) == {"hospital", "council"}


def test_an_alliance_waits_for_trust(begin: Begin) -> None:
    """With partners that decide by the rule: nobody signs at a trust that none has, all do at one that all have."""
    by_rule = dict.fromkeys(Kind, Partner)
    gains = {"effect": 3.0, "stranded_cost": 0.0, "risk_share": 0.0, "opposition_start": 0.0, "trust_start": 0.6}
    assert bound(begin("alliance", 8, by_rule, compact_trust=1.0, **gains)) == set()
    assert bound(begin("alliance", 8, by_rule, compact_trust=0.0, **gains)) == {"hospital", "council", "charity"}


def test_a_lead_provider_binds_those_who_sign_if_they_are_two(begin: Begin) -> None:
    assert bound(begin("lead_provider", others={Kind.COUNCIL: NotSigning})) == {"hospital", "charity"}
    assert bound(begin("lead_provider", 8, {Kind.COUNCIL: NotSigning, Kind.VOLUNTARY: NotSigning})) == set()


def test_who_signs_later_joins_a_lead_provider(begin: Begin) -> None:
    class Later(Signing):
        def signs(self, side: Side[Any]) -> bool:
            return self.place.quarter >= 3

    assert bound(begin("lead_provider", 3, {Kind.COUNCIL: Later})) == {"hospital", "charity"}
    assert bound(begin("lead_provider", 4, {Kind.COUNCIL: Later})) == {"hospital", "council", "charity"}


def test_one_leaver_ends_an_alliance_and_strikes_all(begin: Begin) -> None:
    model, untouched = (begin("alliance", LEAVES_IN, {Kind.COUNCIL: cls}, fall_out=0.4) for cls in (Leaving, Signing))
    for run in (model, untouched):
        for each in run.ties:
            each.scope_money = each.scope_staff = each.scope_information = 0.5
        run.step()
    assert bound(model) == set()
    holder = partner(model, "surgery")
    assert (holder.hosts, holder.dissolved, holder.members, holder.table_speed) == (0.0, 1.0, 0.0, 0.0)
    assert tie(model, "surgery", "council").scar == 1.0
    assert tie(model, "surgery", "council").struck == 0.0
    for name in ("hospital", "charity"):
        hit, spared = tie(model, "surgery", name), tie(untouched, "surgery", name)
        assert hit.walked_out == 0.0
        assert hit.struck == hit.scar == 0.4
        assert hit.breadth < spared.breadth
        assert hit.identity < spared.identity
        for one, other in zip(hit.sides, spared.sides, strict=True):
            assert one.trust < other.trust
    assert tie(model, "hospital", "council").scar == 0.0


@pytest.mark.parametrize("fall_out", [0.0, 1.0])
def test_the_fall_out_lies_between_nothing_and_a_walk_out(begin: Begin, fall_out: float) -> None:
    model = begin("alliance", LEAVES_IN + 1, {Kind.COUNCIL: Leaving}, fall_out=fall_out)
    assert tie(model, "surgery", "hospital").scar == fall_out
    assert partner(model, "surgery").dissolved == 1.0


def test_a_lead_provider_goes_on_without_one_until_fewer_than_two_are_left(begin: Begin) -> None:
    model = begin("lead_provider", LEAVES_IN + 1, {Kind.COUNCIL: Leaving})
    assert bound(model) == {"hospital", "charity"}
    assert (partner(model, "surgery").hosts, partner(model, "surgery").members) == (1.0, 2.0)
    assert tie(model, "surgery", "hospital").struck == 0.0
    last = begin("lead_provider", LEAVES_IN + 1, {Kind.COUNCIL: Leaving, Kind.VOLUNTARY: Leaving}, fall_out=0.4)
    assert bound(last) == set()
    assert partner(last, "surgery").dissolved == 1.0
    assert tie(last, "surgery", "hospital").struck == 0.4


@pytest.mark.parametrize("form", ["alliance", "lead_provider"])
def test_a_compact_whose_holder_gives_up_is_over_for_all(begin: Begin, form: str) -> None:
    model = begin(form, LEAVES_IN, {Kind.GP: GivingUp}, fall_out=0.4)
    assert bound(model) == {"hospital", "council", "charity"}
    model.step()
    assert bound(model) == set()
    assert [tie(model, "surgery", name).struck for name in ("hospital", "council", "charity")] == [0.4] * 3


@pytest.mark.parametrize("form", ["alliance", "lead_provider"])
def test_who_is_walking_out_signs_nothing(begin: Begin, form: str) -> None:
    class Never(Signing):
        def walks_away(self, side: Side[Any]) -> bool:
            return True

    expected = {"hospital", "charity"} if form == "lead_provider" else set()
    for quarters in range(1, 5):
        assert bound(begin(form, quarters, {Kind.COUNCIL: Never})) == expected


def test_an_alliance_that_loses_its_members_is_over(begin: Begin) -> None:
    """A charity that is no longer at the table takes its chair with it; who is left goes on only if they are two."""
    model = begin("alliance", 2)
    model.place_state.settings.inclusion = 0.0
    model.step()
    assert bound(model) == {"hospital", "council"}
    model.place_state.settings.compact_lead, model.place_state.settings.lead_partner = 3.0, 0.0  # whoever leads; nobody does
    for _ in range(2):
        model.step()
    assert bound(model) == set()
    assert partner(model, "surgery").hosts == 0.0


def lost_for_long(model: IntegrationModel) -> None:
    """Everyone has lost by every deal for ten years."""
    for each in model.ties:
        for side in each.sides:
            side.losing = 40.0
    for each in model.partners:
        each.carrying = 40.0


@pytest.mark.parametrize(("form", "stay"), [("mandated", True), ("lead_provider", False), ("alliance", False)])
def test_nobody_leaves_a_mandated_board(begin: Begin, form: str, stay: bool) -> None:
    class Losing(Signing):
        """Decides by the rule whether to leave."""

        walks_away = Partner.walks_away

    in_it = {"hospital", "council", "charity"}
    model = begin(form, 1, dict.fromkeys(Kind, Losing), exit_chance=1.0, exit_patience=1)
    assert bound(model) == in_it
    lost_for_long(model)
    model.step()
    assert (bound(model) == in_it) is stay
    assert tie(model, "hospital", "council").walked_out > 0.0
    assert all(tie(model, "surgery", name).walked_out == 0.0 for name in in_it) is stay


def test_a_mandated_board_binds_the_unwilling_who_own_it_less(begin: Begin) -> None:
    willing, unwilling = (begin("mandated", 12, {Kind.COUNCIL: cls}) for cls in (Signing, NotSigning))
    assert bound(willing) == bound(unwilling) == {"hospital", "council", "charity"}
    assert tie(unwilling, "surgery", "council").consent == 0.0
    assert partner(willing, "council").forced == 0.0 < partner(unwilling, "council").forced
    assert partner(unwilling, "council").ownership < partner(willing, "council").ownership


def apart(model: IntegrationModel) -> float:
    """How far the balances of surgery and hospital are apart."""
    return abs(partner(model, "surgery").balance - partner(model, "hospital").balance)


def all_money(model: IntegrationModel) -> float:
    return sum(each.balance * each.income for each in model.partners)


def test_sharing_risk_evens_balances_and_makes_no_money(begin: Begin) -> None:
    none, some, more = (begin("mandated", 1, risk_share=share) for share in (0.0, 0.3, 0.9))
    assert all_money(none) == pytest.approx(all_money(some), abs=1e-9) == pytest.approx(all_money(more), abs=1e-9)
    assert apart(more) < apart(some) < apart(none)
    assert partner(none, "clinic").balance == partner(more, "clinic").balance


def test_risk_is_shared_only_in_a_compact(begin: Begin) -> None:
    one, other = (begin("lead_provider", 1, dict.fromkeys(Kind, NotSigning), risk_share=share) for share in (0.0, 0.9))
    assert [each.balance for each in one.partners] == [each.balance for each in other.partners]


def unclear(model: IntegrationModel, name: str) -> float:
    return max(side.unclear for side in tie(model, "surgery", name).sides)


def test_costs_that_nobody_reckoned_with_bite_where_obligations_are_unclear(begin: Begin) -> None:
    clear, hazy, spared = (begin("mandated", 8, obligations_clarity=clarity, unclear_costs=most, mandate=0.5, policy_sustains=1.0)
                           for clarity, most in ((1.0, 1.0), (0.0, 1.0), (0.0, 0.0)))
    for name in ("hospital", "council", "charity"):
        assert unclear(clear, name) == unclear(spared, name) == 0.0 < unclear(hazy, name) <= 1.0
        bites = [one.surplus < other.surplus for one, other in
                 zip(tie(hazy, "surgery", name).sides, tie(spared, "surgery", name).sides, strict=True)]
        assert all(bites), name
    assert max(side.unclear for side in tie(hazy, "hospital", "council").sides) == 0.0


def test_what_was_unclear_is_learnt(begin: Begin) -> None:
    early, late = (begin("mandated", quarters, obligations_clarity=0.0, unclear_costs=1.0) for quarters in (1, 11))
    assert unclear(late, "hospital") == pytest.approx(unclear(early, "hospital") * 0.9**10)


def test_a_compact_decides_faster_than_the_board(begin: Begin) -> None:
    model = begin("alliance", 2, named_owner=0.0, free_riding=0.05)
    inside, outside = tie(model, "surgery", "hospital"), tie(model, "hospital", "council")
    assert decision_speed(inside) > model.place_state.board_speed == decision_speed(outside)


def test_and_slower_the_more_sign_but_for_a_named_owner(begin: Begin) -> None:
    def speed(leaving_out: tuple[Kind, ...], **settings: float) -> float:
        model = begin("lead_provider", 2, dict.fromkeys(leaving_out, NotSigning), **settings)
        return float(decision_speed(tie(model, "surgery", "hospital")))

    assert speed((Kind.COUNCIL,), named_owner=0.0, free_riding=0.05) > speed((), named_owner=0.0, free_riding=0.05)
    assert speed((Kind.COUNCIL,), named_owner=1.0, free_riding=0.05) == speed((), named_owner=1.0, free_riding=0.05)
