import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from chat_history import ConnectionLost, Message, Page, find

pytestmark = pytest.mark.asyncio

ONE, TWO = Message(1, "Kim", "tea 1"), Message(2, "Kim", "tea 2")


class Archive:
    def __init__(self, *streams: list[Page | Exception]) -> None:
        self.streams = list(streams)
        self.first: list[int] = []
        self.left = 0

    async def pages(self, room: str, *, first: int) -> AsyncIterator[Page]:
        self.first.append(first)
        try:
            for page in self.streams.pop(0):
                if isinstance(page, Exception):
                    raise page
                yield page
        finally:
            self.left += 1

    async def find_with(self, wanted: Callable[[Message], bool]) -> list[Message]:
        return await find("kitchen", wanted, 9, archive=self)

    async def find(self, limit: int = 9) -> list[Message]:
        return await find("kitchen", lambda message: True, limit, archive=self)


async def test_a_limit_of_0_finds_nothing() -> None:
    assert await Archive([[ONE]]).find(0) == []


async def test_closed_sooner_or_later() -> None:
    archive = Archive([[ONE, TWO]])
    await archive.find(1)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert archive.left == 1


async def test_one_loss_is_no_error() -> None:
    await Archive([[ONE], ConnectionLost()], [[TWO]]).find()


async def test_not_from_the_beginning() -> None:
    archive = Archive([[ONE], ConnectionLost()], [[TWO]])
    await archive.find()
    assert archive.first[1:] != [0]


async def test_no_more_than_the_limit() -> None:
    assert len(await Archive([[ONE], ConnectionLost()], [[TWO, ONE]]).find(2)) <= 2


async def test_two_losses_are_an_error() -> None:
    with pytest.raises(ConnectionLost):
        await Archive([ConnectionLost()], [ConnectionLost()], [[ONE]]).find()


async def test_three_losses_are_an_error() -> None:
    with pytest.raises(ConnectionLost):
        await Archive([ConnectionLost()], [ConnectionLost()], [ConnectionLost()]).find()


async def test_a_broken_stream_is_an_error() -> None:
    with pytest.raises(Exception):
        await Archive([[ONE], ValueError()], [[TWO]]).find()


async def test_two_broken_streams_are_an_error() -> None:
    with pytest.raises(Exception):
        await Archive([[ONE], ValueError()], [ValueError()]).find()


async def test_a_broken_stream_is_no_loss() -> None:
    with pytest.raises((ValueError, RuntimeError)):
        await Archive([[ONE], ValueError()], [ValueError()]).find()


async def test_a_failing_question_is_an_error_in_the_second_stream() -> None:
    def fail(message: Message) -> bool:
        raise KeyError(message.number)

    with pytest.raises(KeyError):
        await Archive([ConnectionLost()], [[ONE]]).find_with(fail)


async def test_another_error_in_the_second_stream_is_an_error() -> None:
    with pytest.raises(Exception):
        await Archive([ConnectionLost()], [ValueError()]).find()
