"""Places that this process has at hand, by their hash: the one it was started with, and those dropped onto the page."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from incentive_abm.errors import UserError
from incentive_abm.place import Place

MOST = 24
MOST_PARTNERS, MOST_TIES = 600, 6000
"""More than this cannot be shown as one picture that a room could read."""


class NoSuchPlace(UserError):
    """The place of a request is not at hand; the page drops it again or says so."""


def checked_size(place: Place) -> None:
    """Raises UserError for a place too large to be shown."""
    if len(place) > MOST_PARTNERS or len(place.ties) > MOST_TIES:
        raise UserError(f"{place.title} has {len(place):,} partners and {len(place.ties):,} ties; the page shows at most "
                        f"{MOST_PARTNERS} and {MOST_TIES:,}. `incentive-abm run` takes places of any size.")


class Places:
    """The first place is always at hand; of those added, the latest `MOST`."""

    def __init__(self, first: Place) -> None:
        self.first = first
        self._added: OrderedDict[str, Place] = OrderedDict()
        self._lock = Lock()

    def add(self, place: Place) -> None:
        """Keep a place; raises UserError for one too large to be shown."""
        checked_size(place)
        with self._lock:
            self._added[place.hash] = place
            self._added.move_to_end(place.hash)
            while len(self._added) > MOST:
                self._added.popitem(last=False)

    def get(self, wanted: str) -> Place:
        """The place with this hash; raises NoSuchPlace."""
        if wanted == self.first.hash:
            return self.first
        with self._lock:
            if wanted in self._added:
                self._added.move_to_end(wanted)
                return self._added[wanted]
        raise NoSuchPlace("this page was made for a place that is not open here; drop its files onto the page, "
                          "or open the place that comes with the page")
