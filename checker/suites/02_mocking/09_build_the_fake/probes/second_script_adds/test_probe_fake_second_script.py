import pytest

from library_fakes import FakeConnection
from loans_dao import COUNT_OPEN

pytestmark = pytest.mark.asyncio


async def test_a_second_script_comes_behind_the_first() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [1, 2])
    connection.script(COUNT_OPEN, [3])
    assert [await connection.fetch_val(COUNT_OPEN, [7]) for _ in range(3)] == [1, 2, 3]


async def test_it_comes_behind_what_is_left() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [1, 2])
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 1

    connection.script(COUNT_OPEN, [3])

    assert [await connection.fetch_val(COUNT_OPEN, [7]) for _ in range(2)] == [2, 3]
