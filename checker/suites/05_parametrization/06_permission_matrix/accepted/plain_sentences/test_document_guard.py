import pytest

from document_guard import Action, Document, DocumentGuard, Role, User

ROLES = {1: Role.MEMBER, 2: Role.MODERATOR, 3: Role.ADMIN}


class Accounts:
    async def find(self, user_id: int) -> User | None:
        if user_id in ROLES:
            return User(user_id, ROLES[user_id])
        if user_id - 10 in ROLES:  # 11, 12, 13 have moved out
            return User(user_id, ROLES[user_id - 10], active=False)
        return None


async def may(user_id: int | None, what: str, owner: int = 50) -> bool:
    action, state = what.split()
    guard = DocumentGuard(Accounts())
    return await guard.may(user_id, Action(action), Document(owner, state == "draft"))


EVERYTHING = [f"{action} {state}" for action in Action for state in ("draft", "published")]


@pytest.mark.asyncio
@pytest.mark.parametrize("who", [None, 1, 11, 12, 13, 99])
async def test_strangers_read_what_is_published(who: int | None) -> None:
    assert [what for what in EVERYTHING if await may(who, what)] == ["read published"]


@pytest.mark.asyncio
@pytest.mark.parametrize("who", [11, 12, 13, 99])
async def test_owners_without_an_account_are_strangers(who: int) -> None:
    assert [what for what in EVERYTHING if await may(who, what, who)] == ["read published"]


@pytest.mark.asyncio
@pytest.mark.parametrize("who", [1, 2])
async def test_owners(who: int) -> None:
    yes = {"read draft", "read published", "edit draft", "edit published", "delete draft"}
    for what in EVERYTHING:
        assert await may(who, what, who) == (what in yes), what


@pytest.mark.asyncio
async def test_moderators() -> None:
    yes = {"read draft", "read published", "edit published", "publish draft"}
    for what in EVERYTHING:
        assert await may(2, what) == (what in yes), what


@pytest.mark.asyncio
@pytest.mark.parametrize("owner", [1, 3])
async def test_admins(owner: int) -> None:
    assert [what for what in EVERYTHING if not await may(3, what, owner)] == ["publish published"]
