import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import RETURN_LOAN, TAKE_COPY

ROWS = [{"id": 1}, {"id": 2}, {"id": 3}]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(lambda: FakeRecord(), 0, id="nothing"),
        pytest.param(lambda: FakeRecord([]), 0, id="no rows"),
        pytest.param(lambda: FakeRecord(ROWS[:1]), 1, id="one row"),
        pytest.param(lambda: FakeRecord(ROWS), 3, id="three rows"),
        pytest.param(lambda: FakeRecord(rowcount=2), 2, id="a write of two rows"),
        pytest.param(lambda: FakeRecord(rowcount=0), 0, id="a write of no row"),
        pytest.param(lambda: FakeRecord(ROWS, rowcount=0), 0, id="zero wins over the rows"),
        pytest.param(lambda: FakeRecord(ROWS, 7), 7, id="a number wins over the rows"),
    ],
)
def test_rowcount(record, expected: int) -> None:
    assert record().rowcount == expected


@pytest.mark.asyncio
async def test_the_connection_hands_it_on() -> None:
    connection = FakeConnection()
    connection.script(RETURN_LOAN, [FakeRecord(rowcount=2), FakeRecord(rowcount=0)])
    connection.script(TAKE_COPY, [FakeRecord(ROWS)])

    assert (await connection.execute(RETURN_LOAN, ["today", 1])).rowcount == 2
    assert (await connection.execute(RETURN_LOAN, ["today", 2])).rowcount == 0
    assert (await connection.fetch(TAKE_COPY, [5])).rowcount == 3
