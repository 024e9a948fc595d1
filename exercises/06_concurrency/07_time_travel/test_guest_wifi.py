import asyncio
from datetime import timedelta

import pytest

from guest_wifi import Expired, Portal


@pytest.mark.asyncio
async def test_a_token_expires() -> None:
    portal = Portal(code="tulip", lifetime=timedelta(seconds=0.1), window=timedelta(minutes=1))
    grant = await portal.sign_in("tablet", "tulip")

    await asyncio.sleep(0.11)

    with pytest.raises(Expired):
        await portal.check(grant.token)
