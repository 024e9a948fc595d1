"""On which loop is a reader opened, subscribed and closed, and has all of it come to its end?"""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from feed_reader import FeedReader

pytestmark = pytest.mark.asyncio

log: list[tuple[str, asyncio.AbstractEventLoop]] = []


@pytest.fixture(scope="module", autouse=True)
def watched() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "subscribe", "close"):
            patch.setattr(FeedReader, name, noting(name, getattr(FeedReader, name)))
        yield


def noting(name: str, method: Any) -> Any:
    async def noted(self: FeedReader, *args: str) -> None:
        await method(self, *args)
        log.append((name, asyncio.get_running_loop()))

    return noted


async def test_set_up_on_its_loop(reader: FeedReader) -> None:
    assert [name for name, _ in log] == ["open", "subscribe", "subscribe"]
    assert all(loop is asyncio.get_running_loop() for _, loop in log)


async def test_closed_on_its_loop() -> None:
    assert [name for name, _ in log[3:]] in (["close"], ["close", "close"])
    assert all(loop is log[0][1] for _, loop in log)
