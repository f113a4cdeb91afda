"""Places: read from two CSV files or a networkx graph, generated, checked and drawn."""

from __future__ import annotations

from incentive_abm.place.graph import place_from_graph
from incentive_abm.place.place import Filled, Partners, Place, Ties
from incentive_abm.place.reading import load_place, place_from_texts

__all__ = ["Filled", "Partners", "Place", "Ties", "load_place", "place_from_graph", "place_from_texts"]
