import asyncio

import pytest
from httpx import ASGITransport, AsyncClient

from render_progress import ProgressFeed, create_app

pytestmark = pytest.mark.asyncio


def text(number: int, percent: int) -> str:
    return f'id: {number}\nevent: progress\ndata: {{"percent": {percent}}}\n\n'


async def test_finished_jobs() -> None:
    feed = ProgressFeed()
    for job, percent in [("alps", 40), ("coast", 7), ("alps", 70), ("alps", 100), ("coast", 100)]:
        feed.publish(job, percent)

    transport = ASGITransport(app=create_app(feed))
    async with (
        asyncio.timeout(2),
        AsyncClient(transport=transport, base_url="http://maps") as client,
    ):
        alps = await client.get("/jobs/alps/progress")
        coast = await client.get("/jobs/coast/progress")
        again = await client.get("/jobs/alps/progress", headers={"Last-Event-ID": "1"})
        missing = await client.get("/jobs/moon/progress")

    assert alps.status_code == 200
    assert alps.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert alps.headers["cache-control"] == "no-cache"
    assert alps.text == text(1, 40) + text(2, 70) + text(3, 100)
    assert coast.text == text(1, 7) + text(2, 100)
    assert again.text == text(2, 70) + text(3, 100)
    assert (missing.status_code, missing.json()) == (404, {"detail": "no such job"})
    assert feed.watchers("alps") == 0
