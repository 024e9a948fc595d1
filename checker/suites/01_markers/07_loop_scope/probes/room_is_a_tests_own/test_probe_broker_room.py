"""One test joins and speaks; the next finds an empty room."""

import pytest

from chat_broker import ChatBroker, Message

pytestmark = pytest.mark.asyncio(loop_scope="session")

inboxes: list[list[Message]] = []


async def test_joins(broker: ChatBroker, room: str) -> None:
    inboxes.append(await broker.join(room, "Bo"))


async def test_is_not_heard_by_the_test_before(broker: ChatBroker, room: str) -> None:
    await broker.say(room, "Ann", "is anybody there?")
    await broker.flush()
    assert inboxes == [[]]


async def test_is_not_joined_by_the_test_before(broker: ChatBroker, room: str) -> None:
    inbox = await broker.join(room, "Cy")
    await broker.say(room, "Ann", "hello")
    await broker.flush()
    assert inbox == [Message("Ann", "hello")]
    assert inboxes == [[]]
