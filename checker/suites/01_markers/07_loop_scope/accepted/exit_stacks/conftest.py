from contextlib import AsyncExitStack

import pytest_asyncio

import chat_broker


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def broker():
    async with AsyncExitStack() as stack:
        it = await chat_broker.ChatBroker.start()
        stack.push_async_callback(it.stop)
        yield it


@pytest_asyncio.fixture(loop_scope="session")
async def make_room(broker):
    async with AsyncExitStack() as stack:

        async def make(name):
            await broker.open(name)
            stack.push_async_callback(broker.close, name)
            return name

        yield make


@pytest_asyncio.fixture(loop_scope="session")
async def room(make_room):
    return await make_room("salon")
