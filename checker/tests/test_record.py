"""What recorders see: known schedules of an event loop, fixtures on their loops, transactions, a request's path."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from checker.record.main import MARK
from checker.tests.command import ROOT


def recorded(tmp_path: Path, kind: str, text: str) -> Any:
    """What the recorder of this kind tells of a file, run in a process of its own."""
    file = tmp_path / "test_recorded.py"
    file.write_text(dedent(text))
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nasyncio_default_fixture_loop_scope = function\nasyncio_default_test_loop_scope = function\n"
    )
    command = [sys.executable, "-W", "ignore", "-m", "checker.record.main", kind, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout.partition(MARK)[2])


def told(seen: Any) -> list[tuple[str, str, str]]:
    """The steps as (task, woken by, what then)."""
    return [(step["task"], step["woken_by"], step["then"]) for step in seen["steps"]]


def test_who_sets_an_event_wakes_who_waits_for_it(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "loop",
        """
        import asyncio

        async def waiter(event):
            await event.wait()

        async def main():
            event = asyncio.Event()
            task = asyncio.create_task(waiter(event))
            await asyncio.sleep(0)
            event.set()
            await task
        """,
    )
    assert told(seen) == [
        ("main", "outside", "sleep"),
        ("waiter", "main", "Event.wait"),
        ("main", "main", "waiter"),
        ("waiter", "main", "returns"),
        ("main", "waiter", "returns"),
    ]
    assert [step["line"] for step in seen["steps"]] == [10, 5, 12, 0, 0]
    assert seen["made_by"] == {"main": "outside", "waiter": "main"}
    assert (seen["lost"], seen["pending"], seen["outcome"]) == ([], [], "passed")


def test_the_clock_wakes_a_sleeper(tmp_path: Path) -> None:
    seen = recorded(tmp_path, "loop", "import asyncio\nasync def main():\n    await asyncio.sleep(0.001)\n")
    assert told(seen) == [("main", "outside", "sleep"), ("main", "clock", "returns")]


def test_what_was_never_awaited_has_a_line_and_no_lane(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "loop",
        """
        async def forgotten():
            raise RuntimeError

        async def test_it():
            forgotten()
        """,
    )
    assert seen["lost"] == [["forgotten", 6, 1]]
    assert seen["tasks"] == ["test_it"]


def test_a_step_that_blocks_is_marked(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "loop",
        """
        import asyncio, time

        async def main():
            time.sleep(0.08)
            await asyncio.sleep(0)
        """,
    )
    assert [step["is_blocking"] for step in seen["steps"]] == [True, False]


def test_what_is_left_is_pending_and_its_end_is_not_told(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "loop",
        """
        import asyncio

        async def main():
            asyncio.create_task(asyncio.sleep(60), name="left")
            await asyncio.sleep(0)
        """,
    )
    assert seen["pending"] == ["left"]
    assert told(seen)[1] == ("left", "main", "sleep")
    assert not [step for step in seen["steps"] if step["then"] == "cancelled"]


def test_cancelling_and_failing_are_ends(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "loop",
        """
        import asyncio

        async def hang():
            await asyncio.Event().wait()

        async def main():
            tasks = [asyncio.create_task(hang()), asyncio.create_task(hang())]
            await asyncio.sleep(0)
            tasks[0].cancel()
            await asyncio.sleep(0)
            raise ValueError("enough")
        """,
    )
    assert seen["tasks"] == ["main", "hang", "hang 2"]
    assert ("hang", "main", "cancelled") in told(seen)
    assert told(seen)[-1] == ("main", "main", "raises ValueError")
    assert (seen["pending"], seen["outcome"]) == (["hang 2"], "ValueError: enough")


def test_fixtures_and_tests_tell_their_loops(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "fixtures",
        """
        import pytest, pytest_asyncio

        @pytest_asyncio.fixture(scope="module", loop_scope="module")
        async def broker():
            yield 1

        @pytest_asyncio.fixture
        async def item():
            yield 1

        @pytest.mark.asyncio(loop_scope="module")
        async def test_a(broker): ...

        @pytest.mark.asyncio
        async def test_b(broker, item): ...
        """,
    )
    assert [(event["what"], event["name"], event["loop"]) for event in seen["events"]] == [
        ("set up", "broker", 1),
        ("begins", "test_a", 1),
        ("ends", "test_a", 0),
        ("set up", "item", 2),
        ("begins", "test_b", 2),
        ("ends", "test_b", 0),
        ("torn down", "item", 2),
        ("torn down", "broker", 1),
    ]
    assert seen["outcomes"] == {"test_a": "passed", "test_b": "passed"}


def test_transactions_are_told_in_order(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "transactions",
        """
        from sqlalchemy import text
        from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

        async def main():
            engine = create_async_engine("sqlite+aiosqlite:///:memory:")
            async with AsyncSession(engine) as session:
                await session.execute(text("create table t (x int)"))
                await session.execute(text("insert into t values (1)"))
                await session.commit()
                async with session.begin_nested():
                    await session.execute(text("delete from t"))
                await session.rollback()
            await engine.dispose()
        """,
    )
    assert [(event["what"], event["connection"]) for event in seen["events"]] == [
        ("begin", 1),
        ("write", 1),
        ("commit", 1),
        ("begin", 1),
        ("savepoint", 1),
        ("write", 1),
        ("release", 1),
        ("rollback", 1),
    ]


def test_a_request_is_followed_through_the_transport(tmp_path: Path) -> None:
    seen = recorded(
        tmp_path,
        "request",
        """
        import httpx
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/x", status_code=201)
        async def x() -> int:
            return 1

        async def test_x() -> None:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                assert (await client.get("/x")).status_code == 201
        """,
    )
    assert seen["outcome"] == "passed"
    assert [f"{event['from']} > {event['to']}: {event['what']}" for event in seen["events"]] == [
        "test > client: GET /x",
        "client > transport: request",
        "transport > app: http scope",
        "app > transport: http.response.start 201",
        "app > transport: http.response.body, 1 bytes",
        "app > transport: returns",
        "transport > client: response",
        "client > test: 201",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", "ValueError: write an async function main()"),
        ("def (\n", "SyntaxError"),
        ("1 / 0\n", "ZeroDivisionError"),
    ],
    ids=["nothing-to-run", "no-python", "fails-at-import"],
)
def test_a_file_that_cannot_be_run_is_told_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "cell.py").write_text(text)
    command = [sys.executable, "-m", "checker.record.main", "loop", str(tmp_path / "cell.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr
