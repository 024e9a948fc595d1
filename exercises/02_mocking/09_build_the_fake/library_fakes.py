"""Stand-ins for the library's database driver. The README says what each of them does."""

from collections.abc import Sequence
from typing import Any


class FakeRecord:
    """The driver's result of one statement."""

    def __init__(self, rows: Sequence[dict[str, Any]] = (), rowcount: int | None = None) -> None:
        raise NotImplementedError

    def result(self) -> list[dict[str, Any]]:
        raise NotImplementedError


class FakeConnection:
    """A connection that gives scripted replies and records what it was asked."""

    # calls: list[tuple[str, str | None, Any]]

    def script(self, statement: str, replies: Sequence[Any]) -> None:
        raise NotImplementedError

    async def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> FakeRecord:
        raise NotImplementedError

    async def fetch(self, statement: str, parameters: Sequence[Any] | None = None) -> FakeRecord:
        raise NotImplementedError

    async def fetch_val(self, statement: str, parameters: Sequence[Any] | None = None) -> Any:
        raise NotImplementedError

    def transaction(self) -> "FakeTransaction":
        raise NotImplementedError


class FakeTransaction:
    """What `async with connection.transaction()` works with."""
