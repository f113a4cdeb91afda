"""What docs/mechanisms.md says of the first trial is what stands in the trial's own tables."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"


def rows(page: str) -> dict[tuple[str, ...], list[str]]:
    """Cells of every table row without their intervals, by L and variant, or by variant alone."""
    found: dict[tuple[str, ...], list[str]] = {}
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.split(" (")[0].strip() for cell in line.strip("| \n").split("|")] if line.startswith("| ") else []
        if len(cells) == 2:
            found[(cells[0],)] = cells[1:]
        elif len(cells) == 7 and not cells[2].startswith(("alone", "in company")):
            found[(cells[0], cells[1])] = cells[2:]
    return found


def test_the_trial_is_told_as_it_fell() -> None:
    found = rows("mechanisms-trial.md")
    told = (DOCS / "mechanisms.md").read_text(encoding="utf-8").split("## What a first trial showed")[1]
    half = {variant: found[(variant,)][0] for variant in (
        "none", "only whole_way", "only policy_sustains", "only attention", "only skill_fading", "only word_travels")}
    assert f"half of all runs integrate at L = {half['only whole_way']} instead of {half['none']}" in told
    assert f"the threshold moves to {half['only policy_sustains']} and {half['only attention']}" in told
    assert f"*What is unused is lost*, alone: {half['only skill_fading']}." in told
    assert f"half integrate at L = {half['only word_travels']}" in told
    mean, spread, group = 0, 1, 4
    assert f"falls from {found['0.5', 'none'][mean]} to {found['0.5', 'only whole_way'][mean]}" in told
    assert f"({found['1', 'only whole_way'][mean]} against {found['1', 'none'][mean]})" in told
    assert f"({found['0.25', 'only attention'][group]} partners against {found['0.25', 'none'][group]})" in told
    assert f"({found['0.4', 'only place_spread'][spread]} against {found['0.4', 'none'][spread]})" in told
    assert f"(mean integration {found['1', 'all'][mean]})" in told
    levels = {level for level, *more in found if more and level not in ("L", "---")}
    assert {found[level, "all"][2] for level in levels} == {"0%"}
    moved = [abs(float(found[level, "only word_travels"][mean]) - float(found[level, "none"][mean])) for level in levels]
    assert max(moved) < 0.0101
