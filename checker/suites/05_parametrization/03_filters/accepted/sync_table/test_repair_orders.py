import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from repair_orders import Page, RepairOrder, RepairOrdersDAO


def ask(*args: Any, rows: Any = (), count: int = 0) -> tuple[Page, list[tuple[Any, ...]]]:
    """The page, and what was sent, the count first."""
    sent: list[tuple[Any, ...]] = []

    async def fetch(*what: Any) -> list[Any]:
        sent.append(what)
        return list(rows)

    async def fetchval(*what: Any) -> int:
        sent.append(what)
        return count

    connection = SimpleNamespace(fetch=fetch, fetchval=fetchval)
    page = asyncio.run(RepairOrdersDAO(connection).page(*args))
    return page, sorted(sent, key=len)


def sql(text: str) -> str:
    return " ".join(text.split())


ALL = sql(
    """SELECT number, bicycle, status FROM repair_orders
       WHERE shop = $1
       ORDER BY number DESC
       LIMIT $2 OFFSET $3"""
)
SOME = sql(
    """SELECT number, bicycle, status FROM repair_orders
       WHERE shop = $1 AND status = ANY($2)
       ORDER BY number DESC
       LIMIT $3 OFFSET $4"""
)
COUNT = "SELECT count(*) FROM repair_orders WHERE shop = $1"
COUNT_SOME = COUNT + " AND status = ANY($2)"


@pytest.mark.parametrize(
    ("args", "counted", "listed"),
    [
        ((5,), (COUNT, 5), (ALL, 5, 20, 0)),
        ((6, "all", 2), (COUNT, 6), (ALL, 6, 20, 20)),
        (
            (5, "open", 3),
            (COUNT_SOME, 5, ["received", "waiting"]),
            (SOME, 5, ["received", "waiting"], 20, 40),
        ),
        ((5, "ready"), (COUNT_SOME, 5, ["ready"]), (SOME, 5, ["ready"], 20, 0)),
        (
            (5, "closed"),
            (COUNT_SOME, 5, ["collected", "cancelled"]),
            (SOME, 5, ["collected", "cancelled"], 20, 0),
        ),
    ],
    ids=lambda value: "-".join(map(str, value)) if len(value) < 4 else "",
)
def test_questions(args: Any, counted: Any, listed: Any) -> None:
    assert ask(*args)[1] == [counted, listed]


def test_answers() -> None:
    rows = [
        {"number": 1, "bicycle": "red", "status": "cancelled"},
        {"number": 4, "bicycle": "blue", "status": "waiting"},
        {"number": 2, "bicycle": "green", "status": "ready"},
    ]
    page, _ = ask(5, rows=rows, count=77)
    assert page.total == 77
    assert page.orders == [RepairOrder(**row) for row in rows]


def test_no_answers() -> None:
    assert ask(5)[0].orders == []


def test_unknown() -> None:
    class Quiet:
        sent = 0

        async def fetch(self, *_: Any) -> list[Any]:
            self.sent += 1
            return []

        async def fetchval(self, *_: Any) -> int:
            self.sent += 1
            return 0

    quiet = Quiet()
    with pytest.raises(ValueError, match=r"\Aunknown filter: lost\Z"):
        asyncio.run(RepairOrdersDAO(quiet).page(5, "lost"))
    assert quiet.sent == 0
