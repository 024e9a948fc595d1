import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, SELECT_OVERDUE

pytestmark = pytest.mark.asyncio


async def test_all_calls_are_recorded_in_order() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [1])
    connection.script(SELECT_OVERDUE, [FakeRecord(), FakeRecord()])

    await connection.execute(SELECT_OVERDUE, ["today"])
    await connection.fetch_val(COUNT_OPEN, [7])
    await connection.fetch(SELECT_OVERDUE, parameters=["today", 7])

    assert connection.calls == [
        ("execute", SELECT_OVERDUE, ["today"]),
        ("fetch_val", COUNT_OPEN, [7]),
        ("fetch", SELECT_OVERDUE, ["today", 7]),
    ]
