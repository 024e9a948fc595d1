from unittest.mock import AsyncMock

import pytest

from parcel_labels import CarrierError, Label, LabelDesk, Parcel

PARCEL = Parcel(number=7, weight_g=1200)
LABEL = Label("TRACK-1", b"%PDF")


@pytest.mark.asyncio
async def test_a_failure_is_tried_again() -> None:
    carrier = AsyncMock()
    carrier.create_label.side_effect = [CarrierError(503), LABEL]
    desk = LabelDesk(carrier, sleep=AsyncMock())

    label = await desk.label(PARCEL)

    assert label == LABEL
