"""`kata watch`, and what a bare `kata` does on a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys

from rich.text import Text

from ...catalog import Exercise
from ..app import console
from ..context import Context
from . import keys
from .desk import Desk
from .screen import Screen


def watch(context: Context, exercise: Exercise | None, *, poll: bool, edit_command: str | None) -> None:
    """Work on `exercise` and those behind it until the person leaves."""
    if exercise is None:
        console.print("That was the whole course.")
        return
    is_terminal = sys.stdout.isatty()  # and not what FORCE_COLOR says: a pipe has no screen
    is_live = is_terminal and not console.is_dumb_terminal and not context.plain
    has_keys = is_terminal and keys.can_be_read()
    with contextlib.ExitStack() as stack:
        if has_keys:
            stack.enter_context(keys.raw())
        screen = Screen(console, is_live=is_live)
        if is_live:
            stack.enter_context(screen)
        desk = Desk(context, screen, has_keys=has_keys, poll=poll, edit_command=edit_command)
        asyncio.run(_until_left(desk, exercise))
    console.print(Text.assemble(("Left ", "dim"), desk.work.exercise.id, ("; everything is saved.", "dim")))


async def _until_left(desk: Desk, exercise: Exercise) -> None:
    """Ctrl-C leaves like `q`; a terminal that changes its size gets its page anew."""
    loop = asyncio.get_running_loop()
    working = asyncio.create_task(desk.run(exercise))
    with contextlib.suppress(NotImplementedError, AttributeError, RuntimeError):
        loop.add_signal_handler(signal.SIGINT, working.cancel)
        loop.add_signal_handler(signal.SIGTERM, working.cancel)
        loop.add_signal_handler(signal.SIGWINCH, desk.resized)
        loop.add_signal_handler(signal.SIGCONT, _go_on, desk)
    with contextlib.suppress(asyncio.CancelledError):
        await working
    sys.stdout.flush()


def _go_on(desk: Desk) -> None:
    """A shell has had the terminal meanwhile."""
    if desk.has_keys:
        keys.take()
    desk.continued()
