"""Errors that a person can act on, and next steps worded as that person types them."""

from __future__ import annotations

import os

INVOCATION = "KATA_INVOCATION"


class KataError(Exception):
    """Something the user can put right: `str()` is the whole message: what, where, and what to do next."""


def invocation() -> str:
    """How this person starts the program: `kata`, `uv run kata`, or what `checker.bootstrap` noted."""
    typed = os.environ.get(INVOCATION, "").strip()
    if typed:
        return typed
    # uv sets this for every command that it runs; `kata` alone would not be on the PATH there.
    return "uv run kata" if os.environ.get("UV_RUN_RECURSION_DEPTH") else "kata"


def command(*words: str) -> str:
    """A next step as this person types it: `command("start", "01_a/01_b")` is `kata start 01_a/01_b`."""
    return " ".join((invocation(), *words))
