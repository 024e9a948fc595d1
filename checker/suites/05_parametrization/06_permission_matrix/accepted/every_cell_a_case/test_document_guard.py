from unittest.mock import AsyncMock

import pytest

from document_guard import Action, Document, DocumentGuard, Role, User

pytestmark = pytest.mark.asyncio

# columns: read, edit, publish, delete
MATRIX = """
                    draft   published
    nobody          ----    r---
    unknown         ----    r---
    unknown-own     ----    r---
    left            ----    r---
    left-own        ----    r---
    member          ----    r---
    member-own      re-d    re--
    moderator       r-p-    re--
    moderator-own   re-d    re--
    admin           repd    re-d
    admin-own       repd    re-d
"""
ROWS = [line.split() for line in MATRIX.strip().splitlines()[1:]]


@pytest.mark.parametrize("position", range(4), ids=["read", "edit", "publish", "delete"])
@pytest.mark.parametrize(
    ("who", "state", "cell"),
    [(who, "draft", draft) for who, draft, _ in ROWS]
    + [(who, "published", published) for who, _, published in ROWS],
)
async def test_cell(who: str, state: str, cell: str, position: int) -> None:
    role, _, own = who.partition("-")
    owner = 1 if own else 2
    users = {"nobody": [None], "unknown": [None]}
    users["left"] = [User(1, role, active=False) for role in Role]
    for user in users.get(role) or [User(1, Role(role))]:
        accounts = AsyncMock()
        accounts.find.side_effect = {1: user}.get
        allowed = await DocumentGuard(accounts).may(
            None if role == "nobody" else 1,
            list(Action)[position],
            Document(owner, state == "draft"),
        )
        assert allowed is (cell[position] != "-")
