"""Talks on one tie beside NegMAS: with the same utilities the same agreements, and the same Nash deal."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

negmas = pytest.importorskip("negmas", reason="docking to NegMAS needs the extra docking")

from negmas.preferences.ops import nash_points  # noqa: E402
from negmas.sao import ResponseType, SAOMechanism, SAONegotiator  # noqa: E402

from incentive_abm.agents.negotiation import Package, alternate, nash_deal, possible_packages  # noqa: E402
from incentive_abm.rules import bargaining  # noqa: E402

HALF = st.floats(0.05, 1.0)
SIDE = st.fixed_dictionaries({"benefits": st.tuples(HALF, HALF, HALF), "cost": st.floats(0.5, 3.0),
                              "fallback": st.floats(-0.05, 0.1), "concession": st.floats(0.3, 2.0)})
LIMIT = st.integers(2, 8)


class Partner:
    """A partner's manner of talking, as the agents have it, with nothing else of a partner."""

    def __init__(self) -> None:
        from incentive_abm.agents.negotiation import Negotiating

        self.target = Negotiating.target.__get__(self)
        self.propose = Negotiating.propose.__get__(self)
        self.accepts = Negotiating.accepts.__get__(self)


def a_tie(one: dict[str, Any], other: dict[str, Any]) -> Any:
    """A tie of two sides, and what they could agree on."""
    a, b = (SimpleNamespace(**each, end=end, best=bargaining.NEVER, partner=Partner()) for end, each in enumerate((one, other)))
    a.across, b.across = b, a
    return SimpleNamespace(a=a, b=b, settings=SimpleNamespace(payment_reform=0.3, side_payments=1.0))


def prepared(one: dict[str, Any], other: dict[str, Any]) -> tuple[Any, list[Package]]:
    tie = a_tie(one, other)
    packages = possible_packages(tie)
    for side in (tie.a, tie.b):
        side.best = max((p.worth[side.end] for p in packages), default=bargaining.NEVER)
    return tie, packages


def utility(side: Any, packages: list[Package]) -> Any:
    """The same worths as a utility function of NegMAS."""
    return negmas.MappingUtilityFunction({(str(p.number),): p.worth[side.end] for p in packages}, reserved_value=side.fallback,
                                         outcomes=[(str(p.number),) for p in packages])


class Talker(SAONegotiator):
    """Offers and accepts by NegMAS's own curve of aspirations; `offers` counts those made by both."""

    def __init__(self, side: Any, packages: list[Package], limit: int, offers: list[int], **more: Any) -> None:
        super().__init__(**more)
        self.side, self.packages, self.limit, self.offers = side, packages, limit, offers
        self.curve = negmas.PolyAspiration(1.0, 1.0 / side.concession)

    def least(self) -> float:
        gain = max(self.side.best - self.side.fallback, 0.0)
        return float(self.side.fallback + gain * self.curve.utility_at(self.offers[0] / 8.0))

    def propose(self, state: Any, dest: str | None = None) -> Any:
        self.offers[0] += 1
        if self.offers[0] > self.limit:
            return None
        other = 1 - self.side.end
        able = [p for p in self.packages if p.worth[self.side.end] >= self.least() - 1e-12]
        return (str(max(able, key=lambda p: p.worth[other]).number),)

    def respond(self, state: Any, source: str | None = None) -> Any:
        worth = {str(p.number): p.worth[self.side.end] for p in self.packages}[state.current_offer[0]]
        return ResponseType.ACCEPT_OFFER if worth >= self.least() - 1e-12 else ResponseType.REJECT_OFFER


def agreed_in_negmas(tie: Any, packages: list[Package], opener: Any, limit: int) -> int | None:
    """The package on which NegMAS's alternating offers end."""
    issue = negmas.make_issue([str(p.number) for p in packages], name="package")
    mechanism = SAOMechanism(issues=[issue], n_steps=20, one_offer_per_step=True, offering_is_accepting=True)
    offers = [0]
    for side in (opener, opener.across):
        mechanism.add(Talker(side, packages, limit, offers), preferences=utility(side, packages))
    found = mechanism.run().agreement
    return None if found is None else int(found[0])


@settings(max_examples=60, deadline=None)
@given(SIDE, SIDE, LIMIT, st.booleans())
def test_alternating_offers_end_on_the_same_package(one: dict[str, Any], other: dict[str, Any], limit: int, first: bool) -> None:
    tie, packages = prepared(one, other)
    if not packages:
        assert alternate(tie.a, packages, limit).package is None
        return
    opener = tie.b if first else tie.a
    ours = alternate(opener, packages, float(limit)).package
    assert (None if ours is None else ours.number) == agreed_in_negmas(tie, packages, opener, limit)


@settings(max_examples=100, deadline=None)
@given(SIDE, SIDE)
def test_the_nash_deal_is_negmass_nash_point(one: dict[str, Any], other: dict[str, Any]) -> None:
    tie, packages = prepared(one, other)
    ours = nash_deal(packages)
    if ours is None or ours.product <= 1e-12:
        return
    functions = [utility(side, packages) for side in (tie.a, tie.b)]
    frontier = [p.worth for p in packages]
    # Without ranges NegMAS measures gains from the worst outcome on the table, not from the reserved value.
    ranges = [(side.fallback, side.best) for side in (tie.a, tie.b)]
    points = nash_points(functions, frontier, ranges=ranges, outcomes=[(str(p.number),) for p in packages])
    products = [(x - tie.a.fallback) * (y - tie.b.fallback) for (x, y), _ in points]
    assert products, "NegMAS finds a Nash point wherever there is a deal that both gain by"
    assert max(products) == pytest.approx(ours.product, rel=1e-9)


def test_something_is_agreed_and_something_is_not() -> None:
    """The comparison is no comparison of nothing: within these ranges talks end both ways."""
    alike = {"benefits": (0.5, 0.5, 0.5), "cost": 1.0, "fallback": 0.0, "concession": 1.0}
    stubborn = {**alike, "concession": 0.3, "benefits": (0.9, 0.1, 0.1)}
    tie, packages = prepared(alike, alike)
    assert alternate(tie.a, packages, 8.0).package is not None
    tie, packages = prepared(stubborn, {**stubborn, "benefits": (0.1, 0.1, 0.9)})
    assert alternate(tie.a, packages, 2.0).package is None
