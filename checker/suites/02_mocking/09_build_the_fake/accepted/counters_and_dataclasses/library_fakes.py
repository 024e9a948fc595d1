"""Replies are never removed; a counter a statement tells which one is next."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Call(NamedTuple):
    method: str
    statement: str | None = None
    parameters: Any = None


@dataclass
class FakeRecord:
    rows: Any = ()
    rowcount: int | None = None

    def __post_init__(self) -> None:
        self.rows = deepcopy(list(self.rows))
        self.rowcount = len(self.rows) if self.rowcount is None else self.rowcount

    def result(self) -> list[dict[str, Any]]:
        return deepcopy(self.rows)


@dataclass
class FakeConnection:
    calls: list[Call] = field(default_factory=list)
    scripted: list[tuple[str, Any]] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)

    def script(self, statement: str, replies: Any) -> None:
        self.scripted += [(statement, reply) for reply in replies]

    async def execute(self, statement: str, parameters: Any = None) -> Any:
        return self.next_reply(Call("execute", statement, deepcopy(parameters)))

    async def fetch(self, statement: str, parameters: Any = None) -> Any:
        return self.next_reply(Call("fetch", statement, deepcopy(parameters)))

    async def fetch_val(self, statement: str, parameters: Any = None) -> Any:
        return self.next_reply(Call("fetch_val", statement, deepcopy(parameters)))

    def next_reply(self, call: Call) -> Any:
        self.calls.append(call)
        mine = [reply for statement, reply in self.scripted if statement == call.statement]
        position = self.used[call.statement]
        if position >= len(mine):
            raise AssertionError(f"call {position + 1}, but {len(mine)} replies for: {call.statement}")
        self.used[call.statement] += 1
        reply = mine[position]
        if isinstance(reply, type):
            reply = reply() if issubclass(reply, BaseException) else reply
        if isinstance(reply, BaseException):
            raise reply
        return reply

    def transaction(self) -> FakeTransaction:
        return FakeTransaction(self)


@dataclass
class FakeTransaction:
    on: FakeConnection

    async def __aenter__(self) -> FakeTransaction:
        self.on.calls.append(Call("begin"))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.on.calls.append(Call("rollback") if kind else Call("commit"))

    async def execute(self, statement: str, parameters: Any = None) -> Any:
        return await self.on.execute(statement, parameters)

    async def fetch(self, statement: str, parameters: Any = None) -> Any:
        return await self.on.fetch(statement, parameters)

    async def fetch_val(self, statement: str, parameters: Any = None) -> Any:
        return await self.on.fetch_val(statement, parameters)
