"""A fixture commits through the session: its rows outlive a rollback, and are made anew."""

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account
from ledger import balance, entries, post

pytestmark = pytest.mark.asyncio


async def assert_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Account.name, Account.balance))
    assert {name: cents for name, cents in rows} == OPENING
    assert await entries(session) == 0


@pytest_asyncio.fixture
async def loan(session: AsyncSession) -> Account:
    """An account of its own, and a posting."""
    account = Account(name="loan", balance=9_000)
    session.add(account)
    await session.commit()
    await post(session, "loan", "cash", 1_000)
    return account


@pytest.mark.parametrize("number", [1, 2])
async def test_outlive_a_rollback(session: AsyncSession, loan: Account, number: int) -> None:
    session.add(Account(name="savings", balance=0))
    await session.flush()

    await session.rollback()

    assert await balance(session, "loan") == 8_000
    assert await balance(session, "cash") == 51_000
    assert await entries(session) == 1


async def test_finds_the_chart_as_loaded(session: AsyncSession) -> None:
    await assert_as_loaded(session)
