import pytest_asyncio

import tiny_box


@pytest_asyncio.fixture
async def box():
    box = tiny_box.Box()
    await box.open()
    try:
        yield box
    finally:
        await box.close()
