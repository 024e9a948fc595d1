"""Who hears what in the chat. All tests run on the loop of the broker that they share."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chat_broker import ChatBroker, Message, NoSuchRoom

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture
async def other_room(broker: ChatBroker) -> AsyncIterator[str]:
    """A second room."""
    await broker.open("kitchen")
    yield "kitchen"
    await broker.close("kitchen")


async def test_the_others_hear_what_is_said(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    cy = await broker.join(room, "Cy")

    await broker.say(room, "Ann", "hello")
    await broker.flush()

    assert bo == [Message("Ann", "hello")]
    assert cy == [Message("Ann", "hello")]


async def test_the_sender_does_not(broker: ChatBroker, room: str) -> None:
    ann = await broker.join(room, "Ann")

    await broker.say(room, "Ann", "hello")
    await broker.flush()

    assert ann == []


async def test_nobody_hears_it_in_another_room(
    broker: ChatBroker, room: str, other_room: str
) -> None:
    bo = await broker.join(other_room, "Bo")

    await broker.say(room, "Ann", "hello")
    await broker.flush()

    assert bo == []


async def test_messages_keep_their_order(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")

    said = [Message("Ann", "one"), Message("Cy", "two"), Message("Ann", "three")]
    for message in said:
        await broker.say(room, message.sender, message.text)
    await broker.flush()

    assert bo == said


async def test_who_comes_late_has_missed_it(broker: ChatBroker, room: str) -> None:
    await broker.say(room, "Ann", "hello")
    await broker.flush()

    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "anybody here?")
    await broker.flush()

    assert bo == [Message("Ann", "anybody here?")]


@pytest.mark.parametrize("name", ["attic", "cellar"])
async def test_a_room_that_is_not_open_takes_nobody(broker: ChatBroker, name: str) -> None:
    await broker.open("cellar")
    await broker.close("cellar")

    with pytest.raises(NoSuchRoom):
        await broker.join(name, "Bo")
    with pytest.raises(NoSuchRoom):
        await broker.say(name, "Ann", "hello")
