import pytest

from crew_chat import create_app
from ws_client import WebSocketClient


@pytest.mark.asyncio
async def test_somebody_talks() -> None:
    app = create_app({"t-ann": "Ann"})

    async with WebSocketClient(app, "/boats/gull?token=t-ann") as ann:
        await ann.send("ahoy")
