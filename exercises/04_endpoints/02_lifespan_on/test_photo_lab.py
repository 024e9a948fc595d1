import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import Receive, Scope, Send

from photo_lab import Database, create_app


def app_on(database: Database):
    """The app with its database. Otherwise: 'State' object has no attribute 'database'."""
    app = create_app(lambda: database)

    async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": {"database": database}}, receive, send)

    return with_state


@pytest.mark.asyncio
async def test_a_job_is_put_into_the_queue(database: Database) -> None:
    transport = ASGITransport(app=app_on(database))
    async with AsyncClient(transport=transport, base_url="http://lab") as client:
        response = await client.post("/jobs", json={"picture": "beach.jpg"})

    assert response.status_code == 201
    assert response.json()["picture"] == "beach.jpg"


@pytest.mark.asyncio
async def test_the_queue_is_empty_at_first(database: Database) -> None:
    transport = ASGITransport(app=app_on(database))
    async with AsyncClient(transport=transport, base_url="http://lab") as client:
        response = await client.get("/jobs")

    assert response.json() == []
