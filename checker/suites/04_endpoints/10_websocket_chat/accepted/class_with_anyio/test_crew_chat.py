from typing import Any

import httpx
import pytest

from crew_chat import create_app
from ws_client import NothingSent, Refused, WebSocketClient

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def app() -> Any:
    return create_app({"1": "Una", "2": "Dov", "3": "Tess"})


def on(app: Any, boat: str, token: str) -> WebSocketClient:
    return WebSocketClient(app, f"/boats/{boat}?token={token}")


async def listed(app: Any, boat: str) -> Any:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://r") as client:
        response = await client.get("/boats/" + boat)
        assert response.status_code == 200
        return response.json()


class TestTalking:
    async def test_three(self, app: Any) -> None:
        async with on(app, "a", "3") as tess, on(app, "a", "1") as una, on(app, "a", "2") as dov:
            assert await tess.receive() == "Una joined"
            assert await tess.receive() == "Dov joined"
            assert await una.receive() == "Dov joined"
            await una.send(" one")
            await una.send("two ")
            await una.send("")
            for listener in (tess, dov):
                assert await listener.receive() == "Una:  one"
                assert await listener.receive() == "Una: two "
                assert await listener.receive() == "Una: "
            await dov.send("stop")
            assert await una.receive() == "Dov: stop"
            assert await tess.receive() == "Dov: stop"
            for each in (tess, una, dov):
                with pytest.raises(NothingSent):
                    await each.receive()

    async def test_two_boats(self, app: Any) -> None:
        async with on(app, "b", "3") as tess, on(app, "a", "1") as una:
            async with on(app, "a", "2") as dov:
                assert await una.receive() == "Dov joined"
                await dov.send("x")
                assert await una.receive() == "Dov: x"
            assert await una.receive() == "Dov left"
            with pytest.raises(NothingSent):
                await tess.receive()


class TestLeaving:
    async def test_the_rest_goes_on(self, app: Any) -> None:
        async with on(app, "a", "1") as una, on(app, "a", "2") as dov:
            async with on(app, "a", "3") as tess:
                await tess.send("hi")
                assert [await dov.receive() for _ in range(2)] == ["Tess joined", "Tess: hi"]
                assert [await una.receive() for _ in range(3)] == ["Dov joined", "Tess joined", "Tess: hi"]
                assert await listed(app, "a") == {"people": ["Dov", "Tess", "Una"]}
            assert await una.receive() == "Tess left"
            assert await dov.receive() == "Tess left"
            assert await listed(app, "a") == {"people": ["Dov", "Una"]}
            await dov.send("still here")
            assert await una.receive() == "Dov: still here"
            await una.send("me too")
            assert await dov.receive() == "Una: me too"

    async def test_everybody(self, app: Any) -> None:
        async with on(app, "a", "1"):
            async with on(app, "b", "2"):
                assert await listed(app, "a") == {"people": ["Una"]}
        assert await listed(app, "a") == {"people": []}
        assert await listed(app, "nowhere") == {"people": []}

    async def test_coming_back(self, app: Any) -> None:
        async with on(app, "a", "1"):
            pass
        async with on(app, "a", "2") as dov:
            with pytest.raises(NothingSent):
                await dov.receive()


class TestStrangers:
    @pytest.mark.parametrize("address", ["/boats/a", "/boats/a?token=", "/boats/a?token=4"])
    async def test_stay_outside(self, app: Any, address: str) -> None:
        async with on(app, "a", "1") as una:
            with pytest.raises(Refused) as info:
                await WebSocketClient(app, address).__aenter__()
            assert info.value.code == 1008
            assert await listed(app, "a") == {"people": ["Una"]}
            with pytest.raises(NothingSent):
                await una.receive()
