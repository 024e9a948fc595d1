"""Signing in replaces who asks, and not what they may do."""

import pytest

from workshop_api import User

pytestmark = pytest.mark.asyncio


async def test_a_user_who_is_no_admin_is_refused(client, sign_in) -> None:
    sign_in(User("guest"))
    assert (await client.get("/admin/sessions")).status_code == 403


async def test_an_admin_is_not(client, sign_in) -> None:
    sign_in(User("host", is_admin=True))
    response = await client.get("/admin/sessions")
    assert (response.status_code, response.json()) == (200, {"asked_by": "host", "open": 2})


async def test_a_new_user_has_no_rights_left_over(client, sign_in) -> None:
    sign_in(User("host", is_admin=True))
    sign_in(User("guest"))
    assert (await client.get("/admin/sessions")).status_code == 403
