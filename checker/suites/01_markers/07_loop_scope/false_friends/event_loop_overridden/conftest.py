"""Fixtures for tests of the chat."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from chat_broker import ChatBroker


@pytest.fixture(scope="session")
def event_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest_asyncio.fixture(scope="session")
async def broker() -> AsyncIterator[ChatBroker]:
    """The running broker that all tests share."""
    broker = await ChatBroker.start()
    yield broker
    await broker.stop()


@pytest_asyncio.fixture
async def room(broker: ChatBroker) -> AsyncIterator[str]:
    """The name of an open room, for one test, opened and closed on the broker's loop."""
    await broker.open("lobby")
    yield "lobby"
    await broker.close("lobby")
