"""After a test, passed or failed, its room is closed. Closing takes a while."""

import asyncio
from collections.abc import Iterator

import pytest

from chat_broker import ChatBroker

open_rooms: set[str] = set()


@pytest.fixture(scope="module", autouse=True)
def watched_rooms() -> Iterator[None]:
    open_room, close_room = ChatBroker.open, ChatBroker.close

    async def open_(self: ChatBroker, room: str) -> None:
        await open_room(self, room)
        open_rooms.add(room)

    async def close(self: ChatBroker, room: str) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        await close_room(self, room)
        open_rooms.discard(room)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ChatBroker, "open", open_)
        patch.setattr(ChatBroker, "close", close)
        yield


@pytest.mark.asyncio(loop_scope="session")
async def test_uses_a_room(broker: ChatBroker, room: str) -> None:
    assert room in open_rooms
    await broker.say(room, "Ann", "hello")


def test_closed_by_now() -> None:
    left = len(open_rooms)
    assert left == 0, f"{left} rooms are open"


@pytest.mark.asyncio(loop_scope="session")
async def test_fails_in_a_room(broker: ChatBroker, room: str) -> None:
    await broker.join(room, "Bo")
    pytest.fail("this test is meant to fail")


def test_closed_after_the_failure() -> None:
    left = len(open_rooms)
    assert left == 0, f"{left} rooms are open"
