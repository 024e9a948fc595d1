import pytest
from httpx import ASGITransport, AsyncClient

from render_progress import ProgressFeed, create_app


@pytest.mark.asyncio
async def test_progress_is_streamed() -> None:
    feed = ProgressFeed()
    feed.publish("alps", 40)
    feed.publish("alps", 100)  # without this line the test never ends
    app = create_app(feed)

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://maps") as client:
        async with client.stream("GET", "/jobs/alps/progress") as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            async for line in response.aiter_lines():
                assert line
                break
