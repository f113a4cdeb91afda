"""Runs by what they are made of: the same place, scenario and seed are worked out once, whoever asks."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from incentive_abm.place import Place
from incentive_abm.scenario import Scenario

KEPT_BYTES = 24 * 1024 * 1024
PACKING = 1


class RunCache:
    """The latest messages, packed small (gzip), up to `KEPT_BYTES`; a run asked for twice at once is worked out once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self._size = 0
        self._doing: dict[tuple[str, str, int], Future[bytes]] = {}
        self._lock = Lock()

    def get(self, place: Place, scenario: Scenario, seed: int, make: Callable[[Place, Scenario, int], bytes]) -> bytes:
        """The packed message of a run; raises whatever making it raises, to everyone who waits for it."""
        key = (place.hash, scenario.hash + scenario.name, seed)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            waiting = self._doing.get(key)
            if waiting is None:
                mine: Future[bytes] = Future()
                self._doing[key] = mine
        if waiting is not None:
            return waiting.result()
        try:
            made = gzip.compress(make(place, scenario, seed), PACKING, mtime=0)
        except BaseException as error:
            mine.set_exception(error)
            with self._lock:
                del self._doing[key]
            raise
        mine.set_result(made)
        with self._lock:
            del self._doing[key]
            self._kept[key] = made
            self._size += len(made)
            while self._size > KEPT_BYTES:
                self._size -= len(self._kept.popitem(last=False)[1])
        return made
