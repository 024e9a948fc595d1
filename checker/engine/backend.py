"""Chooses what runs the trials on this system."""

from __future__ import annotations

import os
from collections.abc import Sequence

from .forking import ForkRunner
from .fresh import FreshRunner
from .runner import EngineError, Runner

__all__ = ["EngineError", "ForkRunner", "FreshRunner", "Runner", "make_runner"]


def make_runner(
    preload: Sequence[str] = (), *, fresh: bool = False, lanes: int | None = None, sandboxed: bool = False
) -> Runner:
    """The runner that suits this system: forks where there is a fork, unless `fresh` is asked for."""
    if sandboxed:
        return ForkRunner(preload, lanes, sandboxed=True)
    if fresh or not hasattr(os, "fork"):
        return FreshRunner(preload, lanes)
    return ForkRunner(preload, lanes)
