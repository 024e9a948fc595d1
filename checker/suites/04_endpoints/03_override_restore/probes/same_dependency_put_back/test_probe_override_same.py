"""Somebody else has overridden the same dependencies before: theirs come back."""

from collections.abc import Iterator
from datetime import date

import pytest

from workshop_api import User, app, current_user, today

pytestmark = pytest.mark.asyncio


def leap_day() -> date:
    return date(2024, 2, 29)


def resident() -> User:
    return User("resident")


THEIRS = {today: leap_day, current_user: resident}


@pytest.fixture(autouse=True, scope="module")
def overridden_for_the_file() -> Iterator[None]:
    app.dependency_overrides.update(THEIRS)
    yield
    for dependency in THEIRS:
        app.dependency_overrides.pop(dependency, None)


async def test_replaces_both(client, sign_in, override) -> None:
    sign_in(User("guest"))
    override(today, lambda: date(2024, 3, 1))
    assert (await client.get("/bookings/today")).json() == {
        "asked_by": "guest", "day": "2024-03-01", "machines": ["loom"],
    }


async def test_both_are_back(client) -> None:
    assert app.dependency_overrides == THEIRS
    assert (await client.get("/bookings/today")).json()["asked_by"] == "resident"


async def test_replaces_one_and_fails(client, sign_in) -> None:
    sign_in(User("guest"))
    assert (await client.get("/me")).json() == {"name": "guest"}
    pytest.fail("this test is meant to fail")


async def test_it_is_back(client) -> None:
    assert app.dependency_overrides == THEIRS
    assert (await client.get("/me")).json() == {"name": "resident"}
