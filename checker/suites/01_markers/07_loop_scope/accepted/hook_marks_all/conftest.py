from collections.abc import AsyncIterator
from itertools import count

import pytest
import pytest_asyncio

from chat_broker import ChatBroker

numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def broker() -> AsyncIterator[ChatBroker]:
    running = await ChatBroker.start()
    try:
        yield running
    finally:
        await running.stop()


@pytest_asyncio.fixture(scope="function", loop_scope="session")
async def room(broker: ChatBroker) -> AsyncIterator[str]:
    name = f"room {next(numbers)}"
    await broker.open(name)
    try:
        yield name
    finally:
        await broker.close(name)
