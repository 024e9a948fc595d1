import pytest

from library_fakes import FakeConnection

pytestmark = pytest.mark.asyncio


async def test_begin_is_recorded_on_entry() -> None:
    connection = FakeConnection()
    before = len(connection.calls)

    transaction = connection.transaction()
    assert connection.calls[before:] == []

    async with transaction:
        assert connection.calls[before:] == [("begin", None, None)]


async def test_one_that_is_never_entered_leaves_no_record() -> None:
    connection = FakeConnection()
    before = len(connection.calls)
    connection.transaction()
    assert connection.calls[before:] == []
