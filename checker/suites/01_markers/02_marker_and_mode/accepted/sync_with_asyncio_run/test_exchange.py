import asyncio
from decimal import Decimal

import pytest

from exchange import Exchange, UnknownCurrency


class Bank:
    def __init__(self) -> None:
        self.asked = 0

    async def fetch(self) -> dict[str, Decimal]:
        self.asked += 1
        return {"CHF": Decimal("0.8") * self.asked, "SEK": Decimal(10)}


def run(*steps: tuple[int, str, str, str]) -> tuple[list[Decimal], int]:
    """Convert step after step (second, amount, source, target); results, and how often the bank was asked."""
    bank = Bank()
    second = [0]

    async def story() -> list[Decimal]:
        exchange = Exchange(bank, lambda: second[0])
        results = []
        for second[0], amount, source, target in steps:
            results.append(await exchange.convert(Decimal(amount), source, target))
        return results

    return asyncio.run(story()), bank.asked


def test_values() -> None:
    results, asked = run((7, "8", "CHF", "EUR"), (7, "8", "EUR", "CHF"), (7, "8", "CHF", "SEK"), (7, "0.001", "SEK", "EUR"))
    assert results == [Decimal(10), Decimal("6.4"), Decimal(100), Decimal("0.0001")]
    assert asked == 1


def test_age() -> None:
    steps = [(second, "1", "EUR", "CHF") for second in (100, 159, 160, 219, 220)]
    results, asked = run(*steps)
    assert results == [Decimal(n) for n in ("0.8", "0.8", "1.6", "1.6", "2.4")]
    assert asked == 3


def test_unknown_source() -> None:
    with pytest.raises(UnknownCurrency, match="BTC"):
        run((0, "1", "BTC", "EUR"))


def test_unknown_target() -> None:
    with pytest.raises(UnknownCurrency, match="BTC"):
        run((0, "1", "EUR", "BTC"))
