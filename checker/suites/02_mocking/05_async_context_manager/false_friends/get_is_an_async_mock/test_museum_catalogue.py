from unittest.mock import AsyncMock, MagicMock

import pytest

from museum_catalogue import Artwork, Catalogue


@pytest.mark.asyncio
async def test_a_work_is_found() -> None:
    session = AsyncMock()
    response = session.get.return_value.__aenter__.return_value
    response.status = 200
    response.json.return_value = {"title": "Low Tide", "artist": "unknown"}
    open_session = MagicMock()
    open_session.return_value.__aenter__.return_value = session

    artwork = await Catalogue(open_session).artwork(7)

    assert artwork == Artwork(7, "Low Tide", "unknown")
    session.get.assert_called_once_with("/works/7")
