"""A test rewrites the chart of accounts and commits; the next finds it as loaded."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account
from ledger import entries

pytestmark = pytest.mark.asyncio


async def assert_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Account.name, Account.balance))
    assert {name: cents for name, cents in rows} == OPENING
    assert await entries(session) == 0


async def test_rewrites_the_chart(session: AsyncSession) -> None:
    await session.delete(await session.get_one(Account, "rent"))
    (await session.get_one(Account, "stock")).balance = 1
    session.add(Account(name="loan", balance=0))
    await session.commit()

    rows = await session.execute(select(Account.name, Account.balance))
    changed = {"cash": 50_000, "stock": 1, "sales": 0, "loan": 0}
    assert {name: cents for name, cents in rows} == changed


async def test_finds_the_chart_as_loaded(session: AsyncSession) -> None:
    await assert_as_loaded(session)
