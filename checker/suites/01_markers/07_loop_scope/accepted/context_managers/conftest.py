import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest_asyncio

from chat_broker import ChatBroker


@asynccontextmanager
async def running_broker() -> AsyncIterator[ChatBroker]:
    broker = await ChatBroker.start()
    try:
        yield broker
    finally:
        await broker.stop()


@asynccontextmanager
async def open_room(broker: ChatBroker) -> AsyncIterator[str]:
    name = uuid.uuid4().hex
    await broker.open(name)
    try:
        yield name
    finally:
        await broker.close(name)


@pytest_asyncio.fixture(name="broker", scope="session", loop_scope="session")
async def _broker() -> AsyncIterator[ChatBroker]:
    async with running_broker() as broker:
        yield broker


@pytest_asyncio.fixture(name="room", loop_scope="session")
async def _room(broker: ChatBroker) -> AsyncIterator[str]:
    async with open_room(broker) as name:
        yield name
