from unittest.mock import AsyncMock, MagicMock

import pytest

from museum_catalogue import Artwork, Catalogue


@pytest.mark.asyncio
async def test_a_work_is_found() -> None:
    response = MagicMock(status=200)
    response.json = AsyncMock(return_value={"title": "Low Tide", "artist": "unknown"})
    session = MagicMock()
    session.get.return_value.__aenter__.return_value = response
    open_session = MagicMock()
    open_session.return_value.__aenter__.return_value = session

    artwork = await Catalogue(open_session).artwork(7)

    assert artwork == Artwork(7, "Low Tide", "unknown")
