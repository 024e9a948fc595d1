"""The guest network, tested clause by clause."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import pytest
import pytest_asyncio

import guest_wifi
from guest_wifi import Expired, Grant, Portal, TooManyTries, UnknownToken, WrongCode

UTC = timezone.utc


@dataclass
class World:
    portal: Portal = field(
        default_factory=lambda: Portal(
            code="2468", lifetime=timedelta(hours=1), window=timedelta(minutes=2)
        )
    )
    wall: datetime = datetime(2024, 2, 29, 9, tzinfo=UTC)
    ticks: int = 86_400_000

    def later(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.ticks += round(seconds * 1000)

    async def guess(self, *codes: str, who: str = "laptop") -> str:
        """What came of the last of these guesses."""
        result = "nothing"
        for code in codes:
            try:
                await self.portal.sign_in(who, code)
                result = "in"
            except WrongCode:
                result = "wrong"
            except TooManyTries as error:
                result = f"wait {error.retry_after.total_seconds()}"
        return result


@pytest_asyncio.fixture(name="world")
async def make_world() -> AsyncIterator[World]:
    world = World()
    names: dict[str, Callable[[], object]] = {
        "utc_now": lambda: world.wall,
        "monotonic_ms": lambda: world.ticks,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, function in names.items():
            patch.setattr(guest_wifi, name, function)
        yield world


@pytest.mark.asyncio
async def test_clause_one(world: World) -> None:
    grant = await world.portal.sign_in("laptop", "2468")
    assert grant.expires_at == datetime(2024, 2, 29, 10, tzinfo=UTC)
    assert isinstance(grant.token, str)
    second = await world.portal.sign_in("laptop", "2468")
    assert grant.token != second.token
    assert await world.portal.check(grant.token) == await world.portal.check(second.token) == "laptop"


@pytest.mark.asyncio
async def test_clause_two(world: World) -> None:
    grant = await world.portal.sign_in("laptop", "2468")
    world.ticks += 7_200_000
    world.wall = datetime(2024, 2, 29, 9, 59, 59, 999_999, tzinfo=UTC)
    assert await world.portal.check(grant.token) == "laptop"
    world.wall = datetime(2024, 2, 29, 10, tzinfo=UTC)
    with pytest.raises(Expired):
        await world.portal.check(grant.token)
    with pytest.raises(UnknownToken):
        await world.portal.check(grant.token + "x")


@pytest.mark.asyncio
async def test_clause_three(world: World) -> None:
    first = await world.portal.sign_in("laptop", "2468")
    second = await world.portal.sign_in("laptop", "2468")
    world.wall -= timedelta(minutes=5)
    assert await world.portal.refresh(first.token) == Grant(
        first.token, datetime(2024, 2, 29, 9, 55, tzinfo=UTC)
    )
    world.wall = datetime(2024, 2, 29, 9, 54, tzinfo=UTC)
    await world.portal.refresh(first.token)
    world.wall = datetime(2024, 2, 29, 10, tzinfo=UTC)
    with pytest.raises(Expired):
        await world.portal.refresh(second.token)
    with pytest.raises(Expired):
        await world.portal.check(second.token)
    assert await world.portal.refresh(first.token) == Grant(
        first.token, datetime(2024, 2, 29, 11, tzinfo=UTC)
    )
    world.wall = datetime(2024, 2, 29, 10, 59, tzinfo=UTC)
    assert await world.portal.check(first.token) == "laptop"
    world.wall = datetime(2024, 2, 29, 11, tzinfo=UTC)
    with pytest.raises(Expired):
        await world.portal.check(first.token)
    with pytest.raises(UnknownToken):
        await world.portal.refresh("never given")


@pytest.mark.asyncio
async def test_clause_four(world: World) -> None:
    first = await world.portal.sign_in("laptop", "2468")
    second = await world.portal.sign_in("laptop", "2468")
    world.ticks += 1_500
    await world.portal.refresh(first.token)
    world.ticks += 86_400_000
    world.wall += timedelta(minutes=59)
    assert await world.portal.sign_out(first.token) == timedelta(days=1, seconds=1.5)
    for method in (world.portal.check, world.portal.refresh, world.portal.sign_out):
        with pytest.raises(UnknownToken):
            await method(first.token)
    assert await world.portal.check(second.token) == "laptop"
    world.wall += timedelta(minutes=59)
    assert await world.portal.sign_out(second.token) == timedelta(days=1, seconds=1.5)


@pytest.mark.asyncio
@pytest.mark.parametrize("last", ["2468", "1111"])
async def test_clauses_five_and_six(world: World, last: str) -> None:
    assert await world.guess("1357") == "wrong"
    world.later(30)
    assert await world.guess("1357") == "wrong"
    world.later(30)
    assert await world.guess("1357") == "wrong"
    assert await world.guess(last, last, last) == "wait 60.0"
    world.later(59.999)
    assert await world.guess(last) == "wait 0.001"
    world.later(0.001)
    assert await world.guess("1357") == "wrong"
    assert await world.guess(last) == "wait 30.0"
    world.later(30)
    assert await world.guess("2468") == "in"


@pytest.mark.asyncio
async def test_clause_seven(world: World) -> None:
    assert await world.guess("2468", "2468", "2468", "2468") == "in"
    assert await world.guess("1", "2", "2468") == "in"
    assert await world.guess("3", "4") == "wait 120.0"
    assert await world.guess("2468", who="phone") == "in"


@pytest.mark.asyncio
@pytest.mark.parametrize("days", [-2, 2])
async def test_clause_eight(world: World, days: int) -> None:
    await world.guess("1", "2", "3")
    world.wall += timedelta(days=days)
    assert await world.guess("2468") == "wait 120.0"
    world.ticks += 120_000
    assert await world.guess("2468") == "in"
