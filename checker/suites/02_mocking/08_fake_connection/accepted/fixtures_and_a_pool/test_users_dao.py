import pytest

from club_driver import DriverError, UniqueViolation
from users_dao import DAOError, User, UsersDAO

pytestmark = pytest.mark.asyncio


class Pool:
    """Lends connections, and insists on getting them back in order."""

    def __init__(self) -> None:
        self.replies: dict[str, object] = {}
        self.sent: list[tuple[object, ...]] = []
        self.lent = 0
        self.acquired = 0

    async def acquire(self) -> "Lent":
        self.lent += 1
        self.acquired += 1
        return Lent(self)


class Lent:
    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.released = False

    async def _send(self, kind: str, *call: object) -> object:
        assert not self.released
        self.pool.sent.append((kind, *call))
        reply = self.pool.replies[kind]
        if isinstance(reply, BaseException):
            raise reply
        return reply

    async def fetchval(self, *call: object) -> object:
        return await self._send("fetchval", *call)

    async def fetchrow(self, *call: object) -> object:
        return await self._send("fetchrow", *call)

    async def execute(self, *call: object) -> object:
        return await self._send("execute", *call)

    async def release(self) -> None:
        assert not self.released
        self.released = True
        self.pool.lent -= 1


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Pool:
    pool = Pool()
    monkeypatch.setattr("users_dao.acquire", pool.acquire)
    return pool


async def test_new_user(pool: Pool) -> None:
    pool.replies["fetchval"] = 1001
    assert await UsersDAO.add("Ben Ode", "Ben.Ode@Example.net") == 1001
    assert pool.sent == [
        (
            "fetchval",
            "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id",
            "Ben Ode",
            "ben.ode@example.net",
        )
    ]
    assert (pool.acquired, pool.lent) == (1, 0)


async def test_known_user(pool: Pool) -> None:
    pool.replies["fetchrow"] = {"email": "b@x.org", "name": "Ben", "id": 2}
    assert await UsersDAO.by_id(2) == User(2, "Ben", "b@x.org")
    assert pool.sent == [("fetchrow", "SELECT id, name, email FROM users WHERE id = $1", 2)]
    assert (pool.acquired, pool.lent) == (1, 0)


async def test_new_name(pool: Pool) -> None:
    pool.replies["execute"] = "UPDATE 1"
    assert await UsersDAO.rename(2, "Benjamin") is None
    assert pool.sent == [("execute", "UPDATE users SET name = $1 WHERE id = $2", "Benjamin", 2)]
    assert (pool.acquired, pool.lent) == (1, 0)


async def test_unknown_user(pool: Pool) -> None:
    pool.replies |= {"fetchrow": None, "execute": "UPDATE 0"}
    for call in (UsersDAO.by_id(3), UsersDAO.rename(3, "No")):
        with pytest.raises(DAOError) as info:
            await call
        assert info.value.status == 404
    assert (pool.acquired, pool.lent) == (2, 0)


@pytest.mark.parametrize(
    ("error", "status"),
    [(DriverError("down"), 500), (UniqueViolation("taken"), 409), (ValueError("other"), None)],
)
async def test_trouble(pool: Pool, error: Exception, status: int | None) -> None:
    pool.replies = dict.fromkeys(("fetchval", "fetchrow", "execute"), error)
    for call in (UsersDAO.add("a", "b"), UsersDAO.by_id(1), UsersDAO.rename(1, "c")):
        with pytest.raises(DAOError if status else ValueError) as info:
            await call
        if status:
            assert info.value.status == status
            assert info.value.__cause__ is error
        else:
            assert info.value is error
    assert pool.lent == 0
