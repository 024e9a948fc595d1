import pytest

from chat_broker import ChatBroker, Message


@pytest.mark.asyncio
async def test_the_others_hear_what_is_said(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    cy = await broker.join(room, "Cy")

    await broker.say(room, "Ann", "hello")
    await broker.flush()

    assert bo == cy == [Message("Ann", "hello")]


@pytest.mark.asyncio
async def test_the_sender_does_not(broker: ChatBroker, room: str) -> None:
    ann = await broker.join(room, "Ann")

    await broker.say(room, "Ann", "hello")

    assert ann == []
