"""A dependency below another one is replaced; the one above stays real."""

import pytest

from workshop_api import app, bearer_token, checked_tokens

pytestmark = pytest.mark.asyncio

AT_FIRST = dict(app.dependency_overrides)


def a_members_token() -> str:
    return "token-of-a-member"


async def test_the_real_user_of_a_replaced_token(client, override) -> None:
    checked_tokens.clear()
    override(bearer_token, a_members_token)

    assert (await client.get("/me")).json() == {"name": "member"}
    assert (await client.get("/admin/sessions")).status_code == 403
    assert checked_tokens == ["token-of-a-member", "token-of-a-member"]


async def test_an_expired_token_is_still_refused(client, override) -> None:
    override(bearer_token, lambda: "no-such-session")
    response = await client.get("/me")
    assert (response.status_code, response.json()["detail"]) == (401, "this session is over")


async def test_the_real_token_is_asked_for_again(client) -> None:
    response = await client.get("/me")
    assert (response.status_code, response.json()["detail"]) == (401, "sign in first")
    assert app.dependency_overrides == AT_FIRST
