"""Every night: replace the roles that came from the company's directory by its latest export."""

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

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


@asynccontextmanager
async def _emptied(connection: Connection, origin: str) -> AsyncIterator[Statements]:
    """A transaction in which the roles of that origin are gone."""
    async with connection.transaction() as transaction:
        await transaction.execute("DELETE FROM user_roles WHERE origin = $1", [origin])
        yield transaction


def _first_ones(grants: Iterable[Grant]) -> Iterator[Row]:
    pending = deque(grants)
    while pending:
        grant = pending.popleft()
        role = grant.role.strip().lower()
        pending = deque(
            other
            for other in pending
            if (other.user_id, other.role.strip().lower()) != (grant.user_id, role)
        )
        yield (grant.user_id, role, grant.valid_until)


async def sync_roles(connection: Connection, grants: Iterable[Grant]) -> int:
    """Replace all roles from the directory, and return how many there are now."""
    match [*_first_ones(grants)]:
        case []:
            return 0
        case rows:
            async with _emptied(connection, "directory") as statements:
                await statements.execute_many(
                    "INSERT INTO user_roles (user_id, role, valid_until) VALUES ($1, $2, $3)", rows
                )
            return len(rows)
