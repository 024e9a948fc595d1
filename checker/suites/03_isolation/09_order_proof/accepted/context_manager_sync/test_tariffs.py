"""Plain functions that run the loop themselves, inside a context manager that gives the memory back."""

import asyncio
from contextlib import contextmanager
from decimal import Decimal

import pytest

from tariffs import UnknownTariff, forget, quote, rate, remembered


@contextmanager
def an_empty_memory():
    forget()
    try:
        yield
    finally:
        forget()


class Prices:
    def __init__(self, table):
        self.table, self.log = dict(table), []

    async def fetch_rate(self, customer, product):
        self.log.append(customer + "/" + product)
        try:
            return Decimal(self.table[customer + "/" + product])
        except KeyError:
            raise UnknownTariff(customer) from None


def look_up(prices, *names):
    async def all_of_them():
        return [await rate(prices, *name.split("/")) for name in names]

    return asyncio.run(all_of_them())


def test_lookups_and_memory():
    prices = Prices({"m/d": "1", "m/n": "2", "i/d": "3"})
    with an_empty_memory():
        assert look_up(prices, "m/d", "m/n", "i/d", "m/d", "m/n", "i/d") == [1, 2, 3, 1, 2, 3]
        assert prices.log == ["m/d", "m/n", "i/d"]
        assert remembered() == 3


def test_unknown():
    prices = Prices({})
    with an_empty_memory():
        with pytest.raises(UnknownTariff):
            look_up(prices, "m/d")
        prices.table["m/d"] = "4"
        assert look_up(prices, "m/d") == [4]


def test_quotes():
    with an_empty_memory():
        prices = Prices({"m/d": "0.0335", "m/n": "0.025", "i/d": "0.0334"})
        assert asyncio.run(quote(prices, "m", "d", 10)) == Decimal("0.34")
        assert asyncio.run(quote(prices, "m", "n", 5)) == Decimal("0.13")
        assert asyncio.run(quote(prices, "i", "d", 10)) == Decimal("0.33")


def test_forgetting():
    prices = Prices({"m/d": "1", "m/n": "2", "i/d": "3"})
    with an_empty_memory():
        look_up(prices, *prices.table)
        prices.table = {name: "9" for name in prices.table}
        forget("m")
        assert look_up(prices, *prices.table) == [9, 9, 3]
        forget()
        assert look_up(prices, *prices.table) == [9, 9, 9]
