import pytest

from document_guard import Action, Document, DocumentGuard, Role, User, allows

OWNER_ID = 7

USERS = {
    "inactive member": User(1, Role.MEMBER, active=False),
    "inactive moderator": User(2, Role.MODERATOR, active=False),
    "inactive admin": User(3, Role.ADMIN, active=False),
    "inactive owner": User(OWNER_ID, Role.MEMBER, active=False),
    "inactive moderating owner": User(OWNER_ID, Role.MODERATOR, active=False),
    "inactive administrating owner": User(OWNER_ID, Role.ADMIN, active=False),
    "member": User(4, Role.MEMBER),
    "owner": User(OWNER_ID, Role.MEMBER),
    "moderator": User(5, Role.MODERATOR),
    "moderating owner": User(OWNER_ID, Role.MODERATOR),
    "admin": User(6, Role.ADMIN),
    "administrating owner": User(OWNER_ID, Role.ADMIN),
}

class FakeAccounts:
    """Knows one user, or none."""

    def __init__(self, user: User | None) -> None:
        self._user = user

    async def find(self, user_id: int) -> User | None:
        return self._user if self._user is not None and self._user.id == user_id else None


@pytest.mark.asyncio
@pytest.mark.parametrize("draft", [True, False], ids=["draft", "published"])
@pytest.mark.parametrize("who", ["visitor", "unknown user", "unknown owner", *USERS])
async def test_who_may_do_what(who: str, draft: bool) -> None:
    user = USERS.get(who)
    ids = {"visitor": None, "unknown user": 8, "unknown owner": OWNER_ID}
    user_id = user.id if user else ids[who]
    guard = DocumentGuard(FakeAccounts(user))
    document = Document(OWNER_ID, draft)

    answers = {action: await guard.may(user_id, action, document) for action in Action}

    someone = user if user and user.active else None
    assert answers == {action: allows(someone, action, document) for action in Action}
