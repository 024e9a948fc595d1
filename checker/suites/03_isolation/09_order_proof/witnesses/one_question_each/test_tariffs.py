from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

import pytest

from tariffs import TariffSource, UnknownTariff, forget, rate

pytestmark = pytest.mark.asyncio


class Source(TariffSource):
    def __init__(self) -> None:
        self.rates: dict[tuple[str, str], Decimal] = {}

    async def fetch_rate(self, customer: str, product: str) -> Decimal:
        try:
            return self.rates[customer, product]
        except KeyError:
            raise UnknownTariff(customer) from None


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


async def test_any_lookup_error_then_the_rate() -> None:
    source = Source()
    with pytest.raises(LookupError):
        await rate(source, "school", "day")
    source.rates["school", "day"] = Decimal("0.5")
    assert await rate(source, "school", "day") == Decimal("0.5")


async def test_perhaps_an_error_then_the_rate() -> None:
    source = Source()
    with suppress(UnknownTariff):
        await rate(source, "library", "day")
    source.rates["library", "day"] = Decimal("0.5")
    assert await rate(source, "library", "day") == Decimal("0.5")


async def test_the_other_customer_stays_known() -> None:
    source = Source()
    source.rates = {("inn", "day"): Decimal(1), ("forge", "day"): Decimal(2)}
    await rate(source, "inn", "day")
    await rate(source, "forge", "day")
    forget("inn")
    source.rates["forge", "day"] = Decimal(3)
    assert await rate(source, "forge", "day") == Decimal(2)
