"""A file that has no branch has a catalogue all the same."""

import pytest

from wholesale import Catalogue

pytestmark = pytest.mark.asyncio


async def test_has_a_catalogue(catalogue: Catalogue) -> None:
    assert type(catalogue) is Catalogue
    assert sorted(catalogue.items) == ["desk lamp", "field guide", "kettle", "tea towel"]
