"""On which loop do things happen to a broker and to a room?"""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from chat_broker import ChatBroker

pytestmark = pytest.mark.asyncio(loop_scope="session")

log: list[tuple[str, asyncio.AbstractEventLoop]] = []
loops: list[asyncio.AbstractEventLoop] = []


def noting(name: str, function: Any) -> Any:
    async def noted(self: ChatBroker, *args: str) -> Any:
        log.append((name, asyncio.get_running_loop()))
        return await function(self, *args)

    return noted


@pytest.fixture(scope="session", autouse=True)
def watched() -> Iterator[None]:
    """Made before the broker, hence torn down after it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "close", "stop"):
            patch.setattr(ChatBroker, name, noting(name, getattr(ChatBroker, name)))
        patch.setattr(ChatBroker, "start", classmethod(noting("start", ChatBroker.start.__func__)))
        yield
    strangers = sorted(name for name, loop in log if loop is not loops[0])
    assert not strangers, f"on another loop: {strangers}"


@pytest.mark.parametrize("number", [1, 2])
async def test_is_on_the_loop_of_the_run(broker: ChatBroker, room: str, number: int) -> None:
    loops.append(asyncio.get_running_loop())
    await broker.join(room, "Bo")
    await broker.say(room, "Ann", f"message {number}")
    await broker.flush()
    assert loops[0] is loops[-1]
