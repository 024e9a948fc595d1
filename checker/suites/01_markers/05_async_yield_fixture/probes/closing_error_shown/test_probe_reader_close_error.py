"""Closing goes wrong."""

from collections.abc import Iterator

import pytest

from feed_reader import FeedReader


@pytest.fixture(scope="module", autouse=True)
def closing_goes_wrong() -> Iterator[None]:
    close = FeedReader.close

    async def close_and_stumble(self: FeedReader) -> None:
        await close(self)
        raise ConnectionError("the line went dead")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FeedReader, "close", close_and_stumble)
        yield


@pytest.mark.asyncio
async def test_passes_before_closing(reader: FeedReader) -> None:
    assert reader.is_open


def test_runs_afterwards() -> None:
    pass
