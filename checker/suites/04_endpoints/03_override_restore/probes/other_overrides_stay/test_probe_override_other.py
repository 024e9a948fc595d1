"""Somebody else has fixed the day when this module was imported, and is still heard after every test."""

from datetime import date

import pytest

from workshop_api import User, app, current_user, today

pytestmark = pytest.mark.asyncio


class FixedDay:
    """An object and no function: a copy of it would be another one."""

    def __call__(self) -> date:
        return date(2024, 2, 29)


leap_day = FixedDay()
app.dependency_overrides[today] = leap_day


async def test_signs_in(client, sign_in) -> None:
    sign_in(User("guest"))
    assert (await client.get("/me")).json() == {"name": "guest"}


async def test_the_day_is_fixed_after_it(client) -> None:
    assert app.dependency_overrides == {today: leap_day}
    response = await client.get("/bookings/today", headers={"Authorization": "Bearer token-of-a-member"})
    assert response.json()["day"] == "2024-02-29"


async def test_another_dependency_is_overridden(client, override) -> None:
    override(current_user, lambda: User("guest"))
    assert (await client.get("/me")).json() == {"name": "guest"}


async def test_the_day_is_still_fixed() -> None:
    assert app.dependency_overrides == {today: leap_day}
