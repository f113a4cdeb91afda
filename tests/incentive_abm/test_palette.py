"""Colours of reports."""

from __future__ import annotations

from incentive_abm.kinds import Regime
from incentive_abm.palette import BLUE, REGIME_COLOURS, tinted


def test_every_regime_has_a_colour_of_its_own() -> None:
    assert set(REGIME_COLOURS) == set(Regime)
    assert len(set(REGIME_COLOURS.values())) == len(Regime)


def test_a_tint_is_the_colour_made_see_through() -> None:
    assert tinted(BLUE, 0.25) == "rgba(11,95,165,0.25)"
