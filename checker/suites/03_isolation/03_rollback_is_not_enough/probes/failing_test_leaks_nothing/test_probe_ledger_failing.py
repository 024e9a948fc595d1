"""A test commits and then fails; the next finds the chart as loaded."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account
from ledger import entries, post

pytestmark = pytest.mark.asyncio


async def assert_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Account.name, Account.balance))
    assert {name: cents for name, cents in rows} == OPENING
    assert await entries(session) == 0


async def test_fails_after_a_commit(session: AsyncSession) -> None:
    await post(session, "cash", "stock", 1_500)
    pytest.fail("this test is meant to fail")


async def test_finds_the_chart_as_loaded(session: AsyncSession) -> None:
    await assert_as_loaded(session)
