"""Colours of reports and pictures: told apart without red and green, neighbours by lightness too."""

from __future__ import annotations

from incentive_abm.kinds import Regime

INK, SOFT, LINE, PAPER = "#16202a", "#51606e", "#d9dfe5", "#ffffff"
BLACK = "#000000"
"""For text on a colour that may be of any depth: black or paper always has a contrast of 4.5, ink or paper has not."""
"""Of text, of text beside it, of grids, of what is under them."""
BLUE, ORANGE = "#0b5fa5", "#d95f02"
PALE_BLUE, PALE_ORANGE, BROWN = "#7fb3dc", "#f6b26b", "#8a3a00"
AMBER, PALE_AMBER, LILAC = "#e98c3a", "#f6c58f", "#c9c3e3"
CHARCOAL, SLATE, STEEL, PALE_STEEL = "#5a5a5a", "#5a6b7a", "#8d99a6", "#a9b4bf"
SILVER, PALE_GREY = "#c8ced4", "#e9edf1"
TO_BLUE, TO_ORANGE = ("#f3f7fb", PALE_BLUE, "#08457a"), ("#fdf6ef", PALE_ORANGE, "#a84a00")
"""From none to all."""
ORANGE_TO_BLUE = ("#b34700", "#d97a1f", "#eda85c", "#d5c3b0", "#b3b9c2", "#8fb4d6", "#5592c6", "#1f6fb0", "#084a85")
"""From little to much, grey in the middle; lightness falls to both ends."""
REGIME_COLOURS = {
    Regime.INTEGRATED: BLUE,
    Regime.PROGRESSING: PALE_BLUE,
    Regime.STALLED: ORANGE,
    Regime.COLLAPSED: BROWN,
    Regime.BUSY: PALE_ORANGE,
    Regime.NEVER_STARTED: STEEL,
}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def tinted(colour: str, opacity: float) -> str:
    """A hex colour made see-through."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
