import asyncio
from unittest.mock import AsyncMock

import pytest

from parcel_labels import CarrierError, Label, LabelDesk, Parcel

PARCEL = Parcel(number=7, weight_g=1200)
LABEL = Label("TRACK-1", b"%PDF")


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> AsyncMock:
    monkeypatch.setattr(asyncio, "sleep", AsyncMock())
    return AsyncMock()


@pytest.mark.asyncio
@pytest.mark.parametrize("failures", [0, 1, 2, 3])
async def test_a_label_comes_back(carrier: AsyncMock, failures: int) -> None:
    carrier.create_label.side_effect = [*[CarrierError(503)] * failures, LABEL]

    label = await LabelDesk(carrier, sleep=asyncio.sleep).label(PARCEL)

    assert label == LABEL


@pytest.mark.asyncio
async def test_four_failures_are_too_many(carrier: AsyncMock) -> None:
    carrier.create_label.side_effect = [*[CarrierError(503)] * 4, LABEL]

    with pytest.raises(CarrierError):
        await LabelDesk(carrier, sleep=asyncio.sleep).label(PARCEL)


@pytest.mark.asyncio
@pytest.mark.parametrize("error", [CarrierError(404), ValueError("no such format")])
async def test_a_refusal_is_final(carrier: AsyncMock, error: Exception) -> None:
    carrier.create_label.side_effect = [error, LABEL]

    with pytest.raises(type(error)):
        await LabelDesk(carrier, sleep=asyncio.sleep).label(PARCEL)
