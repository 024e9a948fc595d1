"""What the catalogue returns, and what it enters and leaves on the way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from museum_catalogue import Artwork, Catalogue, MuseumUnavailable, NotInTheCollection

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


async def test_what_is_not_there_is_an_error(museum: Museum, catalogue: Catalogue) -> None:
    museum.answers["/works/7"] = Answer({"title": "?", "artist": "?"}, status=404)

    with pytest.raises(NotInTheCollection):
        await catalogue.artwork(7)



@pytest.mark.parametrize("status", [204, 500])
async def test_another_status_is_an_error(
    museum: Museum, catalogue: Catalogue, status: int
) -> None:
    museum.answers["/works/7"] = Answer({"title": "?", "artist": "?"}, status)

    with pytest.raises(MuseumUnavailable) as caught:
        await catalogue.artwork(7)

    assert caught.value.status == status


async def test_a_body_that_cannot_be_read(museum: Museum, catalogue: Catalogue) -> None:
    error = ValueError("no JSON")
    museum.answers["/works/7"] = Answer(error)

    with pytest.raises(ValueError, match="no JSON") as caught:
        await catalogue.artwork(7)

    assert caught.value is error


async def test_a_request_that_gets_no_answer(museum: Museum, catalogue: Catalogue) -> None:
    museum.answers["/works/7"] = error = OSError("line cut")

    with pytest.raises(OSError, match="line cut") as caught:
        await catalogue.artwork(7)

    assert caught.value is error


@pytest.mark.parametrize("question", ["artwork", "room"])
async def test_a_session_that_cannot_be_opened(
    museum: Museum, catalogue: Catalogue, question: str
) -> None:
    museum.refusal = OSError("too many lines")

    with pytest.raises(OSError, match="too many lines") as caught:
        await getattr(catalogue, question)(7)

    assert caught.value is museum.refusal


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(Answer({}, status=404), NotInTheCollection, id="not-there"),
        pytest.param(Answer({}, status=503), MuseumUnavailable, id="unavailable"),
        pytest.param(OSError("line cut"), OSError, id="no-answer"),
    ],
)
async def test_a_room_fails_with_any_of_its_works(
    museum: Museum, catalogue: Catalogue, answer: Answer | Exception, error: type[Exception]
) -> None:
    museum.answers["/works/7"] = answer

    with pytest.raises(error):
        await catalogue.room("blue")

    asked = [event for event in museum.diary if event.startswith("/")]
    assert asked == ["/rooms/blue", "/works/7"]


async def test_a_room_that_is_not_there(museum: Museum, catalogue: Catalogue) -> None:
    museum.answers["/rooms/blue"] = Answer({"works": [7]}, status=404)

    with pytest.raises(NotInTheCollection):
        await catalogue.room("blue")

