import pytest
from httpx import ASGITransport, AsyncClient

from render_progress import ProgressFeed, create_app


@pytest.mark.asyncio
async def test_progress_is_streamed() -> None:
    feed = ProgressFeed()
    feed.publish("alps", 40)
    app = create_app(feed)

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://maps") as client:
        async with client.stream("GET", "/jobs/alps/progress") as response:
            assert response.status_code == 200
            async for line in response.aiter_lines():
                assert line == "id: 1"
                break
