import pytest
from httpx import ASGITransport, AsyncClient

from crew_chat import create_app
from ws_client import NothingSent, Refused, WebSocketClient

pytestmark = pytest.mark.asyncio


async def test_alone_on_board() -> None:
    app = create_app({"t-ann": "Ann"})
    transport = ASGITransport(app=app)

    async with AsyncClient(transport=transport, base_url="http://crew") as client:
        async with WebSocketClient(app, "/boats/gull?token=t-ann") as ann:
            await ann.send("ahoy")
            await ann.send("ahoy")
            with pytest.raises(NothingSent):
                await ann.receive()
            on_board = await client.get("/boats/gull")
        afterwards = await client.get("/boats/gull")
        never = await client.get("/boats/heron")

    assert on_board.json() == {"people": ["Ann"]}
    assert afterwards.json() == never.json() == {"people": []}


@pytest.mark.parametrize("query", ["", "?token=", "?token=t-dee"])
async def test_strangers_are_refused(query: str) -> None:
    app = create_app({"t-ann": "Ann"})
    with pytest.raises(Refused) as refused:
        async with WebSocketClient(app, "/boats/gull" + query):
            pass
    assert refused.value.code == 1008
