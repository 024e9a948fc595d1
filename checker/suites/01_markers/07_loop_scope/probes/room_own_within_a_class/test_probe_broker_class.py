"""Tests of one class do not share a room."""

import pytest

from chat_broker import ChatBroker, Message

inboxes: list[list[Message]] = []


@pytest.mark.asyncio(loop_scope="session")
class TestSmallTalk:
    async def test_joins(self, broker: ChatBroker, room: str) -> None:
        inboxes.append(await broker.join(room, "Bo"))

    async def test_is_not_heard_by_the_test_before(self, broker: ChatBroker, room: str) -> None:
        await broker.say(room, "Ann", "is anybody there?")
        await broker.flush()
        assert inboxes == [[]]
