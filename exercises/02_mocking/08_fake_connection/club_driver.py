"""What the club's database driver offers. The real one needs a server, which tests do not have."""

from collections.abc import Mapping
from typing import Any, Protocol


class DriverError(Exception):
    """The driver's base class: connection lost, statement refused, and so on."""


class UniqueViolation(DriverError):
    """The row would break a unique constraint."""


class Connection(Protocol):
    """A connection of the pool. `parameters` fill the statement's $1, $2 and so on."""

    async def fetchval(self, statement: str, *parameters: Any) -> Any:
        """The first column of the first row."""

    async def fetchrow(self, statement: str, *parameters: Any) -> Mapping[str, Any] | None:
        """The first row by column name, or None when there is none."""

    async def execute(self, statement: str, *parameters: Any) -> str:
        """What was done, such as `UPDATE 1`: the number is that of the rows."""

    async def release(self) -> None:
        """Give the connection back to the pool."""


async def acquire() -> Connection:
    """A connection of the pool. Whoever acquires it releases it."""
    raise DriverError("no server")
