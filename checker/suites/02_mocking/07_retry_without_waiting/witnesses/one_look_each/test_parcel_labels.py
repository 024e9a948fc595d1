from unittest.mock import AsyncMock

import pytest

from parcel_labels import CarrierError, LabelDesk, Parcel

pytestmark = pytest.mark.asyncio

PARCEL = Parcel(number=7, weight_g=1200)


async def failing() -> AsyncMock:
    """A carrier that failed in every attempt at a label."""
    carrier = AsyncMock()
    carrier.create_label.side_effect = [CarrierError(503)] * 5
    with pytest.raises((CarrierError, RuntimeError)):
        await LabelDesk(carrier, sleep=AsyncMock()).label(PARCEL)
    return carrier


async def test_some_error_comes_out() -> None:
    await failing()


async def test_another_error_comes_out() -> None:
    carrier = AsyncMock()
    carrier.create_label.side_effect = [ValueError(), None]
    with pytest.raises(Exception):
        await LabelDesk(carrier, sleep=AsyncMock()).label(PARCEL)


async def test_attempts_end() -> None:
    carrier = await failing()
    assert carrier.create_label.await_count < 5
