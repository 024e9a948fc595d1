import asyncio

import pytest

from museum_catalogue import Artwork, Catalogue, MuseumUnavailable, NotInTheCollection


class Entered:
    """A manager that knows whether it is open."""

    state = "new"
    fails = None

    async def __aenter__(self):
        assert self.state == "new"
        if self.fails:
            raise self.fails
        self.state = "open"
        return self

    async def __aexit__(self, *_):
        assert self.state == "open"
        self.state = "left"


class Answer(Entered):
    def __init__(self, status=200, body=None, fails=None):
        self._status, self.body, self.fails, self.was_read = status, body, fails, False

    @property
    def status(self):
        assert self.state == "open"
        return self._status

    async def json(self):
        assert self.state == "open"
        self.was_read = True
        if isinstance(self.body, Exception):
            raise self.body
        return self.body


class Session(Entered):
    def __init__(self, answers):
        self.waiting = list(answers)
        self.given = []
        self.paths = []

    def get(self, path):
        assert self.state == "open"
        assert all(answer.state == "left" for answer in self.given)
        self.paths.append(path)
        self.given.append(self.waiting.pop(0))
        return self.given[-1]

    async def __aexit__(self, *_):
        assert all(answer.state != "open" for answer in self.given)
        await super().__aexit__()


def ask(question, argument, *answers):
    """The result of a call (or its error) and the session that it used."""
    session = Session(answers)
    sessions = [session]
    catalogue = Catalogue(lambda: sessions.pop())
    try:
        result = asyncio.run(getattr(catalogue, question)(argument))
    except AssertionError:
        raise
    except Exception as error:
        result = error
    assert session.state == "left"
    return result, session


BOAT = {"title": "Boat", "artist": "B"}
CLIFF = {"title": "Cliff", "artist": "C"}


def test_artwork():
    result, session = ask("artwork", 31, Answer(body=BOAT))
    assert result == Artwork(31, "Boat", "B")
    assert session.paths == ["/works/31"]
    assert session.given[0].state == "left"


def test_room():
    result, session = ask(
        "room", "tower", Answer(body={"works": [31, 4]}), Answer(body=BOAT), Answer(body=CLIFF)
    )
    assert result == [Artwork(31, "Boat", "B"), Artwork(4, "Cliff", "C")]
    assert session.paths == ["/rooms/tower", "/works/31", "/works/4"]
    assert [answer.state for answer in session.given] == ["left"] * 3


def test_empty_room():
    result, _ = ask("room", "tower", Answer(body={"works": []}))
    assert result == []


@pytest.mark.parametrize("status", [200, 204, 302, 400, 404, 500, 503])
@pytest.mark.parametrize("body", [BOAT, ValueError("html")])
def test_status(status, body):
    result, session = ask("artwork", 31, Answer(status, body))
    [answer] = session.given
    assert answer.state == "left"
    assert answer.was_read is (status == 200)
    if status == 200:
        assert result in (Artwork(31, "Boat", "B"), body)
    elif status == 404:
        assert type(result) is NotInTheCollection
    else:
        assert type(result) is MuseumUnavailable
        assert result.status == status


@pytest.mark.parametrize(
    "bad",
    [
        Answer(404, CLIFF),
        Answer(500, CLIFF),
        Answer(body=KeyError("x")),
        Answer(fails=OSError()),
    ],
)
@pytest.mark.parametrize("position", [0, 1])
def test_room_with_something_bad(bad, position):
    bad.state, bad.was_read = "new", False
    answers = [Answer(body={"works": [31, 4]}), Answer(body=BOAT), Answer(body=CLIFF)]
    answers[position] = bad
    result, session = ask("room", "tower", *answers)
    assert isinstance(result, (NotInTheCollection, MuseumUnavailable, KeyError, OSError))
    assert len(session.paths) == position + 1
    assert bad.state == ("new" if bad.fails else "left")
    if bad.fails:
        assert result is bad.fails


def test_no_answer():
    error = OSError("cable")
    result, _ = ask("artwork", 31, Answer(fails=error))
    assert result is error


def test_no_session():
    session = Session([])
    session.fails = OSError("full")
    with pytest.raises(OSError, match="full"):
        asyncio.run(Catalogue(lambda: session).artwork(31))


def test_two_calls():
    sessions = [Session([Answer(body=BOAT)]), Session([Answer(body=CLIFF)])]
    waiting = list(sessions)
    catalogue = Catalogue(lambda: waiting.pop(0))

    async def both():
        return await catalogue.artwork(31), await catalogue.artwork(4)

    assert asyncio.run(both()) == (Artwork(31, "Boat", "B"), Artwork(4, "Cliff", "C"))
    assert [session.state for session in sessions] == ["left", "left"]
