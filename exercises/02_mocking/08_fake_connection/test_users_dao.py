from typing import Any

import pytest

from users_dao import UsersDAO


class FakeConnection:
    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    async def fetchval(self, statement: str, *parameters: Any) -> int:
        self.calls.append((statement, *parameters))
        return 41


@pytest.mark.asyncio
async def test_add_inserts_a_user() -> None:
    connection = FakeConnection()

    user_id = await UsersDAO.add.__wrapped__(connection, "Kim", "kim@example.org")

    assert user_id == 41
    assert len(connection.calls) == 1
    assert "INSERT INTO users" in connection.calls[0][0]
