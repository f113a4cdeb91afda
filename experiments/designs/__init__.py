"""Designs: which points of the factor space a study visits.

Every function returns a DataFrame with one row per design point: `point` (int, from 0), `method` (str), the
bookkeeping columns that the matching analysis needs (see `BOOKKEEPING`), then one column per factor holding
real values (float, int, bool or str). A design is fixed by its arguments: the same seed gives the same bits.
Designs and analyses never call each other; the table is all that passes between them.
"""

from experiments.designs.crossing import crossed
from experiments.designs.factors import Factor, FactorKind, design_table, explaining_columns, factor_columns, settings
from experiments.designs.grids import full_factorial, one_at_a_time
from experiments.designs.known import with_posterior
from experiments.designs.points import read_points
from experiments.designs.samples import efast, latin_hypercube, morris, sobol

__all__ = [
    "Factor",
    "FactorKind",
    "crossed",
    "design_table",
    "efast",
    "explaining_columns",
    "factor_columns",
    "full_factorial",
    "latin_hypercube",
    "morris",
    "one_at_a_time",
    "read_points",
    "settings",
    "sobol",
    "with_posterior",
]
