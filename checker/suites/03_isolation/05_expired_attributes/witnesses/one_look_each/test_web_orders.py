from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from web_orders import add_line, place_order

pytestmark = pytest.mark.asyncio

MONDAY = datetime(2031, 5, 5, 9, 30)
TUESDAY = datetime(2031, 5, 6, 14, 0)


async def test_reads_the_total(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        order = await place_order(session, "Kim", [("mug", 2, 950)], MONDAY)
    assert order.total_cents == 1_900


async def test_reads_the_customer(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        order = await place_order(session, "Kim", [("mug", 2, 950)], MONDAY)
    assert order.customer == "Kim"


async def test_reads_the_total_of_three(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        order = await place_order(session, "Kim", [("mug", 2, 950)], MONDAY)
        order = await add_line(session, order.id, ("jug", 1, 2_400), TUESDAY)
    assert order.total_cents == 4_300
