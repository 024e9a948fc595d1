import pytest

from chat_broker import ChatBroker, NoSuchRoom
from conftest import open_room

on_the_brokers_loop = pytest.mark.asyncio(loop_scope="session")


async def heard(broker: ChatBroker, room: str, *steps: str) -> dict[str, list[str]]:
    """Steps are `+name`, `name: text` and `flush`; what each member heard in the end."""
    inboxes = {}
    for step in [*steps, "flush"]:
        if step.startswith("+"):
            inboxes[step[1:]] = await broker.join(room, step[1:])
        elif step == "flush":
            await broker.flush()
        else:
            sender, _, text = step.partition(": ")
            await broker.say(room, sender, text)
    return {name: [f"{m.sender}: {m.text}" for m in inbox] for name, inbox in inboxes.items()}


@on_the_brokers_loop
@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param("+ann,+bo,+cy,ann: hi", {"ann": [], "bo": ["ann: hi"], "cy": ["ann: hi"]}, id="others"),
        pytest.param("+bo,ann: 1,cy: 2,ann: 3", {"bo": ["ann: 1", "cy: 2", "ann: 3"]}, id="order"),
        pytest.param("+bo,ann: hi,flush,+cy,ann: ho", {"bo": ["ann: hi", "ann: ho"], "cy": ["ann: ho"]}, id="late"),
        pytest.param("ann: hi,flush,+cy", {"cy": []}, id="nobody-there"),
    ],
)
async def test_heard(broker: ChatBroker, room: str, steps: str, expected: dict[str, list[str]]) -> None:
    assert await heard(broker, room, *steps.split(",")) == expected


@on_the_brokers_loop
async def test_next_door(broker: ChatBroker, room: str) -> None:
    async with open_room(broker) as next_door:
        inbox = await broker.join(next_door, "cy")
        await broker.say(room, "ann", "hi")
        await broker.flush()
    assert inbox == []


@on_the_brokers_loop
async def test_no_such_room(broker: ChatBroker) -> None:
    async with open_room(broker) as gone:
        pass
    for name in (gone, "never"):
        with pytest.raises(NoSuchRoom):
            await broker.join(name, "bo")
        with pytest.raises(NoSuchRoom):
            await broker.say(name, "bo", "hi")
