"""Every night: replace the roles that came from the company's directory by its latest export."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

Row = tuple[int, str, date | None]


@dataclass(frozen=True, slots=True)
class Grant:
    """A line of the export: a user has a role, perhaps for a limited time."""

    user_id: int
    role: str
    valid_until: date | None = None


class Statements(Protocol):
    """What a connection and a transaction of the driver have in common."""

    async def execute(self, statement: str, parameters: Sequence[Any]) -> None:
        """Send a statement. $1 stands for the first parameter, and so on."""

    async def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Send a statement once, with many rows of parameters."""


class Connection(Statements, Protocol):
    """A connection. What is sent on the connection itself is in no transaction."""

    def transaction(self) -> AbstractAsyncContextManager[Statements]:
        """A transaction. Leaving it commits; leaving it by an exception rolls back."""


class _NamedRow(NamedTuple):
    user_id: int
    role: str
    valid_until: date | None


async def _replace(statements: Statements, rows: list[Row]) -> int:
    """Send both statements, and return the number of rows."""
    await statements.execute("DELETE FROM user_roles WHERE origin = $1", ["directory"])
    columns = ", ".join(_NamedRow._fields)
    await statements.execute_many(
        f"INSERT INTO user_roles ({columns}) VALUES ($1, $2, $3)", rows
    )
    return len(rows)


async def sync_roles(connection: Connection, grants: Iterable[Grant]) -> int:
    """Replace all roles from the directory, and return how many there are now."""
    seen: set[tuple[int, str]] = set()
    rows: list[Row] = []
    for grant in grants:
        row = _NamedRow(grant.user_id, grant.role.lower().strip(), grant.valid_until)
        if row[:2] not in seen:
            rows.append(tuple(row))
        seen.add(row[:2])
    if rows:
        async with connection.transaction() as transaction:
            return await _replace(transaction, rows)
    return 0
