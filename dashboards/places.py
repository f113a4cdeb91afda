"""How large a place the page can show."""

from __future__ import annotations

from incentive_abm.errors import UserError
from incentive_abm.place import Place

MOST_PARTNERS, MOST_TIES = 600, 6000
"""More than this cannot be shown as one picture that a room could read."""


def checked_size(place: Place) -> None:
    """Raises UserError for a place too large to be shown."""
    if len(place) > MOST_PARTNERS or len(place.ties) > MOST_TIES:
        raise UserError(f"{place.title} has {len(place):,} partners and {len(place.ties):,} ties; the page shows at most "
                        f"{MOST_PARTNERS} and {MOST_TIES:,}. `incentive-abm run` takes places of any size.")
