from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from museum_catalogue import Artwork, Catalogue, MuseumUnavailable, NotInTheCollection

PAGES: dict[str, Any] = {
    "/works/1": {"title": "One", "artist": "X"},
    "/works/2": {"title": "Two", "artist": "Y"},
    "/rooms/a": {"works": [2, 1]},
    "/rooms/z": {"works": []},
}


@dataclass
class Wire:
    """The museum's end: pages by path, statuses and errors where a test wants them."""

    status: dict[str, int] = field(default_factory=dict)
    cut: dict[str, Exception] = field(default_factory=dict)
    garbled: dict[str, Exception] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    sessions: int = 0

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Any]:
        if "" in self.cut:
            raise self.cut[""]
        self.sessions += 1
        name = f"session {self.sessions}"
        self.log.append(f"+{name}")
        try:
            yield SimpleNamespace(get=lambda path: self.answer(name, path))
        finally:
            self.log.append(f"-{name}")

    @asynccontextmanager
    async def answer(self, session: str, path: str) -> AsyncIterator[Any]:
        assert f"-{session}" not in self.log, "request over a session that was left"
        if path in self.cut:
            raise self.cut[path]
        self.log.append(f"+{path}")

        left = False

        async def json() -> Any:
            assert not left, "read after it was left"
            self.log.append(f"={path}")
            if path in self.garbled:
                raise self.garbled[path]
            return PAGES[path]

        try:
            yield SimpleNamespace(status=self.status.get(path, 200), json=json)
        finally:
            left = True
            self.log.append(f"-{path}")


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def catalogue(wire: Wire) -> Catalogue:
    return Catalogue(wire.session)


ONE, TWO = Artwork(1, "One", "X"), Artwork(2, "Two", "Y")


@pytest.mark.asyncio
async def test_everything_in_turn(wire: Wire, catalogue: Catalogue) -> None:
    assert await catalogue.artwork(1) == ONE
    assert await catalogue.room("z") == []
    assert await catalogue.room("a") == [TWO, ONE]
    assert wire.log[:5] == ["+session 1", "+/works/1", "=/works/1", "-/works/1", "-session 1"]
    assert wire.log[10:] == (
        "+session 3|+/rooms/a|=/rooms/a|-/rooms/a|+/works/2|=/works/2|-/works/2"
        "|+/works/1|=/works/1|-/works/1|-session 3"
    ).split("|")


def missing(wire: Wire, path: str) -> type[Exception]:
    wire.status[path] = 404
    return NotInTheCollection


def broken(wire: Wire, path: str) -> type[Exception]:
    wire.status[path] = 502
    return MuseumUnavailable


def empty(wire: Wire, path: str) -> type[Exception]:
    wire.status[path] = 204
    return MuseumUnavailable


def cut(wire: Wire, path: str) -> type[Exception]:
    wire.cut[path] = OSError("cut")
    return OSError


def garbled(wire: Wire, path: str) -> type[Exception]:
    wire.garbled[path] = UnicodeError("garbled")
    return UnicodeError


@pytest.mark.asyncio
@pytest.mark.parametrize("failure", [missing, broken, empty, cut, garbled])
@pytest.mark.parametrize(
    ("question", "argument", "bad"),
    [("artwork", 1, "/works/1"), ("room", "a", "/works/2"), ("room", "a", "/rooms/a")],
)
async def test_failures(
    wire: Wire,
    catalogue: Catalogue,
    failure: Callable[[Wire, str], type[Exception]],
    question: str,
    argument: Any,
    bad: str,
) -> None:
    expected = failure(wire, bad)

    with pytest.raises(expected) as info:
        await getattr(catalogue, question)(argument)

    if isinstance(info.value, MuseumUnavailable):
        assert info.value.status == wire.status[bad]
    for error in (*wire.cut.values(), *wire.garbled.values()):
        assert info.value is error
    assert "+/works/1" not in wire.log or bad == "/works/1"
    assert (f"={bad}" in wire.log) is (failure is garbled)
    assert wire.log[-1] == "-session 1"
    if failure is not cut:
        assert wire.log[-2] == f"-{bad}"


@pytest.mark.asyncio
async def test_no_session(wire: Wire, catalogue: Catalogue) -> None:
    wire.cut[""] = OSError("no line free")
    with pytest.raises(OSError, match="no line free"):
        await catalogue.artwork(1)
    assert wire.log == []
