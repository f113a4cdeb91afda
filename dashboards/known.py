"""What is known after the data, for a page: settings drawn beforehand, one for each world in which luck is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboards.questions import WORLDS
from incentive_abm.place import Place
from incentive_abm.scenario.events import Values
from incentive_abm.scenario.posterior import Posterior, systematic

DRAW = 1
"""What the page's settings are drawn by: the same ones on every page with the same posterior."""


def settings_of_worlds(posterior: Posterior) -> list[Values]:
    """The setting of each world, in the order of their seeds from 1."""
    rows = posterior.values[systematic(posterior.weight, WORLDS, DRAW)]
    return [tuple(zip(posterior.names, map(float, row), strict=True)) for row in rows]


def known_told(posterior: Posterior | None) -> dict[str, Any] | None:
    """What the page says of it: the file, how many settings it holds, and of which places the data are ([] where not known)."""
    if posterior is None:
        return None
    return {"file": Path(posterior.file).name, "settings": len(posterior.weight), "places": sorted(posterior.places.values())}


def known_held(posterior: Posterior | None, place: Place) -> dict[str, Any] | None:
    """The settings themselves, a row a world. Raises UserError where the data are of another place."""
    if posterior is None:
        return None
    posterior.check_place(place)
    worlds = [[value for _, value in values] for values in settings_of_worlds(posterior)]
    return {"names": list(posterior.names), "worlds": worlds}
