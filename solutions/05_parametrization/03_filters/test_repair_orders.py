"""The filters of the list of repair orders: what is asked, and what comes of the reply."""

from typing import Any

import pytest

from repair_orders import Page, RepairOrder, RepairOrdersDAO, Status

SHOP = 7
LIST_ALL = (
    "SELECT number, bicycle, status FROM repair_orders WHERE shop = $1"
    " ORDER BY number DESC LIMIT $2 OFFSET $3"
)
LIST_FILTERED = (
    "SELECT number, bicycle, status FROM repair_orders WHERE shop = $1 AND status = ANY($2)"
    " ORDER BY number DESC LIMIT $3 OFFSET $4"
)
COUNT_ALL = "SELECT count(*) FROM repair_orders WHERE shop = $1"
COUNT_FILTERED = "SELECT count(*) FROM repair_orders WHERE shop = $1 AND status = ANY($2)"


class RecordingConnection:
    """Gives the same reply whatever it is asked, and remembers what it was asked."""

    def __init__(self, rows: list[dict[str, Any]] | None = None, count: int = 0) -> None:
        self.lists: list[tuple[Any, ...]] = []
        self.counts: list[tuple[Any, ...]] = []
        self._rows = rows or []
        self._count = count

    async def fetch(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        self.lists.append((statement, *parameters))
        return self._rows

    async def fetchval(self, statement: str, *parameters: Any) -> int:
        self.counts.append((statement, *parameters))
        return self._count


@pytest.mark.asyncio
async def test_without_a_filter_everything_of_the_shop_is_asked_for() -> None:
    connection = RecordingConnection()

    await RepairOrdersDAO(connection).page(SHOP)

    assert connection.lists == [(LIST_ALL, SHOP, 20, 0)]
    assert connection.counts == [(COUNT_ALL, SHOP)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("which", "statuses"),
    [
        pytest.param("open", ["received", "waiting"], id="open"),
        pytest.param("ready", ["ready"], id="ready"),
        pytest.param("closed", ["collected", "cancelled"], id="closed"),
    ],
)
async def test_a_filter_is_part_of_both_questions(which: str, statuses: list[str]) -> None:
    connection = RecordingConnection()

    await RepairOrdersDAO(connection).page(SHOP, which)

    assert connection.lists == [(LIST_FILTERED, SHOP, statuses, 20, 0)]
    assert connection.counts == [(COUNT_FILTERED, SHOP, statuses)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("which", "number", "window"),
    [("all", 2, (20, 20)), ("all", 3, (20, 40)), ("open", 3, (20, 40))],
)
async def test_a_page_is_a_window_of_twenty(
    which: str, number: int, window: tuple[int, int]
) -> None:
    connection = RecordingConnection()

    await RepairOrdersDAO(connection).page(SHOP, which, number)

    assert connection.lists[0][-2:] == window


@pytest.mark.asyncio
async def test_the_reply_becomes_a_page() -> None:
    rows = [
        {"number": 31, "bicycle": "tandem", "status": "waiting"},
        {"number": 12, "bicycle": "cargo bike", "status": "received"},
        {"number": 29, "bicycle": "unicycle", "status": "ready"},
    ]
    connection = RecordingConnection(rows, count=45)

    page = await RepairOrdersDAO(connection).page(SHOP)

    assert page == Page(
        [
            RepairOrder(31, "tandem", Status.WAITING),
            RepairOrder(12, "cargo bike", Status.RECEIVED),
            RepairOrder(29, "unicycle", Status.READY),
        ],
        total=45,
    )


@pytest.mark.asyncio
async def test_no_rows_are_an_empty_page_beyond_the_last() -> None:
    page = await RepairOrdersDAO(RecordingConnection(count=3)).page(SHOP, "ready", 2)

    assert page == Page([], total=3)


@pytest.mark.asyncio
async def test_an_unknown_filter_is_refused_before_anything_is_asked() -> None:
    connection = RecordingConnection()

    with pytest.raises(ValueError) as caught:
        await RepairOrdersDAO(connection).page(SHOP, "lost")

    assert str(caught.value) == "unknown filter: lost"
    assert connection.lists + connection.counts == []
