import asyncio
import json

import pytest

from assessments.mail import GatewayBusy, Mailer, MailFailed
from assessments.progress import progress_stream

pytestmark = pytest.mark.asyncio
WAIT_S = 1


class Slow:
    """Each mail waits for its own permission, and may be told to fail."""

    def __init__(self):
        self.inside, self.entered = {}, asyncio.Queue()

    async def send(self, to, subject, text):
        self.inside[subject] = asyncio.get_running_loop().create_future()
        self.entered.put_nowait(subject)
        await self.inside[subject]

    async def next(self):
        return await asyncio.wait_for(self.entered.get(), WAIT_S)


async def no_time(_seconds):
    return None


@pytest.mark.parametrize("to", ["busy@x.org", "no@x.org"])
async def test_hopeless(letters, mailer, naps, to):
    for _ in range(2):
        with pytest.raises(MailFailed):
            await asyncio.wait_for(mailer.send(to, "s", "t"), WAIT_S)

    tries, waits = (6, [1.0, 2.0] * 2) if to.startswith("busy") else (2, [])
    assert (letters.tries[to], naps) == (tries, waits)


async def test_straight(letters, mailer, naps):
    await mailer.send("a@x.org", "s", "t")

    assert (letters.kept, naps) == (["a@x.org|s|t"], [])


@pytest.mark.parametrize("stuck", [1, 2, 3])
async def test_hanging(letters, mailer, naps, stuck):
    ended = []

    async def hang():
        if letters.tries["a@x.org"] <= stuck:
            try:
                await asyncio.Event().wait()
            finally:
                ended.append(1)

    letters.peek = hang
    sending = asyncio.wait_for(mailer.send("a@x.org", "s", "t"), WAIT_S)
    if stuck == 3:
        with pytest.raises(MailFailed):
            await sending
    else:
        await sending
        assert letters.kept == ["a@x.org|s|t"]

    assert (len(ended), naps) == (stuck, [1.0, 2.0][:stuck])


async def test_queueing():
    gateway = Slow()
    mailer = Mailer(gateway, no_time)
    tasks = [asyncio.create_task(mailer.send(to, subject, "")) for to, subject in ["a1", "a2", "b3"]]

    assert sorted([await gateway.next(), await gateway.next()]) == ["1", "3"]
    gateway.inside["1"].set_exception(GatewayBusy())
    assert await gateway.next() == "1"
    gateway.inside["1"].set_result(None)
    assert await gateway.next() == "2"
    gateway.inside["2"].set_result(None)
    gateway.inside["3"].set_result(None)
    await asyncio.wait_for(asyncio.gather(*tasks), WAIT_S)


async def test_cancelling():
    gateway = Slow()
    mailer = Mailer(gateway, no_time)
    first = asyncio.create_task(mailer.send("a", "1", ""))
    await gateway.next()

    first.cancel()
    await asyncio.wait([first], timeout=WAIT_S)

    assert first.cancelled()
    assert gateway.entered.empty()
    second = asyncio.create_task(mailer.send("a", "2", ""))
    assert await gateway.next() == "2"
    gateway.inside["2"].set_result(None)
    await second


def parsed(text):
    first, second, third, *rest = text.split("\n")
    assert rest == ["", ""]
    return first, second, json.loads(third.removeprefix("data: "))


async def here():
    return False


async def test_what_is_shown(service, board):
    board.publish(2, "answered", {})
    for number in (1, 2, 3):
        await service("answer", "pia@x.org", 3, number, 1)
    await service("submit", "pia@x.org", 3)
    stream = progress_stream(board, 3, here)

    events = [parsed(await asyncio.wait_for(anext(stream), WAIT_S)) for _ in range(4)]

    assert events == [
        *((f"id: {n}", "event: answered", {"learner": "pia@x.org", "answered": n}) for n in (1, 2, 3)),
        ("id: 4", "event: submitted", {"learner": "pia@x.org"}),
    ]
    waiting = asyncio.create_task(anext(stream))
    await asyncio.sleep(0)
    board.publish(3, "x", {})
    assert parsed(await asyncio.wait_for(waiting, WAIT_S)) == ("id: 5", "event: x", {})
    await stream.aclose()


async def test_watchers(board):
    board.publish(1, "x", {})
    streams = [progress_stream(board, 1, here) for _ in range(3)]
    texts = [await anext(stream) for stream in streams]
    assert (len(set(texts)), board.watchers(1), board.watchers(2)) == (1, 3, 0)

    await streams[0].aclose()
    assert board.watchers(1) == 2
    waiting = asyncio.create_task(anext(streams[1]))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert board.watchers(1) == 1
    await streams[2].aclose()
    assert board.watchers(1) == 0


@pytest.mark.parametrize("events", [0, 5])
async def test_leaving(board, events):
    answers = [True, False, False]
    for _ in range(events):
        board.publish(1, "x", {})

    async def leaving():
        return answers.pop()

    async with asyncio.timeout(WAIT_S):
        texts = [text async for text in progress_stream(board, 1, leaving, 0.001)]

    assert [text.startswith(":") for text in texts] == [events == 0] * 2
    assert board.watchers(1) == 0


async def test_quiet(board):
    stream = progress_stream(board, 1, here, heartbeat_s=0.001)
    assert [await asyncio.wait_for(anext(stream), WAIT_S) for _ in "ab"] == [": nothing new\n\n"] * 2
    await stream.aclose()
