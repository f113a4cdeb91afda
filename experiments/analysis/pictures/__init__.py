"""Plotly figures of the analyses: one function a picture, each from the table its analysis returns.

Colours are told apart by people who see no red or green (orange against blue); labels are large enough for a room.
`labels` maps factor names to plain words. Figures have no title: the page around them says what they show.
Plotly is imported when the first picture is made.
"""

from experiments.analysis.pictures.bars import (
    blockers_picture,
    effects_picture,
    indices_picture,
    luck_picture,
    shares_picture,
    thresholds_picture,
)
from experiments.analysis.pictures.curves import convergence_picture, incidence_picture, survival_picture
from experiments.analysis.pictures.questions import contrast_picture, interactions_picture, policies_picture
from experiments.analysis.pictures.space import boxes_picture, map_picture, peeling_picture

__all__ = [
    "blockers_picture",
    "boxes_picture",
    "contrast_picture",
    "convergence_picture",
    "effects_picture",
    "incidence_picture",
    "indices_picture",
    "interactions_picture",
    "luck_picture",
    "map_picture",
    "peeling_picture",
    "policies_picture",
    "shares_picture",
    "survival_picture",
    "thresholds_picture",
]
