"""What the loans DAO does, told with the fakes. These tests are given."""

from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import (
    COUNT_OPEN,
    INSERT_LOAN,
    RETURN_LOAN,
    SELECT_OVERDUE,
    TAKE_COPY,
    CopyNotFree,
    DriverError,
    LoansDAO,
    Overdue,
)

TODAY = date(2024, 5, 20)
DUE = date(2024, 6, 17)


@pytest.mark.asyncio
async def test_counts_open_loans_and_asks_again_after_a_driver_error() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [DriverError("connection reset"), 3])

    assert await LoansDAO(connection).open_loans(member_id=7) == 3

    assert connection.calls[-1] == ("fetch_val", COUNT_OPEN, [7])


@pytest.mark.asyncio
async def test_lists_the_latest_loan_first() -> None:
    connection = FakeConnection()
    rows = [
        {"id": 1, "member_id": 7, "due": date(2024, 5, 19)},
        {"id": 2, "member_id": 8, "due": date(2024, 5, 1)},
    ]
    connection.script(SELECT_OVERDUE, [FakeRecord(rows)])

    late = await LoansDAO(connection).overdue(TODAY)

    assert late == [Overdue(2, 8, 19), Overdue(1, 7, 1)]
    assert connection.calls[-1] == ("fetch", SELECT_OVERDUE, [TODAY])


@pytest.mark.asyncio
async def test_lends_a_free_copy_and_commits() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    connection.script(INSERT_LOAN, [41])

    assert await LoansDAO(connection).lend(copy_id=5, member_id=7, due=DUE) == 41

    assert connection.calls[-2] == ("fetch_val", INSERT_LOAN, [5, 7, DUE])
    assert connection.calls[-1] == ("commit", None, None)


@pytest.mark.asyncio
async def test_does_not_lend_a_copy_twice() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=0)])

    with pytest.raises(CopyNotFree, match="copy 5"):
        await LoansDAO(connection).lend(copy_id=5, member_id=7, due=DUE)

    assert connection.calls[-2] == ("execute", TAKE_COPY, [5])


@pytest.mark.asyncio
async def test_gives_back_what_is_still_open() -> None:
    connection = FakeConnection()
    connection.script(RETURN_LOAN, [FakeRecord(rowcount=1), FakeRecord(rowcount=0)])

    assert await LoansDAO(connection).give_back([41, 42], TODAY) == 1

    assert connection.calls[-2] == ("execute", RETURN_LOAN, [TODAY, 42])
