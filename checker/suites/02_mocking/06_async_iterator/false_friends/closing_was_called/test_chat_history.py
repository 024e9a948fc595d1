"""What a search takes from the archive's streams, and how it leaves them."""

from collections.abc import AsyncIterator
from unittest.mock import AsyncMock

import pytest

from chat_history import ConnectionLost, Message, Page, find

pytestmark = pytest.mark.asyncio

ONE, TWO, THREE, FOUR, FIVE = (Message(n, "Kim", f"tea {n}") for n in (1, 2, 3, 4, 5))
MILK = Message(6, "Kay", "milk")


class Stream:
    """Gives pages one after the other, or raises one. Knows what it was asked, and its end."""

    def __init__(self, *script: Page | Exception) -> None:
        self._script = iter(script)
        self.asked = 0
        self.aclose = AsyncMock()

    def __aiter__(self) -> AsyncIterator[Page]:
        return self

    async def __anext__(self) -> Page:
        self.asked += 1
        for page in self._script:
            if isinstance(page, Exception):
                raise page
            return page
        raise StopAsyncIteration

class Archive:
    """Hands out its streams in turn, and notes from where on each was wanted."""

    def __init__(self, *streams: Stream) -> None:
        self._streams = list(streams)
        self.opened: list[tuple[str, int]] = []

    def pages(self, room: str, *, first: int) -> Stream:
        self.opened.append((room, first))
        assert self._streams, "one stream too many"
        return self._streams.pop(0)


def about_tea(message: Message) -> bool:
    return "tea" in message.text


async def test_all_pages_are_read_to_the_end() -> None:
    archive = Archive(Stream([TWO, MILK, ONE], [], [MILK], [FOUR, THREE]))

    found = await find("kitchen", about_tea, 9, archive=archive)

    assert found == [TWO, ONE, FOUR, THREE]
    assert archive.opened == [("kitchen", 0)]


@pytest.mark.parametrize(
    ("limit", "expected", "asked"),
    [
        pytest.param(1, [ONE], 1, id="within-a-page"),
        pytest.param(2, [ONE, TWO], 1, id="with-the-last-of-a-page"),
        pytest.param(3, [ONE, TWO, THREE], 2, id="within-the-next-page"),
    ],
)
async def test_enough_is_enough(limit: int, expected: Page, asked: int) -> None:
    stream = Stream([ONE, TWO], [THREE, FOUR], [FIVE])

    found = await find("kitchen", about_tea, limit, archive=Archive(stream))

    assert found == expected
    assert stream.asked == asked
    stream.aclose.assert_called_once()


async def test_a_limit_of_none_at_all() -> None:
    archive = Archive()

    assert await find("kitchen", about_tea, 0, archive=archive) == []
    assert archive.opened == []


@pytest.mark.parametrize("kind", [TypeError, ConnectionLost])
@pytest.mark.parametrize("losses", [0, 1], ids=["first-stream", "second-stream"])
async def test_a_stream_is_closed_when_the_question_fails(
    losses: int, kind: type[Exception]
) -> None:
    stream = Stream([ONE, TWO], [THREE])
    archive = Archive(*[Stream(ConnectionLost())] * losses, stream, Stream([FOUR]))
    error = kind("no text")

    def fail(message: Message) -> bool:
        raise error

    with pytest.raises(kind) as caught:
        await find("kitchen", fail, 9, archive=archive)

    assert caught.value is error
    assert len(archive.opened) == losses + 1
    stream.aclose.assert_called_once()


async def test_a_lost_connection_is_made_up_for() -> None:
    second = Stream([THREE], [FOUR, FIVE], [MILK])
    archive = Archive(Stream([ONE], [MILK], [], [TWO], ConnectionLost()), second)

    found = await find("kitchen", about_tea, 4, archive=archive)

    assert found == [ONE, TWO, THREE, FOUR]
    assert archive.opened == [("kitchen", 0), ("kitchen", 4)]
    assert second.asked == 2
    second.aclose.assert_called_once()


async def test_a_connection_that_is_lost_at_once() -> None:
    archive = Archive(Stream(ConnectionLost()), Stream([ONE]))

    found = await find("kitchen", about_tea, 9, archive=archive)

    assert found == [ONE]
    assert archive.opened == [("kitchen", 0)] * 2


async def test_a_second_loss_is_told() -> None:
    second = ConnectionLost("again")
    archive = Archive(Stream([ONE], ConnectionLost("once")), Stream([TWO], second))

    with pytest.raises(ConnectionLost) as caught:
        await find("kitchen", about_tea, 9, archive=archive)

    assert caught.value is second
    assert len(archive.opened) == 2


@pytest.mark.parametrize("kind", [ValueError, ConnectionError])
@pytest.mark.parametrize("pages", [[], [[ONE]]], ids=["at-once", "behind-a-page"])
@pytest.mark.parametrize("losses", [0, 1], ids=["first-stream", "second-stream"])
async def test_other_errors_are_told_at_once(
    losses: int, pages: list[Page], kind: type[Exception]
) -> None:
    error = kind("no such room")
    broken = Stream(*pages, error)
    archive = Archive(*[Stream(ConnectionLost())] * losses, broken, Stream([TWO]))

    with pytest.raises(kind) as caught:
        await find("kitchen", about_tea, 9, archive=archive)

    assert caught.value is error
    assert len(archive.opened) == losses + 1
