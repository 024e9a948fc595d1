"""Errors that a person can act on, and next steps worded as that person types them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

INVOCATION = "KATA_INVOCATION"


class KataError(Exception):
    """Something the user can put right: `str()` is the whole message: what, where, and what to do next."""


def invocation() -> str:
    """How this person starts the program: `kata`, `uv run kata`, or what `checker.bootstrap` noted."""
    typed = os.environ.get(INVOCATION, "").strip()
    if typed:
        return typed
    # uv sets this for every command that it runs; `kata` alone would not be on the PATH there.
    if os.environ.get("UV_RUN_RECURSION_DEPTH"):
        return "uv run kata"
    return _on_the_path(sys.argv[0] if sys.argv else "kata")


def _on_the_path(program: str) -> str:
    """`kata` if that is what a shell would find, else the path by which it was started, as short as may be."""
    if Path(program).name not in ("kata", "kata.exe") or os.sep not in program:
        return "kata"
    found = shutil.which("kata")
    if found is not None and Path(found).resolve() == Path(program).resolve():
        return "kata"
    path = Path(os.path.abspath(program))  # noqa: PTH100 - links keep the names that were typed
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def command(*words: str) -> str:
    """A next step as this person types it: `command("start", "01_a/01_b")` is `kata start 01_a/01_b`."""
    return " ".join((invocation(), *words))
