from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, INSERT_LOAN, RETURN_LOAN, SELECT_OVERDUE, TAKE_COPY, LoansDAO

pytestmark = pytest.mark.asyncio

DUE = date(2024, 6, 17)


async def test_begin_statements_commit() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    connection.script(INSERT_LOAN, [41])

    await LoansDAO(connection).lend(5, 7, DUE)

    assert connection.calls == [
        ("begin", None, None),
        ("execute", TAKE_COPY, [5]),
        ("fetch_val", INSERT_LOAN, [5, 7, DUE]),
        ("commit", None, None),
    ]


async def test_two_transactions_one_after_the_other() -> None:
    connection = FakeConnection()
    connection.script(RETURN_LOAN, [FakeRecord(rowcount=1), FakeRecord(rowcount=1)])

    await LoansDAO(connection).give_back([41], DUE)
    await LoansDAO(connection).give_back([42], DUE)

    assert [call[0] for call in connection.calls] == ["begin", "execute", "commit"] * 2


async def test_nothing_is_recorded_before_it_is_entered() -> None:
    connection = FakeConnection()
    transaction = connection.transaction()
    assert connection.calls == []
    async with transaction:
        assert connection.calls == [("begin", None, None)]
    assert connection.calls == [("begin", None, None), ("commit", None, None)]


async def test_all_three_methods_inside_and_the_replies_shared_with_outside() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [1, 2, 3])
    connection.script(SELECT_OVERDUE, [FakeRecord([{"id": 1}])])

    assert await connection.fetch_val(COUNT_OPEN, [7]) == 1
    async with connection.transaction() as transaction:
        assert (await transaction.fetch(SELECT_OVERDUE, ["today"])).result() == [{"id": 1}]
        assert await transaction.fetch_val(COUNT_OPEN, [7]) == 2
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 3

    assert [call[0] for call in connection.calls] == [
        "fetch_val", "begin", "fetch", "fetch_val", "commit", "fetch_val",
    ]
