"""What if a hospital trust in deficit stayed away from the table? One decision overridden, the same luck with and without.

Run it with `python examples/wary_hospitals.py`. An exploration, not a forecast.
"""

from __future__ import annotations

from collections.abc import Sequence

from incentive_abm import EXPLORATION
from incentive_abm.agents import Trust
from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.model import IntegrationModel
from incentive_abm.place import Place, shipped_place

SHOWN = (Measure.DEALS, Measure.FORM, Measure.INTEGRATION, Measure.TRUST)


class WaryTrust(Trust):
    """A hospital trust that joins no talks while its deficit is above `limit`, a share of its income."""

    limit = 0.0

    def at_the_table(self) -> bool:
        """Q1, changed: not in such a deficit; else as before."""
        return self.balance >= -self.limit and super().at_the_table()


def ending(place: Place, seed: int, quarters: int, hospitals: type[Trust]) -> list[float]:
    """What is shown of one run's last quarter."""
    model = IntegrationModel(place, seed=seed, quarters=quarters, partner_classes={Kind.TRUST: hospitals})
    model.run_model()
    return [float(model.measures[measure]) for measure in SHOWN]


def effects(place: Place, seeds: Sequence[int], quarters: int) -> dict[Measure, tuple[float, float]]:
    """For each measure shown: its mean over seeds as things are, and what wary hospitals change (same seeds, same luck)."""
    usual = [ending(place, seed, quarters, Trust) for seed in seeds]
    wary = [ending(place, seed, quarters, WaryTrust) for seed in seeds]
    means = [sum(column) / len(seeds) for column in zip(*usual, strict=True)]
    changes = [sum(column) / len(seeds) - mean for column, mean in zip(zip(*wary, strict=True), means, strict=True)]
    return {measure: (mean, change) for measure, mean, change in zip(SHOWN, means, changes, strict=True)}


def main(seeds: Sequence[int] = (1, 2, 3, 4, 5), quarters: int = 40) -> None:
    """Print the comparison for the shipped place."""
    place = shipped_place()
    print(f"{place.title}, {quarters} quarters, {len(seeds)} runs each way")
    print(f"{'':14}{'as things are':>15}{'wary hospitals':>16}")
    for measure, (mean, change) in effects(place, seeds, quarters).items():
        print(f"{measure.code:14}{mean:15.3f}{change:+16.3f}")
    print(EXPLORATION)


if __name__ == "__main__":
    main()
