"""A feed is refused: who hears of it?"""

from collections.abc import Iterator

import pytest

from feed_reader import FeedReader, UnknownFeed


@pytest.fixture(scope="module", autouse=True)
def only_one_feed_is_known() -> Iterator[None]:
    subscribe = FeedReader.subscribe

    async def subscribe_once(self: FeedReader, name: str) -> None:
        if self.subscriptions:
            raise UnknownFeed(f"no feed {name} today")
        await subscribe(self, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FeedReader, "subscribe", subscribe_once)
        yield


@pytest.mark.asyncio
async def test_gets_no_reader(reader: FeedReader) -> None:
    pytest.fail("this test should not run")


def test_runs_afterwards() -> None:
    pass
