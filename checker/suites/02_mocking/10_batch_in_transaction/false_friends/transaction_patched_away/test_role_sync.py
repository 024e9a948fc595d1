from contextlib import nullcontext
from datetime import date
from unittest.mock import AsyncMock, Mock, call

import pytest

from role_sync import Grant, sync_roles

NEW_YEAR = date(2026, 1, 1)
INSERT = "INSERT INTO user_roles (user_id, role, valid_until) VALUES ($1, $2, $3)"


@pytest.fixture
def connection() -> AsyncMock:
    connection = AsyncMock()
    connection.transaction = Mock(return_value=nullcontext(connection))
    return connection


@pytest.mark.asyncio
async def test_roles_are_replaced(connection: AsyncMock) -> None:
    grants = [Grant(7, " Admin", NEW_YEAR), Grant(3, "admin"), Grant(7, "b"), Grant(7, "admin")]

    number = await sync_roles(connection, grants)

    assert number == 3
    assert connection.mock_calls == [
        call.transaction(),
        call.execute("DELETE FROM user_roles WHERE origin = $1", ["directory"]),
        call.execute_many(INSERT, [(7, "admin", NEW_YEAR), (3, "admin", None), (7, "b", None)]),
    ]
    connection.execute.assert_awaited_once()
    connection.execute_many.assert_awaited_once()


@pytest.mark.asyncio
@pytest.mark.parametrize("failing", ["execute", "execute_many"])
async def test_errors_reach_the_caller(connection: AsyncMock, failing: str) -> None:
    lost = ConnectionError("connection reset")
    getattr(connection, failing).side_effect = lost

    with pytest.raises(ConnectionError) as caught:
        await sync_roles(connection, [Grant(7, "editor")])

    assert caught.value is lost


@pytest.mark.asyncio
async def test_an_empty_export_changes_nothing(connection: AsyncMock) -> None:
    assert await sync_roles(connection, []) == 0

    assert connection.mock_calls == []


@pytest.mark.asyncio
@pytest.mark.parametrize("second", [date(2026, 6, 30), date(2025, 6, 30)])
async def test_the_first_grant_counts(connection: AsyncMock, second: date) -> None:
    await sync_roles(connection, [Grant(7, "admin", NEW_YEAR), Grant(7, "admin", second)])

    connection.execute_many.assert_awaited_once_with(INSERT, [(7, "admin", NEW_YEAR)])
