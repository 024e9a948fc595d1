import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, INSERT_LOAN, SELECT_OVERDUE

pytestmark = pytest.mark.asyncio


async def test_one_reply_a_call_in_order() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [3, 2, 1])
    assert [await connection.fetch_val(COUNT_OPEN, [7]) for _ in range(3)] == [3, 2, 1]


async def test_each_statement_has_its_own_replies() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [3, 4])
    connection.script(INSERT_LOAN, [41, 42])
    connection.script(SELECT_OVERDUE, [FakeRecord([{"id": 1}]), FakeRecord([{"id": 2}])])

    assert await connection.fetch_val(INSERT_LOAN, [5, 7, None]) == 41
    assert (await connection.fetch(SELECT_OVERDUE)).result() == [{"id": 1}]
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 3
    assert (await connection.execute(SELECT_OVERDUE)).result() == [{"id": 2}]
    assert await connection.fetch_val(COUNT_OPEN, parameters=[7]) == 4
    assert await connection.fetch_val(INSERT_LOAN, [6, 7, None]) == 42
