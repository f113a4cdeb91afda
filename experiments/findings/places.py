"""What the model says of places, as facts for the page: few succeed, why, and what makes the difference."""

from __future__ import annotations

from pathlib import Path

from experiments.findings.tables import Table, first_number, markdown_table

HALF, ALL = "0.5", "1"
MOST = 50.0
MECHANISMS = {
    "whole_way": "hand-overs that are worth little where the next one fails", "word_travels": "word that travels",
    "policy_sustains": "the withering of what is not seen to work", "skill_fading": "the fading of skill that is not used",
    "place_spread": "differences between places from the start", "attention": "leaders who can attend to a few ties only",
    "results_felt": "results that are felt", "routine_inertia": "old routines",
}
"""The mechanisms of docs/mechanisms.md in words, by their settings."""


def places(docs: Path) -> dict[str, str]:
    """Facts from the tables of the fates of places, of mechanisms and of compacts."""
    return {**_fates(docs), **_mechanisms(docs), **_compacts(docs)}


def _fates(docs: Path) -> dict[str, str]:
    policies = markdown_table(docs / "fates.md", "The whole range of policy")
    variance = markdown_table(docs / "fates.md", "Where the variance lies")
    time = markdown_table(docs / "fates.md", "Fate or slowness: 15 and 30 years")
    half, full = ({"L": level} for level in (HALF, ALL))
    above = [row["L"] for row in policies.rows if first_number(row["regime integrated"]) > MOST]
    between, later = variance.cell(half, "between places"), time.cell(half, "of these integrated at 30")
    return {
        "integrated_half": policies.cell(half, "regime integrated"), "integrated_full": policies.cell(full, "regime integrated"),
        "reach": f"More than half get there from L = {above[0]} on." if above else "At no strength do more than half get there.",
        "between_places": between, "later": later,
        "whose": "A fate of their own." if first_number(between) > MOST else "More luck than fate.",
        "slowness": "most" if first_number(later) > MOST else "some, not most",
    }


def _mechanisms(docs: Path) -> dict[str, str]:
    effects = markdown_table(docs / "mechanisms-effects.md", "Mechanisms")
    without = [row["variant"] for row in effects.rows if row["L"] == HALF and row["variant"].startswith("all but ")]
    costs = sorted(((_cost(effects, variant), variant.removeprefix("all but ")) for variant in without), reverse=True)
    first, second = costs[:2]
    least = min(costs, key=lambda pair: abs(pair[0]))
    spread, alike = (effects.cell({"L": HALF, "variant": each}, "sd between places") for each in ("all", "all but place_spread"))
    return {"spread": spread, "spread_alike": alike, "first": MECHANISMS[first[1]], "first_cost": f"{first[0]:.2f}",
            "second": MECHANISMS[second[1]], "second_cost": f"{second[0]:.2f}", "least": MECHANISMS[least[1]],
            "least_cost": f"{abs(least[0]):.2f}"}


def _cost(effects: Table, variant: str) -> float:
    """By how much integration ends higher at L = 0.5 in a variant than with all mechanisms."""
    some, every = ({"L": HALF, "variant": each} for each in (variant, "all"))
    return first_number(effects.cell(some, "mean I")) - first_number(effects.cell(every, "mean I"))


def _compacts(docs: Path) -> dict[str, str]:
    compacts = markdown_table(docs / "compacts.md", "Compacts of more than two")
    leaving = markdown_table(docs / "compacts.md", "Being able to leave")
    change = first_number(leaving.cell({"L": HALF, "variant": "nobody ever leaves"}, "I less as it is"))

    def ended(form: str, holder: str) -> str:
        return compacts.cell({"form": form, "held by": holder, "condition": "as it is"}, "ended")

    return {"alliance": ended("alliance", "gp"), "lead_provider": ended("lead provider", "gp"),
            "place_wide": ended("alliance", "place"), "leaving": "helps" if change < 0 else "does not help",
            "door": f"{abs(change):.3f} {'lower' if change < 0 else 'higher'}"}
