"""The engine against real workers: what it notices, how it schedules, in which order it runs, what it can run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from checker.engine import disk
from checker.engine.backend import ForkRunner, FreshRunner, Runner, make_runner
from checker.engine.trial import Ending, Job, Order, Outcome, Plan, Timing
from checker.evidence import Evidence
from checker.experiment import Experiment
from checker.findings import Reach
from checker.judges import sharp
from checker.submission import Submission
from checker.tests.workers import (
    DEADLINE_S,
    codes,
    configured_job,
    essence,
    make_job,
    one,
    run,
    seen,
    tiny,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")
PRELOAD = ("pytest_asyncio.plugin", "anyio.pytest_plugin", "anyio", "asyncio", "unittest.mock")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def runner() -> AsyncIterator[Runner]:
    """One zygote for all tests here: every trial is a fork of its own."""
    async with make_runner(PRELOAD, lanes=2) as opened:
        yield opened


MARK = "import pytest\npytestmark = pytest.mark.asyncio\n"


# What the watch notices


async def test_a_bare_call_is_laid_at_its_own_test_and_line(runner: Runner) -> None:
    test = """
        import pytest
        from thing import answer

        @pytest.mark.asyncio
        async def test_before():
            assert await answer() == 42

        @pytest.mark.asyncio
        async def test_bare():
            answer()

        @pytest.mark.asyncio
        async def test_after():
            assert await answer() == 42
    """
    outcome = await run(runner, test, module="async def answer(): return 42")
    assert outcome.green
    assert seen(outcome, "never-awaited") == [("test_bare", 10)]
    assert one(outcome, "never-awaited").detail == "answer"


async def test_a_coroutine_in_a_cycle_is_laid_at_its_own_test(runner: Runner) -> None:
    test = """
        import asyncio
        import pytest

        class Holder: pass

        def test_cyclic():
            holder = Holder()
            holder.me = holder
            holder.coroutine = asyncio.sleep(0)

        def test_after():
            pass
    """
    outcome = await run(runner, test)
    assert seen(outcome, "never-awaited") == [("test_cyclic", 9)]


async def test_a_coroutine_kept_alive_is_found_once(runner: Runner) -> None:
    test = """
        import asyncio
        KEPT = []

        def test_keeps():
            KEPT.append(asyncio.sleep(0))

        def test_after():
            pass
    """
    outcome = await run(runner, test)
    assert [line for _, line in seen(outcome, "never-awaited")] == [5]


async def test_a_coroutine_made_at_import_is_found(runner: Runner) -> None:
    test = """
        import asyncio
        NOW = asyncio.sleep(0)

        def test_one():
            pass
    """
    outcome = await run(runner, test)
    assert seen(outcome, "never-awaited") == [("", 2)]


async def test_an_asserted_mock_call_is_laid_at_its_line(runner: Runner) -> None:
    test = """
        from unittest.mock import AsyncMock

        def test_mock():
            mailer = AsyncMock()
            assert mailer.send("a")

        def test_after():
            pass
    """
    outcome = await run(runner, test)
    assert seen(outcome, "mock-never-awaited") == [("test_mock", 5)]
    assert "never-awaited" not in codes(outcome)


async def test_a_coroutine_born_in_the_implementation_from_a_mock_names_both(runner: Runner) -> None:
    test = """
        import pytest
        from unittest.mock import AsyncMock
        from thing import save

        @pytest.mark.asyncio
        async def test_save():
            await save(AsyncMock())
    """
    outcome = await run(runner, test, module="async def save(session):\n    session.add(1)\n    await session.commit()")
    found = one(outcome, "mock-never-awaited")
    assert found.test.endswith("::test_save")
    assert found.born is not None
    assert (found.born.file, found.born.line) == ("thing.py", 2)


async def test_a_coroutine_that_nobody_of_the_suite_made_is_not_told(runner: Runner) -> None:
    test = """
        import pytest
        from thing import start

        @pytest.mark.asyncio
        async def test_start():
            assert await start() == 1
    """
    module = """
        import asyncio

        async def start():
            task = asyncio.create_task(asyncio.sleep(0, 1))
            return await task
    """
    outcome = await run(runner, test, module=module)
    assert outcome.green
    assert codes(outcome) == set()


@pytest.mark.parametrize(
    "test",
    [
        pytest.param(
            "import unittest\nclass TestA(unittest.TestCase):\n    async def test_it(self):\n        assert False\n",
            id="unittest",
        ),
        pytest.param(
            "import pytest\n@pytest.mark.asyncio\nasync def test_it():\n    yield\n    assert False\n", id="generator"
        ),
    ],
)
async def test_an_async_test_that_never_ran_is_told(runner: Runner, test: str) -> None:
    outcome = await run(runner, test)
    assert [name for name, _ in seen(outcome, "not-really-async")] == ["test_it"]


async def test_a_task_left_running_is_laid_at_its_test_and_line(runner: Runner) -> None:
    test = """
        import asyncio
        import pytest

        async def heartbeat():
            await asyncio.Event().wait()

        @pytest.mark.asyncio
        async def test_leaks():
            asyncio.create_task(heartbeat())
            await asyncio.sleep(0)

        @pytest.mark.asyncio
        async def test_after():
            pass
    """
    outcome = await run(runner, test)
    assert outcome.green
    assert seen(outcome, "pending-task") == [("test_leaks", 9)]
    assert one(outcome, "pending-task").detail == "heartbeat"


async def test_the_clean_up_of_a_dropped_async_generator_is_no_task_of_the_suite(runner: Runner) -> None:
    outcome = await run(
        runner,
        """
        import asyncio


        async def stream():
            try:
                yield 1
                yield 2
            finally:
                await asyncio.sleep(0)


        async def first():
            async for each in stream():
                return each


        def test_takes_the_first() -> None:
            assert asyncio.run(first()) == 1
        """,
    )
    assert outcome.green
    assert seen(outcome, "pending-task") == []


async def test_a_task_left_running_under_anyio_is_told(runner: Runner) -> None:
    test = """
        import asyncio
        import pytest

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.mark.anyio
        async def test_leaks():
            asyncio.create_task(asyncio.Event().wait())
            await asyncio.sleep(0)
    """
    outcome = await run(runner, test)
    assert [line for _, line in seen(outcome, "pending-task")] == [10]


SESSION_HEARTBEAT = """
    import asyncio
    import contextlib
    import pytest
    import pytest_asyncio

    async def beat():
        while True:
            await asyncio.sleep(3600)

    @pytest_asyncio.fixture(scope="session", loop_scope="session")
    async def heartbeat():
        task = asyncio.create_task(beat())
        yield task
        {close}

    @pytest.mark.asyncio(loop_scope="session")
    async def test_one(heartbeat):
        await asyncio.sleep(0)
        assert not heartbeat.done()

    @pytest.mark.asyncio(loop_scope="session")
    async def test_two(heartbeat):
        assert not heartbeat.done()
"""


async def test_a_session_wide_task_that_is_closed_is_no_leak(runner: Runner) -> None:
    close = "task.cancel()\n        with contextlib.suppress(asyncio.CancelledError): await task"
    outcome = await run(runner, SESSION_HEARTBEAT.format(close=close))
    assert outcome.green
    assert codes(outcome) == {"real-sleep"}


async def test_a_session_wide_task_that_nobody_closes_is_a_leak(runner: Runner) -> None:
    outcome = await run(runner, SESSION_HEARTBEAT.format(close="pass"))
    assert [line for _, line in seen(outcome, "pending-task")] == [12]


async def test_the_lost_exception_of_a_task_is_told(runner: Runner) -> None:
    test = """
        import asyncio
        import pytest

        async def fails():
            raise RuntimeError("nobody looks")

        @pytest.mark.asyncio
        async def test_looks_away():
            asyncio.create_task(fails())
            await asyncio.sleep(0)
            await asyncio.sleep(0)

        @pytest.mark.asyncio
        async def test_looks():
            with pytest.raises(RuntimeError):
                await asyncio.create_task(fails())
    """
    outcome = await run(runner, test)
    assert seen(outcome, "lost-task-exception") == [("test_looks_away", 9)]
    assert "nobody looks" in one(outcome, "lost-task-exception").detail


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("await asyncio.sleep(0.001)", "asyncio.sleep(0.001)"),
        ("await anyio.sleep(0.001)", "asyncio.sleep(0.001)"),
        ("time.sleep(0.001)", "time.sleep(0.001)"),
    ],
)
async def test_a_real_sleep_is_told(runner: Runner, line: str, detail: str) -> None:
    test = f"import asyncio, anyio, time, pytest\n\n@pytest.mark.asyncio\nasync def test_waits():\n    {line}\n"
    outcome = await run(runner, test)
    assert seen(outcome, "real-sleep") == [("test_waits", 5)]
    assert one(outcome, "real-sleep").detail == detail


@pytest.mark.parametrize(
    "line",
    [
        "await asyncio.sleep(0)",
        "await pause()",
        "await asyncio.wait_for(asyncio.Event().wait(), 0.001)",
        "asyncio.get_running_loop().call_later(0.001, print)",
    ],
)
async def test_what_is_no_sleep_of_the_suite_is_not_told(runner: Runner, line: str) -> None:
    test = f"""
        import asyncio, contextlib, pytest
        from thing import pause

        @pytest.mark.asyncio
        async def test_does_not_sleep():
            with contextlib.suppress(TimeoutError):
                {line}
    """
    module = "import asyncio, time\nasync def pause():\n    await asyncio.sleep(0.001)\n    time.sleep(0.001)\n"
    assert codes(await run(runner, test, module=module)) == set()


@pytest.mark.parametrize(
    "line",
    ["time.sleep(0.001)", "asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), other).result()"],
    ids=["sleep", "result"],
)
async def test_a_blocked_loop_is_told(runner: Runner, line: str) -> None:
    test = f"""
        import asyncio, threading, time, pytest

        @pytest.mark.asyncio
        async def test_blocks():
            other = asyncio.new_event_loop()
            thread = threading.Thread(target=other.run_forever)
            thread.start()
            {line}
            other.call_soon_threadsafe(other.stop)
            thread.join()
            other.close()
    """
    outcome = await run(runner, test)
    assert outcome.green
    assert seen(outcome, "blocked-loop") == [("test_blocks", 8)]


async def test_a_thread_may_sleep_and_the_loop_may_wait_for_it(runner: Runner) -> None:
    test = """
        import asyncio, concurrent.futures, pytest

        @pytest.mark.asyncio
        async def test_thread():
            assert await asyncio.to_thread(int, "1") == 1

        def test_pool():
            with concurrent.futures.ThreadPoolExecutor() as pool:
                assert pool.submit(int, "1").result() == 1
    """
    outcome = await run(runner, test)
    assert outcome.green
    assert codes(outcome) == set()


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("socket.create_connection(('192.0.2.1', 9), timeout=1)", "192.0.2.1"),
        ("socket.getaddrinfo('example.com', 80)", "example.com"),
        ("await asyncio.open_connection('192.0.2.1', 9)", "192.0.2.1:9"),
    ],
)
async def test_the_network_is_refused_and_told(runner: Runner, line: str, host: str) -> None:
    test = f"""
        import asyncio, socket, pytest

        @pytest.mark.asyncio
        async def test_calls_out():
            with pytest.raises(OSError, match="no network"):
                {line}
    """
    outcome = await run(runner, test)
    assert outcome.green
    assert seen(outcome, "network") == [("test_calls_out", 6)]
    assert one(outcome, "network").detail == host


async def test_this_machine_may_be_called(runner: Runner) -> None:
    test = """
        import asyncio, pytest

        async def serve(reader, writer):
            writer.write(await reader.readline())
            await writer.drain()
            writer.close()

        @pytest.mark.asyncio
        async def test_echo():
            async with asyncio.timeout(5), await asyncio.start_server(serve, "127.0.0.1", 0) as server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(b"hello\\n")
                assert await reader.readline() == b"hello\\n"
                writer.close()
                await writer.wait_closed()
    """
    outcome = await run(runner, test)
    assert outcome.green
    assert codes(outcome) == set()


# Timings


SLEEPS_AND_HOPES = """
    import asyncio, threading, pytest

    @pytest.mark.asyncio
    async def test_hopes():
        job = asyncio.ensure_future(asyncio.to_thread(int, "1"))
        await asyncio.sleep(0.2)
        assert job.done()
"""
POLLS_WITH_A_BOUND = """
    import asyncio, pytest

    @pytest.mark.asyncio
    async def test_polls():
        job = asyncio.ensure_future(asyncio.to_thread(int, "1"))
        async with asyncio.timeout(5):
            while not job.done():
                await asyncio.sleep(0.001)
        assert job.result() == 1
"""
SLEEP_IN_THE_BACKGROUND = """
    import asyncio, contextlib, pytest

    async def beat():
        while True:
            await asyncio.sleep(5)

    @pytest.mark.asyncio
    async def test_awaits():
        heart = asyncio.create_task(beat())
        await asyncio.sleep(0)
        async with asyncio.timeout(2):
            assert await asyncio.to_thread(int, "1") == 1
        heart.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await heart
"""
GUARDED = """
    import asyncio, pytest

    @pytest.mark.asyncio
    async def test_guarded():
        async with asyncio.timeout(2):
            assert await asyncio.to_thread(int, "1") == 1
        assert await asyncio.wait_for(asyncio.to_thread(int, "2"), 2) == 2
"""
SOCKET_AND_SLEEP = """
    import asyncio, pytest

    @pytest.mark.asyncio
    async def test_socket():
        said = asyncio.Event()

        async def serve(reader, writer):
            await reader.readline()
            said.set()
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(b"hello\\n")
            {wait}
            assert said.is_set()
            writer.close()
            await writer.wait_closed()
"""


@pytest.mark.parametrize(
    ("test", "timing", "green"),
    [
        pytest.param(SLEEPS_AND_HOPES, Timing.NORMAL, True, id="hope-normal"),
        pytest.param(SLEEPS_AND_HOPES, Timing.HOLD, False, id="hope-hold"),
        pytest.param(SLEEPS_AND_HOPES, Timing.PROMPT, True, id="hope-prompt"),
        pytest.param(POLLS_WITH_A_BOUND, Timing.HOLD, True, id="poll-hold"),
        pytest.param(POLLS_WITH_A_BOUND, Timing.STALL, True, id="poll-stall"),
        pytest.param(SLEEP_IN_THE_BACKGROUND, Timing.HOLD, True, id="background-hold"),
        pytest.param(SLEEP_IN_THE_BACKGROUND, Timing.STALL, True, id="background-stall"),
        pytest.param(GUARDED, Timing.HOLD, True, id="guard-hold"),
        pytest.param(GUARDED, Timing.PROMPT, True, id="guard-prompt"),
        pytest.param(GUARDED, Timing.STALL, True, id="guard-stall"),
        pytest.param(SOCKET_AND_SLEEP.format(wait="await asyncio.sleep(0.2)"), Timing.NORMAL, True, id="socket-normal"),
        pytest.param(SOCKET_AND_SLEEP.format(wait="await asyncio.sleep(0.2)"), Timing.HOLD, False, id="socket-hold"),
        pytest.param(
            SOCKET_AND_SLEEP.format(wait="await asyncio.wait_for(said.wait(), 5)"), Timing.HOLD, True, id="socket-waits"
        ),
    ],
)
async def test_timings_tell_hope_from_waiting(runner: Runner, test: str, timing: Timing, green: bool) -> None:
    outcome = await run(runner, test, Plan(timing=timing))
    assert outcome.ending is Ending.COMPLETED
    assert outcome.green is green


async def test_prompt_lets_threads_finish_first(runner: Runner) -> None:
    test = """
        import asyncio, threading, time, pytest

        @pytest.mark.asyncio
        async def test_still_running():
            steps = []
            job = asyncio.ensure_future(asyncio.to_thread(steps.append, "thread"))
            for _ in range(300):
                await asyncio.sleep(0)
            steps.append("test")
            await job
            assert steps == ["thread", "test"]
    """
    assert (await run(runner, test, Plan(timing=Timing.PROMPT))).green


async def test_a_stall_lets_near_timers_expire_together_and_in_order(runner: Runner) -> None:
    test = """
        import asyncio, pytest

        @pytest.mark.asyncio
        async def test_order():
            loop, fired, seen = asyncio.get_running_loop(), [], []
            done = asyncio.Event()
            loop.call_later(0.003, fired.append, 3)
            loop.call_later(0.001, fired.append, 1)
            loop.call_later(0.002, fired.append, 2)
            loop.call_later(0.001, lambda: loop.call_soon(lambda: seen.append(list(fired))))
            loop.call_later(0.2, done.set)
            await done.wait()
            assert fired == [1, 2, 3]
            assert seen == [[1, 2, 3]]
    """
    outcome = await run(runner, test, Plan(timing=Timing.STALL))
    assert outcome.green


@pytest.mark.parametrize("timing", list(Timing))
async def test_every_timing_keeps_the_order_of_call_soon_and_fires_no_timer_early(
    runner: Runner, timing: Timing
) -> None:
    test = """
        import asyncio, time, pytest

        @pytest.mark.asyncio
        async def test_order():
            loop, ran = asyncio.get_running_loop(), []
            for number in range(5):
                loop.call_soon(ran.append, number)
            began = time.monotonic()
            await asyncio.sleep(0.02)
            assert time.monotonic() - began >= 0.019
            assert ran == [0, 1, 2, 3, 4]

        def test_own_loop():
            assert asyncio.run(asyncio.wait_for(asyncio.to_thread(int, "1"), 5)) == 1
    """
    assert (await run(runner, test, Plan(timing=timing))).green


# Lanes


async def test_another_lane_is_open_while_a_trial_waits() -> None:
    waits = make_job("import threading\ndef test_waits(): threading.Event().wait()\n")
    async with make_runner(PRELOAD, lanes=1) as single:
        waiting = asyncio.ensure_future(single.run(waits, Plan(), 1.5))
        quick = [await run(single, "def test_quick(): pass\n") for _ in range(2)]
        assert not waiting.done()
        assert all(outcome.green for outcome in quick)
        assert (await waiting).ending is Ending.TIMEOUT
        assert (await run(single, "def test_quick(): pass\n")).green


@pytest.mark.parametrize("kept", ["", "; path.unlink()"], ids=["many files", "deleted while they are open"])
async def test_who_floods_the_disk_is_stopped(runner: Runner, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    monkeypatch.setattr(disk, "LIMIT_B", 4 << 20)
    test = f"""
        import itertools, time
        from pathlib import Path

        def test_floods():
            opened = []
            for number in itertools.count():
                path = Path(f"flood{{number}}")
                opened.append(path.open("wb", buffering=0))
                opened[-1].write(bytes(2 << 20)){kept}
                time.sleep(0.02)
    """
    outcome = await run(runner, test)
    assert (outcome.ending, outcome.running) == (Ending.CUT_SHORT, "test_job.py::test_floods")
    assert (await run(runner, "def test_quick(): pass\n")).green


# Orders


LEAVES_A_TRACE = """
    import pytest
    STATE = []

    def test_a(): pass
    def test_spoils(): STATE.append(1)
    def test_b(): pass
    def test_suffers_when_reversed(): pass

    def test_suffers():
        assert STATE {condition}
"""


async def _evidence(runner: Runner, text: str) -> Evidence:
    exercise, suite, _ = tiny()
    submission = Submission(exercise.id, {exercise.edit[0]: make_job(text).files["test_job.py"]})
    return await Experiment(runner, exercise, suite, submission).gather()


@pytest.mark.parametrize(
    ("line", "timed"),
    [
        ("await asyncio.sleep(0)", False),
        ("await asyncio.sleep(0.001)", True),
        ("asyncio.timeout(5)", False),
        ("await asyncio.wait_for(asyncio.sleep(0), 5)", True),
        ("asyncio.get_running_loop().call_at(0, print).cancel()", True),
        ("await asyncio.to_thread(len, '')", True),
        ("threading.Thread(target=len, args=('',)).start()", True),
        ("import _thread; _thread.start_new_thread(len, ('',))", True),
    ],
)
async def test_threads_and_timers_are_told(runner: Runner, line: str, timed: bool) -> None:
    test = f"""
        import asyncio, threading, pytest

        @pytest.mark.asyncio
        async def test_time():
            {line}
    """
    assert (await run(runner, test)).timed is timed


async def test_bisection_names_the_test_that_must_run_before(runner: Runner) -> None:
    evidence = await _evidence(runner, LEAVES_A_TRACE.format(condition="== [1]"))
    (found,) = evidence.disorders
    assert (found.test.rpartition("::")[2], found.partner.rpartition("::")[2]) == ("test_suffers", "test_spoils")
    assert found.needs


async def test_bisection_names_the_test_after_which_another_fails(runner: Runner) -> None:
    test = """
        STATE = []
        def test_suffers(): assert STATE == []
        def test_a(): pass
        def test_spoils(): STATE.append(1)
        def test_b(): pass
    """
    evidence = await _evidence(runner, test)
    (found,) = evidence.disorders
    assert (found.test.rpartition("::")[2], found.partner.rpartition("::")[2]) == ("test_suffers", "test_spoils")
    assert not found.needs
    assert evidence.twice is not None
    assert [test.rpartition("::")[2] for test in evidence.twice.failed_tests] == ["test_suffers"]


async def test_twice_runs_every_test_again_in_the_same_process(runner: Runner) -> None:
    test = """
        import pytest
        SEEN = []

        @pytest.fixture
        def fresh(): return object()

        @pytest.mark.parametrize("number", [1, 2])
        def test_one(number, fresh):
            assert all(fresh is not other for other in SEEN)
            SEEN.append(fresh)

        class TestClass:
            def test_two(self): assert len(SEEN) <= 2
    """
    outcome = await run(runner, test, Plan(Order.TWICE))
    calls = [(r.test.rpartition("::")[2], r.round, r.outcome) for r in outcome.reports if r.phase == "call"]
    assert calls == [
        ("test_one[1]", 0, "passed"),
        ("test_one[2]", 0, "passed"),
        ("test_two", 0, "passed"),
        ("test_one[1]", 1, "passed"),
        ("test_one[2]", 1, "passed"),
        ("test_two", 1, "failed"),
    ]


async def test_twice_gives_each_run_of_a_test_an_instance_of_its_own(runner: Runner) -> None:
    test = """
        import unittest

        class TestPlain:
            def test_is_new(self):
                assert not vars(self)
                self.used = True

        class TestCase(unittest.IsolatedAsyncioTestCase):
            async def test_runs(self):
                self.assertFalse(hasattr(self, "used"))
                self.used = True
    """
    outcome = await run(runner, test, Plan(Order.TWICE))
    assert outcome.green
    assert len(outcome.reports) == 12


@pytest.mark.parametrize(
    ("plan", "names"),
    [
        (Plan(Order.COLLECTED), ["a", "b", "c", "d"]),
        (Plan(Order.REVERSED), ["d", "c", "b", "a"]),
        (Plan(select=("test_job.py::test_c",)), ["c"]),
        (Plan(select=("test_job.py::test_d", "test_job.py::test_a")), ["d", "a"]),
    ],
)
async def test_a_plan_decides_which_tests_run_in_which_order(runner: Runner, plan: Plan, names: list[str]) -> None:
    outcome = await run(runner, "".join(f"def test_{name}(): pass\n" for name in "abcd"), plan)
    assert outcome.green
    assert [r.test[-1] for r in outcome.reports if r.phase == "call"] == names
    assert [item.id[-1] for item in outcome.items] == ["a", "b", "c", "d"]


async def test_a_shuffled_order_is_another_for_another_seed_and_the_same_for_the_same(runner: Runner) -> None:
    test = "".join(f"def test_{number}(): pass\n" for number in range(8))

    async def order(seed: int) -> list[str]:
        outcome = await run(runner, test, Plan(Order.SHUFFLED, seed=seed))
        return [r.test for r in outcome.reports if r.phase == "call"]

    first, again, other = await order(1), await order(1), await order(2)
    assert first == again
    assert first != other
    assert sorted(first) == sorted(other)


async def test_ids_that_change_between_two_collections_are_seen(runner: Runner) -> None:
    test = """
        import pytest, time
        @pytest.mark.parametrize("now", [time.time_ns()])
        def test_now(now): assert now
    """
    evidence = await _evidence(runner, test)
    assert evidence.second is not None
    assert {item.id for item in evidence.reference.items} != {item.id for item in evidence.second.items}


async def test_chance_is_the_same_in_every_trial(runner: Runner) -> None:
    test = """
        import pytest, random
        @pytest.mark.parametrize("word", sorted({"a", "b", "c"}, key=hash))
        def test_one(word): raise AssertionError(f"{random.random()} {hash('x')}")
    """
    outcomes = [await run(runner, test) for _ in range(2)]
    assert outcomes[0].failures() == outcomes[1].failures()


# Reach


async def test_reach_tells_what_a_test_ran_and_what_not(runner: Runner) -> None:
    exercise, suite, _ = tiny()
    text = b"import asyncio\nfrom tiny_greeting import greeting\nasync def no(name): return False\n"
    text += b"def test_stranger(): asyncio.run(greeting('Kim', no))\n"
    evidence = await Experiment(runner, exercise, suite, Submission(exercise.id, {exercise.edit[0]: text})).gather()
    assert {bug.reach for bug in sharp.bugs(evidence)} == {Reach.REACHED}
    text = b"import tiny_greeting\ndef test_nothing(): assert tiny_greeting\n"
    evidence = await Experiment(runner, exercise, suite, Submission(exercise.id, {exercise.edit[0]: text})).gather()
    assert {bug.reach for bug in sharp.bugs(evidence)} == {Reach.NOT_REACHED}
    assert not any(sharp.lines(evidence).values())


async def test_what_tests_have_in_common_is_reached_by_all(runner: Runner) -> None:
    module = """
        def made(): return 1
        def built(): return 2
        def asked(): return 3
    """
    test = """
        import pytest
        from thing import asked, built, made

        MADE = made()

        @pytest.fixture(scope="module")
        def house(): return built()

        def test_a(house): assert asked() == 3
        def test_b(house): assert MADE == 1
    """
    outcome = await run(runner, test, module=module)
    assert [outcome.reaching({point}) for point in range(3)] == [
        ("test_job.py::test_a", "test_job.py::test_b"),
        ("test_job.py::test_a", "test_job.py::test_b"),
        ("test_job.py::test_a",),
    ]


async def test_points_are_silent_in_tracebacks_and_in_the_text(runner: Runner) -> None:
    test = """
        import inspect
        import thing

        def test_text():
            assert "__point__" not in inspect.getsource(thing)

        def test_fails():
            thing.fail()
    """
    outcome = await run(runner, test, module='def fail():\n    x = 1\n    raise ValueError("here")\n')
    (failed,) = outcome.failures()
    assert "__point__" not in failed.text
    assert "thing.py:3" in failed.text
    assert (failed.place and failed.place.line) == 8


# Styles


STYLES = {
    "asyncio": """
        import pytest
        @pytest.mark.asyncio
        async def test_it(): assert await two() == {n}
    """,
    "asyncio-class": """
        import pytest
        @pytest.mark.asyncio
        class TestIt:
            async def test_it(self): assert await two() == {n}
    """,
    "asyncio-module": """
        import pytest
        pytestmark = pytest.mark.asyncio(loop_scope="module")
        async def test_it(): assert await two() == {n}
    """,
    "anyio": """
        import pytest
        @pytest.mark.anyio
        @pytest.mark.parametrize("anyio_backend", ["asyncio"])
        async def test_it(anyio_backend): assert await two() == {n}
    """,
    "sync": """
        import asyncio
        def test_it(): assert asyncio.run(two()) == {n}
    """,
    "unittest": """
        import unittest
        class TestIt(unittest.IsolatedAsyncioTestCase):
            async def test_it(self): self.assertEqual(await two(), {n})
    """,
    "subtests": """
        import pytest
        @pytest.mark.asyncio
        async def test_it(subtests):
            with subtests.test("one"):
                assert await two() == {n}
    """,
}


@pytest.mark.parametrize("style", STYLES)
async def test_every_style_runs_and_fails_in_its_call(runner: Runner, style: str) -> None:
    test = "        from thing import two\n" + STYLES[style]
    good = await run(runner, test.format(n=2), module="async def two(): return 2\n")
    bad = await run(runner, test.format(n=3), module="async def two(): return 2\n")
    assert good.green
    assert codes(good) == set()
    assert bad.ending is Ending.COMPLETED
    assert {r.test.partition("[")[0].rpartition("::")[2] for r in bad.failures("call")} == {"test_it"}
    assert not bad.failures("setup")


AUTO = "[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n"


async def test_auto_mode_counts_where_the_configuration_is_the_submissions_own(runner: Runner) -> None:
    files = {"test_auto__py": "async def test_it():\n    assert 1 == 2\n"}
    auto = await runner.run(configured_job(AUTO, **files), Plan(), DEADLINE_S)
    assert [r.message.splitlines()[0] for r in auto.failures("call")] == ["assert 1 == 2"]
    strict = await runner.run(configured_job(AUTO.replace("auto", "strict"), **files), Plan(), DEADLINE_S)
    assert "not natively supported" in strict.failures("call")[0].text


@pytest.mark.parametrize(
    ("ini", "conftest", "why"),
    [
        pytest.param("[pytest]\naddopts = --no-such-option\n", "", "unrecognized arguments", id="option"),
        pytest.param("nonsense\n", "", "unexpected line", id="syntax"),
        pytest.param("[pytest]\nstrict = true\nasyncio_mod = auto\n", "", "Unknown config option", id="unknown-key"),
        pytest.param("[pytest]\n", "import no_such_module\n", "no_such_module", id="import"),
        pytest.param("[pytest]\n", "def pytest_collection_modifyitems(): 1 / 0\n", "ZeroDivisionError", id="hook"),
    ],
)
async def test_a_configuration_that_pytest_refuses_says_why(runner: Runner, ini: str, conftest: str, why: str) -> None:
    job = configured_job(ini, test_one__py="def test_one(): pass\n", conftest__py=conftest)
    outcome = await runner.run(job, Plan(), DEADLINE_S)
    assert outcome.ending is Ending.COMPLETED
    (error,) = outcome.collect_errors
    assert why in error.text


async def test_a_conftest_is_read_where_pytest_was_configured_before_it_was_there(runner: Runner) -> None:
    conftest = """
        import pytest
        @pytest.fixture
        def two(): return 2
    """
    outcome = await run(runner, "def test_two(two): assert two == 2\n", conftest__py=conftest)
    assert outcome.green
    without = await run(runner, "def test_two(two): assert two == 2\n")
    assert [r.phase for r in without.failures()] == ["setup"]
    assert without.failures()[0].message.splitlines()[0] == "fixture 'two' not found"


# Endings


async def test_a_hang_ends_at_its_deadline_and_names_the_test(runner: Runner) -> None:
    test = MARK + "import asyncio\nasync def test_fine(): pass\nasync def test_hangs(): await asyncio.Event().wait()\n"
    outcome = await runner.run(make_job(test), Plan(), 3.0)
    assert outcome.ending is Ending.TIMEOUT
    assert outcome.running.endswith("::test_hangs")
    assert outcome.wall_s < 10


SLOW = """
    import pytest, time

    @pytest.mark.parametrize("number", range({tests}))
    def test_slow(number):
        time.sleep(0.4)
"""


@pytest.mark.parametrize("kind", [ForkRunner, FreshRunner])
async def test_a_suite_that_goes_on_may_take_several_deadlines(kind: type[Runner]) -> None:
    async with kind(lanes=1) as runner:
        assert (await runner.run(make_job(SLOW.format(tests=8)), Plan(), 3.0)).green


async def test_a_suite_without_end_is_stopped_and_no_test_accused(runner: Runner) -> None:
    outcome = await runner.run(make_job(SLOW.format(tests=99)), Plan(), 1.0)
    assert (outcome.ending, outcome.running, len(outcome.items)) == (Ending.TIMEOUT, "", 99)
    assert outcome.reports


async def test_a_kept_job_is_collected_once_and_every_plan_starts_afresh(runner: Runner) -> None:
    job = make_job("STATE = []\ndef test_one():\n    STATE.append(1)\n    assert STATE == [1]\n")
    outcomes = [await runner.run(job, Plan(seed=n), DEADLINE_S, kept=job) for n in range(4)]
    assert all(outcome.green for outcome in outcomes)


async def test_a_kept_jobs_files_are_put_back_after_every_plan(runner: Runner) -> None:
    test = """
        from pathlib import Path
        def test_one():
            assert not Path("left").exists()
            assert "x" not in Path("thing.py").read_text()
            Path("left").write_text("x")
            Path("thing.py").write_text("x")
    """
    job = make_job(test)
    outcomes = [await runner.run(job, Plan(seed=n), DEADLINE_S, kept=job) for n in range(4)]
    assert all(outcome.green for outcome in outcomes)


@pytest.mark.parametrize("place", ["Path.cwd()", "Path(tempfile.gettempdir())"])
async def test_what_a_suite_writes_while_it_is_collected_is_there_in_every_trial(runner: Runner, place: str) -> None:
    """And it is as it was then: no trial finds what another has written there."""
    test = f"""
        import tempfile
        from pathlib import Path

        NOTES = {place} / "notes"
        NOTES.write_text("")

        def test_note() -> None:
            assert NOTES.read_text() == ""
            NOTES.write_text("x")
    """
    job = make_job(test)
    outcomes = [await runner.run(job, Plan(seed=n), DEADLINE_S, kept=job) for n in range(3)]
    assert all(outcome.green for outcome in outcomes)


# Both runners


@dataclass(frozen=True, slots=True)
class Case:
    job: Job
    plan: Plan = field(default_factory=Plan)
    deadline_s: float = DEADLINE_S


BOTH: dict[str, Callable[[], Case]] = {
    "green": lambda: Case(
        make_job(
            MARK
            + "async def test_a(): assert [1] == [1]\ndef test_b(): pass\n".replace("def test_b", "async def test_b")
        )
    ),
    "red": lambda: Case(
        make_job("import thing\ndef test_a():\n    assert thing.ONE == 2\ndef test_b(): pass\n", module="ONE = 1\n")
    ),
    "reversed": lambda: Case(make_job("def test_a(): pass\ndef test_b(): pass\n"), Plan(Order.REVERSED)),
    "twice": lambda: Case(make_job("S = []\ndef test_a():\n    S.append(1)\n    assert S == [1]\n"), Plan(Order.TWICE)),
    "shuffled": lambda: Case(
        make_job("".join(f"def test_{n}(): pass\n" for n in range(6))), Plan(Order.SHUFFLED, seed=5)
    ),
    "hold": lambda: Case(make_job(SLEEPS_AND_HOPES), Plan(timing=Timing.HOLD)),
    "unawaited": lambda: Case(
        make_job("from thing import two\ndef test_a(): assert two()\n", module="async def two(): return 2\n")
    ),
    "setup": lambda: Case(make_job("def test_a(missing): pass\n")),
    "skip": lambda: Case(make_job("import pytest\n@pytest.mark.skip(reason='later')\ndef test_a(): pass\n")),
    "import-error": lambda: Case(make_job("import nothing_of_that_name\n")),
    "syntax-error": lambda: Case(make_job("def test_a(:\n")),
    "conftest": lambda: Case(
        make_job(
            "def test_a(two): assert two == 2\n", conftest__py="import pytest\n@pytest.fixture\ndef two(): return 2\n"
        )
    ),
    "nothing": lambda: Case(make_job("x = 1\n")),
    "exit": lambda: Case(make_job("import os\ndef test_a(): os._exit(0)\n")),
    "own-configuration": lambda: Case(configured_job(AUTO, test_auto__py="async def test_it(): assert 1 == 2\n")),
    "refused-configuration": lambda: Case(
        configured_job("[pytest]\naddopts = --no-such-option\n", test_a__py="def test_a(): pass\n")
    ),
    "unknown-mark": lambda: Case(
        configured_job(
            "[pytest]\naddopts = -p no:warnings --strict-markers\n",
            test_a__py="import pytest\n@pytest.mark.filterwarnings('ignore')\ndef test_a(): pass\n",
        )
    ),
    "reached": lambda: Case(
        make_job("import thing\ndef test_a(): thing.f()\n", module="def f():\n    x = 1\n    return x\n")
    ),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fresh_outcomes() -> dict[str, Outcome]:
    """Every case in a new process of its own, a few at a time."""
    cases = {name: make() for name, make in BOTH.items()}
    async with FreshRunner(lanes=2) as fresh:
        jobs = [fresh.run(case.job, case.plan, case.deadline_s) for case in cases.values()]
        return dict(zip(cases, await asyncio.gather(*jobs), strict=True))


@pytest.mark.parametrize("name", BOTH)
async def test_forked_and_fresh_workers_see_the_same(
    runner: Runner, fresh_outcomes: dict[str, Outcome], name: str
) -> None:
    case = BOTH[name]()
    forked = await runner.run(case.job, case.plan, case.deadline_s)
    assert essence(forked) == essence(fresh_outcomes[name])
