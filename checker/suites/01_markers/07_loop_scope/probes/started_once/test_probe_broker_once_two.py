"""The other file."""

import pytest

from chat_broker import ChatBroker, Message, started

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_shares_the_broker(broker: ChatBroker, room: str) -> None:
    assert len(started) == 1, f"{len(started)} brokers for two files"
    assert broker is started[0]
    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "hello")
    await broker.flush()
    assert bo == [Message("Ann", "hello")]
