import json
from collections.abc import Iterator

import pytest

from stock_import import import_delivery


class Books:
    def __init__(self) -> None:
        self.text = ""

    async def add(self, article: str, pieces: int) -> None:
        self.text += f"{article} {pieces};"


@pytest.fixture(scope="module")
def anyio_backend() -> Iterator[str]:
    yield "asyncio"


@pytest.mark.anyio
class TestImport:
    """Delivery notes are JSON texts, which nobody can change."""

    async def run(self, text: str) -> tuple[str, dict, list]:
        books = Books()
        lines = json.loads(text)
        report = await import_delivery(books, lines)
        assert json.dumps(lines) == json.dumps(json.loads(text)), "the lines were changed"
        return books.text, report.booked, report.refused

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[]", ("", {}, [])),
            ('[{"article": "Soil", "count": 1}]', ("soil 1;", {"soil": 1}, [])),
            ('[{"count": 4, "pack": 5, "article": "soil"}]', ("soil 20;", {"soil": 20}, [])),
            (
                '[{"article": "a", "count": 4, "pack": 5}, {"article": "b", "count": 4}]',
                ("a 20;b 4;", {"a": 20, "b": 4}, []),
            ),
            ('[{"article": "soil", "count": 0}]', ("", {}, ["soil"])),
            ('[{"article": "soil", "count": -1}]', ("", {}, ["soil"])),
            (
                '[{"article": " Soil ", "count": 0}, {"article": "Soil", "count": 3},'
                ' {"article": "peat", "count": 1}, {"article": "SOIL\\n", "count": 2, "pack": 4},'
                ' {"article": "bark", "count": 0}, {"article": "Soil", "count": 0}]',
                ("soil 11;peat 1;", {"soil": 11, "peat": 1}, [" Soil ", "bark", "Soil"]),
            ),
        ],
        ids=["empty", "one", "packs", "then-none", "zero", "negative", "all-at-once"],
    )
    async def test_report_and_books(self, text: str, expected: tuple) -> None:
        assert await self.run(text) == expected

    async def test_no_memory(self) -> None:
        await self.run('[{"article": "peat", "count": 2, "pack": 9}, {"article": "bark", "count": 0}]')
        for _ in range(2):
            assert await self.run(
                '[{"article": "peat", "count": 2}, {"article": "bark", "count": 7},'
                ' {"article": "moss", "count": 0}]'
            ) == ("peat 2;bark 7;", {"peat": 2, "bark": 7}, ["moss"])

    async def test_reports_are_apart(self) -> None:
        reports = [
            await import_delivery(
                Books(), [{"article": "a", "count": n}, {"article": f"b{n}", "count": 0}]
            )
            for n in (1, 2)
        ]
        assert [r.booked for r in reports] == [{"a": 1}, {"a": 2}]
        assert [r.refused for r in reports] == [["b1"], ["b2"]]

    async def test_reports_can_be_written_into(self) -> None:
        for _ in range(2):
            report = await import_delivery(
                Books(), [{"article": "a", "count": 1}, {"article": "b", "count": 0}]
            )
            assert (report.booked, report.refused) == ({"a": 1}, ["b"])
            report.booked["c"] = 3
            report.refused.append("d")
