import pytest

from chat_broker import ChatBroker, Message, NoSuchRoom

pytestmark = pytest.mark.asyncio


async def test_conversation(broker: ChatBroker, room: str) -> None:
    ann, bo, cy = [await broker.join(room, name) for name in ("Ann", "Bo", "Cy")]
    await broker.say(room, "Ann", "1")
    await broker.say(room, "Bo", "2")
    await broker.say(room, "Ann", "3")
    await broker.flush()
    assert ann == [Message("Bo", "2")]
    assert bo == [Message("Ann", "1"), Message("Ann", "3")]
    assert cy == [Message("Ann", "1"), Message("Bo", "2"), Message("Ann", "3")]


async def test_newcomer(broker: ChatBroker, room: str) -> None:
    await broker.say(room, "Ann", "alone")
    await broker.flush()
    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "not alone")
    await broker.flush()
    cy = await broker.join(room, "Cy")
    await broker.flush()
    assert (bo, cy) == ([Message("Ann", "not alone")], [])


async def test_two_rooms(broker: ChatBroker, room: str) -> None:
    await broker.open("den")
    try:
        here, there = await broker.join(room, "Bo"), await broker.join("den", "Cy")
        await broker.say("den", "Ann", "psst")
        await broker.flush()
        assert (here, there) == ([], [Message("Ann", "psst")])
    finally:
        await broker.close("den")


async def test_no_room(broker: ChatBroker, room: str) -> None:
    await broker.open("den")
    await broker.close("den")
    for name in ("den", "never opened"):
        with pytest.raises(NoSuchRoom):
            await broker.say(name, "Ann", "hello?")
        with pytest.raises(NoSuchRoom):
            await broker.join(name, "Ann")
