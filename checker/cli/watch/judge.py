"""Judges one exercise over and over with processes that stay warm in between; a new judgement ends the one before."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from ...catalog import Exercise, Suite
from ...engine.backend import EngineError, Runner
from ...errors import KataError
from ...experiment import Progress
from ...judging import Judged, judge_submission, runner_for
from ...submission import Submission

Told = Callable[[Judged | None, str], None]


class WarmJudge:
    """`begin` a judgement; `told` is called with what comes of it, or with None and the reason why nothing did."""

    def __init__(self, exercise: Exercise, suite: Suite, submission: Submission) -> None:
        self.exercise, self.suite = exercise, suite
        self.progress = Progress()
        self._judging: asyncio.Task[None] | None = None
        self._runner = asyncio.create_task(self._opened(submission))

    @property
    def is_busy(self) -> bool:
        return self._judging is not None and not self._judging.done()

    async def begin(self, submission: Submission, told: Told) -> None:
        """Judge this submission, in place of any that is being judged."""
        await ended(self._judging)
        self.progress = Progress()
        self._judging = asyncio.create_task(self._judge(submission, told))

    async def close(self) -> None:
        """End everything."""
        await ended(self._judging)
        with contextlib.suppress(EngineError, asyncio.CancelledError):
            runner = await self._runner
            await runner.__aexit__(None, None, None)

    async def _opened(self, submission: Submission) -> Runner:
        return await runner_for(self.exercise, submission).__aenter__()

    async def _judge(self, submission: Submission, told: Told) -> None:
        try:
            if self._runner.done() and self._runner.exception() is not None:
                self._runner = asyncio.create_task(self._opened(submission))
            runner = await asyncio.shield(self._runner)
            judged = await judge_submission(
                runner, self.exercise, self.suite, submission, seed=1, progress=self.progress
            )
        except EngineError as error:
            with contextlib.suppress(EngineError):
                await (await self._runner).__aexit__(None, None, None)
            self._runner = asyncio.create_task(self._opened(submission))
            told(None, str(error))
        except KataError as error:
            told(None, str(error))
        except Exception as error:
            told(None, f"This is a fault of the workshop's, not of yours: {type(error).__name__}: {error}")
        else:
            told(judged, "")


async def ended(task: asyncio.Task[None] | None) -> None:
    """Cancel a task and wait for its end."""
    if task is not None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
