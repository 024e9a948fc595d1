import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from guest_wifi import Expired, Portal, TooManyTries, UnknownToken, WrongCode

pytestmark = pytest.mark.asyncio

SHORT = timedelta(seconds=0.1)
LONG = timedelta(minutes=5)


async def test_a_token_expires() -> None:
    portal = Portal(code="tulip", lifetime=SHORT, window=LONG)
    grant = await portal.sign_in("tablet", "tulip")
    await asyncio.sleep(0.11)
    for method in (portal.check, portal.refresh):
        with pytest.raises(Expired):
            await method(grant.token)


async def test_a_token_is_valid_for_a_while() -> None:
    portal = Portal(code="tulip", lifetime=LONG, window=LONG)
    grant = await portal.sign_in("tablet", "tulip")
    assert grant.expires_at > datetime.now(UTC)
    assert await portal.check(grant.token) == "tablet"
    refreshed = await portal.refresh(grant.token)
    assert refreshed.token == grant.token
    assert refreshed.expires_at > grant.expires_at
    assert await portal.sign_out(grant.token) >= timedelta(0)
    with pytest.raises(UnknownToken):
        await portal.check(grant.token)


async def test_misses_are_forgotten() -> None:
    portal = Portal(code="tulip", lifetime=LONG, window=SHORT)
    for _ in range(3):
        with pytest.raises(WrongCode):
            await portal.sign_in("tablet", "rose")
    await asyncio.sleep(0.11)
    await portal.sign_in("tablet", "tulip")


async def test_misses_shut_out() -> None:
    portal = Portal(code="tulip", lifetime=LONG, window=LONG)
    for _ in range(3):
        with pytest.raises(WrongCode):
            await portal.sign_in("tablet", "rose")
    with pytest.raises(TooManyTries) as caught:
        await portal.sign_in("tablet", "tulip")
    assert caught.value.retry_after <= LONG
    await portal.sign_in("phone", "tulip")
