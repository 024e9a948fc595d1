import pytest

from crew_chat import create_app
from ws_client import NothingSent, Refused, WebSocketClient

pytestmark = pytest.mark.asyncio
TOKENS = {"a": "Ann", "b": "Bo", "c": "Cy"}


async def test_some_joining_is_heard() -> None:
    app = create_app(TOKENS)
    async with WebSocketClient(app, "/boats/x?token=a") as ann:
        async with WebSocketClient(app, "/boats/x?token=b"):
            assert await ann.receive() == "Bo joined"


async def test_joining_is_not_heard_elsewhere() -> None:
    app = create_app(TOKENS)
    async with WebSocketClient(app, "/boats/x?token=a") as ann:
        async with WebSocketClient(app, "/boats/y?token=b"):
            with pytest.raises(NothingSent):
                await ann.receive()


async def test_something_is_heard() -> None:
    app = create_app(TOKENS)
    async with WebSocketClient(app, "/boats/x?token=a") as ann:
        async with WebSocketClient(app, "/boats/x?token=b") as bo:
            await ann.send("ahoy")
            assert "ahoy" in await bo.receive()


async def test_somehow_refused() -> None:
    with pytest.raises(Refused):
        async with WebSocketClient(create_app(TOKENS), "/boats/x?token=z"):
            pass
