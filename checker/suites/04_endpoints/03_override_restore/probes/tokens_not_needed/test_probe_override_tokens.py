"""A signed-in user needs no token, no session and no parameter in the address."""

import pytest

from workshop_api import SESSIONS, User, checked_tokens

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("name", ["guest", "member"])
async def test_no_token_is_sent_or_checked(client, sign_in, name: str) -> None:
    checked_tokens.clear()
    sessions = dict(SESSIONS)
    sign_in(User(name))

    response = await client.get("/me")

    assert (response.status_code, response.json()) == (200, {"name": name})
    assert "Authorization" not in response.request.headers
    assert checked_tokens == []
    assert SESSIONS == sessions


async def test_a_token_of_somebody_else_does_not_matter(client, sign_in) -> None:
    sign_in(User("guest"))
    response = await client.get("/me", headers={"Authorization": "Bearer token-of-an-admin"})
    assert response.json() == {"name": "guest"}


async def test_any_number_of_requests(client, sign_in) -> None:
    sign_in(User("guest"))
    for path in ("/me", "/bookings/today", "/me"):
        assert (await client.get(path)).status_code == 200
