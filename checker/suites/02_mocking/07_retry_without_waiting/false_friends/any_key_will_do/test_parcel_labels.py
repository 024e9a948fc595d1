"""When the label desk asks the carrier again, and how long it waits before."""

from unittest.mock import ANY, AsyncMock, Mock, call

import pytest

from parcel_labels import CarrierError, Label, LabelDesk, Parcel

PARCEL = Parcel(number=7, weight_g=1200)
LABEL = Label("TRACK-1", b"%PDF")
FAILURES = [CarrierError(503), CarrierError(500), CarrierError(502), CarrierError(504)]
ATTEMPT = call.attempt(PARCEL, key=ANY)


class Desk:
    """A label desk whose carrier answers by script, and a diary of attempts and pauses."""

    def __init__(self, *answers: Label | Exception) -> None:
        self.diary = Mock()
        self.diary.attempt.side_effect = answers
        carrier = AsyncMock()
        carrier.create_label.side_effect = self.diary.attempt  # noted when awaited
        self.label = LabelDesk(carrier, sleep=AsyncMock(side_effect=self.diary.pause)).label

    @property
    def keys(self) -> list[str]:
        return [attempt.kwargs["key"] for attempt in self.diary.attempt.call_args_list]


@pytest.mark.asyncio
async def test_a_success_is_not_repeated() -> None:
    desk = Desk(LABEL)

    label = await desk.label(PARCEL)

    assert label == LABEL
    assert desk.diary.mock_calls == [ATTEMPT]


@pytest.mark.asyncio
async def test_the_fourth_attempt_may_succeed() -> None:
    desk = Desk(*FAILURES[:3], LABEL)

    label = await desk.label(PARCEL)

    assert label == LABEL
    assert desk.diary.mock_calls == [
        ATTEMPT,
        call.pause(0.25),
        ATTEMPT,
        call.pause(0.5),
        ATTEMPT,
        call.pause(1.0),
        ATTEMPT,
    ]


@pytest.mark.asyncio
async def test_the_last_error_is_told_when_all_attempts_fail() -> None:
    desk = Desk(*FAILURES)

    with pytest.raises(CarrierError) as caught:
        await desk.label(PARCEL)

    assert caught.value is FAILURES[3]
    assert desk.diary.attempt.call_count == 4
    assert desk.diary.pause.call_count == 3


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "error",
    [
        pytest.param(CarrierError(400), id="bad-request"),
        pytest.param(CarrierError(499), id="last-of-the-refusals"),
        pytest.param(ValueError("no such format"), id="another-error"),
    ],
)
async def test_what_would_fail_again_is_not_tried_again(error: Exception) -> None:
    desk = Desk(error, LABEL)

    with pytest.raises(type(error)) as caught:
        await desk.label(PARCEL)

    assert caught.value is error
    assert desk.diary.mock_calls == [ATTEMPT]


@pytest.mark.asyncio
async def test_a_refusal_after_a_failure_ends_it_as_well() -> None:
    refusal = CarrierError(409)
    desk = Desk(CarrierError(503), refusal, LABEL)

    with pytest.raises(CarrierError) as caught:
        await desk.label(PARCEL)

    assert caught.value is refusal
    assert desk.diary.mock_calls == [ATTEMPT, call.pause(0.25), ATTEMPT]


@pytest.mark.asyncio
async def test_a_refusal_may_come_last() -> None:
    refusal = CarrierError(409)
    desk = Desk(*FAILURES[:3], refusal)

    with pytest.raises(CarrierError) as caught:
        await desk.label(PARCEL)

    assert caught.value is refusal


@pytest.mark.asyncio
async def test_each_label_begins_with_the_shortest_pause() -> None:
    desk = Desk(FAILURES[0], LABEL, FAILURES[1], LABEL)

    await desk.label(PARCEL)
    await desk.label(PARCEL)

    assert desk.diary.mock_calls == [ATTEMPT, call.pause(0.25), ATTEMPT] * 2
