from unittest.mock import AsyncMock, MagicMock

import pytest

from museum_catalogue import Artwork, Catalogue, MuseumUnavailable, NotInTheCollection

pytestmark = pytest.mark.asyncio

TIDE = {"title": "Low Tide", "artist": "unknown"}
MILL = {"title": "The Mill", "artist": "A. Painter"}


def manager_of(entered: object) -> MagicMock:
    manager = MagicMock()
    manager.__aenter__ = AsyncMock(return_value=entered)
    manager.__aexit__ = AsyncMock()
    return manager


class Museum:
    """Answers in turn, and keeps all managers."""

    def __init__(self, *answers: tuple[int, object]) -> None:
        self.answers = []
        for status, body in answers:
            answer = MagicMock(status=status)
            answer.json = AsyncMock(side_effect=[body])
            self.answers.append(manager_of(answer))
        self.session = MagicMock()
        self.session.get.side_effect = self.answers
        self.sessions = manager_of(self.session)
        self.catalogue = Catalogue(MagicMock(return_value=self.sessions))


async def test_a_work_is_found() -> None:
    museum = Museum((200, TIDE))

    assert await museum.catalogue.artwork(7) == Artwork(7, "Low Tide", "unknown")
    museum.session.get.assert_called_once_with("/works/7")
    museum.answers[0].__aexit__.assert_awaited_once()
    museum.sessions.__aexit__.assert_awaited_once()


async def test_a_work_that_is_not_there() -> None:
    museum = Museum((404, TIDE))

    with pytest.raises(NotInTheCollection):
        await museum.catalogue.artwork(7)

    museum.answers[0].__aexit__.assert_awaited_once()
    museum.sessions.__aexit__.assert_awaited_once()


async def test_the_museum_is_out_of_order() -> None:
    museum = Museum((500, TIDE))

    with pytest.raises(MuseumUnavailable):
        await museum.catalogue.artwork(7)

    museum.answers[0].__aexit__.assert_awaited_once()
    museum.sessions.__aexit__.assert_awaited_once()
