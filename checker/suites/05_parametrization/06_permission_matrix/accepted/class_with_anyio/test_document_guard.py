import pytest

from document_guard import Action, Document, DocumentGuard, Role, User

READ, EDIT, PUBLISH, DELETE = Action
DRAFT, PUBLISHED = Document(100, draft=True), Document(100, draft=False)


class Accounts(dict):
    async def find(self, user_id: int) -> User | None:
        return self.get(user_id)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def allowed(user: User | int | None, document: Document) -> set[Action]:
    accounts = Accounts({user.id: user} if isinstance(user, User) else {})
    user_id = user.id if isinstance(user, User) else user
    return {action for action in Action if await DocumentGuard(accounts).may(user_id, action, document)}


@pytest.mark.anyio
class TestPermissions:
    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("user_id", [5, 100])
    async def test_inactive(self, role: Role, user_id: int) -> None:
        user = User(user_id, role, active=False)
        assert await allowed(user, DRAFT) == set()
        assert await allowed(user, PUBLISHED) == {READ}

    @pytest.mark.parametrize("user_id", [None, 5, 100])
    async def test_no_account(self, user_id: int | None) -> None:
        assert await allowed(user_id, DRAFT) == set()
        assert await allowed(user_id, PUBLISHED) == {READ}

    async def test_member(self) -> None:
        assert await allowed(User(5, Role.MEMBER), DRAFT) == set()
        assert await allowed(User(5, Role.MEMBER), PUBLISHED) == {READ}

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
    async def test_owner(self, role: Role) -> None:
        assert await allowed(User(100, role), DRAFT) == {READ, EDIT, DELETE}
        assert await allowed(User(100, role), PUBLISHED) == {READ, EDIT}

    async def test_moderator(self) -> None:
        assert await allowed(User(5, Role.MODERATOR), DRAFT) == {READ, PUBLISH}
        assert await allowed(User(5, Role.MODERATOR), PUBLISHED) == {READ, EDIT}

    @pytest.mark.parametrize("user_id", [5, 100])
    async def test_admin(self, user_id: int) -> None:
        assert await allowed(User(user_id, Role.ADMIN), DRAFT) == set(Action)
        assert await allowed(User(user_id, Role.ADMIN), PUBLISHED) == {READ, EDIT, DELETE}
