"""Several calls in one test: the last one counts, and what was there before the first comes back."""

from datetime import date

import pytest

from workshop_api import User, app, current_user, today

pytestmark = pytest.mark.asyncio

AT_FIRST = dict(app.dependency_overrides)


async def test_two_users_one_after_the_other(client, sign_in) -> None:
    sign_in(User("guest"))
    assert (await client.get("/me")).json() == {"name": "guest"}
    sign_in(User("host", is_admin=True))
    assert (await client.get("/me")).json() == {"name": "host"}
    assert (await client.get("/admin/sessions")).json()["asked_by"] == "host"


async def test_nobody_is_signed_in(client) -> None:
    assert app.dependency_overrides == AT_FIRST
    assert (await client.get("/me")).status_code == 401


async def test_both_functions_on_one_dependency(client, sign_in, override) -> None:
    override(current_user, lambda: User("first"))
    sign_in(User("second"))
    override(current_user, lambda: User("third"))
    assert (await client.get("/me")).json() == {"name": "third"}
    sign_in(User("fourth"))
    assert (await client.get("/me")).json() == {"name": "fourth"}


async def test_nobody_is_signed_in_after_that(client) -> None:
    assert app.dependency_overrides == AT_FIRST
    assert (await client.get("/me")).status_code == 401


async def test_three_days(client, sign_in, override) -> None:
    sign_in(User("guest"))
    for day in (1, 2, 3):
        override(today, lambda day=date(2024, 3, day): day)
    override(today, lambda: date(2024, 2, 29))
    assert (await client.get("/bookings/today")).json()["day"] == "2024-02-29"


async def test_the_dict_is_as_it_was() -> None:
    assert app.dependency_overrides == AT_FIRST
