"""Measures of a user's own: functions of a place's state from a file, read off it at the end of each quarter."""

from __future__ import annotations

from incentive_abm.user_measures.choosing import OwnMeasure, chosen_measures
from incentive_abm.user_measures.reading import OwnReader

__all__ = ["OwnMeasure", "OwnReader", "chosen_measures"]
