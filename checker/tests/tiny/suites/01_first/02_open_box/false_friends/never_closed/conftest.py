import pytest_asyncio

from tiny_box import Box


@pytest_asyncio.fixture
async def box() -> Box:
    box = Box()
    await box.open()
    return box
