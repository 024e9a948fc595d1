from unittest.mock import ANY, AsyncMock, call, create_autospec

import pytest

from parcel_labels import Carrier, CarrierError, Label, LabelDesk, Parcel

PARCEL = Parcel(1, 2)
LABEL = Label("t", b"p")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestLabel:
    @pytest.fixture(autouse=True)
    def doubles(self) -> None:
        self.carrier = create_autospec(Carrier, instance=True)
        self.sleep = AsyncMock(spec_set=[])
        self.desk = LabelDesk(self.carrier, sleep=self.sleep)
        self.create = self.carrier.create_label

    def script(self, *answers: object) -> None:
        self.create.side_effect = answers

    @pytest.mark.parametrize("failures", range(4))
    async def test_succeeds_after(self, failures: int) -> None:
        self.script(*[CarrierError(500 + n) for n in range(failures)], LABEL)
        assert await self.desk.label(PARCEL) is LABEL
        assert self.create.await_args_list == [call(PARCEL, key=ANY)] * (failures + 1)
        assert self.sleep.await_args_list == [call(0.25), call(0.5), call(1.0)][:failures]
        assert {type(c.kwargs["key"]) for c in self.create.await_args_list} == {str}
        assert len({c.kwargs["key"] for c in self.create.await_args_list}) == 1

    async def test_pauses_are_between_attempts(self) -> None:
        seen = []
        self.script(*[CarrierError(503)] * 3, LABEL)
        self.sleep.side_effect = lambda _: seen.append(self.create.await_count)
        await self.desk.label(PARCEL)
        assert seen == [1, 2, 3]

    async def test_fails_four_times(self) -> None:
        errors = [CarrierError(503) for _ in range(4)]
        self.script(*errors)
        with pytest.raises(CarrierError) as info:
            await self.desk.label(PARCEL)
        assert info.value is errors[-1]
        assert self.create.await_count == 4
        assert self.sleep.await_count == 3

    @pytest.mark.parametrize("error", [CarrierError(499), CarrierError(403), KeyError("x")])
    async def test_final_errors(self, error: Exception) -> None:
        self.script(error)
        with pytest.raises(type(error)) as info:
            await self.desk.label(PARCEL)
        assert info.value is error
        self.sleep.assert_not_called()

    async def test_final_error_later(self) -> None:
        self.script(CarrierError(500), CarrierError(422))
        with pytest.raises(CarrierError, match="422"):
            await self.desk.label(PARCEL)
        assert self.sleep.await_count == 1

    async def test_final_error_at_the_end(self) -> None:
        error = CarrierError(410)
        self.script(*[CarrierError(500)] * 3, error)
        with pytest.raises(CarrierError) as info:
            await self.desk.label(PARCEL)
        assert info.value is error

    async def test_pauses_start_over(self) -> None:
        self.script(*[CarrierError(500), CarrierError(500), LABEL] * 2)
        for _ in range(2):
            await self.desk.label(PARCEL)
        assert [c.args[0] for c in self.sleep.await_args_list] == [0.25, 0.5, 0.25, 0.5]

    async def test_new_key_for_each_label(self) -> None:
        self.script(LABEL, LABEL)
        await self.desk.label(PARCEL)
        await self.desk.label(PARCEL)
        one, two = (c.kwargs["key"] for c in self.create.await_args_list)
        assert one != two
