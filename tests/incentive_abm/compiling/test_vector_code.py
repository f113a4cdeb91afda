"""Loops over lanes become vector code: what a kernel checks before it takes it stays little."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incentive_abm.compiling.build import SHIPPED, Build, Kernel
from incentive_abm.engine.appraisal import appraise_ties
from incentive_abm.engine.delivery import deliver_ties
from incentive_abm.engine.learning import learn_on_ties
from incentive_abm.state.arrays import LANES

OVERLAPS = re.compile(r"icmp ult ptr")
"""A comparison of two addresses, made each time before a loop over lanes, to see that arrays do not overlap."""
VECTORS = re.compile(r"f(?:add|mul) <\d+ x double>")


@pytest.mark.parametrize("kernel", [appraise_ties, deliver_ties, learn_on_ties], ids=lambda k: k.name)
def test_a_kernel_sees_without_many_checks_that_its_numbers_are_apart(kernel: Kernel, tmp_path: Path) -> None:
    """Where the compiler cannot tell a side's numbers from its tie's, it checks each against each: hundreds of comparisons."""
    built = Build(SHIPPED, LANES)
    built.folder = tmp_path
    text = "".join(built[kernel].inspect_llvm().values())
    assert len(VECTORS.findall(text)) > 20
    assert len(OVERLAPS.findall(text)) < 100
