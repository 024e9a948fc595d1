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


async def _asked_twice(connection: Connection, statement: str, parameters: list[Any]) -> Any:
    try:
        return await connection.fetch_val(statement, parameters)
    except DriverError:
        pass
    return await connection.fetch_val(statement, parameters)


def _overdue(row: dict[str, Any], today: date) -> Overdue:
    return Overdue(loan_id=row.pop("id"), member_id=row.pop("member_id"), days_late=(today - row.pop("due")).days)


class LoansDAO:
    """Reads and writes loans over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def open_loans(self, member_id: int) -> int:
        return int(await _asked_twice(self._db, COUNT_OPEN, [member_id]))

    async def overdue(self, today: date) -> list[Overdue]:
        record = await self._db.fetch(SELECT_OVERDUE, parameters=[today])
        late = [_overdue(row, today) for row in record.result()]
        return sorted(late, key=lambda loan: loan.days_late, reverse=True)

    async def lend(self, copy_id: int, member_id: int, due: date) -> int:
        async with self._db.transaction() as transaction:
            await self._take(transaction, copy_id)
            return int(await transaction.fetch_val(INSERT_LOAN, parameters=[copy_id, member_id, due]))

    async def give_back(self, loan_ids: Iterable[int], today: date) -> int:
        buffer: list[Any] = []
        count = 0
        async with self._db.transaction() as transaction:
            for loan_id in loan_ids:
                buffer[:] = (today, loan_id)
                count += (await transaction.execute(RETURN_LOAN, buffer)).rowcount
        return count

    @staticmethod
    async def _take(transaction: Statements, copy_id: int) -> None:
        record = await transaction.execute(TAKE_COPY, [copy_id])
        if record.rowcount < 1:
            raise CopyNotFree(f"copy {copy_id}")
