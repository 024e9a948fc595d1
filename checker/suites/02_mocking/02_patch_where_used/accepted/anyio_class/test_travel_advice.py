from unittest.mock import patch

import pytest

import travel
from forecast import Forecast, NoForecast, ServiceDown


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestTravelDesk:
    @pytest.fixture(autouse=True)
    def world(self):
        self.desk = travel.TravelDesk()
        with (
            patch.object(travel, "fetch_forecast") as self.fetch,
            patch.object(travel, "now", return_value=50) as self.now,
        ):
            self.fetch.return_value = Forecast(-3, 50)
            yield

    async def ask(self, place="Kiruna", units="metric"):
        return await self.desk.advice(place, units=units)

    async def test_text(self):
        assert await self.ask() == "Kiruna: -3 °C, take an umbrella"
        self.fetch.assert_awaited_once_with("Kiruna", units="metric")

    async def test_other_units(self):
        self.fetch.return_value = Forecast(27, 49)
        assert await self.ask(units="imperial") == "Kiruna: 27 °F, no umbrella needed"
        self.fetch.assert_awaited_once_with("Kiruna", units="imperial")

    async def test_every_question_has_its_own_forecast(self):
        for number, key in enumerate([("a", "metric"), ("b", "metric"), ("a", "imperial")]):
            self.fetch.return_value = Forecast(number, 0)
            assert f": {number} °" in await self.ask(*key)
        assert (await self.ask("a")).startswith("a: 0 °C")
        assert (await self.ask("b")).startswith("b: 1 °C")
        assert (await self.ask("a", "imperial")).startswith("a: 2 °F")
        assert self.fetch.await_count == 3

    @pytest.mark.parametrize("steps, questions", [([1799], 1), ([1800], 2), ([1000, 800], 2), ([1800, 1799], 2)])
    async def test_age(self, steps, questions):
        await self.ask()
        for number, step in enumerate(steps):
            self.now.return_value += step
            self.fetch.return_value = Forecast(number, 0)
            last = await self.ask()
        assert self.fetch.await_count == questions
        if questions == 2:
            assert last == f"Kiruna: {0 if steps[0] == 1800 else number} °C, no umbrella needed"

    async def test_no_forecast(self):
        self.fetch.side_effect = NoForecast("Kiruna")
        assert await self.ask() == await self.ask() == "Kiruna: no forecast, pack for any weather"
        assert self.fetch.await_count == 2

    async def test_no_forecast_any_more(self):
        await self.ask()
        self.now.return_value += 1800
        self.fetch.side_effect = NoForecast("Kiruna")
        assert await self.ask() == "Kiruna: no forecast, pack for any weather"

    async def test_others_keep_their_age(self):
        asked = []
        for time, place in [(0, "a"), (1, "b"), (1799, "a"), (1800, "a"), (1800, "b"), (1801, "b")]:
            self.now.return_value = time
            before = self.fetch.await_count
            await self.ask(place)
            asked.append(self.fetch.await_count - before)
        assert asked == [1, 1, 0, 1, 0, 1]

    async def test_error_goes_through(self):
        await self.ask()
        self.now.return_value += 1801
        self.fetch.side_effect = ServiceDown("maintenance")
        with pytest.raises(ServiceDown, match="maintenance"):
            await self.ask()
        self.fetch.side_effect = None
        await self.ask()
        assert self.fetch.await_count == 3
