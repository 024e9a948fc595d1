"""The same units of work on many machines, through Dask. A worker that is lost costs only the unit it was at.

Every worker has this project installed, of the same version, and bubblewrap: strangers' code runs in a sandbox there,
too. Between here and the workers Dask sends pickles; a learner's process sends and gets none.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from ..engine.backend import Walls
from ..errors import KataError
from ..findings import Verdict
from .grade import VERDICT, Judge, Unit, judged_here

LOCAL = "local"
_CONNECT_S = 20.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Judges units elsewhere. `slots`: how many at once."""

    judge: Judge
    slots: int


@asynccontextmanager
async def cluster(address: str, workers: int | None = None) -> AsyncIterator[Cluster]:
    """A cluster by its scheduler's address, or `local` for one of this machine's own. Raises KataError."""
    if importlib.util.find_spec("distributed") is None:
        raise KataError(
            "Dask is not installed. In a clone `pip install -e '.[cluster]'` fetches it, here and on the workers."
        )
    from distributed import Client, LocalCluster

    if address == LOCAL:
        async with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, asynchronous=True, dashboard_address=None
            ) as ours,
            Client(ours, asynchronous=True) as client,
        ):
            yield await _over(client)
        return
    try:
        client = await Client(address, asynchronous=True, timeout=_CONNECT_S)
    except (OSError, ValueError, TimeoutError) as error:
        raise KataError(f"{address}: no Dask scheduler answers there ({str(error).splitlines()[0]}).") from error
    async with client:
        yield await _over(client)


async def _over(client: Any) -> Cluster:
    from distributed import KilledWorker

    async def judge(unit: Unit, walls: Walls | None) -> Verdict:
        try:
            text = await client.submit(judge_unit, unit, walls, pure=False)
        except KilledWorker as error:
            where = f"{unit.learner.id}, {unit.exercise.id}"
            raise KataError(
                f"{where}: several workers of the cluster were lost over it. What is done is kept."
            ) from error
        return VERDICT.validate_json(text)

    return Cluster(judge, max(1, sum((await client.nthreads()).values())))


def judge_unit(unit: Unit, walls: Walls | None) -> str:
    """What a worker does: judge one unit, and give the verdict as JSON."""
    return VERDICT.dump_json(asyncio.run(judged_here(unit, walls))).decode()
