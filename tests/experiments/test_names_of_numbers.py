"""Columns for the numbers of a place can be told from every parameter by their names."""

from __future__ import annotations

from experiments.designs.factors import OF_PLACE
from incentive_abm.parameters import PARAMETERS


def test_no_parameter_is_taken_for_a_number_of_the_place() -> None:
    assert not [name for name in PARAMETERS if name.startswith(OF_PLACE)]
