"""What docs/mechanisms.md says of the trials is what stands in their own tables, and the defaults are what they found."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from experiments.fates import calibration
from incentive_abm.parameters import PARAMETERS

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


def test_the_calibration_is_told_as_it_fell() -> None:
    page = (DOCS / "mechanisms-calibration.md").read_text(encoding="utf-8")
    told = (DOCS / "mechanisms.md").read_text(encoding="utf-8").split("## What the calibration found")[1]
    kept = pd.read_csv(DOCS / "mechanisms-calibration.csv")
    assert f"{len(kept)} of 4,000 points meet every target" in page
    assert f"{len(kept)} of 4,000 points meet every target" in told
    assert (calibration.distances(kept).max(axis=1) == 0.0).all()
    low, high = kept["effect"].quantile([0.05, 0.95])
    assert f"`effect` {low:.1f} to {high:.1f}" in told
    assert f"`whole_way` up to {kept['whole_way'].quantile(0.95):.2g}" in told
    low, high = kept["attention"].quantile([0.05, 0.95])
    assert f"`attention` {low:.2g} to {high:.2g}, median {kept['attention'].median():.1f}" in told
    unknown = page.count("not identified |")
    assert (unknown, len(calibration.MOVED)) == (10, 15)
    assert "ten of the fifteen numbers are not identified" in told


def test_the_defaults_are_the_middle_of_the_points_taken() -> None:
    found = calibration.most_central(pd.read_csv(DOCS / "mechanisms-calibration.csv"))
    assert {name: PARAMETERS[name].default for name in calibration.MOVED} == found


def tables(page: str) -> dict[str, list[dict[str, str]]]:
    """Rows of every table of a page by its headings joined, each cell without its interval."""
    found: dict[str, list[dict[str, str]]] = {}
    head: list[str] = []
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.split(" (")[0].strip() for cell in line.strip("| \n").split(" | ")] if line.startswith("| ") else []
        if not cells:
            head = []
        elif not head:
            head = cells
        elif not cells[0].startswith("---"):
            found.setdefault(head[1], []).append(dict(zip(head, cells, strict=page != "mechanisms.md")))
    return found


def test_what_places_become_is_told_as_both_pages_have_it() -> None:
    told = (DOCS / "mechanisms.md").read_text(encoding="utf-8").split("## What places become with them")[1]
    now, before = tables("fates.md"), tables("fates-before.md")

    def at(page: dict[str, list[dict[str, str]]], table: str, level: str, column: str) -> str:
        return next(row[column] for row in page[table] if row.get("L") == level and column in row)

    both = {name: [at(page, "mean", level, column) for page in (now, before)] for name, level, column in (
        ("half", "0.5", "regime integrated"), ("full", "1", "regime integrated"), ("skew", "0.5", "skew"))}
    assert f"(L = 0.5) {both['half'][0]} of runs integrate, against {both['half'][1]} before" in told
    assert f"skew of integration is {both['skew'][0]}, against {both['skew'][1]}" in told
    assert f"(L = 1) it is {both['full'][0]} against {both['full'][1]}" in told
    assert f"places make {at(now, 'sd of all', '0.5', 'between places')} of the variance" in told
    assert f"against {at(before, 'sd of all', '0.5', 'between places')} before; the rest is luck" in told
    slow = [at(page, "mean I, 15 years", "0.5", "of these integrated at 30") for page in (now, before)]
    assert f"at L = 0.5, {slow[0]} are integrated after 30, where before it was {slow[1]}" in told
    lost = [[next(row["below 0.30 in year 30"] for row in page["year 5"] if row["course"] == course and len(row) > 6)
             for page in (now, before)] for course in ("raised, withdrawn to 0.25", "raised, withdrawn to 0")]
    assert f"L = 0.25, {lost[0][0]} of the runs" in told
    assert f"fifteen years later, against {lost[0][1]}; withdrawn to today, {lost[1][0]} against {lost[1][1]}" in told
    gap = [next(row["largest gap in I"] for row in page["shock"] if row["L"] == "0.5" and row["shock"] == "both")
           for page in (now, before)]
    assert f"at most {gap[0]} of integration against {gap[1]}" in told
    groups = [[at(page, "groups a run", level, "of two or three") for page in (now, before)] for level in ("0.5", "0.25")]
    assert f"({groups[0][0]} of groups are of two or three partners, against {groups[0][1]})" in told
    assert f"({groups[1][0]} against {groups[1][1]})" in told
    assert "At no level do half the runs end integrated." in (DOCS / "fates.md").read_text(encoding="utf-8")
    assert "Half the runs end integrated at L = 0.53" in (DOCS / "fates-before.md").read_text(encoding="utf-8")


def test_what_each_mechanism_does_is_told_as_its_page_has_it() -> None:
    told = (DOCS / "mechanisms.md").read_text(encoding="utf-8").split("## What each does, and what compacts do")[1]
    page = (DOCS / "mechanisms-effects.md").read_text(encoding="utf-8")
    clear = [int(count) for count in re.findall(r"leaves out zero in (\d+) of 10", page)]
    assert f"leaves out zero in {min(clear)} or more of 10 comparisons" in told
    changes = {row["mechanism"]: row for row in tables("mechanisms-effects.md")["mechanism"]
               if row["L"] == "0.5" and row["when"] == "in company"}
    lost = {name: row["mean I"].removeprefix("−") for name, row in changes.items()}
    assert f"they cost {lost['routine_inertia']} and {lost['attention']} of integration" in told
    assert f"({lost['whole_way']} in company)" in told
    assert max(lost, key=lambda name: float(lost[name])) == "routine_inertia"
    variants = [row for row in tables("mechanisms-effects.md")["variant"] if row.get("L") == "0.5"]
    spread = {row["variant"]: row["sd between places"] for row in variants}
    assert f"{changes['place_spread']['sd between places']} of a spread of {spread['all']})" in told
    assert f"Without it places still differ, by {spread['all but place_spread']}." in told


def test_what_each_mechanism_does_in_given_places_is_told_as_their_pages_have_it() -> None:
    told = tables("mechanisms.md")["generated places"]
    text = (DOCS / "mechanisms.md").read_text(encoding="utf-8")
    pages = {"generated places": "effects", "Marlshire": "marlshire", "North East London": "north-east-london",
             "England": "england"}
    signs: dict[str, set[bool]] = {}
    for column, page in pages.items():
        found = {row["mechanism"]: row["mean I"] for row in tables(f"mechanisms-{page}.md")["mechanism"]
                 if row["L"] == "1" and row["when"] == "in company"}
        assert {row["mechanism"]: row[column] for row in told} == {name: found[name] for name in found if name != "place_spread"}
        for name, change in found.items():
            signs.setdefault(name, set()).add(change.startswith("−"))
    del signs["place_spread"]
    assert all(len(each) == 1 for each in signs.values())
    done = {page: next(row["integrated"] for row in tables(f"mechanisms-{page}.md")["variant"]
                       if row.get("L") == "1" and row["variant"] == "all")
            for page in ("marlshire", "north-east-london", "england")}
    assert f"{done['north-east-london']} of its runs integrate at L = 1" in text
    assert f"against {done['marlshire']} in Marlshire and {done['england']} in England" in text


def test_compacts_and_leaving_are_told_as_their_page_has_it() -> None:
    told = (DOCS / "mechanisms.md").read_text(encoding="utf-8").split("## What each does, and what compacts do")[1]
    found = tables("compacts.md")
    at = {(row["form"], row["held by"], row["condition"]): row for row in found["held by"]}
    ended = {key: row["ended"] for key, row in at.items()}
    usual = "as it is"
    assert (f"GP networks {ended['alliance', 'gp', usual]} end within fifteen years, of lead providers "
            f"{ended['lead provider', 'gp', usual]}") in told
    assert f"of which few begin, {ended['alliance', 'place', usual]}" in told
    assert f"protects best ({ended['alliance', 'gp', 'most risk shared']} end)" in told
    assert f"sharing none least ({ended['alliance', 'gp', 'no risk shared']})" in told
    worse = at["alliance", "gp", "costs never made clear"]["I less pairs"].removeprefix("−")
    assert f"integration ends {worse} lower than with pairs" in told
    assert round(float(at["alliance", "gp", usual]["ended by the deficit"])) == 1
    by_level = {(row["L"], row["variant"]): row for row in found["variant"]}
    for level in {level for level, _ in by_level}:
        shut, open_ = by_level[level, "nobody ever leaves"], by_level[level, usual]
        assert shut["I less as it is"].startswith("−")
        assert float(shut["broken promises"]) > float(open_["broken promises"])
        assert float(shut["trust"]) < float(open_["trust"])
        even = by_level[level, "nobody leaves; a broken promise weighs no more than a kept one"]
        assert not even["I less as it is"].startswith("−")
