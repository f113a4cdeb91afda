"""Places: read from two CSV files or a networkx graph, generated, checked and drawn.

`generate_place` draws by chance, which is compiled: it is loaded when it is first asked for, so that reading needs no compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incentive_abm.place.check import ColumnReport, PlaceReport, check_place
from incentive_abm.place.csv_reading import load_place, place_from_texts
from incentive_abm.place.drawing import draw_map
from incentive_abm.place.graph_edges import Parallel
from incentive_abm.place.graph_reading import place_from_graph
from incentive_abm.place.layout import positions, radii
from incentive_abm.place.partners_and_ties import Filled, Partners, Ties
from incentive_abm.place.place import Place
from incentive_abm.place.shipped import shipped_place

if TYPE_CHECKING:
    from incentive_abm.place.generate import generate_place
    from incentive_abm.place.importing import import_place

__all__ = [
    "ColumnReport", "Filled", "Parallel", "Partners", "Place", "PlaceReport", "Ties", "check_place", "draw_map", "generate_place",
    "import_place", "load_place", "place_from_graph", "place_from_texts", "positions", "radii", "shipped_place",
]


def __getattr__(name: str) -> Any:
    if name == "import_place":
        from incentive_abm.place.importing import import_place

        return import_place
    if name != "generate_place":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from incentive_abm.place.generate import generate_place

    return generate_place
