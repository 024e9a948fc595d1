from datetime import date
from unittest.mock import AsyncMock, MagicMock, call

import pytest

from role_sync import Grant, sync_roles

INSERT = "INSERT INTO user_roles (user_id, role, valid_until) VALUES ($1, $2, $3)"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestSyncRoles:
    @pytest.fixture(autouse=True)
    def doubles(self) -> None:
        self.connection = MagicMock()
        self.block = self.connection.transaction.return_value
        self.transaction = AsyncMock()
        self.block.__aenter__.return_value = self.transaction

    def ended_by(self) -> object:
        self.connection.transaction.assert_called_once_with()
        self.block.__aenter__.assert_awaited_once()
        self.block.__aexit__.assert_awaited_once()
        assert not self.connection.execute.called
        assert not self.connection.execute_many.called
        return self.block.__aexit__.await_args.args[1]

    async def test_replaces(self) -> None:
        until = date(2030, 2, 3)
        grants = [Grant(2, "b", until), Grant(1, "b"), Grant(2, "B"), Grant(2, "\tC")]
        in_block = []
        self.block.__aexit__.side_effect = lambda *_: in_block.extend(self.transaction.mock_calls)

        assert await sync_roles(self.connection, grants) == 3

        assert self.ended_by() is None
        rows = [(2, "b", until), (1, "b", None), (2, "c", None)]
        assert in_block == [
            call.execute("DELETE FROM user_roles WHERE origin = $1", ["directory"]),
            call.execute_many(INSERT, rows),
        ]
        assert self.transaction.mock_calls == in_block
        assert self.transaction.execute.await_count == 1
        assert self.transaction.execute_many.await_count == 1

    @pytest.mark.parametrize("year", [2029, 2031])
    async def test_first_of_two(self, year: int) -> None:
        first = date(2030, 2, 3)
        grants = [Grant(1, "a", first), Grant(1, "a", date(year, 2, 3))]
        assert await sync_roles(self.connection, grants) == 1
        self.transaction.execute_many.assert_awaited_once_with(INSERT, [(1, "a", first)])

    async def test_delete_fails(self) -> None:
        error = self.transaction.execute.side_effect = RuntimeError("locked")
        with pytest.raises(RuntimeError) as info:
            await sync_roles(self.connection, [Grant(1, "a")])
        assert info.value is error
        assert self.ended_by() is error
        assert not self.transaction.execute_many.called

    async def test_insert_fails(self) -> None:
        error = self.transaction.execute_many.side_effect = RuntimeError("no such user")
        with pytest.raises(RuntimeError) as info:
            await sync_roles(self.connection, [Grant(1, "a")])
        assert info.value is error
        assert self.ended_by() is error

    async def test_empty(self) -> None:
        assert await sync_roles(self.connection, []) == 0
        assert self.connection.mock_calls == []
