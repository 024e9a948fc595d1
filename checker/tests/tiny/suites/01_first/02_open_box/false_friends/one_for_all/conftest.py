import pytest_asyncio

from tiny_box import Box


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def box():
    box = Box()
    await box.open()
    yield box
    await box.close()
