"""When a comparison counts as turned round: the numbers that the search of claims and that of the stage share."""

from __future__ import annotations

from collections.abc import Collection

from incentive_abm.parameters import PARAMETERS, Parameter, Role, Scope

SEARCHED = 4
"""Worlds in which a search tries a point."""
FRESH_WORLDS = tuple(range(1, 65))
"""Luck that no search sees, by numbers that the stage can open: a browser's numbers are exact to 2⁵³ only."""
MARGINS = (1.25, 2.0)
"""How many smallest effects of interest a search asks for; each is tried where fresh luck did not bear out the one before."""
SURE = 0.05
"""The largest p with which fresh luck bears out which way a contrast lies."""
SURE_ERRORS = 1.6694022216
"""The same in standard errors of the mean over the fresh worlds, for whoever has no t distribution at hand."""
TOGETHER = 16
"""The most telling moves that are tried together."""
SETTLED = 0.03
"""A step nearer that shortens the way by less is not worth taking."""
DIGITS = 3
"""Digits of a setting that was moved."""


def free_settings(compared: Collection[str]) -> list[Parameter]:
    """Every setting but those in which the compared differ: levers and uncertainties."""
    return [row for row in PARAMETERS.values() if row.role in (Role.LEVER, Role.UNCERTAINTY) and row.scope is not Scope.DATA
            and row.name not in compared]
