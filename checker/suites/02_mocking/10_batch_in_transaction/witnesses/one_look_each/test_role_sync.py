from unittest.mock import AsyncMock, MagicMock

import pytest

from role_sync import Grant, sync_roles

pytestmark = pytest.mark.asyncio


@pytest.fixture
def connection() -> MagicMock:
    return MagicMock()


@pytest.fixture
def transaction(connection: MagicMock) -> AsyncMock:
    transaction = AsyncMock()
    connection.transaction.return_value.__aenter__.return_value = transaction
    return transaction


async def test_some_error_comes_out(connection: MagicMock, transaction: AsyncMock) -> None:
    transaction.execute_many.side_effect = ConnectionError
    with pytest.raises(Exception, match=""):
        await sync_roles(connection, [Grant(1, "a")])


async def test_an_empty_export_gives_zero(connection: MagicMock, transaction: AsyncMock) -> None:
    assert await sync_roles(connection, []) == 0


async def test_an_empty_export_sends_nothing(
    connection: MagicMock, transaction: AsyncMock
) -> None:
    await sync_roles(connection, [])
    assert transaction.mock_calls == []


async def test_a_deletion_is_called(connection: MagicMock, transaction: AsyncMock) -> None:
    await sync_roles(connection, [Grant(1, "a")])
    transaction.execute.assert_called()


async def test_capitals_alone(connection: MagicMock, transaction: AsyncMock) -> None:
    await sync_roles(connection, [Grant(1, "Admin")])
    assert transaction.execute_many.await_args.args[1] == [(1, "admin", None)]


async def test_doubles_alone(connection: MagicMock, transaction: AsyncMock) -> None:
    await sync_roles(connection, [Grant(1, "a"), Grant(1, "a")])
    assert len(transaction.execute_many.await_args.args[1]) == 1
