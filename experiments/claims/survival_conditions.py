"""What verdicts have to survive: each rival that comes with the package, places of several kinds, and the posterior."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from experiments.claims.conditions import Condition
from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.scenario.posterior import SHIPPED

RULES, PLACE, POSTERIOR = "rules", "place", "posterior"
KINDS = (RULES, PLACE, POSTERIOR)
AFTER_THE_DATA = "after the data"
POSTERIOR_TABLE = SHIPPED / "published-patterns.csv"
GENERATED = {"one hospital": (24001, 1, 1, 12, 10), "five hospitals": (24002, 5, 4, 9, 6), "average of 48": (48101, 4, 3, 25, 16)}
"""Places that the ledger does not play: seed, trusts, councils, practices, voluntary."""


def rivals() -> list[Condition]:
    """Each shipped rival by itself."""
    return [Condition(f"{theme}={name}", rules=(f"{theme}={name}",)) for theme, named in RIVALS.items()
            for name, rival in named.items() if rival.instead]


def names_of() -> list[str]:
    """The names of all conditions that need nothing from elsewhere."""
    from incentive_abm.place import shipped_place

    return [*(condition.name for condition in rivals()), AFTER_THE_DATA, shipped_place().name, *GENERATED]


def conditions(folders: Sequence[str]) -> Iterator[tuple[str, Condition]]:
    """Kind and condition of all that can be asked. folders: given places."""
    from incentive_abm.place import generate_place, load_place, shipped_place

    yield from ((RULES, condition) for condition in rivals())
    yield POSTERIOR, Condition(AFTER_THE_DATA, posterior=POSTERIOR_TABLE)
    found = [shipped_place(), *(generate_place(*mix, name=name) for name, mix in GENERATED.items()), *map(load_place, folders)]
    yield from ((PLACE, Condition(place.name, place=place)) for place in found)


def under(asked: Sequence[tuple[str, Condition]], names: Sequence[str]) -> list[tuple[str, Condition]]:
    """Those with these names, all where none is named; raises UserError for a name that none has."""
    known = [condition.name for _, condition in asked]
    for name in names:
        if name not in known:
            raise UserError(f"--under: no condition is called {quoted(name)}{nearest(name, known)}; expected one of "
                            f"{', '.join(known)}")
    return [each for each in asked if not names or each[1].name in names]
