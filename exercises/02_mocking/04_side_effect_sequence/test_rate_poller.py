from decimal import Decimal
from unittest.mock import AsyncMock

import pytest

from rate_poller import poll


@pytest.mark.asyncio
async def test_rates_are_collected() -> None:
    feed = AsyncMock()
    feed.next_rate.return_value = Decimal("1.0842")

    series = await poll("EURUSD", 3, feed=feed)

    assert len(series.rates) == 3
