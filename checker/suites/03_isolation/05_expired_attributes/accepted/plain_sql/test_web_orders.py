from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

import web_orders
from web_orders import NoSuchOrder, Order

pytestmark = pytest.mark.asyncio

T1 = datetime(2030, 1, 1, 8)
T2 = datetime(2030, 1, 2, 8)


async def rows(engine: AsyncEngine, sql: str) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(sql))]


async def headers(engine: AsyncEngine) -> list[tuple[Any, ...]]:
    sql = "SELECT customer, total_cents, substr(updated_at, 1, 13) FROM orders ORDER BY id"
    return await rows(engine, sql)


async def lines(engine: AsyncEngine) -> list[tuple[Any, ...]]:
    sql = "SELECT order_id, product, quantity, price_cents FROM order_lines ORDER BY id"
    return await rows(engine, sql)


def rendered(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "customer": order.customer,
        "total": order.total_cents,
        "updated": order.updated_at,
        "lines": [f"{x.quantity} {x.product} at {x.price_cents}" for x in order.lines],
    }


async def test_place_order(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        order = await web_orders.place_order(session, "Ada", [("a", 2, 10), ("b", 3, 5)], T1)
    page = rendered(order)

    assert page == {
        "id": order.id,
        "customer": "Ada",
        "total": 35,
        "updated": T1,
        "lines": ["2 a at 10", "3 b at 5"],
    }
    assert await headers(engine) == [("Ada", 35, "2030-01-01 08")]
    assert await lines(engine) == [(order.id, "a", 2, 10), (order.id, "b", 3, 5)]


async def test_add_line(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        first = (await web_orders.place_order(session, "Ada", [("a", 2, 10)], T1)).id
    async with AsyncSession(engine) as session:
        second = (await web_orders.place_order(session, "Bo", [("b", 1, 7)], T1)).id
    async with AsyncSession(engine) as session:
        order = await web_orders.add_line(session, second, ("c", 2, 50), T2)
    page = rendered(order)

    assert page == {
        "id": second,
        "customer": "Bo",
        "total": 107,
        "updated": T2,
        "lines": ["1 b at 7", "2 c at 50"],
    }
    assert await headers(engine) == [("Ada", 20, "2030-01-01 08"), ("Bo", 107, "2030-01-02 08")]
    expected = [(first, "a", 2, 10), (second, "b", 1, 7), (second, "c", 2, 50)]
    assert await lines(engine) == expected


async def test_get_order(engine: AsyncEngine) -> None:
    for customer in ("Ada", "Bo"):
        async with AsyncSession(engine) as session:
            order = await web_orders.place_order(session, customer, [(customer, 1, 3)], T1)
            number = order.id

    async with AsyncSession(engine) as session:
        order = await web_orders.get_order(session, number)
    assert rendered(order) == {
        "id": number,
        "customer": "Bo",
        "total": 3,
        "updated": T1,
        "lines": ["1 Bo at 3"],
    }


async def test_no_such_order(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        with pytest.raises(NoSuchOrder):
            await web_orders.get_order(session, 5)
    async with AsyncSession(engine) as session:
        with pytest.raises(NoSuchOrder):
            await web_orders.add_line(session, 5, ("a", 1, 1), T1)
    assert await headers(engine) == []
    assert await lines(engine) == []
