"""Fixtures for tests of the chat."""

from collections.abc import AsyncIterator

import pytest_asyncio

from chat_broker import ChatBroker


@pytest_asyncio.fixture
async def broker() -> AsyncIterator[ChatBroker]:
    """A running broker. With scope="session" all tests were red, so each gets its own."""
    broker = await ChatBroker.start()
    yield broker
    await broker.stop()


@pytest_asyncio.fixture
async def room(broker: ChatBroker) -> AsyncIterator[str]:
    """The name of an open room."""
    await broker.open("lobby")
    yield "lobby"
    await broker.close("lobby")
