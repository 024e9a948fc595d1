"""A test commits and then fails; the next one starts clean."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from grading import start
from question_bank import Assessment

pytestmark = pytest.mark.asyncio


async def test_fails_after_a_commit(session: AsyncSession) -> None:
    await start(session, "Robin")
    pytest.fail("this test is meant to fail")


async def test_starts_clean(session: AsyncSession) -> None:
    assert await session.scalar(select(func.count()).select_from(Assessment)) == 0


async def test_fails_in_the_middle_of_a_transaction(session: AsyncSession) -> None:
    await start(session, "Robin")
    async with session.begin_nested():
        session.add(Assessment(candidate="Sam"))
        await session.flush()
        pytest.fail("this test is meant to fail")


async def test_starts_clean_again(session: AsyncSession) -> None:
    assert await session.scalar(select(func.count()).select_from(Assessment)) == 0
