from typing import Any
from unittest.mock import AsyncMock

import pytest

from repair_orders import RepairOrdersDAO

pytestmark = pytest.mark.asyncio


async def sent(which: str) -> Any:
    connection = AsyncMock(**{"fetch.return_value": []})
    await RepairOrdersDAO(connection).page(7, which)
    return connection.fetch.await_args.args, connection.fetchval.await_args.args


async def test_count_is_filtered() -> None:
    assert "ANY" in (await sent("open"))[1][0]


async def test_open_has_not_ready() -> None:
    assert "ready" not in (await sent("open"))[0][2]


async def test_closed_in_any_order() -> None:
    assert sorted((await sent("closed"))[0][2]) == ["cancelled", "collected"]


async def test_statuses_are_a_list() -> None:
    assert isinstance((await sent("ready"))[0][2], list)


async def test_placeholders() -> None:
    assert "LIMIT $3" in (await sent("ready"))[0][0]


async def test_refused() -> None:
    with pytest.raises(ValueError):
        await sent("lost")


async def test_nothing_is_sent() -> None:
    connection = AsyncMock(**{"fetch.return_value": []})
    try:
        await RepairOrdersDAO(connection).page(7, "lost")
    except ValueError:
        assert connection.mock_calls == []
