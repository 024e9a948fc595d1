"""A class with setup_method, run by anyio's plugin."""

from decimal import Decimal as D
from typing import Any

import pytest

import tariffs


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Asked(list[tuple[str, str]]):
    """A source that writes down the questions; its answers may be replaced."""

    def __init__(self, **answers: Any) -> None:
        super().__init__()
        self.answers = answers

    async def fetch_rate(self, customer: str, product: str) -> D:
        self.append((customer, product))
        answer = self.answers[f"{customer}_{product}"]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.anyio
class TestTariffs:
    def setup_method(self) -> None:
        tariffs.forget()

    def teardown_method(self) -> None:
        tariffs.forget()

    async def test_memory(self) -> None:
        source = Asked(mill_day=D("0.31"), mill_night=D("0.19"), inn_day=D("0.28"))
        expected = {("mill", "day"): D("0.31"), ("mill", "night"): D("0.19"), ("inn", "day"): D("0.28")}
        for _round in range(2):
            for key, value in expected.items():
                assert await tariffs.rate(source, *key) == value
        assert source == list(expected)
        assert tariffs.remembered() == 3

    async def test_failure_is_told_and_not_kept(self) -> None:
        source = Asked(mill_day=tariffs.UnknownTariff("mill"))
        with pytest.raises(tariffs.UnknownTariff, match="mill"):
            await tariffs.rate(source, "mill", "day")
        source.answers["mill_day"] = D(1)
        assert await tariffs.rate(source, "mill", "day") == 1

    async def test_quotes(self) -> None:
        source = Asked(mill_day=D("0.0335"), mill_night=D("0.025"), inn_day=D("0.0334"))
        assert await tariffs.quote(source, "mill", "day", 10) == D("0.34")
        assert await tariffs.quote(source, "mill", "night", 5) == D("0.13")
        assert await tariffs.quote(source, "inn", "day", 10) == D("0.33")

    @pytest.mark.parametrize("who", [None, "mill", "inn"])
    async def test_forgetting(self, who: str | None) -> None:
        source = Asked(mill_day=D(1), mill_night=D(2), inn_day=D(3), inn_night=D(4))
        keys = [("mill", "day"), ("mill", "night"), ("inn", "day"), ("inn", "night")]
        for key in keys:
            await tariffs.rate(source, *key)
        source.clear()

        tariffs.forget() if who is None else tariffs.forget(who)

        for key in keys:
            await tariffs.rate(source, *key)
        assert source == [key for key in keys if who in (None, key[0])]
