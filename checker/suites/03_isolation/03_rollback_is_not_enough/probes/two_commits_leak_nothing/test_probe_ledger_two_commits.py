"""A test commits several times; the next finds the chart as loaded."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account
from ledger import entries, pay_all

pytestmark = pytest.mark.asyncio


async def assert_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Account.name, Account.balance))
    assert {name: cents for name, cents in rows} == OPENING
    assert await entries(session) == 0


async def test_commits_several_times(session: AsyncSession) -> None:
    assert await pay_all(session, [("stock", 100), ("rent", 200), ("stock", 300)]) == 3
    assert await entries(session) == 3


async def test_finds_the_chart_as_loaded(session: AsyncSession) -> None:
    await assert_as_loaded(session)
