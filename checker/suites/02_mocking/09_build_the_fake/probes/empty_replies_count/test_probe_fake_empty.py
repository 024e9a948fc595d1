import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, SELECT_OVERDUE, LoansDAO

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("value", [None, 0, "", [], {}, False], ids=repr)
async def test_an_empty_value_is_a_reply(value: object) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [value, 3])
    assert await connection.fetch_val(COUNT_OPEN, [7]) == value
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 3


async def test_a_list_is_one_reply() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [[1, 2], [3]])
    assert await connection.fetch_val(COUNT_OPEN, [7]) == [1, 2]
    assert await connection.fetch_val(COUNT_OPEN, [7]) == [3]


async def test_no_open_loans() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [0])
    assert await LoansDAO(connection).open_loans(7) == 0


async def test_no_rows() -> None:
    connection = FakeConnection()
    none, one = FakeRecord(), FakeRecord([{"id": 1}])
    connection.script(SELECT_OVERDUE, [none, one])
    assert len((await connection.fetch(SELECT_OVERDUE)).result()) == 0
    assert len((await connection.fetch(SELECT_OVERDUE)).result()) == 1
