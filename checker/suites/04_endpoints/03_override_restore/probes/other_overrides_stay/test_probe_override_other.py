"""Somebody else has fixed the day for this whole file."""

from collections.abc import Iterator
from datetime import date

import pytest

from workshop_api import User, app, current_user, today

pytestmark = pytest.mark.asyncio

LEAP_DAY = date(2024, 2, 29)
MARCH = date(2024, 3, 1)


def leap_day() -> date:
    return LEAP_DAY


@pytest.fixture(autouse=True, scope="module")
def the_day_is_fixed() -> Iterator[None]:
    app.dependency_overrides[today] = leap_day
    yield
    app.dependency_overrides.pop(today, None)


async def test_the_day_is_fixed_while_somebody_is_signed_in(client, sign_in) -> None:
    sign_in(User("guest"))
    assert (await client.get("/bookings/today")).json()["day"] == "2024-02-29"


async def test_the_day_is_fixed_after_it(client) -> None:
    assert app.dependency_overrides == {today: leap_day}
    response = await client.get("/bookings/today", headers={"Authorization": "Bearer token-of-a-member"})
    assert response.json()["day"] == "2024-02-29"


async def test_another_dependency_is_overridden(client, override) -> None:
    override(current_user, lambda: User("guest"))
    assert (await client.get("/bookings/today")).json()["day"] == "2024-02-29"


async def test_the_day_is_still_fixed() -> None:
    assert app.dependency_overrides == {today: leap_day}
