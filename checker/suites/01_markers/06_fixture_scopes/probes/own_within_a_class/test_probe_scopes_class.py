"""Tests of one class do not share a catalogue."""

import pytest

from wholesale import Catalogue

BRANCH = "North Gate"


@pytest.mark.asyncio
class TestStocktaking:
    async def test_takes_the_lamp_out(self, catalogue: Catalogue) -> None:
        del catalogue.items["desk lamp"]

    async def test_finds_the_lamp(self, catalogue: Catalogue) -> None:
        assert "desk lamp" in catalogue.items
