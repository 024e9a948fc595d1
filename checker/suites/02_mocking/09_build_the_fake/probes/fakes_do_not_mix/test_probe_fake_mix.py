import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, TAKE_COPY

pytestmark = pytest.mark.asyncio


async def test_leaves_calls_and_replies_behind() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [3, 4])
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    await connection.fetch_val(COUNT_OPEN, [7])
    async with connection.transaction() as transaction:
        await transaction.execute(TAKE_COPY, [5])


async def test_sees_nothing_of_them() -> None:
    connection = FakeConnection()
    assert connection.calls == []
    connection.script(COUNT_OPEN, [9])
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 9


async def test_two_connections_in_one_test() -> None:
    one, other = FakeConnection(), FakeConnection()
    one.script(COUNT_OPEN, [1])
    other.script(COUNT_OPEN, [2])

    assert await other.fetch_val(COUNT_OPEN, [8]) == 2
    assert await one.fetch_val(COUNT_OPEN, [7]) == 1

    assert len(one.calls) == len(other.calls) == 1


async def test_two_records_share_no_rows() -> None:
    first, second = FakeRecord([{"id": 1}]), FakeRecord([{"id": 1}])
    first.result()[0]["id"] = 2
    assert second.result()[0]["id"] == 1
    assert len(FakeRecord().result()) == 0
