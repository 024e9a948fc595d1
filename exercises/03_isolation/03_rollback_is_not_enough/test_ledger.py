"""What the ledger does. These tests are given; they use the `session` of conftest.py."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from ledger import Overdrawn, balance, close_day, entries, pay_all, post


@pytest.mark.asyncio
async def test_a_posting_moves_money(session: AsyncSession) -> None:
    before = await balance(session, "stock")

    await post(session, "cash", "stock", 1_500)

    assert await balance(session, "stock") == before + 1_500


@pytest.mark.asyncio
async def test_bills_are_paid_until_the_cash_is_gone(session: AsyncSession) -> None:
    before = await entries(session)

    with pytest.raises(Overdrawn):
        await pay_all(session, [("stock", 1_000), ("rent", 90_000_000), ("stock", 1)])

    await session.rollback()
    assert await entries(session) == before + 1


@pytest.mark.asyncio
async def test_the_day_ends_with_takings_and_rent(session: AsyncSession) -> None:
    before = await balance(session, "cash")

    assert await close_day(session, takings=7_000, rent=2_000) == before + 5_000
