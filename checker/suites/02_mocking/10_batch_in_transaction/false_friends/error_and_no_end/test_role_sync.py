"""What a sync sends, in which transaction, and how that transaction ends."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest

from role_sync import Grant, sync_roles

DELETE = ("execute", "DELETE FROM user_roles WHERE origin = $1", ["directory"])
INSERT = "INSERT INTO user_roles (user_id, role, valid_until) VALUES ($1, $2, $3)"
NEW_YEAR = date(2026, 1, 1)


class FakeTransaction:
    """Writes statements into the diary of its connection, or raises what it was told to."""

    def __init__(self, diary: list[Any], errors: dict[str, Exception]) -> None:
        self._diary = diary
        self._errors = errors

    async def execute(self, statement: str, parameters: Sequence[Any]) -> None:
        self._send("execute", statement, parameters)

    async def execute_many(self, statement: str, rows: Sequence[Any]) -> None:
        self._send("execute_many", statement, rows)

    def _send(self, method: str, statement: str, parameters: Sequence[Any]) -> None:
        self._diary.append((method, statement, parameters))
        if method in self._errors:
            raise self._errors[method]


class FakeConnection:
    """Has transactions and nothing else: a statement on the connection itself is an error."""

    def __init__(self, errors: dict[str, Exception] | None = None) -> None:
        self.diary: list[Any] = []
        self._errors = errors or {}

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[FakeTransaction]:
        self.diary.append("begin")
        try:
            yield FakeTransaction(self.diary, self._errors)
        except BaseException:
            self.diary.append("rollback")
            raise
        self.diary.append("commit")


@pytest.mark.asyncio
async def test_roles_are_replaced_in_one_batch_and_one_transaction() -> None:
    connection = FakeConnection()

    number = await sync_roles(connection, [Grant(7, "editor"), Grant(3, "admin", NEW_YEAR)])

    rows = [(7, "editor", None), (3, "admin", NEW_YEAR)]
    assert connection.diary == ["begin", DELETE, ("execute_many", INSERT, rows), "commit"]
    assert number == 2


@pytest.mark.asyncio
async def test_a_role_is_given_once_to_a_user_however_it_is_written() -> None:
    connection = FakeConnection()
    grants = [
        Grant(7, " Admin ", NEW_YEAR),
        Grant(3, "admin"),
        Grant(7, "editor"),
        Grant(7, "ADMIN"),
    ]

    number = await sync_roles(connection, grants)

    rows = [(7, "admin", NEW_YEAR), (3, "admin", None), (7, "editor", None)]
    assert connection.diary[2] == ("execute_many", INSERT, rows)
    assert number == 3


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(NEW_YEAR, date(2026, 6, 30), id="shorter-first"),
        pytest.param(NEW_YEAR, date(2025, 6, 30), id="longer-first"),
    ],
)
async def test_the_first_grant_counts_whatever_its_date(first: date, second: date) -> None:
    connection = FakeConnection()

    await sync_roles(connection, [Grant(7, "admin", first), Grant(7, "admin", second)])

    assert connection.diary[2] == ("execute_many", INSERT, [(7, "admin", first)])


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("failing", "sent"),
    [
        pytest.param("execute", ["execute"], id="deleting-fails"),
        pytest.param("execute_many", ["execute", "execute_many"], id="inserting-fails"),
    ],
)
async def test_an_error_rolls_everything_back(failing: str, sent: list[str]) -> None:
    lost = ConnectionError("connection reset")
    connection = FakeConnection({failing: lost})

    with pytest.raises(ConnectionError) as caught:
        await sync_roles(connection, [Grant(7, "editor")])

    assert caught.value is lost
    assert [entry[0] for entry in connection.diary if isinstance(entry, tuple)] == sent


@pytest.mark.asyncio
async def test_an_empty_export_changes_nothing() -> None:
    connection = FakeConnection()

    number = await sync_roles(connection, [])

    assert number == 0
    assert connection.diary == []
