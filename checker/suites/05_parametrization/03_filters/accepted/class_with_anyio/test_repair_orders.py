from dataclasses import dataclass, field
from typing import Any

import pytest

from repair_orders import Page, RepairOrder, RepairOrdersDAO, Status


@dataclass
class Diary:
    rows: list[dict[str, Any]] = field(default_factory=list)
    number_of_rows: int = 0
    asked: dict[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)

    async def fetch(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        assert "list" not in self.asked
        self.asked["list"] = (statement, parameters)
        return self.rows

    async def fetchval(self, statement: str, *parameters: Any) -> int:
        assert "count" not in self.asked
        self.asked["count"] = (statement, parameters)
        return self.number_of_rows


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.mark.anyio
class TestStatements:
    async def test_unfiltered(self, diary: Diary) -> None:
        await RepairOrdersDAO(diary).page(12, number=3)
        assert diary.asked == {
            "list": (
                "SELECT number, bicycle, status FROM repair_orders WHERE shop = $1 "
                "ORDER BY number DESC LIMIT $2 OFFSET $3",
                (12, 20, 40),
            ),
            "count": ("SELECT count(*) FROM repair_orders WHERE shop = $1", (12,)),
        }

    @pytest.mark.parametrize("page", [1, 2])
    @pytest.mark.parametrize("word", ["open", "ready", "closed"])
    async def test_filtered(self, diary: Diary, word: str, page: int) -> None:
        await RepairOrdersDAO(diary).page(12, word, page)
        expected = {
            "open": ["received", "waiting"],
            "ready": ["ready"],
            "closed": ["collected", "cancelled"],
        }[word]
        assert diary.asked == {
            "list": (
                "SELECT number, bicycle, status FROM repair_orders "
                "WHERE shop = $1 AND status = ANY($2) ORDER BY number DESC LIMIT $3 OFFSET $4",
                (12, expected, 20, [0, 20][page - 1]),
            ),
            "count": (
                "SELECT count(*) FROM repair_orders WHERE shop = $1 AND status = ANY($2)",
                (12, expected),
            ),
        }

    async def test_first_page_of_all(self, diary: Diary) -> None:
        await RepairOrdersDAO(diary).page(12)
        assert diary.asked["list"][1] == (12, 20, 0)

    async def test_unknown(self, diary: Diary) -> None:
        with pytest.raises(ValueError) as info:
            await RepairOrdersDAO(diary).page(12, "OPEN")
        assert str(info.value) == "unknown filter: OPEN"
        assert diary.asked == {}


@pytest.mark.anyio
class TestReply:
    @pytest.mark.parametrize("status", list(Status))
    async def test_row(self, diary: Diary, status: Status) -> None:
        diary.rows = [{"number": 8, "bicycle": "BMX", "status": str(status)}]
        diary.number_of_rows = 8
        assert await RepairOrdersDAO(diary).page(1) == Page([RepairOrder(8, "BMX", status)], 8)

    async def test_rows_stay_in_order(self, diary: Diary) -> None:
        diary.rows = [dict(number=n, bicycle=f"no {n}", status="ready") for n in (5, 9, 7)]
        page = await RepairOrdersDAO(diary).page(1)
        assert page.orders == [
            RepairOrder(5, "no 5", Status.READY),
            RepairOrder(9, "no 9", Status.READY),
            RepairOrder(7, "no 7", Status.READY),
        ]
