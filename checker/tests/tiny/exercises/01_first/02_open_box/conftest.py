import pytest_asyncio

from tiny_box import Box


@pytest_asyncio.fixture
async def box() -> Box:
    made = Box()
    await made.open()
    return made
