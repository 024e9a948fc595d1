from datetime import UTC, datetime, timedelta

import pytest

import guest_wifi
from guest_wifi import Portal, WrongCode

pytestmark = pytest.mark.asyncio


class Clocks:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    ticks_ms = 0


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    clocks = Clocks()
    monkeypatch.setattr(guest_wifi, "utc_now", lambda: clocks.now)
    monkeypatch.setattr(guest_wifi, "monotonic_ms", lambda: clocks.ticks_ms)
    return clocks


@pytest.fixture
def portal(clocks: Clocks) -> Portal:
    return Portal(code="a", lifetime=timedelta(1), window=timedelta(1))


async def test_a_visit_without_a_refresh(clocks: Clocks, portal: Portal) -> None:
    grant = await portal.sign_in("d", "a")
    clocks.ticks_ms = 1500
    assert await portal.sign_out(grant.token) == timedelta(seconds=1.5)


async def test_many_successes(portal: Portal) -> None:
    for _ in range(4):
        await portal.sign_in("d", "a")


async def test_a_success_between_misses(portal: Portal) -> None:
    for code in "bba":
        try:
            await portal.sign_in("d", code)
        except WrongCode:
            pass
    with pytest.raises(WrongCode):
        await portal.sign_in("d", "b")
