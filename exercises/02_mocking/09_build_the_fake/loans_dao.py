"""The loans of a library: who has which copy, and until when.

The DAO speaks to a connection of the driver, described by the protocols below.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

SELECT_OVERDUE = "SELECT id, member_id, due FROM loans WHERE returned IS NULL AND due < $1"
COUNT_OPEN = "SELECT count(*) FROM loans WHERE member_id = $1 AND returned IS NULL"
TAKE_COPY = "UPDATE copies SET lent = TRUE WHERE id = $1 AND NOT lent"
INSERT_LOAN = "INSERT INTO loans (copy_id, member_id, due) VALUES ($1, $2, $3) RETURNING id"
RETURN_LOAN = "UPDATE loans SET returned = $1 WHERE id = $2 AND returned IS NULL"


class DriverError(Exception):
    """What the driver raises: the connection was reset, a constraint was violated."""


class CopyNotFree(Exception):
    """The copy is lent already, or does not exist."""


class Result(Protocol):
    """What the driver hands back for a statement."""

    rowcount: int

    def result(self) -> list[dict[str, Any]]: ...


class Statements(Protocol):
    """What a connection and a transaction have in common."""

    async def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> Result: ...
    async def fetch(self, statement: str, parameters: Sequence[Any] | None = None) -> Result: ...
    async def fetch_val(self, statement: str, parameters: Sequence[Any] | None = None) -> Any: ...


class Connection(Statements, Protocol):
    """A connection: `async with connection.transaction() as transaction` opens a transaction on it."""

    def transaction(self) -> AbstractAsyncContextManager[Statements]: ...


@dataclass(frozen=True, slots=True)
class Overdue:
    """A loan that should have been returned, and by how many days it is late."""

    loan_id: int
    member_id: int
    days_late: int


class LoansDAO:
    """Reads and writes loans over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def open_loans(self, member_id: int) -> int:
        """How many copies the member has at home. Asks again, once, after a `DriverError`."""
        try:
            return await self._connection.fetch_val(COUNT_OPEN, [member_id])
        except DriverError:
            return await self._connection.fetch_val(COUNT_OPEN, [member_id])

    async def overdue(self, today: date) -> list[Overdue]:
        """The loans that are late, the latest first."""
        record = await self._connection.fetch(SELECT_OVERDUE, [today])
        rows = record.result()
        for row in rows:
            row["days_late"] = (today - row.pop("due")).days
        rows.sort(key=lambda row: row["days_late"], reverse=True)
        return [Overdue(row["id"], row["member_id"], row["days_late"]) for row in rows]

    async def lend(self, copy_id: int, member_id: int, due: date) -> int:
        """Lend a copy, all or nothing, and return the number of the loan."""
        async with self._connection.transaction() as transaction:
            taken = await transaction.execute(TAKE_COPY, [copy_id])
            if taken.rowcount == 0:
                raise CopyNotFree(f"copy {copy_id}")
            return await transaction.fetch_val(INSERT_LOAN, [copy_id, member_id, due])

    async def give_back(self, loan_ids: Iterable[int], today: date) -> int:
        """Return several loans in one transaction. Returns how many of them were still open."""
        parameters: list[Any] = [today, None]  # one list for all: a lorry brings thousands
        returned = 0
        async with self._connection.transaction() as transaction:
            for loan_id in loan_ids:
                parameters[1] = loan_id
                record = await transaction.execute(RETURN_LOAN, parameters)
                returned += record.rowcount
        return returned
