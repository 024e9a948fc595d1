"""The app calls the replacement itself: at every request, with the parameters that it declares."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import pytest
from fastapi import Header

from workshop_api import User, current_user, today

pytestmark = pytest.mark.asyncio


async def test_a_coroutine_function(client, override) -> None:
    async def guest() -> User:
        return User("guest")

    override(current_user, guest)
    assert (await client.get("/me")).json() == {"name": "guest"}


async def test_parameters_are_read_from_the_request(client, override) -> None:
    def whoever_says_so(x_name: Annotated[str, Header()]) -> User:
        return User(x_name)

    override(current_user, whoever_says_so)
    assert (await client.get("/me", headers={"X-Name": "guest"})).json() == {"name": "guest"}


async def test_it_is_called_at_every_request(client, sign_in, override) -> None:
    days = iter([date(2024, 2, 29), date(2024, 3, 1)])
    override(today, lambda: next(days))
    sign_in(User("guest"))
    seen = [(await client.get("/bookings/today")).json()["day"] for _ in range(2)]
    assert seen == ["2024-02-29", "2024-03-01"]


async def test_a_generator_is_run_to_its_end(client, override) -> None:
    ended = []

    def guest() -> Iterator[User]:
        yield User("guest")
        ended.append("guest")

    override(current_user, guest)
    assert (await client.get("/me")).json() == {"name": "guest"}
    assert ended == ["guest"]
