"""What the catalogue returns, and what it enters and leaves on the way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from museum_catalogue import Artwork, Catalogue

pytestmark = pytest.mark.asyncio

TIDE, MILL = Artwork(7, "Low Tide", "unknown"), Artwork(3, "The Mill", "A. Painter")


class Answer:
    """What the museum says to one request. A body that is an exception is raised."""

    def __init__(self, body: Any, status: int = 200) -> None:
        self.status = status
        self.body = body
        self.diary: list[str] = []

    async def json(self) -> Any:
        self.diary.append("read")
        if isinstance(self.body, Exception):
            raise self.body
        return self.body


class Museum:
    """Answers by path, and keeps a diary of what was entered, read and left."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Exception] = {
            "/works/7": Answer({"title": "Low Tide", "artist": "unknown"}),
            "/works/3": Answer({"title": "The Mill", "artist": "A. Painter"}),
            "/rooms/blue": Answer({"works": [7, 3]}),
            "/rooms/empty": Answer({"works": []}),
        }
        self.refusal: Exception | None = None
        self.diary: list[str] = []

    @asynccontextmanager
    async def open_session(self) -> AsyncIterator["Museum"]:
        if self.refusal is not None:
            raise self.refusal
        self.diary.append("open")
        try:
            yield self
        finally:
            self.diary.append("close")

    @asynccontextmanager
    async def get(self, path: str) -> AsyncIterator[Answer]:
        self.diary.append(path)
        answer = self.answers[path]
        if isinstance(answer, Exception):
            raise answer
        answer.diary = self.diary
        try:
            yield answer
        finally:
            self.diary.append("left")


@pytest.fixture
def museum() -> Museum:
    return Museum()


@pytest.fixture
def catalogue(museum: Museum) -> Catalogue:
    return Catalogue(museum.open_session)


async def test_a_work_is_read_and_everything_is_left(museum: Museum, catalogue: Catalogue) -> None:
    artwork = await catalogue.artwork(7)

    assert artwork == TIDE
    assert museum.diary == ["open", "/works/7", "read", "left", "close"]


async def test_a_room_is_read_over_one_session(museum: Museum, catalogue: Catalogue) -> None:
    artworks = await catalogue.room("blue")

    assert artworks == [TIDE, MILL]
    assert museum.diary == [
        *("open", "/rooms/blue", "read", "left"),
        *("/works/7", "read", "left", "/works/3", "read", "left", "close"),
    ]


async def test_a_room_may_be_empty(catalogue: Catalogue) -> None:
    assert await catalogue.room("empty") == []


async def test_each_call_has_a_session_of_its_own(museum: Museum, catalogue: Catalogue) -> None:
    await catalogue.room("empty")
    await catalogue.artwork(7)
    await catalogue.artwork(3)

    sessions = [event for event in museum.diary if event in ("open", "close")]
    assert sessions == ["open", "close"] * 3
