from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock, patch

import pytest

from guest_wifi import Expired, Portal, TooManyTries, UnknownToken, WrongCode

START = datetime(2025, 12, 31, 23, 45, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestPortal:
    @pytest.fixture(autouse=True)
    def _clocks(self) -> Iterator[None]:
        with (
            patch("guest_wifi.utc_now", return_value=START) as self.wall,
            patch("guest_wifi.monotonic_ms", return_value=0) as self.ticks,
        ):
            self.portal = Portal(code="moss", lifetime=10 * SECOND, window=4 * SECOND)
            yield

    def wall_is(self, after: timedelta) -> None:
        self.wall.return_value = START + after

    async def locked_for(self, code: str = "moss") -> timedelta:
        with pytest.raises(TooManyTries) as info:
            await self.portal.sign_in("a", code)
        return info.value.retry_after

    async def wrong(self, at_ms: int | None = None) -> None:
        if at_ms is not None:
            self.ticks.return_value = at_ms
        with pytest.raises(WrongCode):
            await self.portal.sign_in("a", "fern")

    async def test_grants(self) -> None:
        one = await self.portal.sign_in("a", "moss")
        two = await self.portal.sign_in("a", "moss")
        assert type(one.token) is str
        assert one.token != two.token
        assert one.expires_at == two.expires_at == START + 10 * SECOND
        assert one.expires_at.tzinfo is not None
        assert await self.portal.check(one.token) == "a"
        assert await self.portal.check(two.token) == "a"

    async def test_other_clock_is_ignored_by_tokens(self) -> None:
        grant = await self.portal.sign_in("a", "moss")
        self.ticks.return_value = 10**9
        assert await self.portal.check(grant.token) == "a"
        assert (await self.portal.refresh(grant.token)).expires_at == grant.expires_at

    @pytest.mark.parametrize("after", [10 * SECOND, 11 * SECOND])
    async def test_expiry(self, after: timedelta) -> None:
        grant = await self.portal.sign_in("a", "moss")
        self.wall_is(10 * SECOND - timedelta.resolution)
        assert await self.portal.check(grant.token) == "a"
        self.wall_is(after)
        for method in [self.portal.check, self.portal.refresh, self.portal.check]:
            with pytest.raises(Expired):
                await method(grant.token)

    async def test_refreshes(self) -> None:
        grant = await self.portal.sign_in("a", "moss")
        other = await self.portal.sign_in("a", "moss")
        for seconds in (6, 3, 12, 20):
            self.wall_is(seconds * SECOND)
            again = await self.portal.refresh(grant.token)
            assert again.token == grant.token
            assert again.expires_at == START + (seconds + 10) * SECOND
        self.wall_is(29 * SECOND)
        assert await self.portal.check(grant.token) == "a"
        with pytest.raises(Expired):
            await self.portal.check(other.token)
        self.wall_is(30 * SECOND)
        with pytest.raises(Expired):
            await self.portal.check(grant.token)

    async def test_a_refresh_can_shorten(self) -> None:
        grant = await self.portal.sign_in("a", "moss")
        self.wall_is(-5 * SECOND)
        await self.portal.refresh(grant.token)
        self.wall_is(5 * SECOND)
        with pytest.raises(Expired):
            await self.portal.check(grant.token)

    @pytest.mark.parametrize("name", ["check", "refresh", "sign_out"])
    async def test_unknown(self, name: str) -> None:
        kept = await self.portal.sign_in("a", "moss")
        gone = await self.portal.sign_in("a", "moss")
        await self.portal.sign_out(gone.token)
        for token in (gone.token, "nonsense"):
            with pytest.raises(UnknownToken):
                await getattr(self.portal, name)(token)
        assert await self.portal.check(kept.token) == "a"

    async def test_length_of_a_visit(self) -> None:
        self.ticks.return_value = 700
        grant = await self.portal.sign_in("a", "moss")
        self.ticks.return_value = 1700
        await self.portal.refresh(grant.token)
        self.wall_is(timedelta(days=3))
        self.ticks.return_value = 4_703
        assert await self.portal.sign_out(grant.token) == timedelta(milliseconds=4_003)

    async def test_third_miss_locks(self) -> None:
        for at_ms in (0, 1000, 2500):
            await self.wrong(at_ms)
        assert await self.locked_for() == timedelta(milliseconds=1500)
        for hours in (-5, 5):
            self.wall_is(timedelta(hours=hours))
            assert await self.locked_for("fern") == timedelta(milliseconds=1500)
        assert (await self.portal.sign_in("b", "moss")).token
        self.ticks.return_value = 3999
        assert await self.locked_for() == timedelta(milliseconds=1)
        self.ticks.return_value = 4000
        assert (await self.portal.sign_in("a", "moss")).token
        await self.wrong()
        assert await self.locked_for() == SECOND

    async def test_successes_are_neutral(self) -> None:
        for _ in range(5):
            await self.portal.sign_in("a", "moss")
        await self.wrong()
        await self.portal.sign_in("a", "moss")
        await self.wrong()
        await self.portal.sign_in("a", "moss")
        await self.wrong()
        assert await self.locked_for() == 4 * SECOND
        assert isinstance(self.ticks, Mock)
