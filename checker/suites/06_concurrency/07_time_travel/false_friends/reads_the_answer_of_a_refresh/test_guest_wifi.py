"""Tokens and misses of the guest network, under two clocks that the test sets."""

from datetime import UTC, datetime, timedelta

import pytest

import guest_wifi
from guest_wifi import Expired, Grant, Portal, TooManyTries, UnknownToken, WrongCode

pytestmark = pytest.mark.asyncio

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LIFETIME = timedelta(minutes=30)
WINDOW = timedelta(seconds=60)
HOUR = timedelta(hours=1)


class Clocks:
    """A wall clock and ticks. They stand still until the test moves them, together or one alone."""

    def __init__(self) -> None:
        self.now = NOON
        self.ticks_ms = 5_000

    def pass_time(self, **duration: float) -> None:
        """Time goes by, on both clocks."""
        self.set_wall_clock(**duration)
        self.tick(**duration)

    def set_wall_clock(self, **shift: float) -> None:
        """Somebody sets the wall clock, forward or back."""
        self.now += timedelta(**shift)

    def tick(self, **duration: float) -> None:
        """The ticks go on, and the wall clock does not."""
        self.ticks_ms += timedelta(**duration) // timedelta(milliseconds=1)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    clocks = Clocks()
    monkeypatch.setattr(guest_wifi, "utc_now", lambda: clocks.now)
    monkeypatch.setattr(guest_wifi, "monotonic_ms", lambda: clocks.ticks_ms)
    return clocks


@pytest.fixture
def portal(clocks: Clocks) -> Portal:
    return Portal(code="tulip", lifetime=LIFETIME, window=WINDOW)


async def miss(portal: Portal, device: str = "tablet") -> None:
    with pytest.raises(WrongCode):
        await portal.sign_in(device, "rose")


async def is_shut_out(portal: Portal, code: str = "tulip", device: str = "tablet") -> timedelta:
    """Assert that a device is shut out, and return for how long."""
    with pytest.raises(TooManyTries) as caught:
        await portal.sign_in(device, code)
    return caught.value.retry_after


async def test_a_grant_tells_when_it_expires(portal: Portal) -> None:
    grant = await portal.sign_in("tablet", "tulip")

    assert isinstance(grant.token, str)
    assert grant == Grant(grant.token, NOON + LIFETIME)
    assert grant.expires_at.utcoffset() == timedelta(0)


async def test_each_token_is_new_and_leaves_the_others_valid(portal: Portal) -> None:
    first = await portal.sign_in("tablet", "tulip")
    second = await portal.sign_in("tablet", "tulip")
    third = await portal.sign_in("phone", "tulip")

    assert len({first.token, second.token, third.token}) == 3
    devices = [await portal.check(each.token) for each in (first, second, third)]
    assert devices == ["tablet", "tablet", "phone"]


async def test_a_token_is_valid_until_just_before_its_end(clocks: Clocks, portal: Portal) -> None:
    grant = await portal.sign_in("tablet", "tulip")

    clocks.now = NOON + LIFETIME - timedelta(microseconds=1)

    assert await portal.check(grant.token) == "tablet"


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), timedelta(days=400)])
async def test_a_token_expires_exactly_at_its_end(
    clocks: Clocks, portal: Portal, late: timedelta
) -> None:
    grant = await portal.sign_in("tablet", "tulip")

    clocks.now = NOON + LIFETIME + late

    with pytest.raises(Expired):
        await portal.check(grant.token)
    with pytest.raises(Expired):
        await portal.refresh(grant.token)
    with pytest.raises(Expired):
        await portal.check(grant.token)


async def test_ticks_do_not_wear_a_token_out(clocks: Clocks, portal: Portal) -> None:
    grant = await portal.sign_in("tablet", "tulip")

    clocks.tick(hours=5)

    assert await portal.check(grant.token) == "tablet"
    assert await portal.refresh(grant.token) == grant


async def test_a_token_that_nobody_gave_out_is_unknown(portal: Portal) -> None:
    await portal.sign_in("tablet", "tulip")

    for method in (portal.check, portal.refresh, portal.sign_out):
        with pytest.raises(UnknownToken):
            await method("made-up")


async def test_signing_out_tells_the_ticks_since_the_token_was_given(
    clocks: Clocks, portal: Portal
) -> None:
    grant = await portal.sign_in("tablet", "tulip")
    clocks.pass_time(minutes=20)
    await portal.refresh(grant.token)
    clocks.pass_time(hours=2, milliseconds=7)
    clocks.set_wall_clock(hours=-9)

    visit = await portal.sign_out(grant.token)

    assert visit == timedelta(hours=2, minutes=20, milliseconds=7)


async def test_an_expired_token_can_be_signed_out(clocks: Clocks, portal: Portal) -> None:
    grant = await portal.sign_in("tablet", "tulip")
    clocks.pass_time(hours=2)

    assert await portal.sign_out(grant.token) == timedelta(hours=2)


async def test_signing_out_ends_this_token_only(portal: Portal) -> None:
    ended, kept = [await portal.sign_in("tablet", "tulip") for _ in range(2)]

    await portal.sign_out(ended.token)

    for method in (portal.check, portal.refresh, portal.sign_out):
        with pytest.raises(UnknownToken):
            await method(ended.token)
    assert await portal.check(kept.token) == "tablet"


@pytest.mark.parametrize("code", ["tulip", "rose"])
async def test_three_misses_shut_a_device_out(portal: Portal, code: str) -> None:
    for _ in range(3):
        await miss(portal)

    assert await is_shut_out(portal, code) == WINDOW
    assert await portal.sign_in("phone", "tulip")


async def test_two_misses_are_forgiven(portal: Portal) -> None:
    await miss(portal)
    await miss(portal)

    assert await portal.sign_in("tablet", "tulip")


async def test_each_miss_counts_for_the_window_and_no_longer(
    clocks: Clocks, portal: Portal
) -> None:
    for _ in range(3):
        await miss(portal)
        clocks.pass_time(seconds=10)  # misses after 0, 10 and 20 seconds
    clocks.pass_time(seconds=29.999)

    assert await is_shut_out(portal) == timedelta(milliseconds=1)
    clocks.pass_time(milliseconds=1)
    await miss(portal)  # after 60 seconds: the first counts no longer, this is the third again

    assert await is_shut_out(portal) == timedelta(seconds=10)
    clocks.pass_time(seconds=9.999)
    assert await is_shut_out(portal) == timedelta(milliseconds=1)
    clocks.pass_time(milliseconds=1)
    assert await portal.sign_in("tablet", "tulip")


async def test_who_is_shut_out_misses_nothing(clocks: Clocks, portal: Portal) -> None:
    for _ in range(3):
        await miss(portal)
    clocks.pass_time(seconds=30)
    for _ in range(3):
        assert await is_shut_out(portal, "rose") == timedelta(seconds=30)

    clocks.pass_time(seconds=30)

    assert await portal.sign_in("tablet", "tulip")


async def test_a_success_is_no_miss_and_takes_none_away(portal: Portal) -> None:
    await miss(portal)
    await miss(portal)
    await portal.sign_in("tablet", "tulip")
    await portal.sign_in("tablet", "tulip")
    await miss(portal)

    assert await is_shut_out(portal) == WINDOW


@pytest.mark.parametrize("hours", [-1, 1])
async def test_setting_the_wall_clock_shuts_nobody_out_or_in(
    clocks: Clocks, portal: Portal, hours: int
) -> None:
    for _ in range(3):
        await miss(portal)

    clocks.set_wall_clock(hours=hours)
    assert await is_shut_out(portal) == WINDOW

    clocks.tick(seconds=60)
    assert await portal.sign_in("tablet", "tulip")


@pytest.mark.parametrize("minutes", [20, -10])
async def test_a_refreshed_token_lives_on_from_now(clocks: Clocks, portal: Portal, minutes: int) -> None:
    grant = await portal.sign_in("tablet", "tulip")
    clocks.pass_time(minutes=minutes)

    refreshed = await portal.refresh(grant.token)

    assert refreshed == Grant(grant.token, clocks.now + LIFETIME)
