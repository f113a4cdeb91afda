"""incentive_abm: why joining up health and social care succeeds in a few places and stalls in most.

An exploration, not a forecast: the model compares mechanisms, it never predicts a real place.
"""

__version__ = "0.1.0"
EXPLORATION = "An exploration, not a forecast."
