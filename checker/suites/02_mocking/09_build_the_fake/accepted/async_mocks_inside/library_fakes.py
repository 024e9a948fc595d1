"""Fakes whose methods are AsyncMocks: handy for assert_awaited_with, strict about replies."""

import copy
from collections.abc import Callable, Coroutine
from typing import Any
from unittest.mock import AsyncMock


class FakeRecord:
    def __init__(self, rows=(), rowcount=None):
        self.rows = tuple(dict(row) for row in rows)
        if rowcount is None:
            rowcount = len(self.rows)
        self.rowcount = rowcount

    def result(self):
        return [dict(row) for row in self.rows]


class FakeConnection:
    def __init__(self):
        self.calls = []
        self.replies = {}
        self.execute = AsyncMock(side_effect=self._method("execute"))
        self.fetch = AsyncMock(side_effect=self._method("fetch"))
        self.fetch_val = AsyncMock(side_effect=self._method("fetch_val"))

    def script(self, statement, replies):
        self.replies[statement] = [*self.replies.get(statement, ()), *replies]

    def transaction(self):
        return FakeTransaction(self)

    def _method(self, name: str) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def call(statement: str, parameters: Any = None) -> Any:
            self.calls.append((name, statement, copy.copy(parameters)))
            try:
                reply = self.replies[statement].pop(0)
            except (KeyError, IndexError):
                raise AssertionError("unexpected statement: " + statement) from None
            match reply:
                case BaseException():
                    raise reply
                case type() if issubclass(reply, BaseException):
                    raise reply()
                case _:
                    return reply

        return call


class FakeTransaction:
    def __init__(self, connection):
        self.connection = connection

    def __getattr__(self, name):
        if name in ("execute", "fetch", "fetch_val"):
            return getattr(self.connection, name)
        raise AttributeError(name)

    async def __aenter__(self):
        self.connection.calls.append(("begin", None, None))
        return self

    async def __aexit__(self, *exc_info):
        failed = any(exc_info)
        self.connection.calls.append(("rollback" if failed else "commit", None, None))
        return False
