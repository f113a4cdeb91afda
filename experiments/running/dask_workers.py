"""Chunks on the workers of an existing Dask scheduler; nothing of ours need be set up there but the package itself."""

from __future__ import annotations

from concurrent.futures import CancelledError
from typing import Any

from experiments.running.chunk import Chunk, ChunkResult, Context, run_chunk
from experiments.running.workers import LOOK, LostChunk
from incentive_abm.errors import StudyError


class DaskWorkers:
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
        self.context, self.number = context, 0
        self.futures: dict[Any, Chunk] = {}

    @property
    def slots(self) -> int:
        """Two chunks a thread of the workers there are now."""
        return 2 * max(sum(map(int, self.client.nthreads().values())), 1)

    def submit(self, chunk: Chunk) -> None:
        """Hand over a chunk, with all that it needs: what was sent to workers before would be lost with them."""
        self.number += 1
        future = self.client.submit(run_chunk, self.context, chunk, pure=False, key=f"chunk-{chunk.name}-{self.number}")
        self.futures[future] = chunk

    def finished(self) -> list[ChunkResult | LostChunk]:
        """What has ended since; a chunk whose workers died each time is lost."""
        import distributed

        if not self.futures:
            return []
        try:
            done = distributed.wait(list(self.futures), timeout=LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return []
        except CancelledError:
            # The scheduler has forgotten some, as it does when it is started anew.
            done = {future for future in self.futures if future.done()}
        ended: list[ChunkResult | LostChunk] = []
        for future in done:
            chunk = self.futures.pop(future)
            try:
                ended.append(future.result())
            except distributed.KilledWorker:
                ended.append(LostChunk(chunk, alone=True))
            except CancelledError:
                ended.append(LostChunk(chunk, alone=False))
        return ended

    def close(self) -> None:
        """Take back what is under way and leave the cluster as it was."""
        self.client.cancel(list(self.futures))
        self.client.close()
