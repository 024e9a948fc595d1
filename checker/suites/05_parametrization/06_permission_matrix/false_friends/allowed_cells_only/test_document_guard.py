import pytest

from document_guard import Action, Document, DocumentGuard, Role, User

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

# Who: what they may do with a draft, and with a published document.
ALLOWED = {
    "visitor": ("", "read"),
    "unknown user": ("", "read"),
    "unknown owner": ("", "read"),
    "inactive member": ("", "read"),
    "inactive moderator": ("", "read"),
    "inactive admin": ("", "read"),
    "inactive owner": ("", "read"),
    "inactive moderating owner": ("", "read"),
    "inactive administrating owner": ("", "read"),
    "member": ("", "read"),
    "owner": ("read edit delete", "read edit"),
    "moderator": ("read publish", "read edit"),
    "moderating owner": ("read edit delete", "read edit"),
    "admin": ("read edit publish delete", "read edit delete"),
    "administrating owner": ("read edit publish delete", "read edit delete"),
}


class FakeAccounts:
    """Knows one user, or none."""

    def __init__(self, user: User | None) -> None:
        self._user = user

    async def find(self, user_id: int) -> User | None:
        return self._user if self._user is not None and self._user.id == user_id else None


@pytest.mark.asyncio
@pytest.mark.parametrize("draft", [True, False], ids=["draft", "published"])
@pytest.mark.parametrize("who", ALLOWED)
async def test_who_may_do_what(who: str, draft: bool) -> None:
    user = USERS.get(who)
    ids = {"visitor": None, "unknown user": 8, "unknown owner": OWNER_ID}
    user_id = user.id if user else ids[who]
    guard = DocumentGuard(FakeAccounts(user))
    document = Document(OWNER_ID, draft)

    expected = ALLOWED[who][0 if draft else 1].split()
    for action in expected:
        assert await guard.may(user_id, Action(action), document)
