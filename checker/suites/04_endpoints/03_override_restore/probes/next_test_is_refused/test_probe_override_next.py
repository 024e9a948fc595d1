"""One test signs in; the next one gets the real 401."""

from datetime import date

import pytest

from workshop_api import User, app, today

pytestmark = pytest.mark.asyncio

AT_FIRST = dict(app.dependency_overrides)


async def test_signs_in(client, sign_in) -> None:
    sign_in(User("guest"))
    assert (await client.get("/me")).json() == {"name": "guest"}


async def test_is_refused(client) -> None:
    assert (await client.get("/me")).status_code == 401
    foreign = await client.get("/me", headers={"Authorization": "Bearer no-such-session"})
    assert foreign.status_code == 401


async def test_overrides_the_day(client, sign_in, override) -> None:
    sign_in(User("guest"))
    override(today, lambda: date(2024, 3, 1))
    assert (await client.get("/bookings/today")).json()["machines"] == ["loom"]


async def test_is_refused_again_and_signs_in_with_a_token(client, sign_in, override) -> None:
    # The fixtures are there, and nobody calls them.
    assert (await client.get("/bookings/today")).status_code == 401
    own = await client.get("/bookings/today", headers={"Authorization": "Bearer token-of-a-member"})
    assert own.json()["asked_by"] == "member"
    assert own.json()["day"] != "2024-03-01"


async def test_the_dict_is_as_it_was() -> None:
    assert app.dependency_overrides == AT_FIRST
