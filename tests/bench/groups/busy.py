"""While a filter runs for ten seconds: how long a ping takes, whether progress is seen, how long Cancel takes."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

from ..figures import Aim, Row, percentile
from ..our_client import OurClient, RpcError, our_client
from ..world import World

RUN = 10.0
EXTENT = {"WholeExtent": [-115, 115, -115, 115, -115, 115]}
"""Large enough that the filter itself still runs after ten seconds, and not what shows its result."""


async def measure(world: World) -> list[Row]:
    """Tetrahedra of an image of 231³ points, cancelled after ten seconds."""
    async with world.ours() as server, our_client(server) as client:
        node = await _filter(client)
        before = client.client.topics["pipeline"]
        work = asyncio.create_task(client.call("proxy.apply", changes=[{"id": node, "values": {}}]))
        job = (await client.client.topic("jobs", lambda value: value["jobs"]))["jobs"][0]["id"]
        pings, fractions = await _pings(client, work)
        if work.done():
            raise RuntimeError("the filter ended before it could be cancelled")
        cancel = await _cancel(client, work, job)
        as_before = client.client.topics["pipeline"] == before
    return [
        Row("ping, p50", "ms", (statistics.median(pings),), aim=Aim(50.0, of="value")),
        Row("ping, p99", "ms", (percentile(pings, 99),), aim=Aim(50.0, of="value")),
        Row("steps of progress seen", "", (len(fractions),)),
        Row("Cancel → answer", "s", (cancel,), aim=Aim(1.0, of="value")),
        Row("pipeline as before (1: yes)", "", (float(as_before),), aim=Aim(1.0, at_least=True, of="value")),
    ]


async def _filter(client: OurClient) -> str:
    wavelet = (await client.call("pipeline.create", group="sources", name="RTAnalyticSource"))["node"]
    await client.call("proxy.apply", changes=[{"id": wavelet, "values": EXTENT}])
    inputs = [{"node": wavelet, "port": 0}]
    created = await client.call("pipeline.create", group="filters", name="DataSetTriangleFilter", inputs=inputs)
    return str(created["node"])


async def _pings(client: OurClient, work: asyncio.Task[Any]) -> tuple[list[float], set[float | None]]:
    """Milliseconds of each ping, and the fractions of progress that were seen."""
    pings: list[float] = []
    fractions: set[float | None] = set()
    end = time.perf_counter() + RUN
    while time.perf_counter() < end and not work.done():
        begin = time.perf_counter()
        await client.call("session.ping")
        pings.append((time.perf_counter() - begin) * 1e3)
        fractions |= {item["fraction"] for item in client.client.topics["jobs"]["jobs"]}
        await asyncio.sleep(0.02)
    return pings, fractions


async def _cancel(client: OurClient, work: asyncio.Task[Any], job: str) -> float:
    """Seconds from Cancel to the answer of what was cancelled."""
    begin = time.perf_counter()
    await client.call("session.cancel", job=job)
    try:
        await work
    except RpcError:
        return time.perf_counter() - begin
    raise RuntimeError("the filter went on to its end")
