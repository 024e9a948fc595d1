import pytest

from document_guard import Action, Document, DocumentGuard, Role, User, allows


class FakeAccounts:
    def __init__(self, user: User) -> None:
        self.user = user

    async def find(self, user_id: int) -> User | None:
        return self.user


@pytest.mark.asyncio
@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
async def test_roles_and_actions(role: Role, action: Action) -> None:
    user = User(1, role)
    document = Document(owner_id=2, draft=True)

    allowed = await DocumentGuard(FakeAccounts(user)).may(1, action, document)

    assert allowed == allows(user, action, document)
