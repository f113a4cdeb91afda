"""From what numbers on a run counts as integrated, collapsed, busy, started or stalled."""

from incentive_abm.parameters.declaration import Group, Parameter
from incentive_abm.parameters.row import CONSTANT, RESULT, SHARE, number, whole

REG = Group.REGIMES

ROWS: tuple[Parameter, ...] = (
    number("integrated_from", 0.30, 0.05, 0.9, SHARE, CONSTANT, RESULT, REG, "Integrated from",
           "Integration I from which a place counts as integrated.", "assumed: about a third shared, delivered and trusted"),
    whole("integrated_quarters", 8, 1, 40, "quarters", CONSTANT, RESULT, REG, "Integrated for",
          "Quarters to the end during which it must hold.", "assumed: two years, more than one budget"),
    whole("integrated_kinds", 3, 1, 4, "kinds", CONSTANT, RESULT, REG, "Kinds joined",
          "Kinds of partner the largest integrated group must join.", "assumed: hospital, council and one more"),
    number("collapsed_from", 0.15, 0.01, 0.9, SHARE, CONSTANT, RESULT, REG, "Collapsed from",
           "Integration that must have been reached before its loss counts as a collapse.", "assumed: half of integrated_from"),
    number("collapsed_share", 0.5, 0.05, 0.95, SHARE, CONSTANT, RESULT, REG, "Collapsed to",
           "Share of its peak at or below which integration has collapsed.", "assumed: half is lost"),
    number("busy_form", 0.30, 0.05, 0.9, SHARE, CONSTANT, RESULT, REG, "Busy: form from",
           "Share of spend under agreement from which there are structures.", "001-17; level assumed"),
    number("busy_function", 0.15, 0.01, 0.9, SHARE, CONSTANT, RESULT, REG, "Busy: integration below",
           "Integration below which structures are without substance.", "001-17; assumed: half of busy_form"),
    number("started_form", 0.05, 0.005, 0.5, SHARE, CONSTANT, RESULT, REG, "Started: form from",
           "Share of spend under agreement that counts as having started.", "assumed: about what is pooled nationally"),
    number("gain", 0.01, 0.0005, 0.1, SHARE, CONSTANT, RESULT, REG, "A gain worth the name",
           "Growth of integration in the window below which it has stalled.", "assumed"),
    whole("gain_quarters", 8, 2, 40, "quarters", CONSTANT, RESULT, REG, "Window for a gain",
          "Quarters over which a gain is looked for.", "assumed: two years"),
)
