from datetime import UTC, date, datetime
from unittest.mock import AsyncMock

import httpx
import pytest

from tide_table import HighWater, TideTable

HIGH = {"type": "high", "time": "2025-03-01T04:12:00+00:00", "height_m": 5.2}


@pytest.mark.asyncio
async def test_high_waters() -> None:
    client = httpx.AsyncClient()
    client.get = AsyncMock(return_value=httpx.Response(200, json={"extremes": [HIGH]}))

    waters = await TideTable(client, token="secret").high_waters("Brest", date(2025, 3, 1))

    assert waters == [HighWater(datetime(2025, 3, 1, 4, 12, tzinfo=UTC), 5.2)]
    client.get.assert_awaited_once()
    await client.aclose()
