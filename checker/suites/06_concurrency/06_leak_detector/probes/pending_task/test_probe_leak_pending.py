"""A task that nobody ends."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio


async def test_starts_a_task_and_goes() -> None:
    asyncio.create_task(asyncio.sleep(3600), name="hourly-poll")
    await asyncio.sleep(0)


class TestInAClass:
    async def test_keeps_a_task_and_goes(self) -> None:
        self.task = asyncio.create_task(asyncio.Event().wait(), name="gate-keeper")
