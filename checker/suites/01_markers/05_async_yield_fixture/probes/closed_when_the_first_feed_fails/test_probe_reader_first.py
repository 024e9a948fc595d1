"""The first feed is refused, when the reader is open already."""

from collections.abc import Iterator

import pytest

from feed_reader import FeedReader, UnknownFeed, open_readers

seen: list[FeedReader] = []


@pytest.fixture(scope="module", autouse=True)
def subscribing_goes_wrong() -> Iterator[None]:
    subscribe = FeedReader.subscribe

    async def stumble(self: FeedReader, name: str) -> None:
        if not self.subscriptions:
            seen.append(self)
            raise UnknownFeed(f"no feed {name} today")
        await subscribe(self, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FeedReader, "subscribe", stumble)
        yield


def test_sets_up_in_vain(request: pytest.FixtureRequest) -> None:
    try:
        request.getfixturevalue("reader")
    except Exception:
        assert seen, "something else went wrong"  # whether the error is shown is another probe's question


def test_nothing_is_left_open() -> None:
    left = len(open_readers)
    assert (len(seen) > 0, left) == (True, 0), f"{left} left open"
