"""A test signs in and fails; the next one gets the real 401."""

from datetime import date

import pytest

from workshop_api import User, app, today

pytestmark = pytest.mark.asyncio

AT_FIRST = dict(app.dependency_overrides)


async def test_signs_in_and_fails(client, sign_in, override) -> None:
    sign_in(User("guest"))
    override(today, lambda: date(2024, 3, 1))
    assert (await client.get("/bookings/today")).json()["machines"] == ["loom"]
    pytest.fail("this test is meant to fail")


async def test_is_refused(client) -> None:
    assert (await client.get("/me")).status_code == 401


async def test_the_dict_is_as_it_was() -> None:
    assert app.dependency_overrides == AT_FIRST
