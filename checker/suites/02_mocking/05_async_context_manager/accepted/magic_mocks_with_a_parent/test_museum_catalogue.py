from unittest.mock import AsyncMock, MagicMock, Mock, call

import pytest

from museum_catalogue import Artwork, Catalogue, MuseumUnavailable, NotInTheCollection


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def work(title: str) -> dict[str, str]:
    return {"title": title, "artist": f"painter of {title}"}


def art(number: int, title: str) -> Artwork:
    return Artwork(number, title, f"painter of {title}")


@pytest.mark.anyio
class TestCatalogue:
    @pytest.fixture(autouse=True)
    def museum(self) -> None:
        self.seen = Mock()
        self.answers: list[MagicMock] = []
        self.session = MagicMock()
        self.session.get.side_effect = self.get
        self.open_session = MagicMock(side_effect=self.open)
        self.catalogue = Catalogue(self.open_session)

    def manager(self, entered: object, name: str) -> MagicMock:
        manager = MagicMock()
        note = getattr(self.seen, name)

        async def enter() -> object:
            if isinstance(entered, Exception):
                raise entered
            note.enter()
            return entered

        async def leave(*_: object) -> bool:
            note.leave()
            return False

        manager.__aenter__.side_effect = enter
        manager.__aexit__.side_effect = leave
        return manager

    def open(self) -> MagicMock:
        return self.manager(self.session, "session")

    def get(self, path: str) -> MagicMock:
        self.seen.get(path)
        return self.answers.pop(0)

    def will_answer(self, body: object, status: int = 200) -> AsyncMock:
        json = AsyncMock(side_effect=self.seen.json)
        if isinstance(body, Exception):
            json.side_effect = body
        else:
            json.side_effect = lambda: (self.seen.json(), body)[1]
        self.answers.append(self.manager(Mock(status=status, json=json), "answer"))
        return json

    def asked(self, *paths: str, read: bool = True) -> list[object]:
        """The course of one session with these requests."""
        course: list[object] = [call.session.enter()]
        for path in paths:
            course += [call.get(path), call.answer.enter()]
            course += [call.json()] if read or path != paths[-1] else []
            course += [call.answer.leave()]
        return [*course, call.session.leave()]

    async def test_artwork(self) -> None:
        self.will_answer(work("Harbour"))
        assert await self.catalogue.artwork(12) == art(12, "Harbour")
        assert self.seen.mock_calls == self.asked("/works/12")

    async def test_room(self) -> None:
        self.will_answer({"works": [9, 2, 5]})
        for title in ("Nine", "Two", "Five"):
            self.will_answer(work(title))
        assert await self.catalogue.room("north") == [art(9, "Nine"), art(2, "Two"), art(5, "Five")]
        assert self.seen.mock_calls == self.asked(
            "/rooms/north", "/works/9", "/works/2", "/works/5"
        )
        self.open_session.assert_called_once_with()

    async def test_empty_room(self) -> None:
        self.will_answer({"works": []})
        assert await self.catalogue.room("south") == []

    async def test_twice(self) -> None:
        self.will_answer(work("Harbour"))
        self.will_answer(work("Storm"))
        await self.catalogue.artwork(1)
        await self.catalogue.artwork(2)
        assert self.open_session.call_count == 2
        assert self.seen.mock_calls == self.asked("/works/1") + self.asked("/works/2")

    @pytest.mark.parametrize("status", [404, 201, 204, 301, 403, 500, 503])
    async def test_refusals(self, status: int) -> None:
        json = self.will_answer(work("Harbour"), status)
        with pytest.raises(Exception) as info:
            await self.catalogue.artwork(12)
        if status == 404:
            assert type(info.value) is NotInTheCollection
        else:
            assert type(info.value) is MuseumUnavailable
            assert info.value.status == status
        json.assert_not_called()
        assert self.seen.mock_calls == self.asked("/works/12", read=False)

    async def test_no_json(self) -> None:
        error = TypeError("text/html")
        self.will_answer(error)
        with pytest.raises(TypeError) as info:
            await self.catalogue.artwork(12)
        assert info.value is error
        assert self.seen.mock_calls == self.asked("/works/12", read=False)

    async def test_no_answer(self) -> None:
        self.answers = [self.manager(TimeoutError(), "answer")]
        with pytest.raises(TimeoutError):
            await self.catalogue.artwork(12)
        assert self.seen.mock_calls[-1] == call.session.leave()

    async def test_no_session(self) -> None:
        self.open_session.side_effect = [self.manager(ConnectionError(), "session")]
        with pytest.raises(ConnectionError):
            await self.catalogue.room("north")

    @pytest.mark.parametrize("status", [404, 500])
    async def test_room_with_a_bad_work(self, status: int) -> None:
        self.will_answer({"works": [9, 2, 5]})
        self.will_answer(work("Nine"))
        self.will_answer(work("Two"), status)
        self.will_answer(work("Five"))
        with pytest.raises((NotInTheCollection, MuseumUnavailable)):
            await self.catalogue.room("north")
        assert self.seen.mock_calls == self.asked(
            "/rooms/north", "/works/9", "/works/2", read=False
        )

    async def test_no_room(self) -> None:
        self.will_answer({"works": []}, 404)
        with pytest.raises(NotInTheCollection):
            await self.catalogue.room("north")
