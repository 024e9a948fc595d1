"""Who hears whom on board."""

from contextlib import AsyncExitStack

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from crew_chat import create_app
from ws_client import NothingSent, Refused, WebSocketClient

pytestmark = pytest.mark.asyncio


@pytest.fixture
def app() -> FastAPI:
    return create_app({"t-ann": "Ann", "t-bo": "Bo", "t-cy": "Cy"})


def connect(app: FastAPI, name: str, boat: str = "gull") -> WebSocketClient:
    return WebSocketClient(app, f"/boats/{boat}?token=t-{name}")


async def people(app: FastAPI, boat: str = "gull") -> list[str]:
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://crew") as client:
        response = await client.get(f"/boats/{boat}")
    assert response.status_code == 200
    assert list(response.json()) == ["people"]
    return list(response.json()["people"])


async def silent(*clients: WebSocketClient) -> bool:
    """Whether none of them has anything left to receive."""
    for client in clients:
        with pytest.raises(NothingSent):
            await client.receive()
    return True


async def test_all_others_hear_who_joins(app: FastAPI) -> None:
    async with connect(app, "ann") as ann, connect(app, "bo") as bo, connect(app, "cy") as cy:
        assert [await ann.receive(), await ann.receive()] == ["Bo joined", "Cy joined"]
        assert await bo.receive() == "Cy joined"
        assert await silent(ann, bo, cy)


async def test_all_others_hear_all_texts_in_order(app: FastAPI) -> None:
    async with connect(app, "cy") as cy, connect(app, "bo") as bo, connect(app, "ann") as ann:
        for client, joined in [(cy, ["Bo joined", "Ann joined"]), (bo, ["Ann joined"])]:
            assert [await client.receive() for _ in joined] == joined

        for text in (" ahoy ", "2", "3"):
            await ann.send(text)

        for client in (bo, cy):
            assert [await client.receive() for _ in range(3)] == ["Ann:  ahoy ", "Ann: 2", "Ann: 3"]
        assert await silent(ann, bo, cy)


async def test_the_others_stay_when_one_leaves(app: FastAPI) -> None:
    async with connect(app, "ann") as ann, connect(app, "bo") as bo:
        async with connect(app, "cy"):
            assert [await ann.receive(), await ann.receive()] == ["Bo joined", "Cy joined"]
            assert await bo.receive() == "Cy joined"

        assert [await ann.receive(), await bo.receive()] == ["Cy left", "Cy left"]
        await bo.send("bye")
        assert await ann.receive() == "Bo: bye"
        await ann.send("well")
        assert await bo.receive() == "Ann: well"
        assert await silent(ann, bo)


async def test_nothing_is_heard_on_another_boat(app: FastAPI) -> None:
    async with connect(app, "ann", "tern") as ann, connect(app, "bo") as bo:
        async with connect(app, "cy") as cy:
            await cy.send("ahoy")
            assert [await bo.receive(), await bo.receive()] == ["Cy joined", "Cy: ahoy"]

        assert await bo.receive() == "Cy left"
        assert await silent(ann, bo)


async def test_who_comes_later_hears_nothing_from_before(app: FastAPI) -> None:
    async with connect(app, "ann") as ann:
        await ann.send("anybody?")
        assert await silent(ann)
        async with connect(app, "bo") as bo:
            assert await silent(bo)


async def test_people_are_those_who_are_connected_now(app: FastAPI) -> None:
    async with AsyncExitStack() as crew:
        for name in ("cy", "ann"):
            await crew.enter_async_context(connect(app, name))
        async with connect(app, "bo", "tern"):
            assert await people(app) == ["Ann", "Cy"]
            assert await people(app, "tern") == ["Bo"]
        assert await people(app, "tern") == []

    assert await people(app) == []
    assert await people(app, "heron") == []


@pytest.mark.parametrize("query", ["", "?token=", "?token=t-dee"], ids=["none", "empty", "unknown"])
async def test_strangers_are_refused_unheard(app: FastAPI, query: str) -> None:
    async with connect(app, "ann") as ann:
        with pytest.raises(Refused) as refused:
            async with WebSocketClient(app, f"/boats/gull{query}"):
                pass

        assert refused.value.code == 1008
        assert await silent(ann)
        assert await people(app) == ["Ann"]
