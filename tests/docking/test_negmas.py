"""Talks on single ties, held again by NegMAS: the same utilities, the same agreements in the same rounds, the same Nash deals."""

from __future__ import annotations

from typing import Any

import pytest

from incentive_abm.agents.negotiation import Package, possible_packages
from incentive_abm.agents.quarter import Phase
from incentive_abm.agents.records import Side, Tie
from incentive_abm.kinds import Talk
from incentive_abm.model import IntegrationModel
from incentive_abm.place import generate_place
from incentive_abm.rules.bargaining import LOG_PROGRESS, ROUNDS, aspiration, rounds_available

negmas = pytest.importorskip("negmas", reason="NegMAS is not installed: pip install 'incentive-abm[docking]'")

PLACE = generate_place(3, 3, 2, 8, 3)
QUARTERS = 6


def negotiator(side: Side[Any], packages: list[Package]) -> Any:
    """A NegMAS negotiator with a partner's targets; a response comes one step after the offer, an offer's round is its step."""

    class Partner(negmas.SAONegotiator):  # type: ignore[misc,name-defined]
        """Proposes, among what meets its target, the best for the other; accepts what meets its target."""

        def propose(self, state: Any, dest: str | None = None) -> Any:
            offer = side.partner.propose(side, packages, state.step + 1)
            return None if offer is None else (packages.index(offer),)

        def respond(self, state: Any, source: str | None = None) -> Any:
            if state.current_offer is None:
                return negmas.ResponseType.REJECT_OFFER
            accepted = side.partner.accepts(side, packages[state.current_offer[0]], state.step)
            return negmas.ResponseType.ACCEPT_OFFER if accepted else negmas.ResponseType.REJECT_OFFER

    return Partner(name=str(side.end))


def agreed(tie: Tie[Any], packages: list[Package], limit: float) -> tuple[Package, int] | None:
    """What NegMAS's mechanism of stacked alternating offers ends with: the package and its round; None for no agreement."""
    rounds = min(int(limit), ROUNDS)
    if not packages or rounds < 1:
        return None
    issue = negmas.make_issue(len(packages), "package")
    mechanism = negmas.SAOMechanism(issues=[issue], n_steps=rounds + 1, one_offer_per_step=True)
    opener = tie.b if tie.first == 1.0 else tie.a
    for side in (opener, opener.across):
        mechanism.add(negotiator(side, packages))
    state = mechanism.run()
    return None if state.agreement is None else (packages[state.agreement[0]], state.step - 1)


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize(("trust_start", "common_purpose", "ends"), [
    (0.05, 0.1, {Talk.NO_ZONE}), (0.3, 0.7, {Talk.AGREED, Talk.OUT_OF_TIME}), (0.8, 0.7, {Talk.AGREED, Talk.OUT_OF_TIME})])
def test_talks_end_as_negmas_ends_them(trust_start: float, common_purpose: float, ends: set[Talk], seed: int) -> None:
    settings = {"trust_start": trust_start, "common_purpose": common_purpose, "relational_space": 0.6}
    model = IntegrationModel(PLACE, seed=seed, quarters=QUARTERS, parameters=settings)
    ended: set[Talk] = set()
    for _ in range(QUARTERS):
        for phase in Phase:
            model.play(phase)
            if phase is not Phase.NEGOTIATION:
                continue
            for tie in model.ties:
                if tie.talk in (Talk.NOT_AT_THE_TABLE, Talk.VETOED):
                    continue
                packages = possible_packages(tie)
                limit = tie.attended * rounds_available(tie.settings.relational_space, tie.place.clarity)
                found = agreed(tie, packages, limit)
                ended.add(Talk(int(tie.talk)))
                if tie.talk == Talk.AGREED:
                    assert found is not None
                    assert (found[0].number, found[1]) == (tie.package, tie.rounds)
                else:
                    assert found is None
    assert ends <= ended


def test_nash_deals_are_negmas_nash_points() -> None:
    from negmas.preferences.ops import nash_points

    settings = {"trust_start": 0.8, "common_purpose": 0.7, "protocol": "nash"}
    model = IntegrationModel(PLACE, seed=1, quarters=1, parameters=settings)
    compared = 0
    for phase in Phase:
        model.play(phase)
        if phase is Phase.NEGOTIATION:
            break
    for tie in model.ties:
        packages = possible_packages(tie)
        if tie.talk != Talk.AGREED or len(packages) < 2:
            continue
        outcomes = [(k,) for k in range(len(packages))]
        sides = (tie.a, tie.b)
        worths = [{(k,): package.worth[side.end] for k, package in enumerate(packages)} for side in sides]
        ufuns = [negmas.MappingUtilityFunction(worth, outcomes=outcomes, reserved_value=side.fallback)
                 for worth, side in zip(worths, sides, strict=True)]
        frontier = [p.worth for p in packages]
        # Without ranges it takes the worst package for what each has without a deal, where that is better than the fallback.
        ranges = [(side.fallback, side.best) for side in sides]
        found = [k for _, k in nash_points(ufuns, frontier, ranges=ranges, outcomes=outcomes)]
        assert next(k for k, p in enumerate(packages) if p.number == tie.package) in found
        compared += 1
    assert compared > 10


def test_what_a_side_holds_out_for_is_negmas_aspiration() -> None:
    from negmas.negotiators.helpers import PolyAspiration

    for concession in (0.3, 0.7, 1.0, 1.4, 2.0):
        theirs = PolyAspiration(1.0, 1.0 / concession)
        for number in range(1, ROUNDS + 1):
            ours = aspiration(LOG_PROGRESS[number - 1], 1.0 / concession)
            assert ours == pytest.approx(theirs.utility_at(number / ROUNDS), abs=1e-12)
