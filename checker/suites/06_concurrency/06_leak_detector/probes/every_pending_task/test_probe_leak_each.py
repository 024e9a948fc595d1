"""Three tasks that nobody ends."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio


async def test_starts_three_tasks() -> None:
    for name in ("first-poll", "second-poll", "third-poll"):
        asyncio.create_task(asyncio.sleep(3600), name=name)
