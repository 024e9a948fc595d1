from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import RETURN_LOAN, TAKE_COPY, LoansDAO

pytestmark = pytest.mark.asyncio

TODAY = date(2024, 5, 20)


async def test_one_list_used_for_many_calls() -> None:
    connection = FakeConnection()
    connection.script(RETURN_LOAN, [FakeRecord(rowcount=1)] * 3)

    assert await LoansDAO(connection).give_back([41, 42, 43], TODAY) == 3

    sent = [[*call[2]] for call in connection.calls if call[0] == "execute"]
    assert sent == [[TODAY, 41], [TODAY, 42], [TODAY, 43]]


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_the_list_is_emptied_afterwards(method: str) -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    parameters = [5]

    await getattr(connection, method)(TAKE_COPY, parameters)
    assert parameters == [5]
    parameters.clear()

    assert [*connection.calls[-1][2]] == [5]
