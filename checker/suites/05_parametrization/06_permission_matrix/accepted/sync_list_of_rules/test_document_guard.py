import asyncio
from itertools import product
from types import SimpleNamespace

import pytest

from document_guard import Action, Document, DocumentGuard, Role, User

ME, OTHER = 31, 32
PERSONS = [None, "unknown", *product(["member", "moderator", "admin"], ["active", "inactive"])]
CASES = list(product(PERSONS, ["mine", "theirs"], ["draft", "published"], Action))
# Whatever is not in this list is refused.
PERMITTED = {
    ("member", "mine", "draft"): {"read", "edit", "delete"},
    ("member", "mine", "published"): {"read", "edit"},
    ("moderator", "mine", "draft"): {"read", "edit", "delete"},
    ("moderator", "mine", "published"): {"read", "edit"},
    ("moderator", "theirs", "draft"): {"read", "publish"},
    ("moderator", "theirs", "published"): {"read", "edit"},
    ("admin", "mine", "draft"): {"read", "edit", "delete", "publish"},
    ("admin", "mine", "published"): {"read", "edit", "delete"},
    ("admin", "theirs", "draft"): {"read", "edit", "delete", "publish"},
    ("admin", "theirs", "published"): {"read", "edit", "delete"},
}


def ask(person, whose: str, state: str, action: Action) -> bool:
    user = User(ME, Role(person[0]), person[1] == "active") if isinstance(person, tuple) else None

    async def find(user_id: int) -> User | None:
        assert user_id == ME
        return user

    guard = DocumentGuard(SimpleNamespace(find=find))
    document = Document(ME if whose == "mine" else OTHER, state == "draft")
    return asyncio.run(guard.may(None if person is None else ME, action, document))


@pytest.mark.parametrize("person", PERSONS, ids=str)
def test_permissions(person) -> None:
    wrong = []
    for whose, state, action in product(["mine", "theirs"], ["draft", "published"], Action):
        expected = False
        if isinstance(person, tuple) and person[1] == "active":
            expected = action in PERMITTED.get((person[0], whose, state), set())
        if state == "published" and action == "read":
            expected = True
        if ask(person, whose, state, action) is not expected:
            wrong.append((whose, state, action))
    assert wrong == []
