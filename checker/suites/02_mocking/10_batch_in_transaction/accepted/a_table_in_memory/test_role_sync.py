import asyncio
from datetime import date

import pytest

from role_sync import Grant, sync_roles


class Database:
    """A table that knows commit and rollback; understands just two statements."""

    def __init__(self):
        self.committed = [("manual", 5, "root", None), ("directory", 6, "old", None)]
        self.batches = 0
        self.statements = 0
        self.transactions = 0
        self.error = {}

    def transaction(self):
        self.transactions += 1
        return Block(self)


class Block:
    def __init__(self, database):
        self.database = database
        self.open = False

    async def __aenter__(self):
        self.table = list(self.database.committed)
        self.open = True
        return self

    async def __aexit__(self, kind, error, traceback):
        self.open = False
        if kind is None:
            self.database.committed = self.table

    async def execute(self, statement, parameters):
        assert self.open
        assert statement == "DELETE FROM user_roles WHERE origin = $1"
        self.database.statements += 1
        if "delete" in self.database.error:
            raise self.database.error["delete"]
        [origin] = parameters
        self.table = [row for row in self.table if row[0] != origin]

    async def execute_many(self, statement, rows):
        assert self.open
        assert statement == (
            "INSERT INTO user_roles (user_id, role, valid_until) VALUES ($1, $2, $3)"
        )
        self.database.statements += 1
        self.database.batches += 1
        for user_id, role, until in rows:
            self.table.append(("directory", user_id, role, until))
        if "insert" in self.database.error:
            raise self.database.error["insert"]


@pytest.fixture
def database():
    return Database()


def test_sync(database):
    soon = date(2024, 8, 1)
    grants = [Grant(9, "boss", soon), Grant(2, "Clerk "), Grant(2, "boss"), Grant(2, "clerk", soon)]
    assert asyncio.run(sync_roles(database, grants)) == 3
    assert database.committed == [
        ("manual", 5, "root", None),
        ("directory", 9, "boss", soon),
        ("directory", 2, "clerk", None),
        ("directory", 2, "boss", None),
    ]
    assert (database.transactions, database.statements, database.batches) == (1, 2, 1)


@pytest.mark.parametrize("years", [(2024, 2025), (2025, 2024)])
def test_first_one_counts(database, years):
    first, second = (date(year, 1, 1) for year in years)
    asyncio.run(sync_roles(database, [Grant(1, "x", first), Grant(1, "X", second)]))
    assert database.committed[1:] == [("directory", 1, "x", first)]


@pytest.mark.parametrize("where, statements", [("delete", 1), ("insert", 2)])
def test_failure(database, where, statements):
    before = list(database.committed)
    error = database.error[where] = OSError("gone")
    with pytest.raises(OSError) as caught:
        asyncio.run(sync_roles(database, [Grant(1, "x")]))
    assert caught.value is error
    assert database.committed == before
    assert database.statements == statements


def test_nothing(database):
    before = list(database.committed)
    assert asyncio.run(sync_roles(database, [])) == 0
    assert database.committed == before
    assert database.transactions == 0
