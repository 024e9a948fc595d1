from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import SELECT_OVERDUE, LoansDAO


@pytest.mark.asyncio
async def test_the_dao_rewrites_its_rows() -> None:
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
    assert list(record.result()) == as_written


def test_each_result_is_new() -> None:
    record = FakeRecord([{"id": 1}, {"id": 2}])
    first = record.result()
    first[0]["id"] = 99
    first.pop()
    assert list(record.result()) == [{"id": 1}, {"id": 2}]


def test_nothing_is_added_to_the_rows() -> None:
    rows = [{"id": 1}]
    record = FakeRecord(rows)
    record.result().append({"id": 2})
    assert rows == [{"id": 1}]
    assert list(record.result()) == [{"id": 1}]
