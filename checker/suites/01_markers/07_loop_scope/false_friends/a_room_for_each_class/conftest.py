"""Fixtures for tests of the chat: one broker a run, one room a test, all on the loop of the run."""

from collections.abc import AsyncIterator

import pytest_asyncio

from chat_broker import ChatBroker


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def broker() -> AsyncIterator[ChatBroker]:
    """The running broker that all tests share."""
    broker = await ChatBroker.start()
    yield broker
    await broker.stop()


@pytest_asyncio.fixture(scope="class", loop_scope="session")
async def room(broker: ChatBroker) -> AsyncIterator[str]:
    """The name of an open room, for one test, opened and closed on the broker's loop."""
    await broker.open("lobby")
    yield "lobby"
    await broker.close("lobby")
