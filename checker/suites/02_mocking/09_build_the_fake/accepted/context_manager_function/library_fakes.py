"""A fake built from iterators, with the transaction as a generator function."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import chain
from typing import Any, ClassVar


class FakeRecord:
    def __init__(self, rows: Any = (), rowcount: int | None = None) -> None:
        self._make = [row.copy() for row in rows]
        self._rowcount = rowcount

    @property
    def rowcount(self) -> int:
        return len(self._make) if self._rowcount is None else self._rowcount

    def result(self) -> list[dict[str, Any]]:
        return [row.copy() for row in self._make]


class _Statements:
    calls: list[tuple[str, str | None, Any]]
    _scripts: dict[str, Iterator[Any]]
    _NOTHING: ClassVar[object] = object()

    async def execute(self, statement: str, parameters: Any = None) -> Any:
        return await self._run("execute", statement, parameters)

    async def fetch(self, statement: str, parameters: Any = None) -> Any:
        return await self._run("fetch", statement, parameters)

    async def fetch_val(self, statement: str, parameters: Any = None) -> Any:
        return await self._run("fetch_val", statement, parameters)

    async def _run(self, method: str, statement: str, parameters: Any) -> Any:
        kept = list(parameters) if isinstance(parameters, list) else parameters
        self.calls.append((method, statement, kept))
        reply = next(self._scripts.get(statement, iter(())), self._NOTHING)
        assert reply is not self._NOTHING, f"{method}: nothing scripted for\n{statement}"
        if isinstance(reply, BaseException) or (isinstance(reply, type) and issubclass(reply, BaseException)):
            raise reply
        return reply


class FakeConnection(_Statements):
    def __init__(self) -> None:
        self.calls = []
        self._scripts = {}

    def script(self, statement: str, replies: Any) -> None:
        earlier = self._scripts.get(statement, iter(()))
        self._scripts[statement] = chain(earlier, tuple(replies))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["FakeTransaction"]:
        self.calls.append(("begin", None, None))
        try:
            yield FakeTransaction(self)
        except BaseException:
            self.calls.append(("rollback", None, None))
            raise
        self.calls.append(("commit", None, None))


class FakeTransaction(_Statements):
    def __init__(self, connection: FakeConnection) -> None:
        self.calls = connection.calls
        self._scripts = connection._scripts
