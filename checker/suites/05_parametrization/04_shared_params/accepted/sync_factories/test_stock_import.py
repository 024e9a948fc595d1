import asyncio
from collections.abc import Callable

import pytest

from stock_import import ImportReport, Line, import_delivery


def run(lines: list[Line]) -> tuple[ImportReport, list[tuple[str, int]]]:
    booked: list[tuple[str, int]] = []

    class Stock:
        async def add(self, article: str, pieces: int, /) -> None:
            booked.append((article, pieces))

    return asyncio.run(import_delivery(Stock(), lines)), booked


def line(article: str = "lamp", count: int = 1, **pack: int) -> Line:
    return {"article": article, "count": count, **pack}


CASES: dict[str, tuple[Callable[[], list[Line]], list[tuple[str, int]], list[str]]] = {
    "empty": (list, [], []),
    "single": (lambda: [line()], [("lamp", 1)], []),
    "pack": (lambda: [line(count=2, pack=8), line("pond", 2)], [("lamp", 16), ("pond", 2)], []),
    "blanks and capitals": (lambda: [line("\tLamp ")], [("lamp", 1)], []),
    "sum": (lambda: [line("Lamp", 2), line(count=3, pack=2)], [("lamp", 8)], []),
    "zero": (lambda: [line("Lamp ", 0), line("pond")], [("pond", 1)], ["Lamp "]),
    "negative": (lambda: [line("Lamp", -5), line("pond")], [("pond", 1)], ["Lamp"]),
    "order": (
        lambda: [line("z"), line("y", 0), line("a"), line("z"), line("b", 0), line("b", 0)],
        [("z", 2), ("a", 1)],
        ["y", "b", "b"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_import(case: str) -> None:
    make, booked, refused = CASES[case]
    for _ in range(2):
        lines = make()
        assert run(lines) == (ImportReport(dict(booked), refused), booked)
        assert lines == make()


def test_packs_are_forgotten() -> None:
    run([line(count=2, pack=8)])
    assert run([line(count=2)])[1] == [("lamp", 2)]


def test_refusals_are_forgotten() -> None:
    run([line(count=0)])
    assert run([line()]) == (ImportReport({"lamp": 1}, []), [("lamp", 1)])


def test_reports_do_not_share() -> None:
    first, _ = run([line(), line("pond", 0)])
    second, _ = run([line("tree", 3)])
    assert first == ImportReport({"lamp": 1}, ["pond"])
    assert second == ImportReport({"tree": 3}, [])


def test_equal_lines_do_not_share_a_report() -> None:
    reports = [run([line(), line("pond", 0)])[0] for _ in range(2)]
    reports[0].booked["lamp"] += 1
    reports[0].refused.clear()
    assert reports[1] == ImportReport({"lamp": 1}, ["pond"])
