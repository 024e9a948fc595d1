"""Who may see what. These tests are given; they use the fixtures of conftest.py."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from workshop_api import User, today

SignIn = Callable[[User], None]
Override = Callable[[Callable[..., Any], Callable[..., Any]], None]


@pytest.mark.asyncio
async def test_a_signed_in_user_sees_the_bookings(client: AsyncClient, sign_in: SignIn, override: Override) -> None:
    sign_in(User("guest"))
    override(today, lambda: date(2024, 2, 29))

    response = await client.get("/bookings/today")

    assert response.status_code == 200
    assert response.json() == {"asked_by": "guest", "day": "2024-02-29", "machines": ["lathe", "kiln"]}


@pytest.mark.asyncio
async def test_nobody_is_signed_in_without_a_token(client: AsyncClient) -> None:
    response = await client.get("/me")

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.asyncio
async def test_a_session_is_for_its_own_user(client: AsyncClient) -> None:
    response = await client.get("/me", headers={"Authorization": "Bearer token-of-a-member"})

    assert (response.status_code, response.json()) == (200, {"name": "member"})


@pytest.mark.asyncio
async def test_sessions_are_for_admins_only(client: AsyncClient) -> None:
    as_member = await client.get("/admin/sessions", headers={"Authorization": "Bearer token-of-a-member"})
    as_admin = await client.get("/admin/sessions", headers={"Authorization": "Bearer token-of-an-admin"})

    assert as_member.status_code == 403
    assert (as_admin.status_code, as_admin.json()) == (200, {"asked_by": "admin", "open": 2})
