"""How the page's questions are answered, and how far its runs go: the numbers that the page and its tests share."""

from __future__ import annotations

from incentive_abm.measures import Measure

QUARTERS = 60
SIDES = ("A", "B")

WORLDS = 200
"""Is it luck: how many worlds are counted, with seeds from 1."""
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Shares of worlds below the lines of a band."""
SHOWN = (Measure.FORM, Measure.INTEGRATION, Measure.OUTCOME)
"""Measures that have a band."""
ALIKE = 0.02
"""Two places whose joined-up shares of shared spending differ by less than this count as alike."""
MOST_WORKERS = 4

OTHER_WORLDS = 1_000_001
"""What would help: the seed of the first world beside that in the picture; the others follow."""
SPAN = (0.1, 0.5, 0.9)
"""Shares of worlds: where four in five lie, and the middle one."""
OFFERED_UNTIL = QUARTERS - 8
"""The latest that the page asks for: later than this, hardly any lever shows."""

FIRST_LOOK = 1
"""What would turn this round: in how many worlds every setting's ends are tried before the most telling are tried in more."""
LOTS = 4
"""Lots of worlds of which the most typical is searched in."""
MARGINS_ALIKE = (2.0, 4.0)
"""Smallest effects of interest that are asked for where neither side is ahead: a hair's breadth more would turn nothing."""
TELLING = 24
"""Settings that are tried in more."""
LOOKS = 2
"""How often the most telling are looked for: at the start, and from the best of them together where that is not enough."""
ALONG = (0.2, 0.4, 0.6, 0.8)
"""Shares of its way at which a setting that turns it round by itself is tried again."""
NEARER, BACK, ROUNDS = (0.2, 0.4, 0.6, 0.8, 0.9), (0.0, 0.5, 0.8), 6
"""Shares to which the way is shortened, of all settings together and of each alone, and how often at most."""
NEAR, FAR = 0.25, 0.75
"""Circumstances up to here, in ranges of a setting, are told as near; from here on as far."""

EARLY = 4
"""A stall within this many quarters of the beginning is told as nothing having moved."""
DIGITS = 5
"""Of a number that is shown of a row of the log."""
UNSHOWN = ("row", "run", "quarter", "what", "tie", "title")
"""Columns of a row that are not shown among its facts: its quarter and what happened come first, under names of their own."""

NUMBERS = ("side", "quarter")
"""Columns of the numbers taken away, before the measures."""
BEFORE = ("side", "row")
"""Columns of the event log taken away, before those of its table."""
