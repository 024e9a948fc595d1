from contextlib import nullcontext
from datetime import date
from unittest.mock import AsyncMock, Mock

import pytest

from role_sync import Grant, sync_roles

GRANTS = [
    Grant(1, "admin"),
    Grant(2, "editor", date(2025, 12, 31)),
    Grant(3, "editor"),
]


@pytest.mark.asyncio
async def test_sync_sends_one_batch() -> None:
    connection = AsyncMock()
    connection.transaction = Mock(return_value=nullcontext(connection))

    await sync_roles(connection, GRANTS)

    connection.execute_many.assert_awaited_once()
    statement, rows = connection.execute_many.await_args.args
    assert "INSERT INTO user_roles" in statement
    assert len(rows[0]) == len(GRANTS)
