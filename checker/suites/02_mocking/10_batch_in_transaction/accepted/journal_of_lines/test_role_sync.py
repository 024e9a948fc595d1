from dataclasses import dataclass, field
from datetime import date

import pytest

from role_sync import Grant, sync_roles

pytestmark = pytest.mark.asyncio


@dataclass
class Journal:
    """Connection, transaction and journal in one; `fails` names the method that raises."""

    fails: str = ""
    lines: list[str] = field(default_factory=list)
    rows: list[object] = field(default_factory=list)
    inside: bool = False

    def transaction(self) -> "Journal":
        self.lines.append("transaction")
        return self

    async def __aenter__(self) -> "Inside":
        self.inside = True
        return Inside(self)

    async def __aexit__(self, kind: object, error: object, trace: object) -> bool:
        self.inside = False
        self.lines.append("commit" if error is None else f"rollback {error}")
        return False

    def note(self, method: str, line: str) -> None:
        assert self.inside, "a transaction that has ended"
        self.lines.append(line)
        if self.fails == method:
            raise KeyError(method)


@dataclass
class Inside:
    journal: Journal

    async def execute(self, statement: str, parameters: list[str]) -> None:
        self.journal.note("execute", f"{statement} {parameters}")

    async def execute_many(self, statement: str, rows: list[object]) -> None:
        self.journal.rows = rows
        self.journal.note("execute_many", statement)


DELETE = "DELETE FROM user_roles WHERE origin = $1 ['directory']"
INSERT = "INSERT INTO user_roles (user_id, role, valid_until) VALUES ($1, $2, $3)"


async def test_course() -> None:
    journal = Journal()
    await sync_roles(journal, [Grant(1, "a"), Grant(2, "b")])
    assert journal.lines == ["transaction", DELETE, INSERT, "commit"]


@pytest.mark.parametrize(
    ("grants", "rows"),
    [
        ([Grant(1, "a"), Grant(2, "a")], [(1, "a", None), (2, "a", None)]),
        ([Grant(1, "a"), Grant(1, "b")], [(1, "a", None), (1, "b", None)]),
        ([Grant(2, "A"), Grant(1, "a ")], [(2, "a", None), (1, "a", None)]),
        (
            [Grant(1, "a", date(2025, 1, 1)), Grant(1, " A", date(2025, 2, 2))],
            [(1, "a", date(2025, 1, 1))],
        ),
        (
            [Grant(1, "a", date(2025, 2, 2)), Grant(1, "a", date(2025, 1, 1))],
            [(1, "a", date(2025, 2, 2))],
        ),
        ([Grant(1, "a"), Grant(1, "a")], [(1, "a", None)]),
    ],
)
async def test_rows(grants: list[Grant], rows: list[object]) -> None:
    journal = Journal()
    number = await sync_roles(journal, grants)
    assert journal.rows == rows
    assert number == len(rows)


@pytest.mark.parametrize("method", ["execute", "execute_many"])
async def test_rollback(method: str) -> None:
    journal = Journal(fails=method)
    with pytest.raises(KeyError, match=f"'{method}'"):
        await sync_roles(journal, [Grant(1, "a")])
    expected = ["transaction", DELETE, INSERT, f"rollback '{method}'"]
    if method == "execute":
        expected.remove(INSERT)
    assert journal.lines == expected


async def test_empty() -> None:
    journal = Journal()
    assert await sync_roles(journal, []) == 0
    assert journal.lines == []
