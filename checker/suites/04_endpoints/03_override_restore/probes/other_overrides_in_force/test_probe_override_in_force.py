"""Somebody else has fixed the day for this whole file: so it is while the fixtures are in use."""

from collections.abc import Iterator
from datetime import date

import pytest

from workshop_api import User, app, today


@pytest.fixture(autouse=True, scope="module")
def the_day_is_fixed() -> Iterator[None]:
    app.dependency_overrides[today] = lambda: date(2024, 2, 29)
    yield
    app.dependency_overrides.pop(today, None)


def the_token() -> str:
    return "token-of-a-member"


@pytest.mark.asyncio
async def test_the_day_is_fixed_during_the_test(client, sign_in, override) -> None:
    sign_in(User("guest"))
    assert (await client.get("/bookings/today")).json()["day"] == "2024-02-29"
    override(the_token, lambda: "another")  # of no use to this app, and no reason to forget the day
    assert (await client.get("/bookings/today")).json()["day"] == "2024-02-29"
