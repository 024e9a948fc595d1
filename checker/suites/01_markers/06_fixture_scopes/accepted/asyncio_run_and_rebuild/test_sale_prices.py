import asyncio
from dataclasses import asdict

import pytest

from sale_prices import discounted
from wholesale import Item

BRANCH = "Hill Road"


@pytest.fixture
def sale(catalogue):
    return asyncio.run(discounted(catalogue, 15))


def test_prices(sale):
    assert {name: item.cents for name, item in sale.items.items()} == {
        "desk lamp": 3395,
        "field guide": 2400,
        "kettle": 2125,
        "tea towel": 679,
    }


def test_fixed(catalogue):
    catalogue.items["atlas"] = Item(3000, ["fixed", "book"])
    assert asyncio.run(discounted(catalogue, 15)).items["atlas"] == Item(3000, ["fixed", "book"])


def test_tags(sale, pristine):
    for name, item in pristine.items.items():
        assert sale.items[name].tags == item.tags


def test_original(sale, catalogue, pristine):
    assert asdict(catalogue) == asdict(pristine)
    assert catalogue is not sale


def test_price_list(price_list):
    assert price_list[0].endswith(BRANCH)
