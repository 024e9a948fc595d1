"""A rollback takes away what was not committed, and nothing else."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account
from ledger import Overdrawn, balance, entries, pay_all, post

pytestmark = pytest.mark.asyncio


async def assert_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Account.name, Account.balance))
    assert {name: cents for name, cents in rows} == OPENING
    assert await entries(session) == 0


async def test_what_was_paid_stays_paid(session: AsyncSession) -> None:
    with pytest.raises(Overdrawn):
        await pay_all(session, [("rent", 1_000), ("stock", 900_000)])

    await session.rollback()

    assert await balance(session, "rent") == 1_000
    assert await entries(session) == 1


async def test_what_was_flushed_is_gone(session: AsyncSession) -> None:
    await post(session, "cash", "rent", 1_000)
    (await session.get_one(Account, "rent")).balance = 5
    await session.flush()

    await session.rollback()
    assert await balance(session, "rent") == 1_000

    await post(session, "cash", "rent", 1_000)
    await session.rollback()
    assert await balance(session, "rent") == 2_000


async def test_finds_the_chart_as_loaded(session: AsyncSession) -> None:
    await assert_as_loaded(session)
