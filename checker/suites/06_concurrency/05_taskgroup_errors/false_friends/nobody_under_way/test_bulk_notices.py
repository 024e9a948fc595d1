import asyncio

import pytest

from bulk_notices import Mailing

pytestmark = pytest.mark.asyncio

ERRORS = {"bad": ValueError("bad"), "broken": OSError("broken")}


class Gateway:
    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    async def deliver(self, recipient: str, text: str) -> str:
        self.calls.append((recipient, text))
        if recipient in ERRORS:
            raise ERRORS[recipient]
        return recipient.upper()


async def test_all() -> None:
    gateway = Gateway()
    mailing = Mailing(gateway, ["kim", "lou"], "hi")

    assert await mailing.send() == ["KIM", "LOU"]
    assert sorted(gateway.calls) == [("kim", "hi"), ("lou", "hi")]
    assert mailing.receipts == {"kim": "KIM", "lou": "LOU"}


async def test_nobody() -> None:
    assert await Mailing(Gateway(), [], "hi").send() == []


async def test_errors() -> None:
    mailing = Mailing(Gateway(), ["kim", "bad", "broken"], "hi")

    async with asyncio.timeout(1):
        with pytest.RaisesGroup(ValueError, OSError) as caught:
            await mailing.send()

    assert set(caught.value.exceptions) == set(ERRORS.values())
    assert mailing.receipts == {"kim": "KIM"}
    assert mailing.unsent == set()


@pytest.mark.parametrize("name", sorted(ERRORS))
async def test_one_error(name: str) -> None:
    mailing = Mailing(Gateway(), ["kim", name], "hi")

    with pytest.RaisesGroup(type(ERRORS[name])):
        await mailing.send()
