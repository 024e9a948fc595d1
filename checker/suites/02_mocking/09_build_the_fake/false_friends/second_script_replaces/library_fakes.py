"""Stand-ins for the library's database driver."""

from collections import defaultdict, deque
from collections.abc import Sequence
from copy import deepcopy
from types import TracebackType
from typing import Any

Call = tuple[str, str | None, Any]
"""The method, its statement and its parameters; both are None for begin, commit and rollback."""


class FakeRecord:
    """The driver's result of one statement."""

    def __init__(self, rows: Sequence[dict[str, Any]] = (), rowcount: int | None = None) -> None:
        self._rows = deepcopy(list(rows))
        self.rowcount = len(self._rows) if rowcount is None else rowcount

    def result(self) -> list[dict[str, Any]]:
        """The rows, as a copy: the code under test may do with them what it likes."""
        return deepcopy(self._rows)


class FakeConnection:
    """A connection that gives scripted replies and records what it was asked."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._replies: defaultdict[str, deque[Any]] = defaultdict(deque)

    def script(self, statement: str, replies: Sequence[Any]) -> None:
        """The replies for exactly this statement."""
        self._replies[statement] = deque(replies)

    async def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> FakeRecord:
        return self._answer("execute", statement, parameters)

    async def fetch(self, statement: str, parameters: Sequence[Any] | None = None) -> FakeRecord:
        return self._answer("fetch", statement, parameters)

    async def fetch_val(self, statement: str, parameters: Sequence[Any] | None = None) -> Any:
        return self._answer("fetch_val", statement, parameters)

    def transaction(self) -> "FakeTransaction":
        return FakeTransaction(self)

    def _answer(self, method: str, statement: str, parameters: Sequence[Any] | None) -> Any:
        # Copied now: the caller may go on using its list.
        self.calls.append((method, statement, deepcopy(parameters)))
        replies = self._replies[statement]
        if not replies:
            raise AssertionError(f"no reply is left for {statement!r}")
        reply = replies.popleft()
        if isinstance(reply, BaseException):
            raise reply
        if isinstance(reply, type) and issubclass(reply, BaseException):
            raise reply
        return reply


class FakeTransaction:
    """A transaction on the connection's replies and calls; it records how it began and ended."""

    def __init__(self, connection: FakeConnection) -> None:
        self._connection = connection
        self.execute = connection.execute
        self.fetch = connection.fetch
        self.fetch_val = connection.fetch_val

    async def __aenter__(self) -> "FakeTransaction":
        self._connection.calls.append(("begin", None, None))
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        ending = "commit" if exc_type is None else "rollback"
        self._connection.calls.append((ending, None, None))
