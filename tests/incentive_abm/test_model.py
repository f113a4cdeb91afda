"""The Mesa model as a Mesa user meets it, and one quarter of four partners worked out by hand."""

from __future__ import annotations

import gc
import math
import subprocess
import sys
import weakref
from inspect import signature
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest
from mesa import batch_run
from two_executors import borsetshire, small_place

from incentive_abm.agents import GP, Council, Organisation, Partner, PlaceState, Side, Tie, Trust, Voluntary
from incentive_abm.compiling.layout import Record
from incentive_abm.errors import UserError
from incentive_abm.kinds import Kind, Phase, Talk
from incentive_abm.measures import Measure
from incentive_abm.model import IntegrationModel, model_with
from incentive_abm.parameters import Scope, names
from incentive_abm.place import Place, load_place
from incentive_abm.state.arrays import PARTNER, PLACE, SIDE, TIE
from tests.baseline import SWITCHES

SEEDS_APART = "rng" in signature(batch_run).parameters
"""Whether this Mesa takes the seeds of a batch as an argument of their own (3.5) rather than among the parameters (3.3)."""


def swept(model: Any, parameters: dict[str, Any], seeds: list[int], processes: int = 1) -> list[dict[str, Any]]:
    """Run a batch with Mesa's own tool, whichever way this Mesa takes seeds."""
    if SEEDS_APART:
        results = batch_run(model, parameters, processes, rng=seeds, display_progress=False)
    else:
        results = batch_run(model, {**parameters, "seed": seeds}, processes, display_progress=False)
    return list(results)


# --- an ordinary Mesa model


def test_it_runs_to_its_horizon_and_collects_every_measure() -> None:
    model = IntegrationModel(small_place(), quarters=6)
    model.run_model()
    collected = model.datacollector.get_model_vars_dataframe()
    assert list(collected.columns) == [measure.code for measure in Measure]
    assert len(collected) == 6
    assert not model.running
    assert model.steps == model.quarter == 6
    assert collected["stated_agreement"].between(0.0, 1.0).all()


def test_the_shipped_place_is_used_when_none_is_given() -> None:
    model = IntegrationModel(quarters=1)
    model.step()
    assert len(model.partners) > 40
    assert {type(partner) for partner in model.partners} == {Trust, Council, GP, Voluntary}


def test_partners_are_agents_in_a_set_for_each_kind() -> None:
    model = IntegrationModel(small_place())
    counts = {kind: len(agents) for kind, agents in model.agents_by_type.items()}
    assert counts == {Trust: 1, Council: 2, GP: 3, Voluntary: 2}
    assert list(model.agents) == model.partners
    assert [agent.unique_id for agent in model.agents] == list(range(1, 9))
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)
    assert len(model.agents.select(agent_type=Trust)) == 1


def test_steps_and_phases_can_be_played_one_by_one() -> None:
    whole, parts = IntegrationModel(small_place()), IntegrationModel(small_place())
    whole.step()
    parts.begin_quarter()
    for phase in Phase:
        parts.play(phase)
    parts.end_quarter()
    assert np.array_equal(whole.arrays().tie, parts.arrays().tie)
    assert np.array_equal(whole.measures, parts.measures)


@pytest.mark.parametrize(("holder", "record"), [(Organisation, PARTNER), (Tie, TIE), (Side, SIDE), (PlaceState, PLACE)])
def test_agents_carry_every_declared_field_under_its_name(holder: type, record: Record) -> None:
    inherited = {name for each in holder.__mro__ for name in getattr(each, "__annotations__", {})}
    assert set(record.names) <= inherited


def test_every_number_is_a_plain_float() -> None:
    model = IntegrationModel(small_place(), "ten-lessons", quarters=4)
    model.run_model()
    partner, tie = model.partners[0], model.ties[0]
    numbers = [getattr(holder, name) for holder, record in (
        (partner, PARTNER), (tie, TIE), (tie.a, SIDE), (model.place_state, PLACE)) for name in record.names]
    numbers += [*vars(partner.settings).values(), *vars(model.settings).values()]
    assert {type(number) for number in numbers} == {float}


def test_settings_are_those_of_the_table() -> None:
    model = IntegrationModel(small_place(), parameters={"bailout": 0.9, "mandate": 0.4, "protocol": "nash"})
    assert tuple(vars(model.settings)) == names(Scope.PLACE)
    assert tuple(vars(model.partners[0].settings)) == names(Scope.PARTNER)
    assert {partner.settings.bailout for partner in model.partners} == {0.9}
    assert (model.settings.mandate, model.settings.protocol) == (0.4, 1.0)


@pytest.mark.parametrize(("arguments", "said"), [
    ({"seed": None}, "seed is missing: from Mesa 3.5 on, batch_run takes seeds as rng=[1, 2, 3]"),
    ({"seed": -1}, "seed is -1; expected a whole number from 0"),
    ({"seed": 1.5}, "seed is 1.5; expected a whole number from 0"),
    ({"seed": 2**63}, "expected a whole number from 0 to 2^63 − 1"),
    ({"quarters": 0}, "quarters is 0; expected a whole number from 1"),
    ({"parameters": {"bailot": 0.5}}, "no parameter is called 'bailot' (did you mean bailout?)"),
    ({"parameters": {"bailout": 2}}, "bailout is 2; expected a number from 0 to 1"),
    ({"scenario": "todya"}, "did you mean today?"),
])
def test_mistakes_are_told_in_one_message(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError) as caught:
        IntegrationModel(small_place(), **arguments)
    assert said in str(caught.value)


def test_no_argument_is_swallowed() -> None:
    with pytest.raises(TypeError, match="bailot"):
        IntegrationModel(small_place(), bailot=0.5)  # type: ignore[call-arg]


def test_a_run_that_is_over_leaves_memory() -> None:
    place = small_place()

    def over() -> weakref.ref[IntegrationModel]:
        model = IntegrationModel(place, quarters=2)
        model.run_model()
        return weakref.ref(model)

    runs = [over() for _ in range(3)]
    gc.collect()
    assert [run() for run in runs] == [None] * 3


def test_an_abandoned_run_leaves_memory_and_later_agents_keep_their_own_ids() -> None:
    model = IntegrationModel(small_place())
    assert mesa.Agent(model).unique_id == 9
    remembered = weakref.ref(model)
    del model
    gc.collect()
    assert remembered() is None


# --- Mesa's batch_run


def test_batch_run_over_sets_of_parameters() -> None:
    sets = [{"mandate": 0.0}, {"mandate": 1.0}]
    rows = swept(IntegrationModel, {"place": small_place(), "quarters": 8, "parameters": sets}, [1, 2])
    form = {(row["parameters"]["mandate"], row["seed"]): row["form"] for row in rows}
    assert len(rows) == len(form) == 4
    assert all(form[1.0, seed] > form[0.0, seed] for seed in (1, 2))


@pytest.mark.skipif(SEEDS_APART, reason="from Mesa 3.5 on, batch_run is told seeds of its own, and a model refuses to be without")
def test_iterations_without_seeds_differ_in_luck_alone_and_are_those_of_the_first_seeds() -> None:
    place = small_place()
    asked = {"place": [place], "quarters": 8}
    for maker, more in ((IntegrationModel, {}), (model_with("bailout"), {"bailout": 0.3})):
        rows = batch_run(maker, {**asked, **more}, iterations=3, display_progress=False)
        found = [row["integration"] for row in rows]
        assert len(set(found)) == 3
        for seed, integration in enumerate(found, 1):
            model = IntegrationModel(place, quarters=8, seed=seed, parameters=more)
            while model.running:
                model.step()
            assert model.measures[Measure.INTEGRATION] == integration


def test_batch_run_over_parameters_by_name() -> None:
    maker = model_with("mandate", "protocol")
    rows = swept(maker, {"place": small_place(), "quarters": 8, "mandate": [0.0, 1.0], "protocol": "nash"}, [1, 2, 3])
    assert len(rows) == 6
    alone = IntegrationModel(small_place(), seed=2, quarters=8, parameters={"mandate": 1.0, "protocol": "nash"})
    alone.run_model()
    same, = (row for row in rows if row["mandate"] == 1.0 and row["seed"] == 2)
    assert same["integration"] == alone.measures[Measure.INTEGRATION]


@pytest.mark.slow
def test_batch_run_in_two_processes(tmp_path: Path) -> None:
    script = tmp_path / "sweep.py"
    script.write_text(f"""
from mesa import batch_run
from incentive_abm.model import model_with
from incentive_abm.place import generate_place

if __name__ == "__main__":
    asked = {{"place": generate_place(1, 1, 1, 2, 1), "quarters": 2, "bailout": [0.0, 1.0]}}
    rows = batch_run(model_with("bailout"), asked, 2, display_progress=False{", rng=[1]" if SEEDS_APART else ""})
    print(sorted((row["bailout"], row["RunId"]) for row in rows))
""")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False,
                          cwd=Path(__file__).parents[2], env={"PYTHONPATH": str(Path(__file__).parents[2])})
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[(0.0, 0), (1.0, 1)]"


def test_a_sweep_names_only_parameters_of_a_run() -> None:
    with pytest.raises(UserError, match=r"no parameter is called 'bailot' \(did you mean bailout\?\)"):
        model_with("bailot")
    with pytest.raises(UserError, match="trust_income fills holes when a place is read"):
        model_with("trust_income")
    with pytest.raises(TypeError, match="handover"):
        model_with("bailout")(place=small_place(), bailout=0.5, handover=0.1)
    with pytest.raises(TypeError, match="bailout"):
        model_with("bailout")(place=small_place())


# --- overriding one decision


class NeverSigns(Council):
    """A council that turns down every offer, and makes none."""

    def accepts(self, side: Side, package: Any, round_number: int) -> bool:
        return False

    def propose(self, side: Side, packages: Any, round_number: int) -> Any:
        return None


def test_one_decision_can_be_overridden() -> None:
    place = small_place()
    model = IntegrationModel(place, "ten-lessons", quarters=8, partner_classes={Kind.COUNCIL: NeverSigns})
    model.run_model()
    usual = IntegrationModel(place, "ten-lessons", quarters=8)
    usual.run_model()

    def deals(of: IntegrationModel) -> int:
        return sum(tie.age > 0 for tie in of.ties for side in tie.sides if side.partner.kind is Kind.COUNCIL)

    assert deals(model) == 0
    assert deals(usual) > 0
    assert {type(p) for p in model.partners if p.kind is Kind.COUNCIL} == {NeverSigns}


# --- four partners by hand


def calm(**more: Any) -> dict[str, Any]:
    """Luck decides nothing but promises and nothing couples ties, so that a quarter can be worked out on paper."""
    return {"value_gap": 1.0, "value_spread": 0.0, "turnover": 0.0, "shock_rate": 0.0, "balance_noise": 0.0,
            "deficit_trend": 0.0, "reversal_chance": 0.0, "reorganisation_rate": 0.0, "pilots": 0.0, "inclusion": 1.0,
            "slogan": 0.0, "common_purpose": 0.0, "lead_partner": "none", **SWITCHES, **more}


def tie_of(model: IntegrationModel, one: str, other: str) -> tuple[Tie, Side, Side]:
    """A tie with the side of the partner named first, then the other's."""
    tie, = (t for t in model.ties if {t.a.partner.id, t.b.partner.id} == {one, other})
    return (tie, tie.a, tie.b) if tie.a.partner.id == one else (tie, tie.b, tie.a)


@pytest.fixture
def four(tmp_path: Path) -> Place:
    return borsetshire(tmp_path)


def test_a_quarter_of_four_partners_worked_out_by_hand(four: Place) -> None:
    model = IntegrationModel(four, seed=4, parameters=calm(
        listening=0.5, autonomy=0.4, accountability=0.6, target_pressure=0.5, power_sharing=0.4, community_control=0.0,
        stereotype_start=0.1, information_start=0.2, identity_start=0.3, relational_space=0.5, contact_quality=0.4,
        committees=0.0, relations_first=0.5, contact_rate=0.1, mandate=0.6, joint_resolution=0.0, opposition_start=0.2,
        public_engagement=0.25, opposition_weight=0.1, uptake=0.2, decision_clarity=0.5, directives=0))
    hospital = next(partner for partner in model.partners if partner.id == "hospital")
    tie, at_hospital, at_council = tie_of(model, "hospital", "council")

    model.play(Phase.NATIONAL)
    assert hospital.stress == 1.0  # a deficit of 3% is full stress
    assert model.place_state.clarity == 0.5  # no directives, nobody leads
    assert model.place_state.quarters_to_election == model.settings.election_phase

    model.play(Phase.LEADERSHIP)
    model.play(Phase.PRESSURES)
    assert [partner.pressure for partner in model.partners] == [0.0] * 4

    model.play(Phase.APPRAISAL)
    # Trusts (27 25 25 12 4 7) against councils (8 12 27 21 18 14): 19 + 13 + 2 + 9 + 14 + 7 = 64, half of it.
    assert tie.distance == pytest.approx(0.32)
    # 0.8, nothing for diversity half listened to, 0.6 · 0.4·0.6·(1 − 0.2) · (1 − 0.6·0.5).
    assert tie.quality == pytest.approx(0.8 + 0.6 * 0.192 * 0.7)
    # The hospital brings 400 · ½ · 250/280 of its money, the council 160 · ½ · 250/294.8.
    brought, by_council = 200 * 250 / 280, 80 * 250 / 294.8
    assert at_hospital.share == pytest.approx(brought / (brought + by_council))
    assert at_hospital.voice == pytest.approx(0.2 + 0.6 * at_hospital.share)
    assert at_hospital.opposed == pytest.approx(0.1 * 0.2 * 0.75)
    assert at_hospital.waiting == 0.0
    # In daily work: distance 0.32 + 0.1 = 0.42, half listened to; clear decisions 0.5; no bias; kinds differ.
    steep = 0.12 * (1 + 2.5 * 0.42 * 0.7) * (1.3 - 0.3) * (1.2 - 0.6 * hospital.skill)
    assert at_hospital.true_cost == pytest.approx(steep * (1 + model.settings.boundary_cost))

    model.play(Phase.NEGOTIATION)
    model.play(Phase.COMMITMENT)
    # The mandate asks for 0.3 of everything, whatever was agreed, and waits for no board beyond two fifths of the way.
    speed = 0.2 * (0.7 + hospital.settings.horizon) * (model.place_state.board_speed * 0.4 + 0.6)
    goal = max(0.3, tie.agreed_information)
    assert tie.scope_information == pytest.approx(speed * goal)
    joint = (0.3 * math.sqrt(at_hospital.trust * at_council.trust) * 0.2) ** (1 / 3)
    ready = 1 - 0.5 * (1 - min(joint / 0.4, 1))
    assert tie.scope_money == pytest.approx(speed * ready * max(0.3, tie.agreed_money))

    model.play(Phase.DELIVERY)
    assert tie.joint_quality == pytest.approx(joint)
    assert tie.delivered == pytest.approx(tie.breadth * at_hospital.kept * at_council.kept * joint)
    assert tie.expected == pytest.approx(tie.breadth * at_hospital.keep_chance * at_council.keep_chance * joint)

    before = {side: (side.alpha, side.beta) for t in model.ties for side in t.sides}
    identity = tie.identity
    model.play(Phase.LEARNING)
    # Contact: 0.5 · 0.4 · (0.7 + 0.3). Promises kept bring partners together, broken ones part them.
    both = at_hospital.kept * at_council.kept
    assert tie.identity == pytest.approx(
        identity + (0.2 * 0.2 + 0.08 * tie.breadth * both) * (1 - identity)
        - 0.05 * tie.breadth * (1 - both) * identity - 0.02 * 0.5 * 0.5 * identity)
    assert before[at_hospital] != (at_hospital.alpha, at_hospital.beta)

    model.play(Phase.ACCOUNTS)
    spend = brought + by_council
    paid_in = 0.25 * tie.scope_money * (brought * at_hospital.kept + by_council * at_council.kept)
    assert tie.spend == pytest.approx(spend)
    assert tie.pool == pytest.approx(paid_in * (1 - both))
    settled = (1 - model.settings.balance_memory) * -0.03
    assert hospital.balance == pytest.approx(-0.03 - settled + hospital.flow / 400)


def test_offers_are_exchanged_until_one_is_accepted(four: Place) -> None:
    said: list[tuple[str, str, int]] = []

    class Heard(Trust):
        def propose(self, side: Side, packages: Any, round_number: int) -> Any:
            said.append(("offers", side.other.id, round_number))
            return super().propose(side, packages, round_number)

        def accepts(self, side: Side, package: Any, round_number: int) -> bool:
            answer = super().accepts(side, package, round_number)
            said.append(("accepts" if answer else "refuses", side.other.id, round_number))
            return answer

    model = IntegrationModel(four, "ten-lessons", seed=2, partner_classes={Kind.TRUST: Heard})
    model.step()
    tie, _, _ = tie_of(model, "hospital", "council")
    talks = [(what, number) for what, other, number in said if other == "council"]
    assert talks
    rounds = [number for _, number in talks]
    assert rounds == list(range(1, len(rounds) + 1))
    offered = [number % 2 for what, number in talks if what == "offers"]
    assert len(set(offered)) <= 1
    if tie.talk == Talk.AGREED:
        assert tie.rounds == rounds[-1]


# --- limits with known answers


def test_trust_forgets_toward_a_closed_form(four: Place) -> None:
    """Promises always kept, seen and credited: α climbs to (prior + scope / (1 − memory)), geometrically."""
    model = IntegrationModel(four, parameters=calm(
        mandate=1.0, keep_base=3.0, obligations_clarity=1.0, outcomes_stated=1.0, trust_memory=0.9, loss_aversion=1.0,
        trust_start=0.5, trust_evidence=4.0))
    tie, side, other = tie_of(model, "hospital", "council")
    tie.scope_money = tie.scope_staff = tie.scope_information = 0.5
    side.alpha, side.beta, prior = 3.0, 1.0, 2.0
    for quarters in range(1, 30):
        other.kept = side.kept = 1.0
        model.play(Phase.LEARNING)
        left = 0.9**quarters
        assert side.alpha == pytest.approx(3.0 * left + (0.5 / 0.1 + prior) * (1 - left))
        assert side.beta == pytest.approx(1.0 * left + prior * (1 - left))


def values_apart(confidence: float, four: Place) -> tuple[float, float]:
    """Distance between hospital and council at the start and after a century in which only persuasion moves values."""
    model = IntegrationModel(four, quarters=400, parameters=calm(
        confidence=confidence, polemic=0.0, value_convergence=0.1, anchor_pull=0.0, relational_space=1.0,
        contact_quality=1.0, committees=0.0, relations_first=1.0))
    tie, _, _ = tie_of(model, "hospital", "council")
    model.play(Phase.APPRAISAL)
    before = tie.distance
    for _ in range(400):
        model.play(Phase.LEARNING)
        model.play(Phase.APPRAISAL)
    return before, tie.distance


def test_values_meet_within_confidence_and_stay_apart_beyond_it(four: Place) -> None:
    """Bounded confidence (Deffuant et al. 2000): one cluster where the bound is wide, as many as at the start where narrow."""
    before, wide = values_apart(0.9, four)
    assert before > 0.3
    assert wide < 1e-3
    assert values_apart(0.05, four)[1] == pytest.approx(before)


def test_polemic_drives_apart_those_who_do_not_listen(four: Place) -> None:
    model = IntegrationModel(four, parameters=calm(confidence=0.05, polemic=1.0, anchor_pull=0.0, relational_space=0.0))
    model.play(Phase.APPRAISAL)
    before = [tie.distance for tie in model.ties]
    for _ in range(20):
        model.play(Phase.LEARNING)
    model.play(Phase.APPRAISAL)
    assert sum(tie.distance for tie in model.ties) > sum(before)


@pytest.mark.parametrize("protocol", ["alternating", "nash"])
def test_equals_share_equally(protocol: str, tmp_path: Path) -> None:
    """Two alike partners: both protocols end on the Nash deal, at once by definition or after giving way."""
    (tmp_path / "partners.csv").write_text("id,name,kind,income_m,balance\none,One,gp,10,0\ntwo,Two,gp,10,0\n")
    (tmp_path / "ties.csv").write_text("source,target,people\none,two,100\n")
    model = IntegrationModel(load_place(tmp_path), parameters=calm(protocol=protocol, relational_space=1.0,
                                                                   decision_clarity=1.0, directives=0))
    for partner in model.partners:
        partner.skill = 0.5
    tie = model.ties[0]
    tie.a.alpha = tie.b.alpha = tie.a.beta = tie.b.beta = 2.0
    model.play(Phase.NATIONAL)
    for phase in (Phase.APPRAISAL, Phase.NEGOTIATION):
        model.play(phase)
    assert tie.talk == Talk.AGREED
    assert tie.nash_gap == pytest.approx(0.0, abs=1e-12)
    assert tie.offer_payment == pytest.approx(0.0, abs=1e-12)
    assert tie.a.best == pytest.approx(tie.b.best)


def test_nash_deals_are_never_worse_together_than_bargained_ones() -> None:
    bargained = IntegrationModel(small_place(), "ten-lessons", quarters=1)
    best = IntegrationModel(small_place(), "ten-lessons", quarters=1, parameters={"protocol": "nash"})
    bargained.step()
    best.step()
    agreed = [tie for tie in bargained.ties if tie.talk == Talk.AGREED]
    assert agreed
    assert all(0.0 <= tie.nash_gap <= 1.0 for tie in agreed)
    assert any(tie.nash_gap > 0.0 for tie in agreed)
    assert all(tie.nash_gap == 0.0 for tie in best.ties)
    assert sum(tie.talk == Talk.AGREED for tie in best.ties) >= len(agreed)
    assert isinstance(bargained.partners[0], Partner)
