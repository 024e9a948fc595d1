"""aiosqlite gives each open connection a thread: their number does not grow from test to test."""

import threading

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from grading import start

seen: list[int] = []


def open_connections() -> int:
    """Threads beside the main one that are still there a moment later."""
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    for thread in others:
        thread.join(timeout=0.2)
    return sum(thread.is_alive() for thread in others)


@pytest.mark.asyncio
async def test_uses_a_session(session: AsyncSession) -> None:
    await start(session, "Robin")


def test_first_look() -> None:
    seen.append(open_connections())


@pytest.mark.asyncio
async def test_fails_with_a_session(session: AsyncSession) -> None:
    await start(session, "Robin")
    pytest.fail("this test is meant to fail")


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_uses_more_sessions(session: AsyncSession, number: int) -> None:
    await start(session, f"candidate {number}")


def test_second_look() -> None:
    assert open_connections() <= seen[0]
