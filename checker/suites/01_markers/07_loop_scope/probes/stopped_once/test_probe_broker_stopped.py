"""The last test of the run fails; then the broker is stopped, for the first and only time."""

from collections.abc import Iterator

import pytest

from chat_broker import ChatBroker

pytestmark = pytest.mark.asyncio(loop_scope="session")

log: list[str] = []


@pytest.fixture(scope="session", autouse=True)
def watched() -> Iterator[None]:
    """Made before the broker, hence torn down after it."""
    stop = ChatBroker.stop

    async def noted(self: ChatBroker) -> None:
        await stop(self)
        log.append("stopped")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ChatBroker, "stop", noted)
        yield
    assert log == ["test", "test", "stopped"], f"what happened: {log}"


@pytest.mark.parametrize("number", [1, 2])
async def test_uses_the_broker(broker: ChatBroker, number: int) -> None:
    await broker.flush()
    log.append("test")


async def test_fails(broker: ChatBroker) -> None:
    await broker.flush()
    pytest.fail("this test is meant to fail")
