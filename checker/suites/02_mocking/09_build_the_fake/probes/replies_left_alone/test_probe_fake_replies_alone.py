import pytest

from library_fakes import FakeConnection
from loans_dao import COUNT_OPEN, LoansDAO

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
    replies = [1, 2]
    connection = FakeConnection()
    connection.script(COUNT_OPEN, replies)
    replies[:] = [98, 99]
    assert [await connection.fetch_val(COUNT_OPEN, [7]) for _ in range(2)] == [1, 2]


async def test_a_reply_added_later_is_none() -> None:
    replies = [1]
    connection = FakeConnection()
    connection.script(COUNT_OPEN, replies)
    replies.append(99)
    await connection.fetch_val(COUNT_OPEN, [7])
    try:
        reply = await connection.fetch_val(COUNT_OPEN, [7])
    except Exception:
        reply = None
    assert reply != 99


async def test_a_second_script_does_not_grow_the_first_list() -> None:
    first = [1]
    connection = FakeConnection()
    connection.script(COUNT_OPEN, first)
    connection.script(COUNT_OPEN, [2])
    assert first == [1]
