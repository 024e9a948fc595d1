"""Given: the desk's own tests, from the days when every async test had its marker."""

import pytest

from parcel_desk import ParcelDesk, UnknownLabel


@pytest.mark.asyncio
async def test_labels_are_counted() -> None:
    desk = ParcelDesk(prefix="X")

    labels = [await desk.accept("first"), await desk.accept("second")]

    assert labels == ["X-0001", "X-0002"]


@pytest.mark.asyncio
async def test_a_parcel_is_handed_out_once() -> None:
    desk = ParcelDesk()
    label = await desk.accept("reader")

    assert await desk.hand_out(label) == "reader"
    with pytest.raises(UnknownLabel, match=label):
        await desk.hand_out(label)
