"""Intervals are tried on made-up sweeps whose truth is known, and the document holds what came of it."""

from __future__ import annotations

from experiments import coverage


def test_a_few_trials_of_each_kind_hold_the_truth_more_often_than_not() -> None:
    found = [each for part in (coverage.of_effects, coverage.of_places) for seed in range(4) for each in part(seed)]
    kinds = {each.kind for each in found}
    assert kinds == {"effect", "two-way effect", "two-way effect with a number of the place", "effect of a number of the place"}
    for kind in kinds:
        held = [each.low <= each.truth <= each.high for each in found if each.kind == kind]
        assert sum(held) > len(held) / 2


def test_the_section_on_intervals_is_replaced_and_all_else_kept() -> None:
    section = coverage.section([coverage.Cover("effect", "factorial", 200, 190)])
    assert "| effect | factorial | 200 | 95% | 95.0% (" in section
    once = coverage.written("# Checks\n\n## Other\n\ntext\n", section)
    assert once.startswith("# Checks\n\n## Other\n\ntext\n\n")
    assert coverage.written(once, section) == once
    assert coverage.section_in(once) == section
