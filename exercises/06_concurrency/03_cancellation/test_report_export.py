import asyncio
from pathlib import Path

import pytest

from report_export import Exporter


class Office:
    """Source and registry."""

    def __init__(self) -> None:
        self.pages = ["a;1\n", "b;2\n"]
        self.rows: dict[str, str] = {}

    async def page(self, name: str, number: int) -> str:
        await asyncio.sleep(0)
        return self.pages[number - 1] if number <= len(self.pages) else ""

    async def begin(self, name: str) -> None:
        self.rows[name] = "temporary"

    async def publish(self, name: str) -> None:
        self.rows[name] = "published"

    async def drop(self, name: str) -> None:
        del self.rows[name]


@pytest.mark.asyncio
async def test_a_report_is_written(tmp_path: Path) -> None:
    office = Office()

    report = await Exporter(office, office, tmp_path).export("sales")

    assert report.read_text() == "a;1\nb;2\n"
    assert office.rows == {"sales": "published"}


@pytest.mark.asyncio
async def test_a_cancelled_export_leaves_nothing(tmp_path: Path) -> None:
    office = Office()
    task = asyncio.create_task(Exporter(office, office, tmp_path).export("sales"))
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task

    assert list(tmp_path.iterdir()) == []
    assert office.rows == {}
