"""When something below a folder is saved."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import watchfiles

from ...files import MADE_BY_TOOLS

_SETTLED_MS = 60  # an editor writes a file in a few steps
_LOOK_MS = 15
_POLL_MS = 250
_BESIDES_MS = 1000
_AGAIN_S = 0.5


async def saves(folder: Path, *, poll: bool = False) -> AsyncIterator[bool]:
    """Yields True when files that could be someone's work were changed, and False once a second besides.

    A save may fall into the moment before the watch begins, or a system may forget to tell; so whoever waits looks
    again now and then. A folder that is gone is waited for.

    `poll`: look at the folder now and then, for drives that tell nothing, such as a network's or WSL2's.
    """
    while True:
        with contextlib.suppress(FileNotFoundError, OSError, RuntimeError):
            async for changed in watchfiles.awatch(
                folder,
                watch_filter=_is_work,
                debounce=_SETTLED_MS,
                step=_LOOK_MS,
                force_polling=True if poll else None,
                poll_delay_ms=_POLL_MS,
                ignore_permission_denied=True,
                rust_timeout=_BESIDES_MS,
                yield_on_timeout=True,
            ):
                yield bool(changed)
                if not _is_there(folder):
                    break
        await asyncio.sleep(_AGAIN_S)
        if _is_there(folder):
            yield True


def _is_there(folder: Path) -> bool:
    return folder.is_dir()


def _is_work(change: watchfiles.Change, path: str) -> bool:
    parts = Path(path).parts
    return not (MADE_BY_TOOLS & set(parts) or parts[-1].startswith(".") or parts[-1].endswith((".pyc", ".bak", "~")))
