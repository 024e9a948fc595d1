"""Each client keeps a logbook. After every scene the logbooks are compared, whole."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from crew_chat import create_app
from ws_client import NothingSent, Refused, WebSocketClient


class Regatta:
    """One app, and everybody who has come on board so far."""

    def __init__(self) -> None:
        self.app = create_app({f"secret of {name}": name for name in ("Ida", "Max", "Zoe")})
        self.exits: dict[str, AsyncExitStack] = {}
        self.clients: dict[str, WebSocketClient] = {}

    async def board(self, name: str, boat: str = "lark") -> None:
        stack = AsyncExitStack()
        client = WebSocketClient(self.app, f"/boats/{boat}?token=secret%20of%20{name}")
        self.clients[name] = await stack.enter_async_context(client)
        self.exits[name] = stack

    async def leave(self, name: str) -> None:
        await self.exits.pop(name).aclose()

    async def say(self, name: str, *texts: str) -> None:
        for text in texts:
            await self.clients[name].send(text)

    async def heard(self, name: str) -> list[str]:
        lines = []
        try:
            while True:
                lines.append(await self.clients[name].receive())
        except NothingSent:
            return lines

    async def names(self, boat: str = "lark") -> list[str]:
        transport = ASGITransport(app=self.app)
        async with AsyncClient(transport=transport, base_url="http://regatta") as http:
            response = await http.get(f"/boats/{boat}")
        response.raise_for_status()
        answer: dict[str, list[str]] = response.json()
        assert set(answer) == {"people"}
        return answer["people"]


@pytest_asyncio.fixture
async def regatta() -> AsyncIterator[Regatta]:
    regatta = Regatta()
    yield regatta
    for name in list(regatta.exits):
        await regatta.leave(name)


@pytest.mark.asyncio
async def test_a_day_on_board(regatta: Regatta) -> None:
    await regatta.board("Zoe")
    await regatta.board("Max", "kite")
    await regatta.board("Ida")
    assert await regatta.names() == ["Ida", "Zoe"]
    assert await regatta.names("kite") == ["Max"]

    await regatta.say("Ida", "left a bit", "  right a bit  ")
    assert await regatta.heard("Zoe") == ["Ida joined", "Ida: left a bit", "Ida:   right a bit  "]

    await regatta.leave("Ida")
    assert await regatta.heard("Zoe") == ["Ida left"]
    assert await regatta.heard("Max") == []
    assert await regatta.names() == ["Zoe"]


@pytest.mark.asyncio
async def test_all_three(regatta: Regatta) -> None:
    for name in ("Max", "Zoe", "Ida"):
        await regatta.board(name)
    await regatta.say("Zoe", "1", "2", "3", "4")
    talk = ["Zoe: 1", "Zoe: 2", "Zoe: 3", "Zoe: 4"]
    assert await regatta.heard("Max") == ["Zoe joined", "Ida joined", *talk]
    assert await regatta.heard("Ida") == talk
    assert await regatta.heard("Zoe") == ["Ida joined"]

    await regatta.leave("Zoe")
    await regatta.say("Max", "gone")
    assert await regatta.heard("Ida") == ["Zoe left", "Max: gone"]
    assert await regatta.heard("Max") == ["Zoe left"]


@pytest.mark.asyncio
async def test_late(regatta: Regatta) -> None:
    await regatta.board("Max")
    await regatta.say("Max", "hello")
    assert await regatta.heard("Max") == []
    await regatta.board("Ida")
    assert await regatta.heard("Ida") == []


@pytest.mark.asyncio
async def test_empty_boats(regatta: Regatta) -> None:
    assert await regatta.names("lark") == []
    await regatta.board("Ida")
    await regatta.leave("Ida")
    assert await regatta.names("lark") == []


@pytest.mark.asyncio
@pytest.mark.parametrize("tail", ["?token=Ida", "?token=", "", "?name=Ida"])
async def test_strangers(regatta: Regatta, tail: str) -> None:
    await regatta.board("Max")
    with pytest.raises(Refused, match="1008"):
        async with WebSocketClient(regatta.app, "/boats/lark" + tail):
            raise AssertionError("came on board")
    assert await regatta.heard("Max") == []
    assert await regatta.names() == ["Max"]
