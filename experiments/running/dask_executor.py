"""Chunks on the workers of an existing Dask scheduler; nothing of ours need be set up there but the package itself."""

from __future__ import annotations

from concurrent.futures import CancelledError
from typing import Any

from experiments.running.chunk import Chunk, ChunkResult, Context, run_chunk
from experiments.running.executors import LOOK, Lost
from incentive_abm.errors import StudyError

ATTEMPTS = 3
"""How often the scheduler may hand a chunk to another worker when one dies."""


class Dask:
    """Runs chunks through a scheduler's address. Raises StudyError where it is not installed or does not answer."""

    def __init__(self, context: Context, address: str) -> None:
        try:
            import distributed
        except ImportError:
            raise StudyError("--dask needs distributed; install it with: pip install 'incentive-abm[dask]'") from None
        try:
            self.client: Any = distributed.Client(address, timeout="10s")
        except (OSError, ValueError) as error:
            raise StudyError(f"--dask {address}: no scheduler answers there ({error})") from None
        self.own = context
        self.context = self._sent()
        self.futures: dict[Any, Chunk] = {}

    def _sent(self) -> Any:
        """The context on every worker there is now."""
        return self.client.scatter(self.own, broadcast=True, hash=False)

    @property
    def slots(self) -> int:
        """Two chunks a thread of the workers there are now."""
        return 2 * max(sum(map(int, self.client.nthreads().values())), 1)

    def submit(self, chunk: Chunk) -> None:
        """Hand over a chunk."""
        future = self.client.submit(run_chunk, self.context, chunk, pure=False, key=f"chunk-{chunk.name}", retries=ATTEMPTS)
        self.futures[future] = chunk

    def finished(self) -> list[ChunkResult | Lost]:
        """What has ended since; a chunk whose workers died each time is lost."""
        import distributed

        if not self.futures:
            return []
        try:
            done = distributed.wait(list(self.futures), timeout=LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return []
        ended: list[ChunkResult | Lost] = []
        for future in done:
            chunk = self.futures.pop(future)
            try:
                ended.append(future.result())
            except distributed.KilledWorker:
                ended.append(Lost(chunk, alone=True))
            except CancelledError:
                # All workers that held the context have died.
                self.context = self._sent()
                ended.append(Lost(chunk, alone=False))
        return ended

    def close(self) -> None:
        """Take back what is under way and leave the cluster as it was."""
        self.client.cancel(list(self.futures))
        self.client.close()
