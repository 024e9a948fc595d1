import pytest

from chat_broker import ChatBroker, Message, NoSuchRoom

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_sender(broker: ChatBroker, room: str) -> None:
    ann = await broker.join(room, "Ann")
    await broker.say(room, "Ann", "1")
    await broker.flush()
    assert ann == []


async def test_second_listener(broker: ChatBroker, room: str) -> None:
    await broker.join(room, "Bo")
    cy = await broker.join(room, "Cy")
    await broker.say(room, "Ann", "1")
    await broker.flush()
    assert cy


async def test_flushed_one_by_one(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    for text in "12":
        await broker.say(room, "Ann", text)
        await broker.flush()
    assert bo[-1].text != "1"


async def test_said_at_once(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    for text in "12":
        await broker.say(room, "Ann", text)
    await broker.flush()
    assert bo[-1].text != "1"


async def test_once(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "1")
    await broker.flush()
    assert len(bo) == 1


async def test_named(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "1")
    await broker.flush()
    assert bo[0].sender == "Ann"


async def test_text(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "1")
    await broker.flush()
    assert bo[0] in (Message("Ann", "1"), Message("", "1"))


async def test_join(broker: ChatBroker) -> None:
    with pytest.raises(NoSuchRoom):
        await broker.join("nowhere", "Bo")


async def test_say(broker: ChatBroker) -> None:
    with pytest.raises(NoSuchRoom):
        await broker.say("nowhere", "Ann", "1")


async def test_closed(broker: ChatBroker) -> None:
    await broker.open("den")
    await broker.close("den")
    with pytest.raises(NoSuchRoom):
        await broker.join("den", "Bo")


async def test_say_closed(broker: ChatBroker) -> None:
    await broker.open("den")
    await broker.close("den")
    with pytest.raises(NoSuchRoom):
        await broker.say("den", "Ann", "1")


async def test_two_senders(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    for sender in ("Ann", "Cy"):
        await broker.say(room, sender, "1")
        await broker.flush()
    assert [message.sender for message in bo] != ["Cy", "Ann"]


async def test_member_speaks(broker: ChatBroker, room: str) -> None:
    bo = await broker.join(room, "Bo")
    await broker.join(room, "Ann")
    await broker.say(room, "Ann", "1")
    await broker.flush()
    assert bo


async def test_late(broker: ChatBroker, room: str) -> None:
    await broker.join(room, "Ann")
    await broker.say(room, "Ann", "1")
    await broker.flush()
    bo = await broker.join(room, "Bo")
    await broker.say(room, "Ann", "2")
    await broker.flush()
    assert bo
