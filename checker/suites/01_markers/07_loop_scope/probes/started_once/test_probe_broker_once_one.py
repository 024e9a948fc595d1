"""One of two files. The second test fails; the others go on with the same broker."""

import pytest

from chat_broker import ChatBroker, Message, started

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_is_a_broker(broker: ChatBroker, room: str) -> None:
    assert type(broker) is ChatBroker
    assert len(started) == 1
    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "hello")
    await broker.flush()
    assert bo == [Message("Ann", "hello")]


async def test_fails(broker: ChatBroker, room: str) -> None:
    pytest.fail("this test is meant to fail")


class TestInAClass:
    async def test_goes_on(self, broker: ChatBroker, room: str) -> None:
        await broker.flush()
        assert len(started) == 1, f"{len(started)} brokers for three tests"
