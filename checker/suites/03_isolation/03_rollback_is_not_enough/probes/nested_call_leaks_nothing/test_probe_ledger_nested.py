"""The service commits in functions that call each other; the next test finds nothing of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account
from ledger import balance, close_day, entries

pytestmark = pytest.mark.asyncio


async def assert_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Account.name, Account.balance))
    assert {name: cents for name, cents in rows} == OPENING
    assert await entries(session) == 0


async def test_closes_a_day(session: AsyncSession) -> None:
    assert await close_day(session, takings=7_000, rent=2_000) == 55_000
    assert await entries(session) == 2


async def test_finds_the_chart_as_loaded(session: AsyncSession) -> None:
    await assert_as_loaded(session)


async def test_closes_a_day_with_a_rent_too_high(session: AsyncSession) -> None:
    assert await close_day(session, takings=7_000, rent=900_000) == 57_000
    assert await balance(session, "rent") == 0
    assert await entries(session) == 1


async def test_finds_the_chart_as_loaded_again(session: AsyncSession) -> None:
    await assert_as_loaded(session)
