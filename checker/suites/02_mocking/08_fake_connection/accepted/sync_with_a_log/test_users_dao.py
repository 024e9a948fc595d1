import asyncio
import inspect

import pytest

import users_dao
from club_driver import DriverError, UniqueViolation
from users_dao import DAOError, User, UsersDAO

SQL = {
    "add": "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id",
    "by_id": "SELECT id, name, email FROM users WHERE id = $1",
    "rename": "UPDATE users SET name = $1 WHERE id = $2",
}


class Log(list):
    """A connection that is its own log."""

    reply = None

    def __getattr__(self, name):
        if name not in {"fetchval", "fetchrow", "execute", "release"}:
            raise AttributeError(name)

        async def method(*args):
            self.append((name, *args))
            if name != "release" and isinstance(self.reply, Exception):
                raise self.reply
            return self.reply

        return method


def plain(name, *args, reply):
    log = Log()
    log.reply = reply
    method = inspect.unwrap(getattr(UsersDAO, name))
    try:
        return asyncio.run(method(log, *args)), log
    except Exception as error:
        return error, log


@pytest.mark.parametrize(
    "name, args, reply, result, call",
    [
        ("add", ("A", "A@B.c"), 9, 9, ("fetchval", SQL["add"], "A", "a@b.c")),
        (
            "by_id",
            (9,),
            {"id": 9, "name": "A", "email": "a@b.c"},
            User(id=9, name="A", email="a@b.c"),
            ("fetchrow", SQL["by_id"], 9),
        ),
        ("rename", (9, "B"), "UPDATE 1", None, ("execute", SQL["rename"], "B", 9)),
    ],
)
def test_statements(name, args, reply, result, call):
    assert plain(name, *args, reply=reply) == (result, [call])


def test_not_found():
    assert plain("by_id", 1, reply=None)[0].status == 404
    assert plain("rename", 1, "x", reply="UPDATE 0")[0].status == 404


@pytest.mark.parametrize("name, args", [("add", "ab"), ("by_id", "a"), ("rename", "ab")])
def test_errors(name, args):
    for error, status in ((UniqueViolation(), 409), (DriverError(), 500)):
        raised, _ = plain(name, *args, reply=error)
        assert type(raised) is DAOError
        assert raised.status == status
        assert raised.__cause__ is error
    mine = ArithmeticError()
    assert plain(name, *args, reply=mine)[0] is mine


@pytest.mark.parametrize("reply", [5, DriverError(), OSError()])
def test_decorated(monkeypatch, reply):
    log = Log()
    log.reply = reply

    async def acquire():
        log.append("acquire")
        return log

    monkeypatch.setattr("users_dao.acquire", acquire)
    if reply == 5:
        assert asyncio.run(users_dao.UsersDAO.add("A", "b")) == 5
    else:
        with pytest.raises((DAOError, OSError)):
            asyncio.run(users_dao.UsersDAO.add("A", "b"))
    assert [entry[0] for entry in log if entry != "acquire"] == ["fetchval", "release"]
    assert log.count("acquire") == 1
