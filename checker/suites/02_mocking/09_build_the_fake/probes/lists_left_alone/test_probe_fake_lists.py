from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, SELECT_OVERDUE, LoansDAO

pytestmark = pytest.mark.asyncio

REPLIES = [3, 2]


@pytest.mark.parametrize("member_id", [7, 8])
async def test_replies_written_once_serve_two_tests(member_id: int) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, REPLIES)
    dao = LoansDAO(connection)
    assert [await dao.open_loans(member_id), await dao.open_loans(member_id)] == [3, 2]
    assert REPLIES == [3, 2]


async def test_later_changes_to_the_list_go_unnoticed() -> None:
    replies = [1]
    connection = FakeConnection()
    connection.script(COUNT_OPEN, replies)
    replies[0] = 99
    replies.append(100)

    connection.script(COUNT_OPEN, [2])

    assert [await connection.fetch_val(COUNT_OPEN, [7]) for _ in range(2)] == [1, 2]


async def test_a_second_script_does_not_grow_the_first_list() -> None:
    first = [1]
    connection = FakeConnection()
    connection.script(COUNT_OPEN, first)
    connection.script(COUNT_OPEN, [2])
    assert first == [1]


async def test_rows_handed_out_may_be_changed() -> None:
    rows = [{"id": 1, "member_id": 7, "due": date(2024, 5, 19)}, {"id": 2, "member_id": 8, "due": date(2024, 5, 1)}]
    connection = FakeConnection()
    record = FakeRecord(rows)
    connection.script(SELECT_OVERDUE, [record])

    await LoansDAO(connection).overdue(date(2024, 5, 20))

    as_written = [
        {"id": 1, "member_id": 7, "due": date(2024, 5, 19)},
        {"id": 2, "member_id": 8, "due": date(2024, 5, 1)},
    ]
    assert rows == as_written
    assert record.result() == as_written


async def test_each_result_is_new() -> None:
    record = FakeRecord([{"id": 1}])
    first = record.result()
    first[0]["id"] = 99
    first.clear()
    assert record.result() == [{"id": 1}]
