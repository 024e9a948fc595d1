"""28 to 31: what an author sees happen."""

import asyncio
import json
from collections.abc import AsyncGenerator

import pytest

from assessments.progress import ProgressBoard, progress_stream
from conftest import Given
from fakes import KIM, LEE, User, connected, milk_of, seat_of

pytestmark = pytest.mark.asyncio

SILENCE = ": nothing new\n\n"


def told(text: str) -> tuple[str, str, object]:
    """An event as its id, its name and its data."""
    number, name, data, *end = text.split("\n")
    assert (number[:4], name[:7], data[:6], end) == ("id: ", "event: ", "data: ", ["", ""])
    return number[4:], name[7:], json.loads(data[6:])


async def read(stream: AsyncGenerator[str, None], count: int) -> list[tuple[str, str, object]]:
    async with asyncio.timeout(0.5):
        return [told(await anext(stream)) for _ in range(count)]


async def all_of(board: ProgressBoard, number: int) -> list[tuple[str, str, object]]:
    """Everything so far, up to the first silence."""
    stream = progress_stream(board, number, connected, heartbeat_s=0.001)
    seen = []
    async with asyncio.timeout(0.5):
        async for text in stream:
            if text == SILENCE:
                break
            seen.append(told(text))
        await stream.aclose()
    return seen


async def watched(board: ProgressBoard, number: int, by: int = 1) -> None:
    async with asyncio.timeout(0.5):
        while board.watchers(number) != by:
            await asyncio.sleep(0)


async def test_answers_and_submissions_are_told(
    kim: User, lee: User, tea: int, given: Given, board: ProgressBoard
) -> None:
    await given(milk_of(), seat_of(LEE, 2))
    await lee.answer(2, 3)
    await kim.submit(tea)
    await kim.answer(tea, 1, 2)
    await kim.submit(tea)
    await kim.submit(tea)
    await kim.ask("PUT", f"/{tea}/answers/1", {"value": 2})

    assert await all_of(board, tea) == [
        ("1", "answered", {"learner": KIM, "answered": 1}),
        ("2", "answered", {"learner": KIM, "answered": 2}),
        ("3", "submitted", {"learner": KIM}),
    ]
    assert await all_of(board, 2) == [("1", "answered", {"learner": LEE, "answered": 1})]


async def test_what_comes_later_is_told_to_everybody_who_follows(board: ProgressBoard) -> None:
    board.publish(7, "answered", {"answered": 1})
    one, two = (progress_stream(board, 7, connected) for _ in range(2))
    readers = [asyncio.create_task(read(stream, 3)) for stream in (one, two)]
    await watched(board, 7, by=2)

    board.publish(8, "answered", {"answered": 1})
    board.publish(7, "answered", {"answered": 2})
    board.publish(7, "submitted", {})

    first, second = await asyncio.gather(*readers)
    assert first == [
        ("1", "answered", {"answered": 1}),
        ("2", "answered", {"answered": 2}),
        ("3", "submitted", {}),
    ]
    assert second == first
    await one.aclose()
    assert board.watchers(7) == 1
    await two.aclose()
    assert board.watchers(7) == 0


async def test_silence_is_told_each_time_and_loses_nothing(board: ProgressBoard) -> None:
    stream = progress_stream(board, 7, connected, heartbeat_s=0.001)
    async with asyncio.timeout(0.5):
        assert [await anext(stream), await anext(stream)] == [SILENCE, SILENCE]
        board.publish(7, "answered", {})
        board.publish(7, "answered", {})
        assert [number for number, _, _ in await read(stream, 2)] == ["1", "2"]
        assert await anext(stream) == SILENCE
    await stream.aclose()


@pytest.mark.parametrize("happens", [True, False])
async def test_nobody_is_told_who_is_gone(board: ProgressBoard, happens: bool) -> None:
    replies = [False, True]

    async def is_disconnected() -> bool:
        return replies.pop(0)

    if happens:
        board.publish(7, "answered", {})
        board.publish(7, "answered", {})
    stream = progress_stream(board, 7, is_disconnected, heartbeat_s=0.001)
    async with asyncio.timeout(0.5):
        texts = [text async for text in stream]

    assert len(texts) == 1
    assert replies == []
    assert board.watchers(7) == 0


async def test_a_cancelled_reader_does_not_follow_any_more(board: ProgressBoard) -> None:
    stream = progress_stream(board, 7, connected)
    assert board.watchers(7) == 0
    reader = asyncio.create_task(anext(stream))
    await watched(board, 7)
    assert board.watchers(8) == 0

    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader

    assert board.watchers(7) == 0
